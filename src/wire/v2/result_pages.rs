//! The list of a query's result pages, from API 58.0 on: its locators come in the body, so that they are there in a
//! browser too, which hides headers.

use super::job::JobKind;
use super::{is_last, read};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::wire::request::{Api, Method, Request, parameter, with_query};

/// Where a page begins; `None` is the start of the results.
pub type PageLocator = Option<String>;

/// Up to five pages, and where the list goes on.
#[derive(Debug, PartialEq, Eq)]
pub struct ResultPages {
    /// A locator a page.
    pub locators: Vec<PageLocator>,
    /// Where the next part of the list is; none when this is the last.
    pub next: Option<String>,
}

/// Asks for a part of the list, which begins at this locator.
pub fn result_pages<P>(id: &str, locator: Option<&str>) -> Request<P> {
    let path = format!("{}/resultPages", JobKind::Query.path(id));
    Request::new(Api::V2, Method::Get, with_query(&path, &[("locator", locator)])).of_job(id)
}

/// Reads a part of the list. The guide's table and its sample differ in names, and Salesforce's own client has seen
/// `resultChunks` of `resultLink`: all are taken, in any mixture. `is_start` is the first part.
///
/// # Errors
/// Where a page has no readable address: it is never taken for the first.
pub fn read_result_pages(body: &[u8], is_start: bool) -> Result<ResultPages> {
    let reply = read(body)?;
    let member = |names: [&str; 2]| {
        let given = names.into_iter().filter_map(|name| reply.get(name));
        given.into_iter().find(|value| !matches!(value, Value::Null))
    };
    let Some(Value::List(pages)) = member(["resultPages", "resultChunks"]) else {
        return Err(Error::response("The list of result pages has no pages."));
    };
    let next = member(["nextRecordsUrl", "nextRecordUrl"]).and_then(Value::as_str);
    let at = |(place, page)| page_locator(page, is_start && place == 0);
    Ok(ResultPages {
        locators: pages.iter().enumerate().map(at).collect::<Result<_>>()?,
        next: match is_last(&reply, next)? {
            true => None,
            false => Some(next.and_then(|url| parameter(url, "locator")).ok_or_else(lost)?),
        },
    })
}

/// Only the very first page may go without a locator.
fn page_locator(page: &Value, may_be_start: bool) -> Result<PageLocator> {
    let link = ["resultUrl", "resultLink"].into_iter().find_map(|name| page.get(name)?.as_str());
    let link =
        link.filter(|link| link.split('?').next().is_some_and(|path| path.ends_with("/results")));
    match link.map(|link| parameter(link, "locator").filter(|locator| !locator.is_empty())) {
        Some(None) if !may_be_start => Err(unreadable()),
        Some(locator) => Ok(locator),
        None => Err(unreadable()),
    }
}

fn unreadable() -> Error {
    Error::response("The list of result pages names a page without a readable address.")
}

fn lost() -> Error {
    Error::response("The list of result pages goes on, but its address has no locator.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_read() {
        let guide = r#"{"resultPages":[{"resultUrl":"/services/data/v66.0/jobs/query/750R/results?locator=aB%3D"},{"resultUrl":"/services/data/v66.0/jobs/query/750R/results?locator=cD"}],"nextRecordsUrl":"/services/data/v66.0/jobs/query/750R/resultpages?locator=eF","done":false}"#;
        let field = r#"{"resultChunks":[{"resultLink":"/jobs/query/750R/results?locator=aB%3D"},{"resultLink":"/jobs/query/750R/results?locator=cD"}],"nextRecordUrl":"/x?locator=eF","done":false}"#;
        let mixed = r#"{"resultPages":null,"resultChunks":[{"resultUrl":"/results?locator=aB%3D"},{"resultLink":"jobs/query/750R/results?locator=cD"}],"nextRecordUrl":"/x?locator=eF"}"#;
        for body in [guide, field, mixed] {
            let pages = read_result_pages(body.as_bytes(), true).expect("pages");
            assert_eq!(pages.locators, [Some("aB=".to_owned()), Some("cD".to_owned())]);
            assert_eq!(pages.next.as_deref(), Some("eF"));
        }
    }

    #[test]
    fn a_page_without_a_readable_address_is_never_the_first() {
        let list = |pages: &str| format!(r#"{{"resultPages":[{pages}],"done":true}}"#);
        let start = list(r#"{"resultUrl":"/a/results"}"#);
        let first = read_result_pages(start.as_bytes(), true).expect("pages");
        assert_eq!(first, ResultPages { locators: vec![None], next: None });
        assert!(read_result_pages(start.as_bytes(), false).is_err(), "not of a later part");
        for pages in [
            "{}",
            r#"{"resultUrl":null}"#,
            r#"{"resultUrl":7}"#,
            r#"{"resultUrl":""}"#,
            r#"{"resultUrl":"/elsewhere?locator=a"}"#,
            r#"{"resultUrl":"/a/results?locator=a"},{"resultUrl":"/a/results"}"#,
        ] {
            assert!(read_result_pages(list(pages).as_bytes(), true).is_err(), "{pages}");
        }
        assert!(read_result_pages(b"{}", true).is_err());
        assert!(read_result_pages(br#"{"resultPages":[]}"#, true).is_err(), "it does not end");
    }
}
