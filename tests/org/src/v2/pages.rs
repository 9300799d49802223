//! The pages of a query's results: by `Sforce-Locator`, or by `resultPages`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::json;

use super::query::QueryJob;
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::results::csv;
use crate::work::Found;
use crate::world::World;

/// URLs in one answer of `resultPages`.
const PAGES: usize = 5;
/// The first version that has `resultPages`.
const FIRST_VERSION: u32 = 58;

/// Where a page begins, and how many rows it has.
struct Page {
    from: usize,
    size: usize,
}

impl Page {
    /// The page a request asks for. What the client says about its size goes before what the
    /// locator says, and that before the server's own idea.
    fn of(request: &Request, job: &QueryJob, world: &World) -> Result<Self, ApiError> {
        let (from, size) = match request.query("locator") {
            None => (0, 0),
            Some(text) => parse(&text, job).ok_or_else(|| {
                ApiError::bad("INVALID_QUERY_LOCATOR", format!("Invalid locator: {text}"))
            })?,
        };
        let asked = request.query("maxRecords").map(|text| match text.parse::<usize>() {
            Ok(size) if size > 0 => Ok(size),
            _ => Err(ApiError::bad("INVALID_PARAMETER", format!("Invalid maxRecords: {text}"))),
        });
        let fallback = if size > 0 { size } else { world.config.page_size.max(1) };
        Ok(Self { from, size: asked.transpose()?.unwrap_or(fallback) })
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
fn locator(job: &QueryJob, from: usize, size: usize) -> String {
    STANDARD_NO_PAD.encode(format!("{from}:{}:{size}", job.id))
}

fn found<'a>(job: &'a QueryJob, version: &str) -> Result<&'a Found, ApiError> {
    if job.version != version {
        let message = "The API version of the request differs from that of the job";
        return Err(ApiError::new(409, "API_VERSION_MISMATCH", message));
    }
    job.found().ok_or_else(not_ready)
}

/// What is answered before the job is complete.
pub fn not_ready() -> ApiError {
    ApiError::bad("INVALIDJOBSTATE", "The results are not available until the job is complete")
}

/// Answers one page: the header row, and rows up to the page's end.
pub fn results(
    job: &QueryJob,
    request: &Request,
    version: &str,
    world: &World,
) -> Result<Response, ApiError> {
    let found = found(job, version)?;
    let page = Page::of(request, job, world)?;
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

/// Answers where the next pages are, a few at a time; an empty result has one page.
pub fn list(
    job: &QueryJob,
    request: &Request,
    version: &str,
    world: &World,
) -> Result<Response, ApiError> {
    if crate::version::parse(version).is_none_or(|version| version < FIRST_VERSION) {
        return Err(ApiError::not_found());
    }
    let found = found(job, version)?;
    let page = Page::of(request, job, world)?;
    let total = found.rows.len().max(1);
    let path = format!("/services/data/v{version}/jobs/query/{}", job.id);
    let url = |from| {
        let locator = locator(job, from, page.size);
        json!({ "resultUrl": format!("{path}/results?locator={locator}") })
    };
    let pages: Vec<_> = (page.from..total).step_by(page.size).take(PAGES).map(url).collect();
    let next = page.from + PAGES * page.size;
    let mut body = json!({ "resultPages": pages, "done": next >= total });
    if next < total {
        let locator = locator(job, next, page.size);
        body["nextRecordsUrl"] = json!(format!("{path}/resultpages?locator={locator}"));
    }
    Ok(Response::json(200, &body))
}
