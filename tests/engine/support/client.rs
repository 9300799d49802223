//! A session with the org, and the calls that most tests begin with.

use std::rc::Rc;

use salesforce_bulk::engine::download::{BatchRef, BatchResults, QueryResults, Source};
use salesforce_bulk::engine::v1;
use salesforce_bulk::engine::v2::Load;
use salesforce_bulk::error::Result;
use salesforce_bulk::wire::request::Body;
use salesforce_bulk::wire::v1::{ContentType, JobSpec};
use salesforce_bulk::wire::v2::{IngestSpec, JobFilter, JobKind, QuerySpec};

pub use super::world::{Client, POLL};

/// The three formats.
pub const FORMATS: [ContentType; 3] = [ContentType::Csv, ContentType::Json, ContentType::Xml];

/// What a job of Bulk API 1.0 is to be.
pub fn spec(operation: &str, object: &str, content_type: ContentType) -> JobSpec {
    JobSpec {
        object: object.to_owned(),
        operation: operation.to_owned(),
        content_type,
        ..JobSpec::default()
    }
}

/// Makes a job of Bulk API 1.0.
pub async fn v1_job(
    client: &Client,
    operation: &str,
    object: &str,
    content_type: ContentType,
) -> Result<String> {
    let info = v1::create_job(client, &spec(operation, object, content_type)).await?;
    Ok(info.id().to_owned())
}

/// Makes a job with one batch, and gives their ids.
pub async fn v1_batch(
    client: &Client,
    operation: &str,
    object: &str,
    content_type: ContentType,
    data: &str,
) -> Result<BatchRef> {
    let job = v1_job(client, operation, object, content_type).await?;
    let batch = v1::add_batch(client, &job, content_type, payload(data)).await?;
    Ok(BatchRef { batch: batch.id().to_owned(), job })
}

/// Data on its way up.
pub fn payload(data: &str) -> Body<Rc<[u8]>> {
    Body::Payload(bytes_of(data))
}

/// The bytes of some data.
pub fn bytes_of(data: &str) -> Rc<[u8]> {
    data.as_bytes().into()
}

/// The records of a query's batch.
pub fn batch_records(at: &BatchRef) -> Source<Rc<[u8]>> {
    Source::Batch(BatchResults::new(at.clone(), POLL))
}

/// The outcomes of a batch.
pub fn batch_outcomes(at: &BatchRef) -> Source<Rc<[u8]>> {
    Source::Outcomes(at.clone(), POLL)
}

/// A query of Bulk API 2.0, from end to end.
pub fn query(soql: &str) -> Source<Rc<[u8]>> {
    query_by(soql, None)
}

/// The same, in pages of so many records.
pub fn query_by(soql: &str, max_records: Option<u64>) -> Source<Rc<[u8]>> {
    Source::Query(QueryResults::of_query(query_spec(soql), POLL, max_records))
}

/// What a query job is made of.
pub fn query_spec(soql: &str) -> QuerySpec {
    QuerySpec { query: soql.to_owned(), operation: "query".to_owned(), ..QuerySpec::default() }
}

/// What an ingest job is made of.
pub fn ingest_spec(operation: &str, object: &str) -> IngestSpec {
    IngestSpec {
        operation: operation.to_owned(),
        object: object.to_owned(),
        ..IngestSpec::default()
    }
}

/// A load of new accounts.
pub fn account_load(rows: &str, records: usize) -> Load<Rc<[u8]>> {
    Load {
        spec: ingest_spec("insert", "Account"),
        data: bytes_of(rows),
        records: records as u64,
        poll: POLL,
    }
}

/// So many accounts as CSV, and their names in order.
pub fn accounts(prefix: &str, count: usize) -> (String, Vec<String>) {
    let names: Vec<String> = (0..count).map(|at| format!("{prefix}-{at:05}")).collect();
    (format!("Name\n{}\n", names.join("\n")), names)
}

/// All ingest jobs.
pub fn ingest_jobs() -> JobFilter {
    JobFilter {
        kind: JobKind::Ingest,
        pk_chunking: None,
        job_type: None,
        concurrency_mode: None,
        locator: None,
    }
}
