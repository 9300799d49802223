//! Waiting for batches.

use std::rc::Rc;

use super::batch::batches;
use super::chunks::{Standing, aborted, failed, missing, of_chunks, standing};
use super::family::Family;
use super::job::job;
use super::polls::{JobPoll, Snapshot};
use super::whole::{Growth, StandStill, is_whole, records};
use crate::engine::host::Host;
use crate::engine::pace::Poll;
use crate::engine::session::Session;
use crate::engine::watch::Watch;
use crate::error::Result;
use crate::wire::info::{Info, same_id};

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
            let ask = async {
                let asked_at = self.session.host.now();
                let batches = Rc::new(batches(self.session, self.job).await?);
                Ok(Snapshot { batches, asked_at })
            };
            match self.poll.batches(self.since, ask).await {
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
/// The batch failed, or the job was aborted; [`Kind::Incomplete`](crate::error::Kind::Incomplete) where a chunked query's
/// chunks do not appear. What may pass is waited through.
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

/// Waits for every batch of a job.
///
/// # Errors
/// The first batch that failed, or the job was aborted. What may pass is waited through.
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

/// The batch and its parts, which are in the order of the list.
fn finished(batches: &[Info], job_id: &str, id: &str, parts: &[String]) -> Result<FinishedBatch> {
    let info = batches.iter().find(|batch| same_id(batch.id(), id)).cloned();
    let info = info.ok_or_else(|| missing(job_id, id))?;
    let mut wanted = parts.iter().peekable();
    let is_part = |batch: &&Info| wanted.next_if(|part| same_id(part, batch.id())).is_some();
    Ok(FinishedBatch { info, parts: batches.iter().filter(is_part).cloned().collect() })
}
