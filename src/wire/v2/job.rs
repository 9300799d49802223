//! Jobs: made, given their data, started, ended, read.

use super::read;
use super::spec::{IngestSpec, QuerySpec};
use crate::csv::Delimiter;
use crate::error::{Error, Result};
use crate::wire::info::Info;
use crate::wire::request::{Api, Body, Method, Request, encode};

/// The two kinds of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Writes records.
    Ingest,
    /// Reads records.
    Query,
}

impl JobKind {
    /// The kind of that name.
    pub fn from_name(name: &str) -> Result<JobKind> {
        match name {
            "ingest" => Ok(JobKind::Ingest),
            "query" => Ok(JobKind::Query),
            other => Err(Error::argument(format!("kind is \"ingest\" or \"query\", not {other}."))),
        }
    }

    pub(super) const fn root(self) -> &'static str {
        match self {
            JobKind::Ingest => "jobs/ingest",
            JobKind::Query => "jobs/query",
        }
    }

    pub(super) fn path(self, id: &str) -> String {
        format!("{}/{}", self.root(), encode(id))
    }
}

/// The states that a client may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// The data is there: the job may start.
    UploadComplete,
    /// What has not begun is not to begin.
    Aborted,
}

impl JobState {
    /// The state of that name.
    pub fn from_name(name: &str) -> Result<JobState> {
        let unknown = || Error::argument(format!("A job cannot be set to {name}."));
        let all = [JobState::UploadComplete, JobState::Aborted];
        all.into_iter().find(|state| state.name() == name).ok_or_else(unknown)
    }

    /// As Salesforce names it.
    pub const fn name(self) -> &'static str {
        match self {
            JobState::UploadComplete => "UploadComplete",
            JobState::Aborted => "Aborted",
        }
    }

    /// Whether a job that is in `state` has been set to this one: it may have gone on since.
    pub fn reached_by(self, state: &str) -> bool {
        match self {
            JobState::UploadComplete => {
                matches!(state, "UploadComplete" | "InProgress" | "JobComplete" | "Failed")
            }
            JobState::Aborted => state == "Aborted",
        }
    }
}

/// Reads a job.
pub fn read_job(body: &[u8]) -> Result<Info> {
    Info::take(read(body)?)
}

/// Reads the answer to an upload or a deletion, which is empty.
///
/// # Errors
/// Where it is a document: a gateway's page says nothing of what became of the request.
pub fn read_nothing(body: &[u8]) -> Result<()> {
    match body.trim_ascii_start().first() {
        Some(b'<' | b'{' | b'[') => {
            Err(Error::response("The server's answer is a document where none belongs."))
        }
        _ => Ok(()),
    }
}

/// The delimiter of a job's data.
pub fn delimiter(job: &Info) -> Delimiter {
    job.text("columnDelimiter").and_then(Delimiter::from_name).unwrap_or_default()
}

/// Makes an ingest job. May take effect twice: an orphan without data does nothing.
pub fn create_ingest<P>(spec: &IngestSpec) -> Request<P> {
    create(JobKind::Ingest, spec.document())
}

/// Makes a query job. May take effect twice: a query without a reader changes nothing.
pub fn create_query<P>(spec: &QuerySpec) -> Request<P> {
    create(JobKind::Query, spec.document())
}

fn create<P>(kind: JobKind, document: String) -> Request<P> {
    Request::new(Api::V2, Method::Post, kind.root()).text("application/json", document).repeatable()
}

/// Makes an ingest job with its data in one request. Not to be sent twice.
pub fn create_ingest_with<P>(spec: &IngestSpec, csv: &str, boundary: &str) -> Request<P> {
    let job = spec.document();
    let body = format!(
        "--{boundary}\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n\
         {job}\r\n\
         --{boundary}\r\nContent-Type: text/csv\r\n\
         Content-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\n\
         {csv}\r\n--{boundary}--\r\n"
    );
    let mut request = Request::new(Api::V2, Method::Post, JobKind::Ingest.root());
    request.body = Body::Text(body);
    request.header("Content-Type", format!("multipart/form-data; boundary={boundary}"))
}

/// Uploads a job's data. Once a job: a second upload spoils it.
pub fn upload<P>(id: &str, body: Body<P>) -> Request<P> {
    Request::new(Api::V2, Method::Put, format!("{}/batches", JobKind::Ingest.path(id)))
        .of_job(id)
        .body("text/csv", body)
}

/// Reads a job.
pub fn job<P>(kind: JobKind, id: &str) -> Request<P> {
    Request::new(Api::V2, Method::Get, kind.path(id)).of_job(id)
}

/// Sets a job's state. May take effect twice: a job starts once, and is aborted once.
pub fn set_state<P>(kind: JobKind, id: &str, state: JobState) -> Request<P> {
    let document = format!(r#"{{"state":"{}"}}"#, state.name());
    Request::new(Api::V2, Method::Patch, kind.path(id))
        .of_job(id)
        .text("application/json", document)
}

/// Deletes a job that has ended.
pub fn delete<P>(kind: JobKind, id: &str) -> Request<P> {
    Request::new(Api::V2, Method::Delete, kind.path(id)).of_job(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Value;

    #[test]
    fn a_recorded_job_is_read() {
        let body = r#"{"id":"7505fEXAMPLE4C2AAM","operation":"insert","object":"Account","createdById":"0055fEXAMPLEtG4AAM","createdDate":"2022-01-02T21:33:43.000+0000","systemModstamp":"2022-01-02T21:38:31.000+0000","state":"JobComplete","concurrencyMode":"Parallel","contentType":"CSV","apiVersion":66.0,"jobType":"V2Ingest","lineEnding":"LF","columnDelimiter":"PIPE","numberRecordsProcessed":7,"numberRecordsFailed":0,"retries":0,"totalProcessingTime":886,"new":{"x":1}}"#;
        let info = read_job(body.as_bytes()).expect("a job");
        assert_eq!(info.text("createdDate"), Some("2022-01-02T21:33:43.000Z"));
        assert_eq!(info.count("numberRecordsProcessed"), Some(7));
        assert_eq!(delimiter(&info), Delimiter::Pipe);
        assert!(
            Value::from(info).to_string().contains(r#""new":{"x":1}"#),
            "later members are kept"
        );
        assert!(read_job(b"{}").is_err());
        assert!(read_job(b"<html>").is_err());
    }

    #[test]
    fn a_state_is_reached_by_those_that_follow_it() {
        for (wanted, state, reached) in [
            (JobState::UploadComplete, "Open", false),
            (JobState::UploadComplete, "InProgress", true),
            (JobState::UploadComplete, "Failed", true),
            (JobState::UploadComplete, "Aborted", false),
            (JobState::Aborted, "Aborted", true),
            (JobState::Aborted, "JobComplete", false),
        ] {
            assert_eq!(wanted.reached_by(state), reached, "{wanted:?} {state}");
        }
    }
}
