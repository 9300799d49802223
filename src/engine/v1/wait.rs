//! Waiting for batches.

use std::rc::Rc;

use super::batch::batch;
use super::chunks::{Chunks, Standing, aborted, chunks, failed, same_id, standing};
use super::job::job;
use crate::engine::host::Host;
use crate::engine::pace::{Pace, Poll};
use crate::engine::polls::JobPoll;
use crate::engine::session::Session;
use crate::error::{Code, Error, Result};
use crate::wire::info::Info;

/// Chunks that have not appeared after so long, in ms, are not taken to be none.
const CHUNKS_APPEAR: f64 = 600_000.0;

/// A batch that is done: where its results are.
#[derive(Debug)]
pub struct Done {
    /// The batch itself.
    pub info: Info,
    /// The batches that hold its results: itself, or its chunks.
    pub parts: Vec<Info>,
}

impl Done {
    /// The records of its results, as far as the server counts them.
    pub fn records(&self) -> u64 {
        self.parts.iter().map(|part| part.count("numberRecordsProcessed").unwrap_or(0)).sum()
    }
}

/// A job's batch list, looked at again and again; all who wait on the job share the polls.
struct Watch<'a, H> {
    session: &'a Session<H>,
    job: &'a str,
    poll: Rc<JobPoll>,
    pace: Pace,
    /// How old the next look may be.
    since: f64,
}

impl<'a, H: Host> Watch<'a, H> {
    fn new(session: &'a Session<H>, job: &'a str, poll: Poll) -> Self {
        let shared = session.polls.of(format!("{} {job}", session.settings.instance_url));
        Watch { session, job, poll: shared, pace: Pace::new(poll), since: session.host.now() }
    }

    async fn batches(&self) -> Result<Rc<Vec<Info>>> {
        self.poll.batches(self.session, self.job, self.since).await
    }

    /// Lets time go by. A look that another wait has had in the second half of it will do.
    async fn pause(&mut self) {
        let pause = self.pace.pause();
        self.session.host.sleep(pause).await;
        self.since = self.session.host.now() - pause / 2.0;
    }
}

/// Waits for a batch; of a chunked query, for all its chunks.
///
/// # Errors
/// [`Code::JobFailed`], [`Code::JobAborted`]; [`Code::Incomplete`] where a chunked query's chunks do not appear.
/// # Cancellation
/// Dropping the future stops the wait; the batch is left as it is.
pub async fn wait_batch<H: Host>(
    session: &Session<H>,
    job_id: &str,
    id: &str,
    poll: Poll,
) -> Result<Done> {
    let mut watch = Watch::new(session, job_id, poll);
    let started = session.host.now();
    let mut seen = Vec::new();
    loop {
        let batches = watch.batches().await?;
        match standing(&batches, job_id, id)? {
            Standing::Completed => return done(&batches, job_id, id, &[id.to_owned()]),
            Standing::Pending => {}
            Standing::NotProcessed => match chunked(session, &batches, job_id, id).await? {
                // The same chunks must be seen twice: the list may have been read while Salesforce was adding to it.
                Chunks::Done(chunks) if chunks == seen => {
                    return done(&batches, job_id, id, &chunks);
                }
                Chunks::Done(chunks) => seen = chunks,
                Chunks::None if session.host.now() - started > CHUNKS_APPEAR => {
                    return Err(no_chunks(job_id, id));
                }
                Chunks::None | Chunks::Pending => seen.clear(),
            },
        }
        watch.pause().await;
    }
}

/// Where the chunks of a batch that was not processed stand; those that the job counts and that have not appeared are
/// pending.
async fn chunked<H: Host>(
    session: &Session<H>,
    batches: &[Info],
    job_id: &str,
    id: &str,
) -> Result<Chunks> {
    let info = job(session, job_id).await?;
    aborted(&info, id)?;
    let total = info.count("numberBatchesTotal").unwrap_or(0);
    Ok(match chunks(batches, job_id, id)? {
        Chunks::Done(done) if total > done.len() as u64 => Chunks::Pending,
        standing => standing,
    })
}

/// Waits for every batch of a job.
///
/// # Errors
/// [`Code::JobFailed`] of the first that failed, [`Code::JobAborted`].
/// # Cancellation
/// Dropping the future stops the wait; the job is left as it is.
pub async fn wait_job<H: Host>(
    session: &Session<H>,
    job_id: &str,
    poll: Poll,
) -> Result<Rc<Vec<Info>>> {
    let mut watch = Watch::new(session, job_id, poll);
    loop {
        let batches = watch.batches().await?;
        if let Some(broken) = batches.iter().find(|batch| batch.state() == "Failed") {
            return Err(failed(job_id, broken));
        }
        if !batches.iter().any(Info::pending) {
            let Some(parent) = batches.iter().find(|batch| batch.not_processed()) else {
                return Ok(batches);
            };
            wait_batch(session, job_id, parent.id(), poll).await?;
            watch.since = session.host.now();
            return watch.batches().await;
        }
        watch.pause().await;
    }
}

/// Whether there is nothing left to wait for.
///
/// # Errors
/// [`Code::JobFailed`], [`Code::JobAborted`].
pub async fn is_done<H: Host>(session: &Session<H>, job_id: &str, id: &str) -> Result<bool> {
    let info = batch(session, job_id, id).await?;
    if info.state() == "Failed" {
        return Err(failed(job_id, &info));
    }
    if !info.not_processed() {
        return Ok(!info.pending());
    }
    let batches = super::batch::batches(session, job_id).await?;
    let chunks = chunked(session, &batches, job_id, id).await?;
    Ok(matches!(chunks, Chunks::Done(_)))
}

fn done(batches: &[Info], job_id: &str, id: &str, parts: &[String]) -> Result<Done> {
    let info = batches.iter().find(|batch| same_id(batch.id(), id)).cloned();
    let info =
        info.ok_or_else(|| Error::response("The batch is gone from its job.").batch(job_id, id))?;
    let is_part = |batch: &&Info| parts.iter().any(|part| same_id(part, batch.id()));
    Ok(Done { info, parts: batches.iter().filter(is_part).cloned().collect() })
}

fn no_chunks(job_id: &str, id: &str) -> Error {
    let message = "The query was to be chunked, but its chunks have not appeared: \
                   ask for the job's batches later, or query without PK chunking.";
    let mut error = Error::new(Code::Incomplete, message);
    error.retryable = true;
    error.batch(job_id, id)
}
