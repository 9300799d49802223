//! What a caller does where it is not known whether batches were added: what the failure says.

use std::rc::Rc;

use salesforce_bulk::engine::download::Source;
use salesforce_bulk::engine::host::Clock;
use salesforce_bulk::engine::v1;
use salesforce_bulk::wire::info::same_id;
use salesforce_bulk::wire::v1::{self as wire, JobState};

use super::part::Part;
use super::reading::How;
use super::{Actor, Flow, Stopped, other};
use crate::faults::LONGEST;
use crate::scenario::{Load1, Reading};

/// Nothing can enter the closed job any more: finds what of the unknown parts is in it, and adds what is not to other
/// jobs, until nothing is unknown.
pub async fn settle(actor: &Actor<'_>, load: &Load1, job: &str, parts: &[Part<'_>]) -> Flow<()> {
    let mut job = job.to_owned();
    while parts.iter().any(Part::is_unknown) {
        find(actor, &job, parts).await?;
        let missing: Vec<&Part<'_>> = parts.iter().filter(|part| part.is_unknown()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        job = other::make_job1(actor, load.spec()).await?;
        for part in missing {
            part.sending.is_certainly_not_stored();
            part.add(actor, load, &job).await;
        }
        other::set_state1(actor, &job, JobState::Closed).await?;
    }
    Ok(())
}

/// Finds the unknown parts among a closed job's batches.
async fn find(actor: &Actor<'_>, job: &str, parts: &[Part<'_>]) -> Flow<()> {
    for batch in all_batches(actor, job).await? {
        let known = |part: &Part<'_>| {
            part.at.borrow().as_ref().is_some_and(|at| same_id(&at.batch, &batch))
        };
        if parts.iter().any(known) {
            continue;
        }
        let data = data_of(actor, job, &batch, parts).await?;
        let mut unknown = parts.iter().filter(|part| part.is_unknown());
        if let Some(part) = unknown.find(|part| *part.data == *data) {
            part.is_in(actor, job, &batch);
        }
    }
    Ok(())
}

/// The batches of a closed job: once its list can lag no longer, and as many as the job says.
async fn all_batches(actor: &Actor<'_>, job: &str) -> Flow<Vec<String>> {
    loop {
        actor.world.sleep(LONGEST as f64 + 1_000.0).await;
        let list = actor
            .must("list batches", |session| {
                let job = job.to_owned();
                Box::pin(async move { Ok(v1::batches(&session, &job).await?) })
            })
            .await?;
        let info = actor
            .must("read a job", |session| {
                let job = job.to_owned();
                Box::pin(async move { Ok(v1::job(&session, &job).await?) })
            })
            .await?;
        let is_of_job =
            list.iter().all(|batch| batch.text("jobId").is_some_and(|of| same_id(of, job)));
        if is_of_job && info.count("numberBatchesTotal") == Some(list.len() as u64) {
            return Ok(list.iter().map(|batch| batch.id().to_owned()).collect());
        }
    }
}

/// What a batch holds. All that is in the job is of this operation: what looks like anything else was spoilt on its way.
async fn data_of(actor: &Actor<'_>, job: &str, batch: &str, parts: &[Part<'_>]) -> Flow<Vec<u8>> {
    let source = || Source::<Rc<[u8]>>::sent(wire::request(job, batch));
    let how = How { reading: Reading::Bytes, opens: false };
    loop {
        let read = actor.reads("read a batch's data", &source, how, |_| {}).await;
        let data = read.map_err(|_| Stopped)?.bytes;
        if parts.iter().any(|part| *part.data == *data) {
            return Ok(data);
        }
        actor.world.sleep(PAUSE).await;
    }
}

/// Between two looks at what makes no sense, in ms.
const PAUSE: f64 = 10_000.0;
