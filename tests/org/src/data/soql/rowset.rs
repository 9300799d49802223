//! The rows that a query found.

use crate::data::{Database, Value};

/// Which rows a query found, in their order. The values are read when asked for.
#[derive(Clone, Debug)]
pub struct RowSet {
    len: usize,
}

impl RowSet {
    pub(in crate::data) fn empty() -> RowSet {
        RowSet { len: 0 }
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
    pub fn row(&self, _db: &Database, _index: usize) -> Vec<Value> {
        Vec::new()
    }
}
