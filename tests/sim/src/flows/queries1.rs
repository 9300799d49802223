//! Queries of Bulk API 1.0.

use std::rc::Rc;

use salesforce_bulk::engine::download::{BatchRef, BatchResults, Source};
use salesforce_bulk::engine::v1;
use salesforce_bulk::wire::request::Body;
use salesforce_bulk::wire::v1::{self as wire, ContentType, JobSpec, JobState};

use super::other::content_type;
use super::reading::{How, Truth};
use super::{Actor, Flow, Stopped, other};
use crate::scenario::{Query1, Soql};

/// Does a query, and looks at its rows.
pub async fn query(actor: &Actor<'_>, query: &Query1) -> Flow<()> {
    let truth = Truth::of(&actor.world, &query.soql, query.format);
    let at = match query.started {
        true => started(actor, query).await?,
        false => added(actor, query).await?,
    };
    if query.each_result {
        return each_result(actor, &at, &truth).await;
    }
    records(actor, query, &at, &truth).await
}

fn spec(query: &Query1) -> JobSpec {
    JobSpec {
        object: query.soql.object.clone(),
        operation: "query".to_owned(),
        content_type: content_type(query.format),
        pk_chunking: query.chunk.map(|size| format!("chunkSize={size}")),
        ..JobSpec::default()
    }
}

/// Job and batch in one call.
async fn started(actor: &Actor<'_>, query: &Query1) -> Flow<BatchRef> {
    let started = actor
        .must("start a query", |session| {
            let (spec, soql) = (spec(query), query.soql.text());
            Box::pin(async move { v1::start_query(&session, &spec, &soql).await })
        })
        .await?;
    let (job, batch) = (started.job.id().to_owned(), started.batch.id().to_owned());
    Ok(BatchRef { job, batch })
}

/// A job, and one batch or two; then it is closed.
async fn added(actor: &Actor<'_>, query: &Query1) -> Flow<BatchRef> {
    let job = other::make_job1(actor, spec(query)).await?;
    let format = content_type(query.format);
    let batch = add(actor, &job, format, &query.soql).await?;
    if let Some(beside) = &query.beside {
        let other = add(actor, &job, format, beside).await?;
        let at = BatchRef { job: job.clone(), batch: other };
        let truth = Truth::of(&actor.world, beside, query.format);
        records(actor, query, &at, &truth).await?;
    }
    if query.chunk.is_none() {
        other::set_state1(actor, &job, JobState::Closed).await?;
    }
    Ok(BatchRef { job, batch })
}

async fn add(actor: &Actor<'_>, job: &str, format: ContentType, soql: &Soql) -> Flow<String> {
    let batch = actor
        .must("add a query", |session| {
            let (job, body) = (job.to_owned(), Body::Text(soql.text()));
            Box::pin(async move { v1::add_batch(&session, &job, format, body).await })
        })
        .await?;
    Ok(batch.id().to_owned())
}

async fn records(actor: &Actor<'_>, query: &Query1, at: &BatchRef, truth: &Truth) -> Flow<()> {
    let source = || Source::<Rc<[u8]>>::Batch(BatchResults::new(at.clone(), actor.poll()));
    let how = How { reading: query.reading, opens: false };
    let check = |delivered: &_| truth.check_counted_at_end(actor, "records of a batch", delivered);
    actor.reads("read a batch", &source, how, check).await.map(drop).map_err(|_| Stopped)
}

/// Result by result. How many rows one has nothing says, so that only all of them are counted.
async fn each_result(actor: &Actor<'_>, at: &BatchRef, truth: &Truth) -> Flow<()> {
    let mut rows = 0;
    for part in other::parts(actor, at).await? {
        for id in result_ids(actor, &part).await? {
            let (job, batch) = (&part.job, &part.batch);
            let source = || Source::result(wire::result(job, batch, &id));
            let delivered = actor.reads("read a result", &source, How::RECORDS, |_| {}).await;
            let delivered = delivered.map_err(|_| Stopped)?;
            let count = delivered.rows.len() + delivered.records.len();
            truth.part(rows, count).check_uncounted(actor, "a result", &delivered);
            rows += count;
        }
    }
    if rows != truth.len() {
        actor.uncounted(format!("all results have {rows} rows in place of {}", truth.len()));
    }
    Ok(())
}

async fn result_ids(actor: &Actor<'_>, at: &BatchRef) -> Flow<Vec<String>> {
    actor
        .must("list the results", |session| {
            let at = at.clone();
            Box::pin(async move { v1::all_result_ids(&session, &at.job, &at.batch).await })
        })
        .await
}
