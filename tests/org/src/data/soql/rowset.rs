//! The rows that a query found.

use std::ops::Range;
use std::sync::Arc;

use super::eval::{links, read};
use super::plan::Plan;
use crate::data::schema::system;
use crate::data::{Database, RecordId, Value};

/// Which rows a query found, in their order. The values are read when asked for.
#[derive(Clone, Debug)]
pub struct RowSet {
    plan: Arc<Plan>,
    runs: Vec<Run>,
    len: usize,
}

/// Rows with consecutive ordinals: most results are few runs, however many rows they have.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// How many rows come before it.
    before: usize,
    first: u64,
}

impl RowSet {
    pub(super) fn new(plan: Arc<Plan>) -> RowSet {
        RowSet { plan, runs: Vec::new(), len: 0 }
    }

    /// Adds rows at the end.
    pub(super) fn push(&mut self, rows: Range<u64>) {
        let follows = self
            .runs
            .last()
            .is_some_and(|run| run.first + (self.len - run.before) as u64 == rows.start);
        if !follows && !rows.is_empty() {
            self.runs.push(Run { before: self.len, first: rows.start });
        }
        self.len += usize::try_from(rows.end.saturating_sub(rows.start)).unwrap_or_default();
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The selected values of one row, in the order of the columns; nothing past the end.
    pub fn row(&self, database: &Database, index: usize) -> Vec<Value> {
        let Some(ordinal) = self.ordinal(index) else { return Vec::new() };
        let value = |path| read(database, self.plan.object, ordinal, path);
        self.plan.columns.iter().map(value).collect()
    }

    /// The id of one row, whether it was selected or not.
    pub fn id(&self, database: &Database, index: usize) -> Option<RecordId> {
        match database.value(self.plan.object, self.ordinal(index)?, system::ID) {
            Value::Id(id) => Some(id),
            _ => None,
        }
    }

    /// The rows that the relationships of one column lead to, up to the first that leads nowhere.
    pub fn links(&self, database: &Database, index: usize, column: usize) -> Vec<RecordId> {
        let found = self.ordinal(index).zip(self.plan.columns.get(column));
        found.map_or_else(Vec::new, |(row, path)| links(database, self.plan.object, row, path))
    }

    /// The ordinals of the rows, in their order.
    pub(super) fn ordinals(&self) -> impl Iterator<Item = u64> {
        (0..self.len).filter_map(|index| self.ordinal(index))
    }

    fn ordinal(&self, index: usize) -> Option<u64> {
        let run = self.runs.partition_point(|run| run.before <= index).checked_sub(1)?;
        let run = self.runs.get(run).filter(|_| index < self.len)?;
        Some(run.first + (index - run.before) as u64)
    }
}
