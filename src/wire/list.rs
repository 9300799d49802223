//! Lists that come in pages: jobs, and the pages of a query's results.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::request::{Api, Method, Request, encode, parameter};
use super::v2::{JobInfo, Kind, unreadable};
use crate::error::Result;

/// Which jobs to list.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListSpec {
    /// Ingest or query.
    pub kind: Kind,
    /// `V2Ingest`, `V2Query`, `Classic`, `BigObjectIngest`.
    pub job_type: Option<String>,
    /// Only with, or only without.
    pub pk_chunking: Option<bool>,
    /// Only of this mode.
    pub concurrency_mode: Option<String>,
    /// The page; none is the first.
    pub locator: Option<String>,
}

/// One page of jobs.
#[derive(Debug, PartialEq, Serialize)]
pub struct JobPage {
    /// The jobs.
    pub records: Vec<JobInfo>,
    /// Where the next page is.
    pub locator: Option<String>,
}

/// Asks for one page of jobs.
pub fn jobs<P>(spec: &ListSpec) -> Request<P> {
    let pairs = [
        ("isPkChunkingEnabled", spec.pk_chunking.map(|on| on.to_string())),
        ("jobType", spec.job_type.clone()),
        ("concurrencyMode", spec.concurrency_mode.clone()),
        ("queryLocator", spec.locator.clone()),
    ];
    let query: Vec<String> = pairs
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encode(&value?))))
        .collect();
    let root = spec.kind.path("");
    let mark = if query.is_empty() { "" } else { "?" };
    Request::new(
        Api::V2,
        Method::Get,
        format!("{}{mark}{}", root.trim_end_matches('/'), query.join("&")),
    )
}

/// Reads a page of jobs. The next page's URL may name the other kind of jobs, so only its locator is kept.
pub fn job_page(body: &[u8]) -> Result<JobPage> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Reply {
        done: bool,
        #[serde(default)]
        records: Vec<JobInfo>,
        next_records_url: Option<String>,
    }
    let reply: Reply = serde_json::from_slice(body).map_err(unreadable)?;
    let next = reply.next_records_url.filter(|_| !reply.done);
    Ok(JobPage {
        records: reply.records.into_iter().map(JobInfo::normal).collect(),
        locator: next.and_then(|url| parameter(&url, "queryLocator")),
    })
}

/// Up to five pages of a query's results, and where the list goes on.
#[derive(Debug, PartialEq)]
pub struct ResultPages {
    /// A locator a page; the first page may have none.
    pub locators: Vec<Option<String>>,
    /// Where the next part of the list is; none when this is the last.
    pub next: Option<String>,
}

/// Asks for a part of the list of result pages.
pub fn result_pages<P>(id: &str, locator: Option<&str>) -> Request<P> {
    let query = locator.map(|locator| format!("?locator={}", encode(locator))).unwrap_or_default();
    Request::new(Api::V2, Method::Get, format!("{}/resultPages{query}", Kind::Query.path(id)))
}

/// Reads a part of the list. The guide's table and its sample differ in names, and a client in the field has seen
/// `resultChunks` of `resultLink`: all are taken.
pub fn read_result_pages(body: &[u8]) -> Result<ResultPages> {
    let reply: Value = serde_json::from_slice(body).map_err(unreadable)?;
    let member = |names: [&str; 2]| names.into_iter().find_map(|name| reply.get(name));
    let pages = member(["resultPages", "resultChunks"]).and_then(Value::as_array);
    let pages = pages
        .ok_or_else(|| crate::error::Error::response("the list of result pages has no pages"))?;
    let url = |page: &Value| {
        let link = page.get("resultUrl").or_else(|| page.get("resultLink"))?;
        parameter(link.as_str()?, "locator")
    };
    let done = reply.get("done").and_then(Value::as_bool).unwrap_or(true);
    let next =
        member(["nextRecordsUrl", "nextRecordUrl"]).and_then(Value::as_str).filter(|_| !done);
    Ok(ResultPages {
        locators: pages.iter().map(url).collect(),
        next: next.and_then(|url| parameter(url, "locator")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_result_pages_are_read() {
        let guide = r#"{"resultPages":[{"resultUrl":"/services/data/v66.0/jobs/query/750R/results?locator=aB%3D"},{"resultUrl":"/services/data/v66.0/jobs/query/750R/results?locator=cD"}],"nextRecordsUrl":"/services/data/v66.0/jobs/query/750R/resultpages?locator=eF","done":false}"#;
        let field = r#"{"resultChunks":[{"resultLink":"/jobs/query/750R/results?locator=aB%3D"},{"resultLink":"/jobs/query/750R/results?locator=cD"}],"nextRecordUrl":"/x?locator=eF","done":false}"#;
        for body in [guide, field] {
            let pages = read_result_pages(body.as_bytes()).expect("pages");
            assert_eq!(pages.locators, [Some("aB=".to_owned()), Some("cD".to_owned())]);
            assert_eq!(pages.next.as_deref(), Some("eF"));
        }
        let last = read_result_pages(
            br#"{"resultPages":[{"resultUrl":"/results"}],"nextRecordsUrl":null,"done":true}"#,
        );
        assert_eq!(last.expect("pages"), ResultPages { locators: vec![None], next: None });
        assert!(read_result_pages(b"{}").is_err());
    }

    #[test]
    fn a_list_keeps_its_locator_and_its_own_path() {
        let body = br#"{"done":false,"records":[],"nextRecordsUrl":"/services/data/v66.0/jobs/ingest?queryLocator=01g-1000"}"#;
        let page = job_page(body).expect("a page");
        let spec = ListSpec {
            kind: Kind::Query,
            job_type: Some("Classic".into()),
            pk_chunking: Some(true),
            concurrency_mode: None,
            locator: page.locator,
        };
        let request: Request<()> = jobs(&spec);
        assert_eq!(
            request.path,
            "jobs/query?isPkChunkingEnabled=true&jobType=Classic&queryLocator=01g-1000"
        );
        assert_eq!(
            job_page(br#"{"done":true,"records":[],"nextRecordsUrl":null}"#)
                .expect("a page")
                .locator,
            None
        );
    }
}
