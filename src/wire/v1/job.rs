//! Jobs.

use serde::Serialize;

use super::NAMESPACE;
use super::spec::JobSpec;
use crate::error::{Error, Result};
use crate::wire::document::{Document, Node};
use crate::wire::request::{Api, Method, Request, encode};
use crate::xml;

/// A job as Salesforce describes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are Salesforce's own, documented in the public types")]
pub struct JobInfo {
    pub id: String,
    pub operation: String,
    pub object: String,
    pub created_by_id: String,
    pub created_date: String,
    pub system_modstamp: String,
    pub state: String,
    pub external_id_field_name: Option<String>,
    pub concurrency_mode: String,
    pub content_type: String,
    pub number_batches_queued: u64,
    pub number_batches_in_progress: u64,
    pub number_batches_completed: u64,
    pub number_batches_failed: u64,
    pub number_batches_total: u64,
    pub number_records_processed: u64,
    pub number_records_failed: u64,
    pub number_retries: u64,
    pub api_version: f64,
    pub assignment_rule_id: Option<String>,
    pub total_processing_time: u64,
    pub api_active_processing_time: u64,
    pub apex_processing_time: u64,
}

impl JobInfo {
    /// Reads a `jobInfo`, XML or JSON.
    pub fn parse(body: &[u8]) -> Result<JobInfo> {
        JobInfo::read(Document::parse(body)?.root())
    }

    fn read(node: Node<'_>) -> Result<JobInfo> {
        let text = |name| node.text(name).unwrap_or_default();
        Ok(JobInfo {
            id: node.required("id")?,
            operation: text("operation"),
            object: text("object"),
            created_by_id: text("createdById"),
            created_date: node.date("createdDate"),
            system_modstamp: node.date("systemModstamp"),
            state: node.required("state")?,
            external_id_field_name: node.text("externalIdFieldName"),
            concurrency_mode: text("concurrencyMode"),
            content_type: text("contentType"),
            number_batches_queued: node.count("numberBatchesQueued"),
            number_batches_in_progress: node.count("numberBatchesInProgress"),
            number_batches_completed: node.count("numberBatchesCompleted"),
            number_batches_failed: node.count("numberBatchesFailed"),
            number_batches_total: node.count("numberBatchesTotal"),
            number_records_processed: node.count("numberRecordsProcessed"),
            number_records_failed: node.count("numberRecordsFailed"),
            number_retries: node.count("numberRetries"),
            api_version: text("apiVersion").parse().unwrap_or_default(),
            assignment_rule_id: node.text("assignmentRuleId"),
            total_processing_time: node.count("totalProcessingTime"),
            api_active_processing_time: node.count("apiActiveProcessingTime"),
            apex_processing_time: node.count("apexProcessingTime"),
        })
    }
}

/// The states that a client may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// No batches are to follow.
    Closed,
    /// What has not begun is not to begin.
    Aborted,
}

impl JobState {
    /// The state of that name.
    pub fn from_name(name: &str) -> Result<JobState> {
        match name {
            "Closed" => Ok(JobState::Closed),
            "Aborted" => Ok(JobState::Aborted),
            other => Err(Error::argument(format!("a job can be Closed or Aborted, not {other}"))),
        }
    }

    /// As Salesforce names it.
    pub const fn name(self) -> &'static str {
        match self {
            JobState::Closed => "Closed",
            JobState::Aborted => "Aborted",
        }
    }
}

/// Makes a job. May be sent again after a failure: an orphan without batches does nothing, and ends by itself.
///
/// The document is XML whatever the job's format: every client in the field sends that, for all three.
pub fn create<P>(spec: &JobSpec) -> Result<Request<P>> {
    let mut request =
        Request::new(Api::V1, Method::Post, "job").text("application/xml", document(spec));
    if let Some(chunking) =
        spec.pk_chunking.as_ref().map(|chunking| chunking.header()).transpose()?
    {
        request.headers.extend(chunking.map(|value| ("Sforce-Enable-PKChunking", value)));
    }
    if let Some(ending) = spec.line_ending {
        request = request.header("Sforce-Line-Ending", ending.name());
    }
    if spec.disable_batch_retry {
        request = request.header("Sforce-Disable-Batch-Retry", "TRUE");
    }
    Ok(request.repeatable())
}

/// Reads a job.
pub fn job<P>(id: &str) -> Request<P> {
    Request::new(Api::V1, Method::Get, path(id))
}

/// Closes or aborts a job. Only the state may be given.
pub fn set_state<P>(id: &str, state: JobState) -> Request<P> {
    let body = info(&[("state", Some(state.name()))]);
    Request::new(Api::V1, Method::Post, path(id)).text("application/xml", body)
}

pub(super) fn path(id: &str) -> String {
    format!("job/{}", encode(id))
}

/// The order of the elements is the schema's.
fn document(spec: &JobSpec) -> String {
    info(&[
        ("operation", Some(&spec.operation)),
        ("object", Some(&spec.object)),
        ("externalIdFieldName", spec.external_id_field_name.as_deref()),
        ("concurrencyMode", spec.concurrency_mode.as_deref()),
        ("contentType", Some(spec.content_type.name())),
        ("assignmentRuleId", spec.assignment_rule_id.as_deref()),
    ])
}

fn info(members: &[(&str, Option<&str>)]) -> String {
    let mut out = format!(r#"<?xml version="1.0" encoding="UTF-8"?><jobInfo xmlns="{NAMESPACE}">"#);
    for (name, value) in members {
        if let Some(value) = value {
            out.push_str(&format!("<{name}>"));
            xml::escape(value, &mut out);
            out.push_str(&format!("</{name}>"));
        }
    }
    out.push_str("</jobInfo>");
    out
}

#[cfg(test)]
mod tests {
    use super::super::spec::{ContentType, PkChunking};
    use super::*;
    use crate::wire::request::Body;

    #[test]
    fn the_document_follows_the_schema() {
        let spec = JobSpec {
            object: "Contact".into(),
            operation: "upsert".into(),
            external_id_field_name: Some("a<b".into()),
            content_type: ContentType::Json,
            concurrency_mode: Some("Serial".into()),
            pk_chunking: Some(PkChunking::Size(7.0)),
            ..JobSpec::default()
        };
        let request: Request<()> = create(&spec).expect("a request");
        let Body::Text(text) = &request.body else { panic!("no text") };
        assert!(text.ends_with(
            "<operation>upsert</operation><object>Contact</object>\
             <externalIdFieldName>a&lt;b</externalIdFieldName><concurrencyMode>Serial</concurrencyMode>\
             <contentType>JSON</contentType></jobInfo>"
        ));
        assert!(request.headers.contains(&("Sforce-Enable-PKChunking", "chunkSize=7".into())));
    }

    #[test]
    fn a_recorded_job_is_read() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?><jobInfo
   xmlns="http://www.force.com/2009/06/asyncapi/dataload">
 <id>750Kf00000R1wzRIAR</id>
 <operation>update</operation>
 <object>Account</object>
 <createdDate>2026-02-12T15:43:48.000Z</createdDate>
 <state>Open</state>
 <concurrencyMode>Parallel</concurrencyMode>
 <contentType>CSV</contentType>
 <numberRecordsProcessed>251</numberRecordsProcessed>
 <apiVersion>65.0</apiVersion>
</jobInfo>"#;
        let info = JobInfo::parse(xml.as_bytes()).expect("a job");
        assert_eq!((info.id.as_str(), info.state.as_str()), ("750Kf00000R1wzRIAR", "Open"));
        assert_eq!((info.number_records_processed, info.api_version), (251, 65.0));
        assert_eq!(info.external_id_field_name, None);
    }
}
