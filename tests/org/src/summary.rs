//! What tests in this process may know about jobs and batches without asking as a client.

use crate::data::{Outcome, RecordId};

/// Which API a job is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// Bulk API 1.0.
    V1,
    /// Bulk API 2.0.
    V2,
}

/// A job as it is.
#[derive(Debug, Clone)]
pub struct JobSummary<'a> {
    /// Its API.
    pub api: Api,
    /// Its id.
    pub id: RecordId,
    /// What it does, by its name on the wire.
    pub operation: &'static str,
    /// The object.
    pub object: &'a str,
    /// Its state, by its name on the wire.
    pub state: &'static str,
    /// When it was created.
    pub created: i64,
    /// When it last changed.
    pub modified: i64,
    /// Its work; a job of Bulk 1.0 has that of its batches.
    pub work: WorkSummary<'a>,
    /// The batches of a job of Bulk 1.0, oldest first.
    pub batches: Vec<BatchSummary<'a>>,
}

/// A batch as it is.
#[derive(Debug, Clone)]
pub struct BatchSummary<'a> {
    /// Its id.
    pub id: RecordId,
    /// Its state, by its name on the wire.
    pub state: &'static str,
    /// What was sent, uncompressed; the query of a chunk.
    pub request: &'a [u8],
    /// When it was added.
    pub created: i64,
    /// When it last changed.
    pub modified: i64,
    /// Its work.
    pub work: WorkSummary<'a>,
}

/// What work has come to so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct WorkSummary<'a> {
    /// Rows done, those that failed too; rows that a query found.
    pub processed: usize,
    /// Rows that failed.
    pub failed: usize,
    /// What became of the rows of a load, in the order in which they were sent. A job of Bulk 1.0
    /// has them in its batches.
    pub outcomes: &'a [Outcome],
}
