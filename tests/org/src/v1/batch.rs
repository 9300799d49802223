//! A batch of Bulk 1.0 and its way through the queue.

use std::ops::Range;
use std::sync::Arc;

use super::content::ContentType;
use super::job::Job;
use super::task;
use crate::data::{Query, RecordId};
use crate::work::{Task, Work};
use crate::world::World;

/// The state of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// It waits.
    Queued,
    /// It is being worked on.
    InProgress,
    /// It was worked on; rows of it may have failed.
    Completed,
    /// It could not be worked on.
    Failed,
    /// Its job was aborted, or PK chunking put others in its place.
    NotProcessed,
}

impl BatchState {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::InProgress => "InProgress",
            Self::Completed => "Completed",
            Self::Failed => "Failed",
            Self::NotProcessed => "NotProcessed",
        }
    }

    /// Whether it will not change any more.
    pub fn is_terminal(self) -> bool {
        !matches!(self, Self::Queued | Self::InProgress)
    }
}

/// A batch.
#[derive(Debug)]
pub struct Batch {
    /// Its id.
    pub id: RecordId,
    /// Its state.
    pub state: BatchState,
    /// Why it failed.
    pub message: Option<String>,
    /// When it was added.
    pub created: i64,
    /// When it last changed.
    pub modified: i64,
    /// What was sent, uncompressed.
    pub body: Arc<Vec<u8>>,
    /// The charset that was named with it.
    pub charset: Option<String>,
    /// The query of a child of PK chunking.
    pub query: Option<Arc<Query>>,
    /// The work, once it began.
    pub work: Option<Work>,
    /// The results of a query: their ids and which rows are in each.
    pub results: Vec<(String, Range<usize>)>,
    /// When its children appear, and what they ask.
    split: Option<(i64, Vec<Arc<Query>>)>,
}

impl Batch {
    /// A batch that waits.
    pub fn new(body: Vec<u8>, charset: Option<String>, now: i64, world: &mut World) -> Self {
        Self {
            id: world.mint.id("751"),
            state: BatchState::Queued,
            message: None,
            created: now,
            modified: now,
            body: Arc::new(body),
            charset,
            query: None,
            work: None,
            results: Vec::new(),
            split: None,
        }
    }

    /// What the abort of its job does: what has begun runs to its end.
    pub fn abandon(&mut self, now: i64) {
        self.split = None;
        if self.state == BatchState::Queued {
            self.enter(BatchState::NotProcessed, now);
        }
    }

    fn enter(&mut self, state: BatchState, at: i64) {
        self.state = state;
        self.modified = at;
    }

    /// Rows done so far.
    pub fn processed(&self) -> usize {
        self.work.as_ref().map_or(0, Work::processed)
    }

    /// Rows that failed so far.
    pub fn failed(&self) -> usize {
        self.work.as_ref().map_or(0, Work::failed)
    }

    /// How long it has been worked on.
    pub fn took(&self, now: i64) -> i64 {
        self.work.as_ref().map_or(0, |work| work.took(now))
    }

    /// Goes on with what has begun.
    fn advance(&mut self, content: ContentType, world: &mut World) {
        let Some(work) = self.work.as_mut() else { return };
        let Some(ended) = work.advance(world) else { return };
        let failure = work.failure().map(str::to_owned);
        let found = work.found.as_ref().map(|found| found.rows.len());
        if let Task::Load(loading) = &mut work.task {
            loading.forget_rows();
        }
        self.message = failure;
        let failed = self.message.is_some();
        self.enter(if failed { BatchState::Failed } else { BatchState::Completed }, ended);
        if !failed && world.config.completed_state_message {
            self.message = Some("Completed with warnings".to_owned());
        }
        if let Some(rows) = found {
            self.results = parts(rows, content, world);
        }
    }
}

/// Puts the rows of a query into results; a JSON job lists none when there are no rows.
fn parts(rows: usize, content: ContentType, world: &mut World) -> Vec<(String, Range<usize>)> {
    if rows == 0 && content == ContentType::Json {
        return Vec::new();
    }
    let size = rows.div_ceil(world.config.results_per_batch.max(1)).max(1);
    let starts = (0..rows.max(1)).step_by(size);
    starts
        .map(|from| (world.mint.id("752").short().to_owned(), from..rows.min(from + size)))
        .collect()
}

impl Job {
    /// Brings every batch to where it should be now.
    pub fn tick(&mut self, world: &mut World) {
        let mut free = i64::MIN;
        let mut at = 0;
        while at < self.batches.len() {
            match self.batches[at].state {
                BatchState::Queued => self.start(at, free, world),
                BatchState::NotProcessed => self.add_children(at, world),
                _ => {}
            }
            if self.batches[at].state == BatchState::InProgress {
                self.batches[at].advance(self.content, world);
            }
            if self.serial {
                let batch = &self.batches[at];
                free = if batch.state.is_terminal() { free.max(batch.modified) } else { i64::MAX };
            }
            at += 1;
        }
    }

    /// Takes up a batch that has waited long enough, from that moment on.
    fn start(&mut self, at: usize, free: i64, world: &mut World) {
        let due = (self.batches[at].created + world.config.queue_ms).max(free);
        if due > world.now {
            return;
        }
        let task = task::of(self, &self.batches[at], world);
        let path = self.batch_path(at);
        let work = Work::start(due, task, &path, world);
        let batch = &mut self.batches[at];
        // A batch that a fault has got hold of is not split: it fails or hangs as a whole.
        if let (Task::Query(query), Some(chunking), None) =
            (&work.task, &self.chunking, &batch.query)
            && query.pk_chunkable
            && !work.is_stuck()
        {
            let children = chunking.split(query, world);
            batch.split = Some((due + world.config.chunking_ms, children));
            batch.enter(BatchState::NotProcessed, due);
            return;
        }
        batch.work = Some(work);
        batch.enter(BatchState::InProgress, due);
    }

    fn batch_path(&self, at: usize) -> String {
        let (version, id, batch) = (&self.version, self.id, self.batches[at].id);
        format!("/services/async/{version}/job/{id}/batch/{batch}")
    }

    /// Adds the children of a batch that PK chunking split, when their time has come.
    fn add_children(&mut self, at: usize, world: &mut World) {
        let due = self.batches[at].split.take_if(|(due, _)| *due <= world.now);
        let Some((due, queries)) = due else { return };
        if !world.take_batches(queries.len() as u64) {
            self.batches[at].message = Some("ExceededQuota : ApiBatchItems Limit exceeded.".into());
            self.batches[at].enter(BatchState::Failed, due);
            return;
        }
        for (chunk, query) in queries.into_iter().enumerate() {
            let mut child = Batch::new(query.text.clone().into_bytes(), None, due, world);
            child.query = Some(query);
            if world.config.failing_chunk == Some(chunk) {
                let task = Task::Fail(CHUNK_FAILED.to_owned());
                child.work = Some(Work::start(due, task, "", world));
                child.enter(BatchState::InProgress, due);
            }
            self.batches.push(child);
        }
    }
}

const CHUNK_FAILED: &str = "InvalidBatch : Failed to process query: QUERY_TIMEOUT: \
                            Your query request was running for too long.";
