//! The REST query, by which tests look at what was loaded.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::data::Dialect;
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::rows::{Dates, object};
use crate::work::Found;
use crate::world::World;

/// Rows in one answer.
const PAGE: usize = 2_000;

/// Queries that are being paged through, by their locators.
#[derive(Debug, Default)]
pub struct Cursors {
    open: BTreeMap<String, Found>,
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
        let soql = request.query("q").ok_or_else(|| {
            ApiError::bad("MALFORMED_QUERY", "SOQL statements cannot be empty or null")
        })?;
        let query = world
            .db
            .prepare(&soql, Dialect::V1Json, resource == "queryAll")
            .map_err(|error| ApiError::bad(&error.code, error.message))?;
        let found = Found::run(&Arc::new(query), world);
        let locator = world.mint.id("01g").to_string();
        let body = page(&found, &locator, 0, version);
        if found.rows.len() > PAGE {
            self.open.insert(locator, found);
        }
        Ok(Response::json(200, &body))
    }

    /// Answers a further page: the locator, a hyphen, and the row it begins with.
    pub fn next(&mut self, version: &str, locator: &str) -> Result<Response, ApiError> {
        let invalid = || ApiError::bad("INVALID_QUERY_LOCATOR", "invalid query locator");
        let (locator, from) = locator.rsplit_once('-').ok_or_else(invalid)?;
        let from: usize = from.parse().map_err(|_| invalid())?;
        let found = self.open.get(locator).filter(|found| from < found.rows.len());
        Ok(Response::json(200, &page(found.ok_or_else(invalid)?, locator, from, version)))
    }
}

fn page(found: &Found, locator: &str, from: usize, version: &str) -> Value {
    let total = found.rows.len();
    let to = total.min(from + PAGE);
    let records: Vec<Value> =
        (from..to).map(|at| object(found, at, version, Dates::Text)).collect();
    let mut body = json!({ "totalSize": total, "done": to == total, "records": records });
    if to < total {
        let next = format!("/services/data/v{version}/query/{locator}-{to}");
        body["nextRecordsUrl"] = json!(next);
    }
    body
}
