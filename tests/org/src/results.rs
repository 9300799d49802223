//! Rows as CSV, the same for both APIs.

use crate::data::{Outcome, RowError};
use crate::http::Pieces;
use crate::wire::csv::{LineEnding, line};
use crate::work::Found;

/// Rows made at a time while a result is read.
const ROWS_A_PIECE: usize = 500;

/// `CODE:message:field1 field2 --`, one after the other.
pub fn error_cell(errors: &[RowError]) -> String {
    let cell = |e: &RowError| match e.fields.as_slice() {
        [] => format!("{}:{}:--", e.code, e.message),
        fields => format!("{}:{}:{} --", e.code, e.message, fields.join(" ")),
    };
    errors.iter().map(cell).collect()
}

/// An outcome's id as a cell.
pub fn id_cell(outcome: &Outcome) -> &str {
    outcome.id.as_deref().unwrap_or_default()
}

/// The rows of a query as CSV under their header, made while they are read.
pub fn csv(
    found: Found,
    rows: std::ops::Range<usize>,
    delimiter: char,
    ending: LineEnding,
) -> Pieces {
    let header = line(found.header(), delimiter, ending).into_bytes();
    let end = rows.end;
    let body = rows.step_by(ROWS_A_PIECE).map(move |from| {
        let piece: String = (from..end.min(from + ROWS_A_PIECE))
            .map(|at| {
                let values = found.rows.row(&found.db, at);
                line(values.iter().map(|value| value.csv_text()), delimiter, ending)
            })
            .collect();
        Ok(piece.into_bytes())
    });
    Box::new(std::iter::once(Ok(header)).chain(body))
}
