//! Where the pages of a query's results are: `resultPages`.

use serde_json::{Value, json};

use super::page::{Asked, locator};
use crate::config::{MaxRecords, ResultPages};
use crate::error::ApiError;
use crate::http::Response;

/// Pages in one answer.
const PAGES: usize = 5;
/// The first version that has `resultPages`.
const FIRST_VERSION: u32 = 58;

/// Answers where the next pages are, a few at a time; an empty result has one page.
pub fn list(asked: &Asked<'_>) -> Result<Response, ApiError> {
    if crate::version::parse(asked.version).is_none_or(|version| version < FIRST_VERSION) {
        return Err(ApiError::not_found());
    }
    let page = asked.page(max_records(asked)?)?;
    let listed = asked.view.lists(asked.job.history.modified());
    let total = if listed { asked.found.rows.len().max(1) } else { 0 };
    let url = |resource: &str, from| {
        let locator = locator(asked.job, from, page.size);
        format!("/jobs/query/{}/{resource}?locator={locator}", asked.job.id)
    };
    let pages = (page.from..total).step_by(page.size).take(PAGES);
    let pages: Vec<String> = pages.map(|from| url("results", from)).collect();
    let next = page.from + PAGES * page.size;
    let next = (next < total).then(|| url("resultpages", next));
    let root = format!("/services/data/v{}", asked.version);
    Ok(Response::json(200, &body(asked.config.result_pages, &root, &pages, next.as_deref())))
}

fn max_records(asked: &Asked<'_>) -> Result<Option<usize>, ApiError> {
    let size = asked.max_records()?;
    match asked.config.max_records_with_result_pages {
        MaxRecords::Honoured => Ok(size),
        MaxRecords::Refused if size.is_some() => {
            Err(ApiError::bad("INVALID_PARAMETER", "maxRecords is not supported for resultPages"))
        }
        MaxRecords::Ignored | MaxRecords::Refused => Ok(None),
    }
}

/// The answer in the shape of the guide, in that of the field, or in something of both.
fn body(shape: ResultPages, root: &str, pages: &[String], next: Option<&str>) -> Value {
    let guide = |url: &str| json!({ "resultUrl": format!("{root}{url}") });
    let field = |url: &str| json!({ "resultLink": url });
    let done = next.is_none();
    match shape {
        ResultPages::Guide => {
            let entries: Vec<Value> = pages.iter().map(|url| guide(url)).collect();
            let mut body = json!({ "resultPages": entries, "done": done });
            if let Some(next) = next {
                body["nextRecordsUrl"] = json!(format!("{root}{next}"));
            }
            body
        }
        ResultPages::Field => {
            let entries: Vec<Value> = pages.iter().map(|url| field(url)).collect();
            json!({ "resultChunks": entries, "nextRecordsUrl": next, "done": done })
        }
        ResultPages::Mixed => {
            let mixed =
                |(at, url): (usize, &String)| if at % 2 == 0 { field(url) } else { guide(url) };
            let entries: Vec<Value> = pages.iter().enumerate().map(mixed).collect();
            // The other name that the guide has for it.
            json!({ "resultPages": entries, "nextRecordUrl": next, "done": done })
        }
    }
}
