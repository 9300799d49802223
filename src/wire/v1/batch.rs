//! Batches and their results.

use super::job::path;
use super::spec::ContentType;
use crate::error::Result;
use crate::wire::document::Document;
use crate::wire::info::{Info, Kind};
use crate::wire::request::{Api, Body, Method, Request, encode};

/// The members of a `batchInfo`.
const MEMBERS: [(&str, Kind); 11] = [
    ("id", Kind::Text),
    ("jobId", Kind::Text),
    ("state", Kind::Text),
    ("stateMessage", Kind::Optional),
    ("createdDate", Kind::Date),
    ("systemModstamp", Kind::Date),
    ("numberRecordsProcessed", Kind::Number),
    ("numberRecordsFailed", Kind::Number),
    ("totalProcessingTime", Kind::Number),
    ("apiActiveProcessingTime", Kind::Number),
    ("apexProcessingTime", Kind::Number),
];

/// Reads a `batchInfo`, XML or JSON.
pub fn read_batch(body: &[u8]) -> Result<Info> {
    Info::read(Document::parse(body)?.root(), &MEMBERS)
}

/// Reads a `batchInfoList`, XML or JSON.
pub fn read_batches(body: &[u8]) -> Result<Vec<Info>> {
    let document = Document::parse(body)?;
    document.root().list("batchInfo").into_iter().map(|node| Info::read(node, &MEMBERS)).collect()
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
    Request::new(Api::V1, Method::Get, format!("{}/batch", path(job))).of_job(job)
}

/// Reads a batch.
pub fn batch<P>(job: &str, id: &str) -> Request<P> {
    below(job, id, "")
}

/// Reads what was sent as a batch.
pub fn request<P>(job: &str, id: &str) -> Request<P> {
    below(job, id, "/request")
}

/// Reads the outcomes of a batch of records, or the list of a query's results.
pub fn result_list<P>(job: &str, id: &str) -> Request<P> {
    below(job, id, "/result")
}

/// Reads one result of a query.
pub fn result<P>(job: &str, batch: &str, id: &str) -> Request<P> {
    below(job, batch, &format!("/result/{}", encode(id)))
}

/// The ids in a list of results.
pub fn result_ids(body: &[u8]) -> Result<Vec<String>> {
    Ok(Document::parse(body)?.root().texts("result"))
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
    }

    #[test]
    fn ids_stay_in_their_segment() {
        let request: Request<()> = result("750/x", "751", "752?a");
        assert_eq!(request.path, "job/750%2Fx/batch/751/result/752%3Fa");
    }
}
