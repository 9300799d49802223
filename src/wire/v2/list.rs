//! Lists of jobs, page by page.

use super::job::JobKind;
use super::{is_last, read};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::wire::arguments::Arguments;
use crate::wire::info::Info;
use crate::wire::request::{Api, Method, Request, parameter, with_query};

/// Which jobs are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobFilter {
    /// The kind.
    pub kind: JobKind,
    /// Those with PK chunking, or those without.
    pub pk_chunking: Option<bool>,
    /// `V2Ingest`, `V2Query`, `Classic` or `BigObjectIngest`.
    pub job_type: Option<String>,
    /// `Parallel` or `Serial`.
    pub concurrency_mode: Option<String>,
    /// Where the page begins; the first page where there is none.
    pub locator: Option<String>,
}

impl JobFilter {
    /// Reads what the caller has given.
    ///
    /// # Errors
    /// [`Kind::Argument`](crate::error::Kind::Argument) that names the option.
    pub fn read(given: &Value) -> Result<JobFilter> {
        let given = Arguments(given);
        Ok(JobFilter {
            kind: JobKind::from_name(&given.text("kind")?)?,
            pk_chunking: given.optional_flag("pkChunking")?,
            job_type: given.optional_text("jobType")?,
            concurrency_mode: given.optional_text("concurrencyMode")?,
            locator: given.optional_text("locator")?,
        })
    }
}

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

/// Asks for one page of jobs.
pub fn jobs<P>(filter: &JobFilter) -> Request<P> {
    let pk_chunking = filter.pk_chunking.map(|flag| if flag { "true" } else { "false" });
    let parameters = [
        ("isPkChunkingEnabled", pk_chunking),
        ("jobType", filter.job_type.as_deref()),
        ("concurrencyMode", filter.concurrency_mode.as_deref()),
        ("queryLocator", filter.locator.as_deref()),
    ];
    let path = with_query(filter.kind.root(), &parameters);
    Request::new(Api::V2, Method::Get, path).list()
}

/// Reads a page of jobs. The next page's URL may name the other kind of jobs, so only its locator is kept.
///
/// # Errors
/// Where it is no such page, or does not say whether there is another.
pub fn read_jobs(body: &[u8]) -> Result<JobPage> {
    let mut reply = read(body)?;
    let next = reply.get("nextRecordsUrl").and_then(Value::as_str);
    let locator = match is_last(&reply, next)? {
        true => None,
        false => Some(next.and_then(|url| parameter(url, "queryLocator")).ok_or_else(lost)?),
    };
    let records = match reply.get_mut("records").map(std::mem::take) {
        Some(Value::List(records)) => records.into_iter().map(Info::take).collect(),
        _ => Err(Error::response("The list of jobs has no records.")),
    };
    Ok(JobPage { records: records?, locator })
}

fn lost() -> Error {
    Error::response("The list of jobs goes on, but its address has no locator.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_its_locator_and_its_own_path() {
        let body = br#"{"done":false,"records":[],"nextRecordsUrl":"/services/data/v66.0/jobs/ingest?queryLocator=01g-1000"}"#;
        let page = read_jobs(body).expect("a page");
        let spec = Value::object([
            ("kind", "query".into()),
            ("jobType", "Classic".into()),
            ("pkChunking", true.into()),
            ("locator", page.locator.into()),
        ]);
        let request: Request<()> = jobs(&JobFilter::read(&spec).expect("a filter"));
        assert_eq!(
            request.path,
            "jobs/query?isPkChunkingEnabled=true&jobType=Classic&queryLocator=01g-1000"
        );
        assert!(JobFilter::read(&Value::object([("kind", "x".into())])).is_err());
    }

    #[test]
    fn a_list_ends_only_where_it_says_so() {
        let next = r#""nextRecordsUrl":"/x?queryLocator=L""#;
        for (members, locator) in [
            (r#""done":true"#.to_owned(), Ok(None)),
            (r#""done":true,"nextRecordsUrl":null"#.to_owned(), Ok(None)),
            (format!(r#""done":true,{next}"#), Ok(None)),
            (format!(r#""done":false,{next}"#), Ok(Some("L"))),
            (next.to_owned(), Ok(Some("L"))),
            (r#""done":false"#.to_owned(), Err(())),
            (r#""done":false,"nextRecordsUrl":"/x""#.to_owned(), Err(())),
            (r#""nextRecordsUrl":null"#.to_owned(), Err(())),
        ] {
            let page = read_jobs(format!(r#"{{"records":[],{members}}}"#).as_bytes());
            let found = page.as_ref().map(|page| page.locator.as_deref()).map_err(|_| ());
            assert_eq!(found, locator, "{members}");
        }
    }
}
