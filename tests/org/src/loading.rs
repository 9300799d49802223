//! Rows on their way into the database.

use crate::data::{Database, Input, Load, Outcome, Record, RowError};
use crate::wire::csv::{Row, Sheet};
use crate::work::Task;

const MISQUOTED: &str = "Failed to parse CSV. Found unescaped quote. \
                         A value with quote should be within a quote";

/// What a job or batch loads, and what has become of it.
#[derive(Debug)]
pub struct Loading {
    /// What is done to the rows.
    load: Load,
    rows: Rows,
    total: usize,
    /// What became of those done so far, in order.
    pub outcomes: Vec<Outcome>,
    failed: usize,
    /// Every so manieth row cannot be locked.
    pub lock_every: Option<usize>,
}

/// Rows as they were sent. They become records one at a time, for cells alone are much smaller.
#[derive(Debug)]
enum Rows {
    Cells { header: Vec<String>, rows: Vec<Row> },
    Records(Vec<Record>),
}

impl Loading {
    /// Checks an upload's header and shape, and makes the task of loading it.
    pub fn of_sheet(sheet: Sheet, load: Load, db: &Database) -> Task {
        if let Err(message) = db.check_columns(&load, &sheet.header) {
            return Task::Fail(message);
        }
        let Sheet { header, rows, .. } = sheet;
        Self::task(load, Rows::Cells { header, rows })
    }

    /// Checks the columns of records, and makes the task of loading them.
    pub fn of_records(records: Vec<Record>, header: &[String], load: Load, db: &Database) -> Task {
        match db.check_columns(&load, header) {
            Err(message) => Task::Fail(message),
            Ok(()) => Self::task(load, Rows::Records(records)),
        }
    }

    fn task(load: Load, rows: Rows) -> Task {
        let total = match &rows {
            Rows::Cells { rows, .. } => rows.len(),
            Rows::Records(records) => records.len(),
        };
        if total == 0 {
            return Task::Fail("InvalidBatch : Records not found".to_owned());
        }
        let outcomes = Vec::new();
        Task::Load(Self { load, rows, total, outcomes, failed: 0, lock_every: None })
    }

    /// How many rows there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many of the first so many rows failed.
    pub fn failed_among(&self, first: usize) -> usize {
        if first >= self.outcomes.len() {
            return self.failed;
        }
        self.outcomes.iter().take(first).filter(|outcome| !outcome.success).count()
    }

    /// The columns of an upload, and its rows.
    pub fn cells(&self) -> Option<(&[String], &[Row])> {
        match &self.rows {
            Rows::Cells { header, rows } => Some((header, rows)),
            Rows::Records(_) => None,
        }
    }

    /// Lets go of the rows once all are done, for those whose results do not repeat them.
    pub fn forget_rows(&mut self) {
        self.rows = Rows::Records(Vec::new());
    }

    /// Goes on until so many rows are done.
    pub fn run_to(&mut self, count: usize, db: &mut Database) {
        for at in self.outcomes.len()..count.min(self.total) {
            let locks = self.lock_every.is_some_and(|every| at % every.max(1) == 0);
            let outcome = if locks { locked() } else { self.load_row(at, db) };
            self.failed += usize::from(!outcome.success);
            self.outcomes.push(outcome);
        }
    }

    fn load_row(&self, at: usize, db: &mut Database) -> Outcome {
        match &self.rows {
            Rows::Records(records) => db.load(&self.load, &records[at]),
            Rows::Cells { header, rows } => match record(header, &rows[at]) {
                Ok(record) => db.load(&self.load, &record),
                Err(message) => refused("INVALID_FIELD", message),
            },
        }
    }
}

/// A row as a record: empty cells are ignored, `#N/A` empties a field.
fn record(header: &[String], row: &Row) -> Result<Record, &'static str> {
    if row.misquoted {
        return Err(MISQUOTED);
    }
    if row.cells.len() != header.len() {
        return Err("The row has another number of cells than the header");
    }
    let inputs = row.cells.iter().map(|cell| match cell.as_str() {
        "" => Input::Ignore,
        "#N/A" => Input::Null,
        text => Input::Text(text.to_owned()),
    });
    Ok(Record { cells: header.iter().cloned().zip(inputs).collect() })
}

fn refused(code: &str, message: &str) -> Outcome {
    let (code, message) = (code.to_owned(), message.to_owned());
    let error = RowError { code, message, fields: Vec::new() };
    Outcome { id: None, success: false, created: false, errors: vec![error] }
}

fn locked() -> Outcome {
    let message = "unable to obtain exclusive access to this record or 1 records: 001000000000001";
    refused("UNABLE_TO_LOCK_ROW", message)
}
