//! Lists that come in pages: jobs, and the pages of a query's results.

use super::document::Node;
use super::info::Info;
use super::request::{Api, Method, Request, encode, parameter};
use super::v2::{Kind, unreadable};
use crate::error::{Error, Result};
use crate::json::{Value, parse};

/// One page of jobs.
#[derive(Debug, PartialEq)]
pub struct JobPage {
    /// The jobs.
    pub records: Vec<Info>,
    /// Where the next page is.
    pub locator: Option<String>,
}

impl From<JobPage> for Value {
    fn from(page: JobPage) -> Value {
        Value::object([("records", page.records.into()), ("locator", page.locator.into())])
    }
}

/// The names of the options, ours and Salesforce's.
const FILTERS: [(&str, &str); 4] = [
    ("pkChunking", "isPkChunkingEnabled"),
    ("jobType", "jobType"),
    ("concurrencyMode", "concurrencyMode"),
    ("locator", "queryLocator"),
];

/// Asks for one page of jobs: by `kind`, and by any of `pkChunking`, `jobType`, `concurrencyMode`, `locator`.
pub fn jobs<P>(spec: &Value) -> Result<Request<P>> {
    let node = Node::Json(spec);
    let kind = Kind::from_name(&node.text("kind").unwrap_or_default())?;
    let pair =
        |(ours, theirs): &(&str, &str)| Some(format!("{theirs}={}", encode(&node.text(ours)?)));
    let query: Vec<String> = FILTERS.iter().filter_map(pair).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(Request::new(Api::V2, Method::Get, format!("{}{mark}{}", kind.root(), query.join("&"))))
}

/// Reads a page of jobs. The next page's URL may name the other kind of jobs, so only its locator is kept.
pub fn job_page(body: &[u8]) -> Result<JobPage> {
    let mut reply: Value = parse(body).map_err(unreadable)?;
    let done = is_done(&reply);
    let next = reply.get("nextRecordsUrl").and_then(Value::as_str).filter(|_| !done);
    let locator = next.and_then(|url| parameter(url, "queryLocator"));
    let records = match reply.get_mut("records").map(std::mem::take) {
        Some(Value::List(records)) => records.into_iter().map(Info::take).collect(),
        _ => Err(Error::response("The list of jobs has no records.")),
    };
    Ok(JobPage { records: records?, locator })
}

/// A list that does not say so ends here: there is nowhere to go on.
fn is_done(reply: &Value) -> bool {
    reply.get("done") != Some(&Value::Bool(false))
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
        .of_job(id)
}

/// Reads a part of the list. The guide's table and its sample differ in names, and a client in the field has seen
/// `resultChunks` of `resultLink`: all are taken.
pub fn read_result_pages(body: &[u8]) -> Result<ResultPages> {
    let reply: Value = parse(body).map_err(unreadable)?;
    let member = |names: [&str; 2]| names.into_iter().find_map(|name| reply.get(name));
    let pages = member(["resultPages", "resultChunks"]);
    let pages = pages.ok_or_else(|| Error::response("The list of result pages has no pages."))?;
    let url = |page: &Value| {
        let link = page.get("resultUrl").or_else(|| page.get("resultLink"))?;
        parameter(link.as_str()?, "locator")
    };
    let done = is_done(&reply);
    let next =
        member(["nextRecordsUrl", "nextRecordUrl"]).and_then(Value::as_str).filter(|_| !done);
    Ok(ResultPages {
        locators: pages.items().iter().map(url).collect(),
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
        let spec = Value::object([
            ("kind", "query".into()),
            ("jobType", "Classic".into()),
            ("pkChunking", true.into()),
            ("locator", page.locator.into()),
        ]);
        let request: Request<()> = jobs(&spec).expect("a request");
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
