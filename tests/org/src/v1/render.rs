//! Jobs and batches as XML and JSON.

use serde_json::{Value, json};

use super::batch::{Batch, BatchState};
use super::job::Job;
use crate::auth::user_id;
use crate::http::Response;
use crate::wire::time::{json_time, xml_time};
use crate::wire::xml::escape;

/// The namespace of everything in Bulk 1.0.
pub const NAMESPACE: &str = "http://www.force.com/2009/06/asyncapi/dataload";
/// The media type of XML, bare: clients compare it whole.
pub const XML: &str = "application/xml";
/// The media type of JSON, bare.
pub const JSON: &str = "application/json";

/// A document as real orgs lay it out: no break after the declaration, the namespace on a line of
/// its own.
pub fn document(root: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><{root}\n   xmlns=\"{NAMESPACE}\">\n{inner}</{root}>\n"
    )
}

fn elements(indent: &str, fields: &[(&str, String)]) -> String {
    let element =
        |(name, value): &(&str, String)| format!("{indent}<{name}>{}</{name}>\n", escape(value));
    fields.iter().map(element).collect()
}

/// The description of a job.
pub fn job(status: u16, job: &Job, as_json: bool, now: i64) -> Response {
    if as_json {
        Response::of(status, JSON, job_json(job, now).to_string())
    } else {
        Response::of(status, XML, document("jobInfo", &job_xml(job, now)))
    }
}

/// What is added up over a job's batches.
struct Sums {
    processed: usize,
    failed: usize,
    took: i64,
}

impl Sums {
    fn of(job: &Job, now: i64) -> Self {
        Self {
            processed: job.batches.iter().map(Batch::processed).sum(),
            failed: job.batches.iter().map(Batch::failed).sum(),
            took: job.batches.iter().map(|batch| batch.took(now)).sum(),
        }
    }
}

/// The part of the total time that the API, and within it Apex, was busy.
fn shares(took: i64) -> [i64; 2] {
    [took * 9 / 10, took * 6 / 10]
}

fn job_xml(job: &Job, now: i64) -> String {
    let sums = Sums::of(job, now);
    let [active, apex] = shares(sums.took);
    let count = |state| job.count(state).to_string();
    let mut fields = vec![
        ("id", job.id.to_string()),
        ("operation", job.operation.name().to_owned()),
        ("object", job.object.clone()),
        ("createdById", user_id().to_string()),
        ("createdDate", xml_time(job.created)),
        ("systemModstamp", xml_time(job.modified)),
        ("state", job.state.name().to_owned()),
    ];
    fields.extend(job.external_id.clone().map(|name| ("externalIdFieldName", name)));
    fields.extend([
        ("concurrencyMode", concurrency(job).to_owned()),
        ("contentType", job.content.name().to_owned()),
        ("numberBatchesQueued", count(BatchState::Queued)),
        ("numberBatchesInProgress", count(BatchState::InProgress)),
        ("numberBatchesCompleted", count(BatchState::Completed)),
        ("numberBatchesFailed", count(BatchState::Failed)),
        ("numberBatchesTotal", job.total().to_string()),
        ("numberRecordsProcessed", sums.processed.to_string()),
        ("numberRetries", "0".to_owned()),
        ("apiVersion", job.version.clone()),
    ]);
    fields.extend(job.assignment_rule.clone().map(|id| ("assignmentRuleId", id)));
    fields.extend([
        ("numberRecordsFailed", sums.failed.to_string()),
        ("totalProcessingTime", sums.took.to_string()),
        ("apiActiveProcessingTime", active.to_string()),
        ("apexProcessingTime", apex.to_string()),
    ]);
    elements(" ", &fields)
}

/// Whether batches run side by side, as the wire says it.
pub fn concurrency(job: &Job) -> &'static str {
    if job.serial { "Serial" } else { "Parallel" }
}

/// The keys come out in alphabetical order.
fn job_json(job: &Job, now: i64) -> Value {
    let sums = Sums::of(job, now);
    let [active, apex] = shares(sums.took);
    json!({
        "apexProcessingTime": apex,
        "apiActiveProcessingTime": active,
        "apiVersion": job.version.parse::<f64>().unwrap_or_default(),
        "assignmentRuleId": job.assignment_rule,
        "concurrencyMode": concurrency(job),
        "contentType": job.content.name(),
        "createdById": user_id().to_string(),
        "createdDate": json_time(job.created),
        "externalIdFieldName": job.external_id,
        "fastPathEnabled": false,
        "id": job.id.to_string(),
        "numberBatchesCompleted": job.count(BatchState::Completed),
        "numberBatchesFailed": job.count(BatchState::Failed),
        "numberBatchesInProgress": job.count(BatchState::InProgress),
        "numberBatchesQueued": job.count(BatchState::Queued),
        "numberBatchesTotal": job.total(),
        "numberRecordsFailed": sums.failed,
        "numberRecordsProcessed": sums.processed,
        "numberRetries": 0,
        "object": job.object,
        "operation": job.operation.name(),
        "state": job.state.name(),
        "systemModstamp": json_time(job.modified),
        "totalProcessingTime": sums.took,
    })
}

/// The description of a batch.
pub fn batch(status: u16, job: &Job, batch: &Batch, now: i64) -> Response {
    if job.content.speaks_json() {
        return Response::of(status, JSON, batch_json(job, batch, now).to_string());
    }
    Response::of(status, XML, document("batchInfo", &batch_xml(job, batch, now, " ")))
}

/// The descriptions of all batches.
pub fn batches(job: &Job, now: i64) -> Response {
    if job.content.speaks_json() {
        let list: Vec<Value> =
            job.batches.iter().map(|batch| batch_json(job, batch, now)).collect();
        return Response::of(200, JSON, json!({ "batchInfo": list }).to_string());
    }
    let item = |batch| format!(" <batchInfo>\n{} </batchInfo>\n", batch_xml(job, batch, now, "  "));
    let list: String = job.batches.iter().map(item).collect();
    Response::of(200, XML, document("batchInfoList", &list))
}

fn batch_xml(job: &Job, batch: &Batch, now: i64, indent: &str) -> String {
    let took = batch.took(now);
    let [active, apex] = shares(took);
    let mut fields = vec![
        ("id", batch.id.to_string()),
        ("jobId", job.id.to_string()),
        ("state", batch.state.name().to_owned()),
    ];
    fields.extend(batch.message.clone().map(|message| ("stateMessage", message)));
    fields.extend([
        ("createdDate", xml_time(batch.created)),
        ("systemModstamp", xml_time(batch.modified)),
        ("numberRecordsProcessed", batch.processed().to_string()),
        ("numberRecordsFailed", batch.failed().to_string()),
        ("totalProcessingTime", took.to_string()),
        ("apiActiveProcessingTime", active.to_string()),
        ("apexProcessingTime", apex.to_string()),
    ]);
    elements(indent, &fields)
}

fn batch_json(job: &Job, batch: &Batch, now: i64) -> Value {
    let took = batch.took(now);
    let [active, apex] = shares(took);
    json!({
        "apexProcessingTime": apex,
        "apiActiveProcessingTime": active,
        "createdDate": json_time(batch.created),
        "id": batch.id.to_string(),
        "jobId": job.id.to_string(),
        "numberRecordsFailed": batch.failed(),
        "numberRecordsProcessed": batch.processed(),
        "state": batch.state.name(),
        "stateMessage": batch.message,
        "systemModstamp": json_time(batch.modified),
        "totalProcessingTime": took,
    })
}
