//! Jobs.

use super::NAMESPACE;
use super::spec::JobSpec;
use crate::error::{Error, Result};
use crate::wire::document::Document;
use crate::wire::info::{Info, MemberKind};
use crate::wire::request::{Api, Method, Request, encode};
use crate::xml;

/// The members of a `jobInfo`.
const MEMBERS: [(&str, MemberKind); 23] = [
    ("id", MemberKind::Text),
    ("operation", MemberKind::Text),
    ("object", MemberKind::Text),
    ("createdById", MemberKind::Text),
    ("createdDate", MemberKind::Date),
    ("systemModstamp", MemberKind::Date),
    ("state", MemberKind::Text),
    ("externalIdFieldName", MemberKind::Optional),
    ("concurrencyMode", MemberKind::Text),
    ("contentType", MemberKind::Text),
    ("numberBatchesQueued", MemberKind::Number),
    ("numberBatchesInProgress", MemberKind::Number),
    ("numberBatchesCompleted", MemberKind::Number),
    ("numberBatchesFailed", MemberKind::Number),
    ("numberBatchesTotal", MemberKind::Number),
    ("numberRecordsProcessed", MemberKind::Number),
    ("numberRecordsFailed", MemberKind::Number),
    ("numberRetries", MemberKind::Number),
    ("apiVersion", MemberKind::Number),
    ("assignmentRuleId", MemberKind::Optional),
    ("totalProcessingTime", MemberKind::Number),
    ("apiActiveProcessingTime", MemberKind::Number),
    ("apexProcessingTime", MemberKind::Number),
];

/// Reads a `jobInfo`, XML or JSON.
pub fn read_job(body: &[u8]) -> Result<Info> {
    Info::read(Document::parse(body)?.root(), &MEMBERS)
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
            other => Err(Error::argument(format!("A job can be Closed or Aborted, not {other}."))),
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
pub fn create<P>(spec: &JobSpec) -> Request<P> {
    let mut request =
        Request::new(Api::V1, Method::Post, "job").text("application/xml", document(spec));
    if let Some(chunking) = &spec.pk_chunking {
        request = request.header("Sforce-Enable-PKChunking", chunking);
    }
    if let Some(ending) = spec.line_ending {
        request = request.header("Sforce-Line-Ending", ending.name());
    }
    if spec.disable_batch_retry {
        request = request.header("Sforce-Disable-Batch-Retry", "TRUE");
    }
    request.repeatable()
}

/// Reads a job.
pub fn job<P>(id: &str) -> Request<P> {
    Request::new(Api::V1, Method::Get, path(id)).of_job(id)
}

/// Closes or aborts a job. Only the state may be given. May take effect twice.
pub fn set_state<P>(id: &str, state: JobState) -> Request<P> {
    let body = info(&[("state", Some(state.name()))]);
    let request = Request::new(Api::V1, Method::Post, path(id)).of_job(id);
    request.text("application/xml", body).repeatable()
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
    use super::*;
    use crate::json::{Value, parse};
    use crate::wire::request::Body;

    #[test]
    fn the_document_follows_the_schema() {
        let given = br#"{"object": "Contact", "operation": "upsert", "externalIdFieldName": "a<b", "contentType": "JSON",
            "concurrencyMode": "Serial", "pkChunking": 7, "lineEnding": "CRLF", "disableBatchRetry": true}"#;
        let spec = JobSpec::read(&parse(given).expect("JSON"));
        let request: Request<()> = create(&spec.expect("a spec"));
        let Body::Text(text) = &request.body else { panic!("no text") };
        assert!(text.ends_with(
            "<operation>upsert</operation><object>Contact</object>\
             <externalIdFieldName>a&lt;b</externalIdFieldName><concurrencyMode>Serial</concurrencyMode>\
             <contentType>JSON</contentType></jobInfo>"
        ));
        for header in [
            ("Sforce-Enable-PKChunking", "chunkSize=7".to_owned()),
            ("Sforce-Line-Ending", "CRLF".to_owned()),
            ("Sforce-Disable-Batch-Retry", "TRUE".to_owned()),
        ] {
            assert!(request.headers.contains(&header), "{header:?}");
        }
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
        let info = read_job(xml.as_bytes()).expect("a job");
        assert_eq!((info.id(), info.state()), ("750Kf00000R1wzRIAR", "Open"));
        assert_eq!(info.count("numberRecordsProcessed"), Some(251));
        let value = Value::from(info).to_string();
        assert!(value.contains(r#""apiVersion":65.0"#), "{value}");
        assert!(value.contains(r#""externalIdFieldName":null"#), "{value}");
        assert!(read_job(b"<jobInfo><id>750</id></jobInfo>").is_err());
    }
}
