//! A batch of Bulk 1.0 and its way through the queue.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::content::ContentType;
use super::job::Job;
use super::task;
use crate::data::{Query, RecordId};
use crate::history::{Entry, History};
use crate::summary::BatchSummary;
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
    /// The states it has been in since it was added.
    pub history: History<BatchState>,
    /// Why it failed.
    pub message: Option<String>,
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
    /// The children that PK chunking still has to put in its place.
    split: Option<Split>,
}

/// Children to come.
#[derive(Debug)]
struct Split {
    /// When the next one appears.
    due: i64,
    /// What they ask.
    queries: VecDeque<Arc<Query>>,
    /// How many there were before.
    appeared: usize,
}

impl Batch {
    /// A batch that waits.
    pub fn new(body: Vec<u8>, charset: Option<String>, now: i64, world: &mut World) -> Self {
        Self {
            id: world.mint.id("751"),
            history: History::new(BatchState::Queued, now),
            message: None,
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
        if self.state() == BatchState::Queued {
            self.history.enter(BatchState::NotProcessed, now);
        }
    }

    /// Its state.
    pub fn state(&self) -> BatchState {
        self.history.state()
    }

    /// Rows done by this time.
    pub fn processed(&self, time: i64) -> usize {
        self.work.as_ref().map_or(0, |work| work.processed(time))
    }

    /// Rows that failed by this time.
    pub fn failed(&self, time: i64) -> usize {
        self.work.as_ref().map_or(0, |work| work.failed(time))
    }

    /// How long it has been worked on by this time.
    pub fn took(&self, time: i64) -> i64 {
        self.work.as_ref().map_or(0, |work| work.took(time))
    }

    /// It as tests in this process see it.
    pub fn summary(&self) -> BatchSummary<'_> {
        BatchSummary {
            id: self.id,
            state: self.state().name(),
            request: &self.body,
            created: self.history.created(),
            modified: self.history.modified(),
            work: self.work.as_ref().map(|work| work.summary(i64::MAX)).unwrap_or_default(),
        }
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
        let state = if failed { BatchState::Failed } else { BatchState::Completed };
        self.history.enter(state, ended);
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
            match self.batches[at].state() {
                BatchState::Queued => self.start(at, free, world),
                BatchState::NotProcessed => self.add_children(at, world),
                _ => {}
            }
            if self.batches[at].state() == BatchState::InProgress {
                self.batches[at].advance(self.content, world);
            }
            if self.serial {
                let Entry { state, since } = self.batches[at].history.last();
                free = if state.is_terminal() { free.max(since) } else { i64::MAX };
            }
            at += 1;
        }
    }

    /// Takes up a batch that has waited long enough, from that moment on.
    fn start(&mut self, at: usize, free: i64, world: &mut World) {
        let due = (self.batches[at].history.created() + world.config.queue_ms).max(free);
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
            let queries = chunking.split(query, world).into();
            batch.split = Some(Split { due: due + world.config.chunking_ms, queries, appeared: 0 });
            batch.history.enter(BatchState::NotProcessed, due);
            return;
        }
        batch.work = Some(work);
        batch.history.enter(BatchState::InProgress, due);
    }

    fn batch_path(&self, at: usize) -> String {
        let (version, id, batch) = (&self.version, self.id, self.batches[at].id);
        format!("/services/async/{version}/job/{id}/batch/{batch}")
    }

    /// Adds those children of a batch that PK chunking split whose time has come.
    fn add_children(&mut self, at: usize, world: &mut World) {
        while let Some((due, chunk, query)) = self.batches[at].next_child(world) {
            if chunk == 0 && !world.take_batches(self.batches[at].chunks_left() + 1) {
                self.batches[at].split = None;
                self.batches[at].message =
                    Some("ExceededQuota : ApiBatchItems Limit exceeded.".into());
                self.batches[at].history.enter(BatchState::Failed, due);
                return;
            }
            self.batches.push(Batch::child(query, chunk, due, world));
        }
    }
}

impl Batch {
    /// When the next child appears, its number and its query, if that is by now.
    fn next_child(&mut self, world: &World) -> Option<(i64, usize, Arc<Query>)> {
        let split = self.split.as_mut().filter(|split| split.due <= world.now)?;
        let (due, chunk) = (split.due, split.appeared);
        let query = split.queries.pop_front()?;
        split.appeared += 1;
        split.due += world.config.chunking_step_ms;
        Some((due, chunk, query))
    }

    fn chunks_left(&self) -> u64 {
        self.split.as_ref().map_or(0, |split| split.queries.len() as u64)
    }

    fn child(query: Arc<Query>, chunk: usize, due: i64, world: &mut World) -> Self {
        let mut child = Self::new(query.text.clone().into_bytes(), None, due, world);
        child.query = Some(query);
        if world.config.failing_chunk == Some(chunk) {
            let task = Task::Fail(CHUNK_FAILED.to_owned());
            child.work = Some(Work::start(due, task, "", world));
            child.history.enter(BatchState::InProgress, due);
        }
        child
    }
}

const CHUNK_FAILED: &str = "InvalidBatch : Failed to process query: QUERY_TIMEOUT: \
                            Your query request was running for too long.";
