//! Batches and their results.

use serde::Serialize;

use super::job::path;
use super::spec::ContentType;
use crate::error::Result;
use crate::wire::document::{Document, Node};
use crate::wire::request::{Api, Body, Method, Request, encode};

/// A batch as Salesforce describes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are Salesforce's own, documented in the public types")]
pub struct BatchInfo {
    pub id: String,
    pub job_id: String,
    pub state: String,
    pub state_message: Option<String>,
    pub created_date: String,
    pub system_modstamp: String,
    pub number_records_processed: u64,
    pub number_records_failed: u64,
    pub total_processing_time: u64,
    pub api_active_processing_time: u64,
    pub apex_processing_time: u64,
}

impl BatchInfo {
    /// Reads a `batchInfo`, XML or JSON.
    pub fn parse(body: &[u8]) -> Result<BatchInfo> {
        BatchInfo::read(Document::parse(body)?.root())
    }

    /// Reads a `batchInfoList`, XML or JSON.
    pub fn parse_list(body: &[u8]) -> Result<Vec<BatchInfo>> {
        Document::parse(body)?.root().list("batchInfo").into_iter().map(BatchInfo::read).collect()
    }

    /// Whether it is still to be worked on.
    pub fn pending(&self) -> bool {
        matches!(self.state.as_str(), "Queued" | "InProgress")
    }

    /// Whether Salesforce did not process it: its job was aborted, or it is the parent of chunks.
    pub fn not_processed(&self) -> bool {
        // The guide prints it with a space and with an underscore too.
        matches!(self.state.as_str(), "NotProcessed" | "Not Processed" | "NOT_PROCESSED")
    }

    fn read(node: Node<'_>) -> Result<BatchInfo> {
        Ok(BatchInfo {
            id: node.required("id")?,
            job_id: node.text("jobId").unwrap_or_default(),
            state: node.required("state")?,
            state_message: node.text("stateMessage"),
            created_date: node.date("createdDate"),
            system_modstamp: node.date("systemModstamp"),
            number_records_processed: node.count("numberRecordsProcessed"),
            number_records_failed: node.count("numberRecordsFailed"),
            total_processing_time: node.count("totalProcessingTime"),
            api_active_processing_time: node.count("apiActiveProcessingTime"),
            apex_processing_time: node.count("apexProcessingTime"),
        })
    }
}

/// Adds a batch, of records or of SOQL. Not to be sent twice.
pub fn add<P>(job: &str, content_type: ContentType, body: Body<P>) -> Request<P> {
    Request::new(Api::V1, Method::Post, format!("{}/batch", path(job)))
        .body(content_type.mime(), body)
}

/// Maps the columns of later batches to fields. Sent again it replaces what was there.
pub fn mapping<P>(job: &str, body: Body<P>) -> Request<P> {
    Request::new(Api::V1, Method::Post, format!("{}/spec", path(job)))
        .body("text/csv", body)
        .repeatable()
}

/// Lists a job's batches: all of them, the list has no pages.
pub fn batches<P>(job: &str) -> Request<P> {
    Request::new(Api::V1, Method::Get, format!("{}/batch", path(job)))
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
    Request::new(Api::V1, Method::Get, format!("{}/batch/{}{rest}", path(job), encode(batch)))
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
            let list = BatchInfo::parse_list(body.as_bytes()).expect("a list");
            assert_eq!(list.len(), 1);
            assert_eq!(
                list[0].state_message.as_deref(),
                Some("InvalidBatch : Field name not found : X")
            );
        }
        let none = br#"<batchInfoList xmlns="x"> </batchInfoList>"#;
        assert_eq!(BatchInfo::parse_list(none).expect("a list"), []);
    }

    #[test]
    fn ids_stay_in_their_segment() {
        let request: Request<()> = result("750/x", "751", "752?a");
        assert_eq!(request.path, "job/750%2Fx/batch/751/result/752%3Fa");
    }
}
