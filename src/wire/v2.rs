//! Bulk API 2.0: ingest and query jobs (Bulk API Developer Guide, "Bulk API 2.0" reference).

use serde::{Deserialize, Serialize};

use super::document::date;
use super::request::{Api, Body, Method, Request, encode};
use crate::csv::{Delimiter, LineEnding};
use crate::error::{Error, Result};

/// The two kinds of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Writes records.
    Ingest,
    /// Reads records.
    Query,
}

impl Kind {
    const fn root(self) -> &'static str {
        match self {
            Kind::Ingest => "jobs/ingest",
            Kind::Query => "jobs/query",
        }
    }

    pub(super) fn path(self, id: &str) -> String {
        format!("{}/{}", self.root(), encode(id))
    }
}

/// An ingest job to be made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IngestSpec {
    /// The object's API name.
    pub object: String,
    /// `insert`, `update`, `upsert`, `delete`, `hardDelete`.
    pub operation: String,
    /// For upsert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id_field_name: Option<String>,
    /// The delimiter of the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_delimiter: Option<Delimiter>,
    /// The record ends of the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_ending: Option<LineEnding>,
    /// Case and Lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment_rule_id: Option<String>,
}

/// A query job to be made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuerySpec {
    /// The SOQL.
    pub query: String,
    /// `query` or `queryAll`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The delimiter of the results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_delimiter: Option<Delimiter>,
    /// The record ends of the results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_ending: Option<LineEnding>,
}

/// A job as Salesforce describes it; what a state does not have yet is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs, reason = "the fields are Salesforce's own, documented in the public types")]
pub struct JobInfo {
    pub id: String,
    pub operation: String,
    pub object: String,
    pub created_by_id: String,
    pub created_date: String,
    pub system_modstamp: String,
    pub state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency_mode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    pub api_version: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_ending: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id_field_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment_rule_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_records_processed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_records_failed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_processing_time: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_active_processing_time: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apex_processing_time: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_pk_chunking_supported: Option<bool>,
}

impl JobInfo {
    /// Reads a job.
    pub fn parse(body: &[u8]) -> Result<JobInfo> {
        let info: JobInfo = serde_json::from_slice(body).map_err(unreadable)?;
        if info.id.is_empty() || info.state.is_empty() {
            return Err(Error::response("the server's answer is no job: it has no id or no state"));
        }
        Ok(info.normal())
    }

    /// With its dates in ISO 8601, UTC.
    pub(super) fn normal(mut self) -> JobInfo {
        self.created_date = date(&self.created_date);
        self.system_modstamp = date(&self.system_modstamp);
        self
    }

    /// The delimiter of its data.
    pub fn delimiter(&self) -> Delimiter {
        self.column_delimiter.as_deref().and_then(Delimiter::from_name).unwrap_or_default()
    }
}

pub(super) fn unreadable(error: serde_json::Error) -> Error {
    Error::response(format!("the server's answer is not the JSON that was expected ({error})"))
}

/// Makes an ingest job. May be sent again after a failure: an orphan without data does nothing.
pub fn create_ingest<P>(spec: &IngestSpec) -> Result<Request<P>> {
    let body = serde_json::to_string(spec).map_err(|error| Error::argument(error.to_string()))?;
    Ok(Request::new(Api::V2, Method::Post, Kind::Ingest.root())
        .text("application/json", body)
        .repeatable())
}

/// Makes an ingest job with its data in one request. Not to be sent twice.
pub fn create_ingest_with<P>(spec: &IngestSpec, csv: &str, boundary: &str) -> Result<Request<P>> {
    let job = serde_json::to_string(spec).map_err(|error| Error::argument(error.to_string()))?;
    let body = format!(
        "--{boundary}\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n\
         {job}\r\n\
         --{boundary}\r\nContent-Type: text/csv\r\n\
         Content-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\n\
         {csv}\r\n--{boundary}--\r\n"
    );
    let mut request = Request::new(Api::V2, Method::Post, Kind::Ingest.root());
    request.body = Body::Text(body);
    Ok(request.header("Content-Type", format!("multipart/form-data; boundary={boundary}")))
}

/// Makes a query job. May be sent again after a failure: a query without a reader changes nothing.
pub fn create_query<P>(spec: &QuerySpec) -> Result<Request<P>> {
    let spec =
        QuerySpec { operation: spec.operation.clone().or(Some("query".into())), ..spec.clone() };
    let body = serde_json::to_string(&spec).map_err(|error| Error::argument(error.to_string()))?;
    Ok(Request::new(Api::V2, Method::Post, Kind::Query.root())
        .text("application/json", body)
        .repeatable())
}

/// Uploads a job's data. Once a job.
pub fn upload<P>(id: &str, body: Body<P>) -> Request<P> {
    Request::new(Api::V2, Method::Put, format!("{}/batches", Kind::Ingest.path(id)))
        .body("text/csv", body)
}

/// Reads a job.
pub fn job<P>(kind: Kind, id: &str) -> Request<P> {
    Request::new(Api::V2, Method::Get, kind.path(id))
}

/// Sets a job's state: `UploadComplete` or `Aborted`.
pub fn set_state<P>(kind: Kind, id: &str, state: &str) -> Request<P> {
    let mut request = Request::new(Api::V2, Method::Patch, kind.path(id));
    request.repeatable = false;
    request.text("application/json", format!(r#"{{"state":"{state}"}}"#))
}

/// Deletes a job that has ended.
pub fn delete<P>(kind: Kind, id: &str) -> Request<P> {
    Request::new(Api::V2, Method::Delete, kind.path(id))
}

/// Reads one of the three results of an ingest job.
pub fn ingest_results<P>(id: &str, which: &str) -> Request<P> {
    Request::new(Api::V2, Method::Get, format!("{}/{}", Kind::Ingest.path(id), encode(which)))
        .header("Accept", "text/csv")
}

/// Reads one page of a query's results.
pub fn results<P>(id: &str, locator: Option<&str>, max_records: Option<u32>) -> Request<P> {
    let locator = locator.map(|locator| format!("locator={}", encode(locator)));
    let size = max_records.map(|count| format!("maxRecords={count}"));
    let query: Vec<String> = [locator, size].into_iter().flatten().collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let path = format!("{}/results{mark}{}", Kind::Query.path(id), query.join("&"));
    Request::new(Api::V2, Method::Get, path).header("Accept", "text/csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_job_is_read() {
        let body = r#"{"id":"7505fEXAMPLE4C2AAM","operation":"insert","object":"Account","createdById":"0055fEXAMPLEtG4AAM","createdDate":"2022-01-02T21:33:43.000+0000","systemModstamp":"2022-01-02T21:38:31.000+0000","state":"JobComplete","concurrencyMode":"Parallel","contentType":"CSV","apiVersion":66.0,"jobType":"V2Ingest","lineEnding":"LF","columnDelimiter":"PIPE","numberRecordsProcessed":7,"numberRecordsFailed":0,"retries":0,"totalProcessingTime":886,"new":{"x":1}}"#;
        let info = JobInfo::parse(body.as_bytes()).expect("a job");
        assert_eq!(info.created_date, "2022-01-02T21:33:43.000Z");
        assert_eq!((info.number_records_processed, info.api_version), (Some(7), 66.0));
        assert_eq!(info.delimiter(), Delimiter::Pipe);
        assert!(JobInfo::parse(b"{}").is_err());
        assert!(JobInfo::parse(b"<html>").is_err());
    }

    #[test]
    fn result_paths_carry_what_is_asked_for() {
        for (locator, size, tail) in [
            (None, None, "results"),
            (Some("MTA="), None, "results?locator=MTA%3D"),
            (None, Some(5), "results?maxRecords=5"),
            (Some("x"), Some(5), "results?locator=x&maxRecords=5"),
        ] {
            let request: Request<()> = results("750", locator, size);
            assert_eq!(request.path, format!("jobs/query/750/{tail}"));
        }
    }
}
