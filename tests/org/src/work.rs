//! Work that takes time: loading rows in chunks of 200, or running a query.

use std::sync::Arc;

use crate::data::{Database, Query, RowSet};
use crate::faults::Effect;
use crate::loading::Loading;
use crate::summary::WorkSummary;
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
    /// After how many rows it breaks off, and why.
    breaks: Option<(usize, String)>,
}

impl Work {
    /// Begins a task; faults that match the path strike now.
    pub fn start(started: i64, mut task: Task, path: &str, world: &mut World) -> Self {
        let mut factor = Some(1);
        let mut breaks = None;
        for effect in world.faults.on_work(path, world.now) {
            match (effect, &mut task) {
                (Effect::Stuck, _) => factor = None,
                (Effect::Slow { factor: by }, _) => factor = factor.map(|factor| factor * by),
                (Effect::Fail { message }, task) => *task = Task::Fail(message),
                (Effect::FailAfter { rows, message }, _) => breaks = Some((rows, message)),
                (Effect::Lock { every }, Task::Load(loading)) => loading.lock_every = Some(every),
                _ => {}
            }
        }
        let rows = if let Task::Load(loading) = &task { loading.total() as i64 } else { 0 };
        let takes = world.config.processing_ms + rows * world.config.row_us / 1000;
        let ends = factor.map(|factor| started + takes * factor);
        Self { started, ends, task, found: None, breaks }
    }

    /// Does what fits until now; answers when the work ended, if it did.
    pub fn advance(&mut self, world: &mut World) -> Option<i64> {
        let share = self.share(world.now);
        let ended = self.ended_by(world.now);
        match &mut self.task {
            Task::Load(loading) => loading.run_to(share, &mut world.db),
            Task::Query(query) if ended.is_some() => self.found = Some(Found::run(query, world)),
            Task::Query(_) | Task::Fail(_) => {}
        }
        ended
    }

    /// When it ended, if that was by this time.
    pub fn ended_by(&self, time: i64) -> Option<i64> {
        self.ends.filter(|ends| *ends <= time)
    }

    /// How many rows of a load are done by this time: whole chunks, until it ends.
    fn share(&self, time: i64) -> usize {
        let Task::Load(loading) = &self.task else { return 0 };
        let total = loading.total();
        let done = match self.ends {
            None => 0,
            Some(ends) if ends <= time => total,
            Some(ends) => {
                let (gone, all) = ((time - self.started).max(0), (ends - self.started).max(1));
                (total as i64 * gone / all) as usize / CHUNK * CHUNK
            }
        };
        self.breaks.as_ref().map_or(done, |(rows, _)| done.min(*rows))
    }

    /// Whether it will never end.
    pub fn is_stuck(&self) -> bool {
        self.ends.is_none()
    }

    /// Rows done by this time, up to now.
    pub fn processed(&self, time: i64) -> usize {
        match &self.task {
            Task::Load(loading) => self.share(time).min(loading.outcomes.len()),
            _ => self.found_by(time).map_or(0, |found| found.rows.len()),
        }
    }

    /// Rows that failed by this time, up to now.
    pub fn failed(&self, time: i64) -> usize {
        let Task::Load(loading) = &self.task else { return 0 };
        loading.failed_among(self.processed(time))
    }

    /// What the query had found by this time.
    pub fn found_by(&self, time: i64) -> Option<&Found> {
        self.found.as_ref().filter(|_| self.ended_by(time).is_some())
    }

    /// What it has come to by this time.
    pub fn summary(&self, time: i64) -> WorkSummary<'_> {
        let outcomes = if let Task::Load(loading) = &self.task { &*loading.outcomes } else { &[] };
        WorkSummary { processed: self.processed(time), failed: self.failed(time), outcomes }
    }

    /// Why it failed as a whole.
    pub fn failure(&self) -> Option<&str> {
        match (&self.task, &self.breaks) {
            (Task::Fail(message), _) | (_, Some((_, message))) => Some(message),
            _ => None,
        }
    }

    /// How long it has taken by this time.
    pub fn took(&self, time: i64) -> i64 {
        (self.ends.map_or(time, |ends| ends.min(time)) - self.started).max(0)
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
