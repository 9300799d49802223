//! The three result sets of an ingest job.

use super::ingest::IngestJob;
use crate::config::EmptyResults;
use crate::data::{Field, FieldType, Outcome, Value};
use crate::http::Response;
use crate::loading::Loading;
use crate::results::{error_cell, id_cell};
use crate::wire::csv::line;
use crate::work::Task;
use crate::world::World;

/// Which rows a result set has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Rows that were loaded.
    Successful,
    /// Rows that were refused.
    Failed,
    /// Rows that were never looked at.
    Unprocessed,
}

impl Set {
    /// Reads the last segment of the path, in any case.
    pub fn parse(segment: &str) -> Option<Self> {
        match segment.to_ascii_lowercase().as_str() {
            "successfulresults" => Some(Self::Successful),
            "failedresults" => Some(Self::Failed),
            "unprocessedrecords" => Some(Self::Unprocessed),
            _ => None,
        }
    }

    /// What stands before the header of the upload.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Successful => &["sf__Id", "sf__Created"],
            Self::Failed => &["sf__Id", "sf__Error"],
            Self::Unprocessed => &[],
        }
    }

    fn has(self, outcome: Option<&Outcome>) -> bool {
        match self {
            Self::Successful => outcome.is_some_and(|outcome| outcome.success),
            Self::Failed => outcome.is_some_and(|outcome| !outcome.success),
            Self::Unprocessed => outcome.is_none(),
        }
    }
}

/// Answers a result set, its rows in no order that a client could rely on.
pub fn of(job: &IngestJob, set: Set, world: &World) -> Response {
    let rows = rows(job, set, world);
    if rows.is_empty() {
        return match world.config.empty_results {
            EmptyResults::NoContent => Response::new(204, ""),
            // What was never looked into has no header that could be told.
            EmptyResults::HeaderOnly if job.header_line.is_empty() => {
                Response::of(200, "text/csv", "")
            }
            EmptyResults::ZeroBytes => Response::of(200, "text/csv", ""),
            EmptyResults::HeaderOnly => Response::of(200, "text/csv", header(job, set)),
        };
    }
    Response::of(200, "text/csv", header(job, set) + &rows)
}

/// The own columns quoted, and then the header of the upload as it was sent.
fn header(job: &IngestJob, set: Set) -> String {
    let delimiter = job.format.delimiter;
    let own = set.columns().iter().map(|name| format!("\"{name}\"{delimiter}"));
    format!("{}{}{}", own.collect::<String>(), job.header_line, job.format.ending.text())
}

fn rows(job: &IngestJob, set: Set, world: &World) -> String {
    let Some(Task::Load(loading)) = job.work.as_ref().map(|work| &work.task) else {
        return String::new();
    };
    let Some((header, rows)) = loading.cells() else { return String::new() };
    let object = world.db.object(&job.load.object);
    let fields: Vec<Option<&Field>> =
        header.iter().map(|name| object.and_then(|object| object.field(name))).collect();
    let chosen = shuffled(rows.len());
    let chosen = chosen.into_iter().filter(|at| set.has(loading.outcomes.get(*at)));
    let row = |at: usize| {
        let columns = header.iter().zip(&fields).zip(&rows[at].cells);
        let original = columns.map(|((name, field), cell)| original_cell(set, name, *field, cell));
        let cells = own_cells(set, loading, at).into_iter().chain(original);
        line(cells, job.format.delimiter, job.format.ending)
    };
    chosen.map(row).collect()
}

fn own_cells(set: Set, loading: &Loading, at: usize) -> Vec<String> {
    let Some(outcome) = loading.outcomes.get(at) else { return Vec::new() };
    let last = match set {
        Set::Successful => outcome.created.to_string(),
        Set::Failed => error_cell(&outcome.errors),
        Set::Unprocessed => return Vec::new(),
    };
    vec![id_cell(outcome).to_owned(), last]
}

fn original_cell(set: Set, head: &str, field: Option<&Field>, cell: &str) -> String {
    match (set, field) {
        // A known defect: what stood under a header in another case is lost.
        (Set::Failed, Some(field)) if field.name != head => String::new(),
        (Set::Successful, Some(field)) => normalised(cell, field.kind),
        _ => cell.to_owned(),
    }
}

/// Numbers with a fraction come back as Java writes them.
fn normalised(text: &str, kind: FieldType) -> String {
    let fractional = matches!(kind, FieldType::Double | FieldType::Currency | FieldType::Percent);
    match text.trim().parse::<f64>() {
        Ok(number) if fractional => Value::Double(number).csv_text(),
        _ => text.to_owned(),
    }
}

/// The numbers below this one in an order that repeats, but is not theirs.
fn shuffled(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| (*at as u32 + 1).wrapping_mul(2_654_435_761));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_another_and_nothing_is_lost() {
        let mut order = shuffled(50);
        assert_ne!(order, (0..50).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn numbers_are_normalised_by_the_type_of_their_field() {
        let cases = [
            ("912260031", FieldType::Currency, "9.12260031E8"),
            ("2676", FieldType::Int, "2676"),
            ("1.50", FieldType::Double, "1.5"),
            ("007", FieldType::String, "007"),
        ];
        for (text, kind, expected) in cases {
            assert_eq!(normalised(text, kind), expected);
        }
    }
}
