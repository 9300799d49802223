//! Work that takes time: loading rows in chunks of 200, or running a query.

use std::sync::Arc;

use crate::data::{Database, Input, Load, Outcome, Query, Record, RowError, RowSet};
use crate::faults::Effect;
use crate::wire::csv::{Row, Sheet};
use crate::world::World;

/// Rows that Salesforce handles in one transaction.
const CHUNK: usize = 200;

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    /// Rows to load.
    Load(Loading),
    /// A query to run.
    Query(Arc<Query>),
    /// Nothing: it will turn out to be impossible.
    Fail(String),
}

/// A query that was run, on the rows as they were then.
#[derive(Debug, Clone)]
pub struct Found {
    /// The query.
    pub query: Arc<Query>,
    /// Which rows it found.
    pub rows: Arc<RowSet>,
    /// Where their values are.
    pub db: Arc<Database>,
}

/// One row to load.
#[derive(Debug)]
pub struct LoadRow {
    /// Its cells.
    pub record: Record,
    /// Why it is refused unseen.
    pub broken: Option<RowError>,
}

impl From<Record> for LoadRow {
    fn from(record: Record) -> Self {
        Self { record, broken: None }
    }
}

/// Rows on their way into the database.
#[derive(Debug)]
pub struct Loading {
    /// What is done to them.
    pub load: Load,
    /// The rows, in order.
    pub rows: Vec<LoadRow>,
    /// What became of those done so far, in order.
    pub outcomes: Vec<Outcome>,
    lock_every: Option<usize>,
}

impl Loading {
    /// Rows that wait to be loaded.
    pub fn new(load: Load, rows: Vec<LoadRow>) -> Self {
        Self { load, rows, outcomes: Vec::new(), lock_every: None }
    }

    /// How many rows failed so far.
    pub fn failed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| !outcome.success).count()
    }

    fn run_to(&mut self, count: usize, db: &mut Database) {
        for at in self.outcomes.len()..count.min(self.rows.len()) {
            let LoadRow { record, broken } = &self.rows[at];
            let outcome = match broken {
                _ if self.lock_every.is_some_and(|every| at % every.max(1) == 0) => locked(),
                None => db.load(&self.load, record),
                Some(error) => refused(error.clone()),
            };
            self.outcomes.push(outcome);
        }
    }
}

fn refused(error: RowError) -> Outcome {
    Outcome { id: None, success: false, created: false, errors: vec![error] }
}

fn locked() -> Outcome {
    let message = "unable to obtain exclusive access to this record or 1 records: 001000000000001";
    refused(RowError {
        code: "UNABLE_TO_LOCK_ROW".to_owned(),
        message: message.to_owned(),
        fields: Vec::new(),
    })
}

/// A task under way.
#[derive(Debug)]
pub struct Work {
    /// When it began.
    pub started: i64,
    /// When it will end; never, when it is stuck.
    ends: Option<i64>,
    /// What is being done.
    pub task: Task,
    /// What the query found, once it ended.
    pub found: Option<Found>,
}

impl Work {
    /// Begins a task; faults that match the path strike now.
    pub fn start(started: i64, mut task: Task, path: &str, world: &mut World) -> Self {
        let mut factor = Some(1);
        for effect in world.faults.on_work(path) {
            match (effect, &mut task) {
                (Effect::Stuck, _) => factor = None,
                (Effect::Slow { factor: by }, _) => factor = factor.map(|factor| factor * by),
                (Effect::Fail { message }, task) => *task = Task::Fail(message),
                (Effect::Lock { every }, Task::Load(loading)) => loading.lock_every = Some(every),
                _ => {}
            }
        }
        let rows = if let Task::Load(loading) = &task { loading.rows.len() as i64 } else { 0 };
        let takes = world.config.processing_ms + rows * world.config.row_us / 1000;
        Self { started, ends: factor.map(|factor| started + takes * factor), task, found: None }
    }

    /// Does what fits until now; answers when the work ended, if it did.
    pub fn advance(&mut self, world: &mut World) -> Option<i64> {
        let ended = self.ends.filter(|ends| *ends <= world.now);
        match &mut self.task {
            Task::Load(loading) => {
                let total = loading.rows.len();
                let share = ended.map_or_else(
                    || {
                        self.ends.map_or(0, |ends| {
                            let (gone, all) =
                                (world.now - self.started, (ends - self.started).max(1));
                            (total as i64 * gone / all) as usize / CHUNK * CHUNK
                        })
                    },
                    |_| total,
                );
                loading.run_to(share, &mut world.db);
            }
            Task::Query(query) if ended.is_some() => self.found = Some(Found::run(query, world)),
            Task::Query(_) | Task::Fail(_) => {}
        }
        ended
    }

    /// Rows done so far.
    pub fn processed(&self) -> usize {
        match &self.task {
            Task::Load(loading) => loading.outcomes.len(),
            _ => self.found.as_ref().map_or(0, |found| found.rows.len()),
        }
    }

    /// Rows that failed so far.
    pub fn failed(&self) -> usize {
        if let Task::Load(loading) = &self.task { loading.failed() } else { 0 }
    }

    /// Why it failed as a whole.
    pub fn failure(&self) -> Option<&str> {
        if let Task::Fail(message) = &self.task { Some(message) } else { None }
    }

    /// How long it has taken.
    pub fn took(&self, now: i64) -> i64 {
        self.ends.map_or(now, |ends| ends.min(now)) - self.started
    }
}

impl Found {
    /// Runs a query on the rows as they are now.
    pub fn run(query: &Arc<Query>, world: &World) -> Self {
        let rows = Arc::new(world.db.run(query));
        Self { query: Arc::clone(query), rows, db: Arc::new(world.db.clone()) }
    }

    /// The heads of its columns.
    pub fn header(&self) -> Vec<String> {
        self.query.columns.iter().map(|column| column.path.join(".")).collect()
    }
}

/// The rows of an upload as records: empty cells are ignored, `#N/A` empties a field.
pub fn load_rows(header: &[String], rows: Vec<Row>) -> Vec<LoadRow> {
    rows.into_iter().map(|row| load_row(header, row)).collect()
}

fn load_row(header: &[String], row: Row) -> LoadRow {
    let complaint = if row.misquoted {
        Some(
            "Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote",
        )
    } else if row.cells.len() != header.len() {
        Some("The row has another number of cells than the header")
    } else {
        None
    };
    let broken = complaint.map(|message| RowError {
        code: "INVALID_FIELD".to_owned(),
        message: message.to_owned(),
        fields: Vec::new(),
    });
    let cells = header.iter().cloned().zip(row.cells.into_iter().map(input)).collect();
    LoadRow { record: Record { cells }, broken }
}

/// The meaning of a CSV cell.
pub fn input(cell: String) -> Input {
    match cell.as_str() {
        "" => Input::Ignore,
        "#N/A" => Input::Null,
        _ => Input::Text(cell),
    }
}

/// Checks an upload's header and shape, and makes the task of loading it.
pub fn loading(sheet: Sheet, load: Load, db: &Database) -> Task {
    if let Err(message) = db.check_columns(&load, &sheet.header) {
        return Task::Fail(message);
    }
    if sheet.rows.is_empty() {
        return Task::Fail("InvalidBatch : Records not found".to_owned());
    }
    let rows = load_rows(&sheet.header, sheet.rows);
    Task::Load(Loading::new(load, rows))
}
