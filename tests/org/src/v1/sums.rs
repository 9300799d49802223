//! What is added up over a job's batches.

use super::batch::{Batch, BatchState};
use super::job::Job;

/// Batches by their states, and rows, as of some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Batches that wait.
    pub queued: usize,
    /// Batches that are being worked on.
    pub in_progress: usize,
    /// Batches that were worked on.
    pub completed: usize,
    /// Batches that could not be.
    pub failed_batches: usize,
    /// Batches that never will be: those of an aborted job, and those that were split.
    pub not_processed: usize,
    /// Rows done.
    pub processed: usize,
    /// Rows that failed.
    pub failed: usize,
    /// Milliseconds of work.
    pub took: i64,
}

impl Sums {
    /// Adds up what there was at this time.
    pub fn of(job: &Job, time: i64) -> Self {
        let mut sums = Self::default();
        for batch in &job.batches {
            sums.add(batch, time);
        }
        sums
    }

    fn add(&mut self, batch: &Batch, time: i64) {
        let Some(entry) = batch.history.at(time) else { return };
        *match entry.state {
            BatchState::Queued => &mut self.queued,
            BatchState::InProgress => &mut self.in_progress,
            BatchState::Completed => &mut self.completed,
            BatchState::Failed => &mut self.failed_batches,
            BatchState::NotProcessed => &mut self.not_processed,
        } += 1;
        self.processed += batch.processed(time);
        self.failed += batch.failed(time);
        self.took += batch.took(time);
    }

    /// The batches that count. Whether one that was split into others does is not known.
    pub fn total(&self, counts_split: bool) -> usize {
        let split = if counts_split { self.not_processed } else { 0 };
        self.queued + self.in_progress + self.completed + self.failed_batches + split
    }
}
