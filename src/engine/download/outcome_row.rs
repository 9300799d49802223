//! What became of one row, as Salesforce tells it: typed first, and written out last.

use crate::json::{quote, write_list};
use crate::wire::outcome::{Outcome, write_text};

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeRow {
    /// What became of it.
    pub outcome: Outcome,
    /// Which row it is.
    pub row: RowIdentity,
}

/// Which row an outcome is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowIdentity {
    /// Its place in the batch, from 0: a Bulk API 1.0 batch keeps its order.
    Index(u64),
    /// Its cells, as Salesforce repeats them: the order of a Bulk API 2.0 job is not the caller's.
    Fields {
        /// Whether Salesforce came to it.
        processed: bool,
        /// The columns and their cells; an empty one is none.
        fields: Vec<(String, Option<String>)>,
    },
}

/// Writes outcomes as the text of a JSON array.
pub fn write_rows(rows: &[OutcomeRow]) -> String {
    let mut text = String::from("[");
    write_list(rows, &mut text, write_row);
    text.push(']');
    text
}

fn write_row(row: &OutcomeRow, out: &mut String) {
    out.push('{');
    match &row.row {
        RowIdentity::Index(index) => {
            out.push_str(&format!("\"index\":{index},"));
            row.outcome.write(out);
        }
        RowIdentity::Fields { processed, fields } => {
            row.outcome.write(out);
            let processed = if *processed { "true" } else { "false" };
            out.push_str(&format!(",\"processed\":{processed},\"fields\":{{"));
            write_list(fields, out, |(name, cell), out| {
                quote(name, out);
                out.push(':');
                write_text(cell.as_deref(), out);
            });
            out.push('}');
        }
    }
    out.push('}');
}
