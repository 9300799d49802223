//! Bulk API 2.0: ingest and query jobs (Bulk API Developer Guide, "Bulk API 2.0" reference).

use super::info::Info;
use super::request::{Api, Body, Method, Request, encode};
use crate::csv::Delimiter;
use crate::error::{Error, Result};
use crate::json::{ParseError, Value, parse};

/// The two kinds of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Writes records.
    Ingest,
    /// Reads records.
    Query,
}

impl Kind {
    /// The kind of that name.
    pub fn from_name(name: &str) -> Result<Kind> {
        match name {
            "ingest" => Ok(Kind::Ingest),
            "query" => Ok(Kind::Query),
            other => Err(Error::argument(format!("kind is \"ingest\" or \"query\", not {other}."))),
        }
    }

    pub(super) const fn root(self) -> &'static str {
        match self {
            Kind::Ingest => "jobs/ingest",
            Kind::Query => "jobs/query",
        }
    }

    pub(super) fn path(self, id: &str) -> String {
        format!("{}/{}", self.root(), encode(id))
    }
}

/// What an ingest job is made of.
const INGEST: [&str; 6] = [
    "object",
    "operation",
    "externalIdFieldName",
    "columnDelimiter",
    "lineEnding",
    "assignmentRuleId",
];

/// What a query job is made of.
const QUERY: [&str; 4] = ["query", "operation", "columnDelimiter", "lineEnding"];

/// The members of a request that Salesforce knows, as text: of what else the caller gave it would complain.
fn document(given: &Value, members: &[&str]) -> String {
    let known = |name: &&str| Some(((*name).to_owned(), given.get(name)?.clone()));
    Value::Object(members.iter().filter_map(known).collect()).to_string()
}

/// Reads a job.
pub fn read_job(body: &[u8]) -> Result<Info> {
    Info::take(parse(body).map_err(unreadable)?)
}

/// The delimiter of a job's data.
pub fn delimiter(job: &Info) -> Delimiter {
    job.text("columnDelimiter").and_then(Delimiter::from_name).unwrap_or_default()
}

pub(super) fn unreadable(error: ParseError) -> Error {
    Error::response(format!("The server's answer is not the JSON that was expected ({error})."))
}

/// Makes an ingest job. May be sent again after a failure: an orphan without data does nothing.
pub fn create_ingest<P>(spec: &Value) -> Request<P> {
    create(Kind::Ingest, document(spec, &INGEST)).repeatable()
}

/// Makes an ingest job with its data in one request. Not to be sent twice.
pub fn create_ingest_with<P>(spec: &Value, csv: &str, boundary: &str) -> Request<P> {
    let job = document(spec, &INGEST);
    let body = format!(
        "--{boundary}\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n\
         {job}\r\n\
         --{boundary}\r\nContent-Type: text/csv\r\n\
         Content-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\n\
         {csv}\r\n--{boundary}--\r\n"
    );
    let mut request = Request::new(Api::V2, Method::Post, Kind::Ingest.root());
    request.body = Body::Text(body);
    request.header("Content-Type", format!("multipart/form-data; boundary={boundary}"))
}

/// Makes a query job. May be sent again after a failure: a query without a reader changes nothing.
pub fn create_query<P>(spec: &Value) -> Request<P> {
    create(Kind::Query, document(spec, &QUERY)).repeatable()
}

fn create<P>(kind: Kind, document: String) -> Request<P> {
    Request::new(Api::V2, Method::Post, kind.root()).text("application/json", document)
}

/// Uploads a job's data. Once a job.
pub fn upload<P>(id: &str, body: Body<P>) -> Request<P> {
    Request::new(Api::V2, Method::Put, format!("{}/batches", Kind::Ingest.path(id)))
        .of_job(id)
        .body("text/csv", body)
}

/// Reads a job.
pub fn job<P>(kind: Kind, id: &str) -> Request<P> {
    Request::new(Api::V2, Method::Get, kind.path(id)).of_job(id)
}

/// Sets a job's state: `UploadComplete` or `Aborted`.
pub fn set_state<P>(kind: Kind, id: &str, state: &str) -> Request<P> {
    let mut request = Request::new(Api::V2, Method::Patch, kind.path(id)).of_job(id);
    request.repeatable = false;
    request.text("application/json", format!(r#"{{"state":"{state}"}}"#))
}

/// Deletes a job that has ended.
pub fn delete<P>(kind: Kind, id: &str) -> Request<P> {
    let mut request = Request::new(Api::V2, Method::Delete, kind.path(id)).of_job(id);
    // A second one is answered with 404: only looking tells that from a job that never was.
    request.repeatable = false;
    request
}

/// Reads one of the three results of an ingest job.
pub fn ingest_results<P>(id: &str, which: &str) -> Request<P> {
    Request::new(Api::V2, Method::Get, format!("{}/{}", Kind::Ingest.path(id), encode(which)))
        .of_job(id)
        .header("Accept", "text/csv")
}

/// Reads one page of a query's results.
pub fn results<P>(id: &str, locator: Option<&str>, max_records: Option<u32>) -> Request<P> {
    let locator = locator.map(|locator| format!("locator={}", encode(locator)));
    let size = max_records.map(|count| format!("maxRecords={count}"));
    let query: Vec<String> = [locator, size].into_iter().flatten().collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let path = format!("{}/results{mark}{}", Kind::Query.path(id), query.join("&"));
    Request::new(Api::V2, Method::Get, path).of_job(id).header("Accept", "text/csv")
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_request_holds_what_salesforce_knows() {
        let spec = br#"{"query": "SELECT Id FROM Lead", "poll": {"first": 1}, "maxRecords": 3}"#;
        let spec = parse(spec).expect("JSON");
        let request: Request<()> = create_query(&spec);
        let Body::Text(text) = &request.body else { panic!("no text") };
        assert_eq!(text, r#"{"query":"SELECT Id FROM Lead"}"#);
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
