//! Jobs and batches as XML and JSON.

use serde_json::{Value, json};

use super::batch::{Batch, BatchState};
use super::job::{Job, JobState};
use super::sums::Sums;
use crate::auth::user_id;
use crate::history::Entry;
use crate::http::Response;
use crate::view::View;
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

/// The description of a job, unless it is seen as of before it was created.
pub fn job(status: u16, job: &Job, as_json: bool, seen: &Seen<'_>) -> Option<Response> {
    let entry = job.history.at(seen.view.as_of())?;
    Some(if as_json {
        Response::of(status, JSON, job_json(job, entry, seen).to_string())
    } else {
        Response::of(status, XML, document("jobInfo", &job_xml(job, entry, seen)))
    })
}

/// How jobs and batches are seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// As of when, and whether truly.
    pub view: &'a View,
    /// Whether a batch that was split counts among a job's batches.
    pub counts_split: bool,
}

/// The part of the total time that the API, and within it Apex, was busy.
fn shares(took: i64) -> [i64; 2] {
    [took * 9 / 10, took * 6 / 10]
}

fn job_xml(job: &Job, entry: Entry<JobState>, seen: &Seen<'_>) -> String {
    let sums = Sums::of(job, seen.view.as_of());
    let [active, apex] = shares(sums.took);
    let mut fields = vec![
        ("id", job.id.to_string()),
        ("operation", job.operation.name().to_owned()),
        ("object", job.object.clone()),
        ("createdById", user_id().to_string()),
        ("createdDate", xml_time(job.history.created())),
        ("systemModstamp", xml_time(entry.since)),
        ("state", seen.view.state(entry.state.name())),
    ];
    fields.extend(job.external_id.clone().map(|name| ("externalIdFieldName", name)));
    fields.extend([
        ("concurrencyMode", concurrency(job).to_owned()),
        ("contentType", job.content.name().to_owned()),
        ("numberBatchesQueued", sums.queued.to_string()),
        ("numberBatchesInProgress", sums.in_progress.to_string()),
        ("numberBatchesCompleted", sums.completed.to_string()),
        ("numberBatchesFailed", sums.failed_batches.to_string()),
        ("numberBatchesTotal", sums.total(seen.counts_split).to_string()),
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
fn job_json(job: &Job, entry: Entry<JobState>, seen: &Seen<'_>) -> Value {
    let sums = Sums::of(job, seen.view.as_of());
    let [active, apex] = shares(sums.took);
    json!({
        "apexProcessingTime": apex,
        "apiActiveProcessingTime": active,
        "apiVersion": job.version.parse::<f64>().unwrap_or_default(),
        "assignmentRuleId": job.assignment_rule,
        "concurrencyMode": concurrency(job),
        "contentType": job.content.name(),
        "createdById": user_id().to_string(),
        "createdDate": json_time(job.history.created()),
        "externalIdFieldName": job.external_id,
        "fastPathEnabled": false,
        "id": job.id.to_string(),
        "numberBatchesCompleted": sums.completed,
        "numberBatchesFailed": sums.failed_batches,
        "numberBatchesInProgress": sums.in_progress,
        "numberBatchesQueued": sums.queued,
        "numberBatchesTotal": sums.total(seen.counts_split),
        "numberRecordsFailed": sums.failed,
        "numberRecordsProcessed": sums.processed,
        "numberRetries": 0,
        "object": job.object,
        "operation": job.operation.name(),
        "state": seen.view.state(entry.state.name()),
        "systemModstamp": json_time(entry.since),
        "totalProcessingTime": sums.took,
    })
}

/// The description of a batch, unless it is seen as of before it was added.
pub fn batch(status: u16, job: &Job, batch: &Batch, view: &View) -> Option<Response> {
    Some(if job.content.speaks_json() {
        Response::of(status, JSON, batch_json(job, batch, view)?.to_string())
    } else {
        Response::of(status, XML, document("batchInfo", &batch_xml(job, batch, view, " ")?))
    })
}

/// The descriptions of all batches that are listed yet.
pub fn batches(job: &Job, view: &View) -> Response {
    let listed = job.batches.iter().filter(|batch| view.lists(batch.history.created()));
    if job.content.speaks_json() {
        let list: Vec<Value> = listed.filter_map(|batch| batch_json(job, batch, view)).collect();
        return Response::of(200, JSON, json!({ "batchInfo": list }).to_string());
    }
    let list: String = listed
        .filter_map(|batch| batch_xml(job, batch, view, "  "))
        .map(|inner| format!(" <batchInfo>\n{inner} </batchInfo>\n"))
        .collect();
    Response::of(200, XML, document("batchInfoList", &list))
}

fn batch_xml(job: &Job, batch: &Batch, view: &View, indent: &str) -> Option<String> {
    let time = view.as_of();
    let entry = batch.history.at(time)?;
    let took = batch.took(time);
    let [active, apex] = shares(took);
    let mut fields = vec![
        ("id", batch.id.to_string()),
        ("jobId", job.id.to_string()),
        ("state", view.state(entry.state.name())),
    ];
    fields.extend(message(batch, entry).map(|message| ("stateMessage", message.clone())));
    fields.extend([
        ("createdDate", xml_time(batch.history.created())),
        ("systemModstamp", xml_time(entry.since)),
        ("numberRecordsProcessed", batch.processed(time).to_string()),
        ("numberRecordsFailed", batch.failed(time).to_string()),
        ("totalProcessingTime", took.to_string()),
        ("apiActiveProcessingTime", active.to_string()),
        ("apexProcessingTime", apex.to_string()),
    ]);
    Some(elements(indent, &fields))
}

/// A message comes with the state that a batch is left in.
fn message(batch: &Batch, entry: Entry<BatchState>) -> Option<&String> {
    batch.message.as_ref().filter(|_| entry == batch.history.last())
}

fn batch_json(job: &Job, batch: &Batch, view: &View) -> Option<Value> {
    let time = view.as_of();
    let entry = batch.history.at(time)?;
    let took = batch.took(time);
    let [active, apex] = shares(took);
    Some(json!({
        "apexProcessingTime": apex,
        "apiActiveProcessingTime": active,
        "createdDate": json_time(batch.history.created()),
        "id": batch.id.to_string(),
        "jobId": job.id.to_string(),
        "numberRecordsFailed": batch.failed(time),
        "numberRecordsProcessed": batch.processed(time),
        "state": view.state(entry.state.name()),
        "stateMessage": message(batch, entry),
        "systemModstamp": json_time(entry.since),
        "totalProcessingTime": took,
    }))
}
