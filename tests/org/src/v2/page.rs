//! One page of a query's results.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::query::QueryJob;
use crate::config::Config;
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::results::csv;
use crate::view::View;
use crate::work::Found;

/// A question for the results of a query that is complete.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The query's job.
    pub job: &'a QueryJob,
    /// The rows.
    pub found: &'a Found,
    /// The question.
    pub request: &'a Request,
    /// The version in its URL.
    pub version: &'a str,
    /// The switches.
    pub config: &'a Config,
    /// What it gets to see.
    pub view: &'a View,
}

/// Where a page begins, and how many rows it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The first row.
    pub from: usize,
    /// How many.
    pub size: usize,
}

impl Asked<'_> {
    /// The page that is asked for. What the client says about its size goes before what the locator
    /// says, and that before the server's own idea.
    pub fn page(&self, max_records: Option<usize>) -> Result<Page, ApiError> {
        let (from, size) = match self.request.query("locator") {
            None => (0, 0),
            Some(text) => parse(&text, self.job).ok_or_else(|| {
                ApiError::bad("INVALID_QUERY_LOCATOR", format!("Invalid locator: {text}"))
            })?,
        };
        let fallback = if size > 0 { size } else { self.config.page_size.max(1) };
        Ok(Page { from, size: max_records.unwrap_or(fallback) })
    }

    /// How many rows the client wants in a page.
    pub fn max_records(&self) -> Result<Option<usize>, ApiError> {
        let size = |text: String| match text.parse() {
            Ok(size) if size > 0 => Ok(size),
            _ => Err(ApiError::bad("INVALID_PARAMETER", format!("Invalid maxRecords: {text}"))),
        };
        self.request.query("maxRecords").map(size).transpose()
    }
}

fn parse(text: &str, job: &QueryJob) -> Option<(usize, usize)> {
    let plain = String::from_utf8(STANDARD_NO_PAD.decode(text).ok()?).ok()?;
    let mut parts = plain.split(':');
    let (from, id, size) = (parts.next()?, parts.next()?, parts.next()?);
    (id == job.id.to_string()).then_some(())?;
    Some((from.parse().ok()?, size.parse().ok()?))
}

/// A locator names a row, so it stays good and may be used again.
pub fn locator(job: &QueryJob, from: usize, size: usize) -> String {
    STANDARD_NO_PAD.encode(format!("{from}:{}:{size}", job.id))
}

/// Results come only by the version that the job was created with.
pub fn check_version(job: &QueryJob, version: &str) -> Result<(), ApiError> {
    if job.version == version {
        return Ok(());
    }
    let message = "The API version of the request differs from that of the job";
    Err(ApiError::new(409, "API_VERSION_MISMATCH", message))
}

/// Answers one page: the header row, and rows up to the page's end.
pub fn results(asked: &Asked<'_>) -> Result<Response, ApiError> {
    let Asked { job, found, .. } = *asked;
    let page = asked.page(asked.max_records()?)?;
    let total = found.rows.len();
    let to = total.min(page.from + page.size);
    let next = if to < total { locator(job, to, 0) } else { "null".to_owned() };
    let rows = page.from.min(to)..to;
    let count = rows.len().to_string();
    let pieces = csv(found.clone(), rows, job.format.delimiter, job.format.ending);
    Ok(Response::stream("text/csv", pieces)
        .with_header("Sforce-Locator", &next)
        .with_header("Sforce-NumberOfRecords", &count))
}
