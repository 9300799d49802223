//! Waiting for batches.

use std::rc::Rc;

use super::batch::batch;
use super::chunks::{Chunks, Standing, aborted, failed, missing, of_chunks, standing};
use super::family::Family;
use super::job::job;
use super::polls::JobPoll;
use crate::engine::host::Host;
use crate::engine::pace::Poll;
use crate::engine::session::Session;
use crate::engine::watch::Watch;
use crate::error::{Count, Error, Kind, Result};
use crate::wire::info::{Info, same_id};

/// So long, in ms, chunks may take to appear, and a list to agree with its job.
const CHUNKS_APPEAR: f64 = 600_000.0;

/// A list that stands still for so long, in ms, is taken for whole where the job counts more batches, but no more
/// records: what it counts as a batch while chunking is not certain.
const STANDS_STILL: f64 = 120_000.0;

/// Chunks may appear one after another: there is another to come until the list has stood still for so many times the
/// first pause.
const PAUSES: f64 = 10.0;

/// A batch that is done, and where its results are.
#[derive(Debug)]
pub struct FinishedBatch {
    /// The batch itself.
    pub info: Info,
    /// The batches that hold its results: itself, or its chunks.
    pub parts: Vec<Info>,
}

impl FinishedBatch {
    /// The records of its results, as far as the server counts them.
    pub fn records(&self) -> u64 {
        self.parts.iter().map(records).sum()
    }
}

fn records(batch: &Info) -> u64 {
    batch.count("numberRecordsProcessed").unwrap_or(0)
}

/// A job's batch list, looked at again and again; all of a client's waits on the job share the polls.
struct ListWatch<'a, H> {
    session: &'a Session<H>,
    job: &'a str,
    poll: Rc<JobPoll>,
    watch: Watch<'a, H>,
    /// How old the next list may be.
    since: f64,
    first_pause: f64,
}

impl<'a, H: Host> ListWatch<'a, H> {
    fn new(session: &'a Session<H>, job: &'a str, poll: Poll) -> Self {
        let since = session.host.now();
        let watch = Watch::new(session, job, poll);
        let first_pause = poll.first;
        ListWatch { session, job, poll: session.client.polls.of(job), watch, since, first_pause }
    }

    async fn batches(&mut self) -> Result<Rc<Vec<Info>>> {
        loop {
            match self.poll.batches(self.session, self.job, self.since).await {
                Ok(batches) => return Ok(batches),
                Err(failure) => self.watch.pass(failure).await?,
            }
        }
    }

    /// Lets time pass. A list that another wait has asked for in the second half of it will do.
    async fn pause(&mut self) {
        let pause = self.watch.pause().await;
        self.since = self.session.host.now() - pause / 2.0;
    }
}

/// Waits for a batch; of a chunked query, for all its chunks.
///
/// # Errors
/// [`Kind::JobFailed`], [`Kind::JobAborted`]; [`Kind::Incomplete`] where a chunked query's chunks do not appear. What may
/// pass is waited through.
/// # Cancellation
/// Dropping the future stops the wait; the batch is left as it is.
pub async fn wait_batch<H: Host>(
    session: &Session<H>,
    job_id: &str,
    id: &str,
    poll: Poll,
) -> Result<FinishedBatch> {
    let mut list = ListWatch::new(session, job_id, poll);
    loop {
        let batches = list.batches().await?;
        if !batches.iter().any(|batch| same_id(batch.id(), id)) {
            list.watch.doubt(missing(job_id, id)).await?;
            list.since = session.host.now();
            continue;
        }
        match standing(&batches, job_id, id)? {
            Standing::Completed => return finished(&batches, job_id, id, &[id.to_owned()]),
            Standing::Pending => list.pause().await,
            Standing::NotProcessed => {
                if let Some(done) = wait_chunks(&mut list, id).await? {
                    return Ok(done);
                }
            }
        }
    }
}

/// Waits until the list of a chunked query stands still, with all its chunks done. None where the batch is processed
/// after all: a poll was wrong.
async fn wait_chunks<H: Host>(
    list: &mut ListWatch<'_, H>,
    id: &str,
) -> Result<Option<FinishedBatch>> {
    let (session, job_id) = (list.session, list.job);
    let mut family = Family::new(session, job_id, id);
    let mut still = StandStill::new(session.host.now(), list.first_pause * PAUSES);
    loop {
        let batches = list.batches().await?;
        if batches.iter().any(|batch| same_id(batch.id(), id) && !batch.not_processed()) {
            return Ok(None);
        }
        match family.look(&batches).await {
            Err(failure) => list.watch.pass(failure).await?,
            Ok(info) => {
                aborted(&info, id)?;
                let chunks = of_chunks(job_id, family.chunks(&batches)?)?;
                if let Some(chunks) = still.whole(chunks, &info, &batches, session.host.now())? {
                    return finished(&batches, job_id, id, &chunks).map(Some);
                }
            }
        }
        list.pause().await;
    }
}

/// Whether the chunks that a list shows are all there are: the list must stand still, and agree with its job.
struct StandStill {
    started: f64,
    /// For so long, in ms.
    least: f64,
    last: Option<(Vec<String>, f64)>,
}

impl StandStill {
    fn new(started: f64, least: f64) -> Self {
        StandStill { started, least, last: None }
    }

    /// The chunks, once they are all there are.
    fn whole(
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
fn is_whole(job: &Info, batches: &[Info], still: f64) -> Result<bool> {
    let total = job.count("numberBatchesTotal").unwrap_or(0);
    let (expected, listed) = (records(job), batches.iter().map(records).sum());
    match still {
        _ if total <= batches.len() as u64 && expected <= listed => Ok(true),
        still if still >= STANDS_STILL && expected == listed => Ok(true),
        still if still >= CHUNKS_APPEAR => Err(list_too_short(job.id(), expected, listed)),
        _ => Ok(false),
    }
}

/// Where the chunks of a batch that was not processed stand, as of this list.
///
/// # Errors
/// [`Kind::JobAborted`] where that is why; [`Kind::JobFailed`] of a chunk.
pub(super) async fn chunks_now<H: Host>(
    session: &Session<H>,
    batches: &[Info],
    job_id: &str,
    id: &str,
) -> Result<Chunks> {
    let mut family = Family::new(session, job_id, id);
    let info = family.look(batches).await?;
    aborted(&info, id)?;
    Ok(match of_chunks(job_id, family.chunks(batches)?)? {
        Chunks::Done(_) if !is_whole(&info, batches, 0.0)? => Chunks::Pending,
        chunks => chunks,
    })
}

/// Waits for every batch of a job.
///
/// # Errors
/// [`Kind::JobFailed`] of the first that failed, [`Kind::JobAborted`]. What may pass is waited through.
/// # Cancellation
/// Dropping the future stops the wait; the job is left as it is.
pub async fn wait_job<H: Host>(
    session: &Session<H>,
    job_id: &str,
    poll: Poll,
) -> Result<Rc<Vec<Info>>> {
    let mut list = ListWatch::new(session, job_id, poll);
    let mut growth = Growth::new(session.host.now());
    loop {
        let batches = list.batches().await?;
        growth.note(&batches, session.host.now());
        if let Some(broken) = batches.iter().find(|batch| batch.state() == "Failed") {
            return Err(failed(job_id, broken));
        }
        if !batches.iter().any(Info::pending) {
            for parent in batches.iter().filter(|batch| batch.not_processed()) {
                wait_batch(session, job_id, parent.id(), poll).await?;
                list.since = session.host.now();
            }
            let batches = list.batches().await?;
            growth.note(&batches, session.host.now());
            match job(session, job_id).await {
                Ok(info) if is_whole(&info, &batches, session.host.now() - growth.since)? => {
                    return Ok(batches);
                }
                Ok(_) => {}
                Err(failure) => list.watch.pass(failure).await?,
            }
        }
        list.pause().await;
    }
}

/// How long a list has had as many batches as now.
struct Growth {
    listed: usize,
    since: f64,
}

impl Growth {
    fn new(now: f64) -> Self {
        Growth { listed: 0, since: now }
    }

    fn note(&mut self, batches: &[Info], now: f64) {
        if batches.len() != self.listed {
            *self = Growth { listed: batches.len(), since: now };
        }
    }
}

/// Whether there is nothing left to wait for.
///
/// # Errors
/// [`Kind::JobFailed`], [`Kind::JobAborted`].
pub async fn is_done<H: Host>(session: &Session<H>, job_id: &str, id: &str) -> Result<bool> {
    let info = batch(session, job_id, id).await?;
    if info.state() == "Failed" {
        return Err(failed(job_id, &info));
    }
    if !info.not_processed() {
        return Ok(!info.pending());
    }
    let batches = super::batch::batches(session, job_id).await?;
    let chunks = chunks_now(session, &batches, job_id, id).await?;
    Ok(matches!(chunks, Chunks::Done(_)))
}

/// The batch and its parts, which are in the order of the list.
fn finished(batches: &[Info], job_id: &str, id: &str, parts: &[String]) -> Result<FinishedBatch> {
    let info = batches.iter().find(|batch| same_id(batch.id(), id)).cloned();
    let info = info.ok_or_else(|| missing(job_id, id))?;
    let mut wanted = parts.iter().peekable();
    let is_part = |batch: &&Info| wanted.next_if(|part| same_id(part, batch.id())).is_some();
    Ok(FinishedBatch { info, parts: batches.iter().filter(is_part).cloned().collect() })
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
