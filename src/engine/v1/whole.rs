//! Whether a job's list of batches is all there is.

use super::chunks::Chunks;
use crate::error::{Count, Error, Kind, Result};
use crate::wire::info::Info;

/// So long, in ms, chunks may take to appear, and a list to agree with its job.
const CHUNKS_APPEAR: f64 = 600_000.0;

/// A list that stands still for so long, in ms, is taken for whole where the job counts more batches, but no more
/// records: what it counts as a batch while chunking is not certain.
const STANDS_STILL: f64 = 120_000.0;

/// Whether the chunks that a list shows are all there are: the list must stand still, and agree with its job.
pub(super) struct StandStill {
    started: f64,
    /// For so long, in ms.
    least: f64,
    last: Option<(Vec<String>, f64)>,
}

impl StandStill {
    /// None seen yet. They must stand still for so many ms at least.
    pub fn new(started: f64, least: f64) -> Self {
        StandStill { started, least, last: None }
    }

    /// The chunks, once they are all there are.
    pub fn whole(
        &mut self,
        chunks: Chunks,
        job: &Info,
        batches: &[Info],
        now: f64,
    ) -> Result<Option<Vec<String>>> {
        let chunks = match chunks {
            Chunks::Done(chunks) => chunks,
            Chunks::None if now - self.started > CHUNKS_APPEAR => return Err(no_chunks(job.id())),
            Chunks::None | Chunks::Pending => {
                self.last = None;
                return Ok(None);
            }
        };
        match &self.last {
            Some((seen, at)) if *seen == chunks => {
                let still = now - at;
                Ok((still >= self.least && is_whole(job, batches, still)?).then_some(chunks))
            }
            _ => {
                self.last = Some((chunks, now));
                Ok(None)
            }
        }
    }
}

/// Whether a list that has not changed for so many ms is all there is: one that has fewer batches than its job counts,
/// or fewer records, may have been read while Salesforce was adding to it.
pub(super) fn is_whole(job: &Info, batches: &[Info], still: f64) -> Result<bool> {
    let total = job.count("numberBatchesTotal").unwrap_or(0);
    let (expected, listed) = (records(job), batches.iter().map(records).sum());
    match still {
        _ if total <= batches.len() as u64 && expected <= listed => Ok(true),
        still if still >= STANDS_STILL && expected == listed => Ok(true),
        still if still >= CHUNKS_APPEAR => Err(list_too_short(job.id(), expected, listed)),
        _ => Ok(false),
    }
}

/// How long a list has had as many batches as now.
pub(super) struct Growth {
    listed: usize,
    /// Since when.
    pub since: f64,
}

impl Growth {
    /// No list seen yet.
    pub fn new(now: f64) -> Self {
        Growth { listed: 0, since: now }
    }

    /// Takes the latest list.
    pub fn note(&mut self, batches: &[Info], now: f64) {
        if batches.len() != self.listed {
            *self = Growth { listed: batches.len(), since: now };
        }
    }
}

/// The records of a batch or job, as far as the server counts them.
pub fn records(batch: &Info) -> u64 {
    batch.count("numberRecordsProcessed").unwrap_or(0)
}

fn no_chunks(job_id: &str) -> Error {
    let message = "The query was to be chunked, but its chunks have not appeared: \
                   ask for the job's batches later, or query without PK chunking.";
    Error::new(Kind::Incomplete(Count::default()), message).transient().job(job_id)
}

fn list_too_short(job_id: &str, expected: u64, listed: u64) -> Error {
    let message = format!(
        "The job has processed {expected} records, but the batches in its list only {listed}: read it again later."
    );
    let count = Count { expected: Some(expected), received: Some(listed) };
    Error::new(Kind::Incomplete(count), message).transient().job(job_id)
}
