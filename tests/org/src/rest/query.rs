//! The REST query, in pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{columns, records};
use crate::data::{Children, Dialect, Query};
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::work::Found;
use crate::world::World;

/// Rows in one answer, unless the client wants fewer.
const PAGE: usize = 2_000;
/// The fewest rows that a client may want in one answer.
const SMALLEST_PAGE: usize = 200;

/// Queries that are being paged through, by their locators.
#[derive(Debug, Default)]
pub struct Cursors {
    open: BTreeMap<String, Cursor>,
}

/// A query that is being paged through.
#[derive(Debug)]
struct Cursor {
    found: Found,
    children: Vec<Children>,
    size: usize,
}

impl Cursors {
    /// Runs a query and answers its first page.
    pub fn open(
        &mut self,
        world: &mut World,
        request: &Request,
        version: &str,
        resource: &str,
    ) -> Result<Response, ApiError> {
        let query = prepare(world, request, resource)?;
        if request.query("columns").is_some_and(|asked| asked == "true") {
            return Ok(Response::json(200, &columns::of(&query, world)));
        }
        let found = Found::run(&Arc::new(query), world);
        if found.query.is_grouped() {
            return records::groups(&found).map(|body| Response::json(200, &body));
        }
        let children = found.db.children(&found.query);
        let cursor = Cursor { found, children, size: page_size(request) };
        let locator = world.mint.id("01g").to_string();
        let body = cursor.page(&locator, 0, version);
        if cursor.found.rows.len() > cursor.size {
            self.open.insert(locator, cursor);
        }
        Ok(Response::json(200, &body))
    }

    /// Answers a further page: the locator, a hyphen, and the row it begins with.
    pub fn next(&mut self, version: &str, locator: &str) -> Result<Response, ApiError> {
        let invalid = || ApiError::bad("INVALID_QUERY_LOCATOR", "invalid query locator");
        let (locator, from) = locator.rsplit_once('-').ok_or_else(invalid)?;
        let from: usize = from.parse().map_err(|_| invalid())?;
        let cursor = self.open.get(locator).filter(|cursor| from < cursor.found.rows.len());
        Ok(Response::json(200, &cursor.ok_or_else(invalid)?.page(locator, from, version)))
    }
}

fn prepare(world: &World, request: &Request, resource: &str) -> Result<Query, ApiError> {
    let soql = request.query("q").ok_or_else(|| {
        ApiError::bad("MALFORMED_QUERY", "SOQL statements cannot be empty or null")
    })?;
    let query = world.db.prepare(&soql, Dialect::Rest, resource == "queryAll");
    query.map_err(|error| ApiError::bad(&error.code, error.message))
}

/// `Sforce-Query-Options: batchSize=500`
fn page_size(request: &Request) -> usize {
    let options = request.header("sforce-query-options").unwrap_or_default();
    let size =
        options.split([',', ';']).find_map(|option| option.trim().strip_prefix("batchSize="));
    let size = size.and_then(|size| size.trim().parse().ok()).unwrap_or(PAGE);
    size.clamp(SMALLEST_PAGE, PAGE)
}

impl Cursor {
    fn page(&self, locator: &str, from: usize, version: &str) -> Value {
        let total = self.found.rows.len();
        let to = total.min(from + self.size);
        let record = |at| records::record((&self.found).into(), &self.children, at, version);
        let records: Vec<Value> = (from..to).map(record).collect();
        let mut body = json!({ "totalSize": total, "done": to == total, "records": records });
        if to < total {
            let next = format!("/services/data/v{version}/query/{locator}-{to}");
            body["nextRecordsUrl"] = json!(next);
        }
        body
    }
}
