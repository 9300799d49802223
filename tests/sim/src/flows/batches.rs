//! Loads of Bulk API 1.0.

use std::ops::Range;

use salesforce_bulk::engine::download::BatchRef;
use salesforce_bulk::wire::v1::{JobSpec, JobState};

use super::other::{self, content_type};
use super::outcomes::{external_id, of_batch};
use super::part::Part;
use super::{Actor, Flow, unknown};
use crate::clock::{Work, join};
use crate::ledger::Sending;
use crate::scenario::Load1;

/// Loads rows in batches, and asks what became of each.
pub async fn load(actor: &Actor<'_>, load: &Load1) -> Flow<()> {
    let parts = parts(actor, load);
    let job = other::make_job1(actor, load.spec()).await?;
    add_all(actor, load, &job, &parts).await;
    let state = if load.abort_job { JobState::Aborted } else { JobState::Closed };
    let closed = other::set_state1(actor, &job, state).await;
    if actor.heeds_advice() && closed.is_ok() && !load.abort_job {
        unknown::settle(actor, load, &job, &parts).await?;
    }
    wait(actor, &job, &parts).await;
    for part in &parts {
        outcomes(actor, load, part).await?;
    }
    Ok(())
}

impl Load1 {
    /// The job of its batches.
    pub fn spec(&self) -> JobSpec {
        JobSpec {
            object: "Account".to_owned(),
            operation: self.data.operation.name().to_owned(),
            external_id_field_name: external_id(self.data.operation),
            content_type: content_type(self.format),
            concurrency_mode: self.serial.then(|| "Serial".to_owned()),
            ..JobSpec::default()
        }
    }

    /// The rows of each batch.
    fn ranges(&self, rows: usize) -> Vec<Range<usize>> {
        let batches = self.batches.max(1) as usize;
        if self.equal {
            return vec![0..rows; batches];
        }
        let size = rows.div_ceil(batches).max(1);
        (0..rows.max(1)).step_by(size).map(|from| from..rows.min(from + size)).collect()
    }
}

fn parts<'a>(actor: &Actor<'a>, load: &Load1) -> Vec<Part<'a>> {
    let rows = actor.ledger.rows(load.data.group);
    let ranges = load.ranges(rows.keys.len()).into_iter();
    let part = |range: Range<usize>| Part {
        data: rows.part(range.clone()).in_format(load.format).into_bytes().into(),
        sending: Sending::new(actor.ledger, load.data.group, range),
        at: Default::default(),
    };
    ranges.map(part).collect()
}

async fn add_all(actor: &Actor<'_>, load: &Load1, job: &str, parts: &[Part<'_>]) {
    if load.at_once {
        let adds =
            parts.iter().map(|part| -> Work<'_, ()> { Box::pin(part.add(actor, load, job)) });
        join(adds).await;
        return;
    }
    for part in parts {
        part.add(actor, load, job).await;
    }
}

/// Waits for all that was added, in whichever jobs it is. What fails is told by its outcomes.
async fn wait(actor: &Actor<'_>, job: &str, parts: &[Part<'_>]) {
    let added: Vec<BatchRef> = parts.iter().filter_map(|part| part.at.borrow().clone()).collect();
    let mut jobs: Vec<&str> = added.iter().map(|at| at.job.as_str()).chain([job]).collect();
    jobs.sort_unstable();
    jobs.dedup();
    for job in jobs {
        let own = added.iter().filter(|at| at.job == job).map(|at| at.batch.clone());
        other::wait_job1(actor, job, &own.collect::<Vec<_>>()).await.ok();
    }
}

async fn outcomes(actor: &Actor<'_>, load: &Load1, part: &Part<'_>) -> Flow<()> {
    let Some(at) = part.at.borrow().clone() else { return Ok(()) };
    // A batch that failed in the middle tells of those rows that it has come to.
    let complete = other::parts(actor, &at).await.is_ok();
    of_batch(actor, &load.data, &at, &part.sending, complete).await
}
