//! Loads of Bulk API 2.0.

use std::rc::Rc;

use salesforce_bulk::csv::LineEnding;
use salesforce_bulk::engine::v2;
use salesforce_bulk::error::RowEffect;
use salesforce_bulk::wire::request::Body;
use salesforce_bulk::wire::v2::{IngestSpec, JobKind};

use super::actor::MAKING_WITH_DATA;
use super::outcomes::{external_id, of_job, of_job_as_rows};
use super::{Actor, Ended, Flow, Stopped, other};
use crate::ledger::Sending;
use crate::scenario::{Load2, LoadWay};

/// Loads rows, and asks what became of each.
pub async fn load(actor: &Actor<'_>, load: &Load2) -> Flow<()> {
    let sending = Sending::new(actor.ledger, load.data.group, 0..load.rows(actor));
    let job = match load.way {
        LoadWay::Load => whole(actor, load, &sending).await?,
        LoadWay::Steps => in_steps(actor, load, &sending).await?,
        LoadWay::OneRequest => in_one_request(actor, load, &sending).await?,
    };
    if load.abort_job {
        other::abort(actor, JobKind::Ingest, &job).await.ok();
    }
    // A job that failed, or was aborted, tells of the rows that it has come to; how many others there are it does not say.
    let complete = other::wait(actor, JobKind::Ingest, &job).await.is_ok();
    match load.as_rows {
        true => of_job_as_rows(actor, &load.data, &job, &sending, complete).await?,
        false => of_job(actor, &load.data, &job, &sending, complete).await?,
    }
    if load.delete { other::delete(actor, JobKind::Ingest, &job).await } else { Ok(()) }
}

impl Load2 {
    fn rows(&self, actor: &Actor<'_>) -> usize {
        actor.ledger.rows(self.data.group).keys.len()
    }

    fn csv(&self, actor: &Actor<'_>) -> String {
        actor.ledger.rows(self.data.group).csv(self.delimiter.letter(), self.crlf)
    }

    fn spec(&self) -> IngestSpec {
        IngestSpec {
            object: "Account".to_owned(),
            operation: self.data.operation.name().to_owned(),
            external_id_field_name: external_id(self.data.operation),
            column_delimiter: Some(self.delimiter.of_engine()),
            line_ending: self.crlf.then_some(LineEnding::Crlf),
            assignment_rule_id: None,
        }
    }
}

/// In one call, from the data to the summary. Gives the job.
async fn whole(actor: &Actor<'_>, load: &Load2, sending: &Sending<'_>) -> Flow<String> {
    let data: Rc<[u8]> = load.csv(actor).into_bytes().into();
    let rows = load.rows(actor) as u64;
    let (spec, poll) = (load.spec(), actor.poll());
    let done = actor
        .tries_to_send("load", Some(sending), |session| {
            let load = v2::Load { spec: spec.clone(), data: data.clone(), records: rows, poll };
            Box::pin(async move { v2::load(&session, load).await })
        })
        .await;
    match done {
        Ok(summary) => {
            if summary.processed != rows || summary.unprocessed != 0 {
                actor.state_is_wrong(format!("{summary:?} of {rows} rows"));
            }
            Ok(summary.job)
        }
        Err(ended) => after_failure(actor, ended).await,
    }
}

/// A job that has the rows, or may have them: it is started, which may be done twice, and goes on from there.
async fn after_failure(actor: &Actor<'_>, ended: Ended) -> Flow<String> {
    let job = ended.job.filter(|_| ended.effect != RowEffect::None && actor.heeds_advice());
    let job = job.ok_or(Stopped)?;
    actor
        .tries("start a job in doubt", |session| {
            let job = job.clone();
            Box::pin(async move { v2::start(&session, &job).await })
        })
        .await
        .ok();
    Ok(job)
}

/// Step by step. Gives the job once it is started.
async fn in_steps(actor: &Actor<'_>, load: &Load2, sending: &Sending<'_>) -> Flow<String> {
    let job = uploaded(actor, load, sending).await?;
    actor
        .tries_to_send("start a job", Some(sending), |session| {
            let job = job.clone();
            Box::pin(async move { v2::start(&session, &job).await })
        })
        .await
        .map_err(|_| Stopped)?;
    Ok(job)
}

/// A job with its data. Where that may not have arrived, the job is aborted, and another is made.
async fn uploaded(actor: &Actor<'_>, load: &Load2, sending: &Sending<'_>) -> Flow<String> {
    let data: Rc<[u8]> = load.csv(actor).into_bytes().into();
    loop {
        let spec = load.spec();
        let job = actor
            .must("make a job", |session| {
                let spec = spec.clone();
                Box::pin(async move { Ok(v2::create_ingest(&session, &spec).await?) })
            })
            .await?;
        let job = job.id().to_owned();
        let ended = actor
            .tries_to_send("upload", Some(sending), |session| {
                let (job, body) = (job.clone(), Body::Payload(data.clone()));
                Box::pin(async move { v2::upload(&session, &job, body).await })
            })
            .await;
        match ended {
            Ok(()) => return Ok(job),
            Err(ended) if ended.effect == RowEffect::Unknown && actor.heeds_advice() => {
                other::abort(actor, JobKind::Ingest, &job).await.map_err(|_| Stopped)?;
                sending.is_certainly_not_stored();
            }
            Err(_) => return Err(Stopped),
        }
    }
}

async fn in_one_request(actor: &Actor<'_>, load: &Load2, sending: &Sending<'_>) -> Flow<String> {
    let (spec, csv) = (load.spec(), load.csv(actor));
    let made = actor
        .tries_to_send(MAKING_WITH_DATA, Some(sending), |session| {
            let (spec, csv) = (spec.clone(), csv.clone());
            Box::pin(async move { v2::create_ingest_with(&session, &spec, &csv).await })
        })
        .await;
    Ok(made.map_err(|_| Stopped)?.id().to_owned())
}
