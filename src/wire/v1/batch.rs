//! Batches and their results.

use super::job::path;
use super::spec::ContentType;
use crate::error::{Error, Result};
use crate::wire::document::Document;
use crate::wire::info::{Info, MemberKind, same_id};
use crate::wire::request::{Api, Body, Method, Request, encode};

/// The members of a `batchInfo`.
const MEMBERS: [(&str, MemberKind); 11] = [
    ("id", MemberKind::Text),
    ("jobId", MemberKind::Text),
    ("state", MemberKind::Text),
    ("stateMessage", MemberKind::Optional),
    ("createdDate", MemberKind::Date),
    ("systemModstamp", MemberKind::Date),
    ("numberRecordsProcessed", MemberKind::Number),
    ("numberRecordsFailed", MemberKind::Number),
    ("totalProcessingTime", MemberKind::Number),
    ("apiActiveProcessingTime", MemberKind::Number),
    ("apexProcessingTime", MemberKind::Number),
];

/// Reads a `batchInfo`, XML or JSON.
pub fn read_batch(body: &[u8]) -> Result<Info> {
    Info::read(Document::parse(body)?.root(), &MEMBERS)
}

/// Reads a `batchInfoList`, XML or JSON.
///
/// # Errors
/// Where it is something else: no batches are a list too.
pub fn read_batches(body: &[u8]) -> Result<Vec<Info>> {
    let document = Document::parse(body)?;
    let root = document.root();
    if !root.is_list("batchInfoList", "batchInfo") {
        return Err(Error::response("The server's answer is not a list of batches."));
    }
    root.list("batchInfo").into_iter().map(|node| Info::read(node, &MEMBERS)).collect()
}

/// Whether a batch is of the job that was asked for.
///
/// # Errors
/// Where it is of another: a proxy may have answered from its memory.
pub fn check_job(batch: &Info, job: &str) -> Result<()> {
    let of = batch.text("jobId").unwrap_or_default();
    if same_id(of, job) {
        return Ok(());
    }
    Err(Error::response(format!("The server's answer is about a batch of {of}, not of {job}.")))
}

/// Adds a batch, of records or of SOQL. Not to be sent twice.
pub fn add<P>(job: &str, content_type: ContentType, body: Body<P>) -> Request<P> {
    Request::new(Api::V1, Method::Post, format!("{}/batch", path(job)))
        .of_job(job)
        .body(content_type.mime(), body)
}

/// Maps the columns of later batches to fields. Sent again it replaces what was there.
pub fn mapping<P>(job: &str, body: Body<P>) -> Request<P> {
    Request::new(Api::V1, Method::Post, format!("{}/spec", path(job)))
        .of_job(job)
        .body("text/csv", body)
        .repeatable()
}

/// Lists a job's batches: all of them, the list has no pages.
pub fn batches<P>(job: &str) -> Request<P> {
    Request::new(Api::V1, Method::Get, format!("{}/batch", path(job))).of_job(job).list()
}

/// Reads a batch.
pub fn batch<P>(job: &str, id: &str) -> Request<P> {
    below(job, id, "")
}

/// Reads what was sent as a batch.
pub fn request<P>(job: &str, id: &str) -> Request<P> {
    below(job, id, "/request").list()
}

/// Reads the outcomes of a batch of records, or the list of a query's results.
pub fn result_list<P>(job: &str, id: &str) -> Request<P> {
    below(job, id, "/result").list()
}

/// Reads one result of a query.
pub fn result<P>(job: &str, batch: &str, id: &str) -> Request<P> {
    below(job, batch, &format!("/result/{}", encode(id)))
}

/// The ids in a list of results.
///
/// # Errors
/// Where it is something else: a query of JSON that found nothing has an empty list.
pub fn read_result_ids(body: &[u8]) -> Result<Vec<String>> {
    let document = Document::parse(body)?;
    let root = document.root();
    let ids = root.texts("result").filter(|_| root.is_list("result-list", ""));
    ids.ok_or_else(|| Error::response("The server's answer is not a list of results."))
}

fn below<P>(job: &str, batch: &str, rest: &str) -> Request<P> {
    let path = format!("{}/batch/{}{rest}", path(job), encode(batch));
    Request::new(Api::V1, Method::Get, path).of_batch(job, batch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_both_formats() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?><batchInfoList
   xmlns="http://www.force.com/2009/06/asyncapi/dataload">
 <batchInfo><id>751a</id><jobId>750</jobId><state>Failed</state>
  <stateMessage>InvalidBatch : Field name not found : X</stateMessage></batchInfo>
</batchInfoList>"#;
        let json = r#"{"batchInfo":[{"id":"751a","jobId":"750","state":"Failed","stateMessage":"InvalidBatch : Field name not found : X"}]}"#;
        for body in [xml, json] {
            let list = read_batches(body.as_bytes()).expect("a list");
            assert_eq!(list.len(), 1);
            assert_eq!(
                list[0].text("stateMessage"),
                Some("InvalidBatch : Field name not found : X")
            );
        }
        let none = br#"<batchInfoList xmlns="x"> </batchInfoList>"#;
        assert_eq!(read_batches(none).expect("a list"), []);
        assert_eq!(read_batches(br#"{"batchInfo":[]}"#).expect("a list"), []);
        for other in ["{}", "[]", "<html></html>", r#"{"batchInfo":7}"#, "<jobInfo></jobInfo>"] {
            assert!(read_batches(other.as_bytes()).is_err(), "{other}");
        }
    }

    #[test]
    fn only_a_list_of_results_is_one() {
        for (body, ids) in [
            ("<result-list><result>752a</result><result>752b</result></result-list>", Some(2)),
            ("<result-list> </result-list>", Some(0)),
            (r#"["752a"]"#, Some(1)),
            ("[]", Some(0)),
            ("{}", None),
            (r#"["752a",{"id":"752b"}]"#, None),
            ("<html></html>", None),
            ("<results></results>", None),
        ] {
            let read = read_result_ids(body.as_bytes());
            assert_eq!(read.ok().map(|ids| ids.len()), ids, "{body}");
        }
    }

    #[test]
    fn ids_stay_in_their_segment() {
        let request: Request<()> = result("750/x", "751", "752?a");
        assert_eq!(request.path, "job/750%2Fx/batch/751/result/752%3Fa");
    }
}
