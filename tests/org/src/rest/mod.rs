//! What hangs under `/services/data`: limits, objects and their rows, queries, and the jobs of
//! Bulk 2.0.

mod collections;
mod columns;
mod counts;
mod describe;
mod query;
mod records;
mod resources;
mod rows;
mod sobjects;

use serde_json::json;

use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::view::View;
use crate::world::World;
use crate::{v1, v2, version};

pub use query::Cursors;

/// Everything a REST call can reach.
pub struct Rest<'a> {
    /// What all share.
    pub world: &'a mut World,
    /// The jobs of Bulk 1.0, which lists of jobs show.
    pub v1: &'a v1::Jobs,
    /// The jobs of Bulk 2.0.
    pub v2: &'a mut v2::Jobs,
    /// Queries that are being paged through.
    pub cursors: &'a mut Cursors,
    /// What this call gets to see of the jobs.
    pub view: &'a View,
}

impl Rest<'_> {
    /// Answers a request to `/services/data/v{version}/{path}`.
    pub fn handle(&mut self, request: &Request, version: &str, path: &[&str]) -> Response {
        let checked = self.check(request, version);
        let answer = checked.and_then(|version| self.route(request, version, path));
        answer.unwrap_or_else(Response::from)
    }

    fn check<'v>(&self, request: &Request, version: &'v str) -> Result<&'v str, ApiError> {
        let version = version.strip_prefix('v').unwrap_or_default();
        if version::is_retired(version) {
            let message = format!("API version {version} has been retired");
            return Err(ApiError::new(410, "UNSUPPORTED_API_VERSION", message));
        }
        if !version::is_served(version, &self.world.config) {
            return Err(ApiError::not_found());
        }
        let header = request.header("authorization").unwrap_or_default();
        let token = ["Bearer ", "OAuth "].iter().find_map(|kind| header.strip_prefix(kind));
        if token.is_some_and(|token| self.world.is_alive(token.trim())) {
            return Ok(version);
        }
        Err(ApiError::new(401, "INVALID_SESSION_ID", "Session expired or invalid"))
    }

    fn route(
        &mut self,
        request: &Request,
        version: &str,
        path: &[&str],
    ) -> Result<Response, ApiError> {
        match path {
            ["jobs", rest @ ..] => return v2::handle(self, request, version, rest),
            ["sobjects", rest @ ..] => return sobjects::handle(self.world, request, version, rest),
            ["composite", "sobjects", rest @ ..] => {
                return collections::handle(self.world, request, version, rest);
            }
            _ => {}
        }
        if request.method != "GET" {
            return Err(ApiError::method(&request.method, "GET,HEAD"));
        }
        match path {
            [] => Ok(resources::list(request, version)),
            ["limits"] => Ok(self.limits()),
            ["limits", "recordCount"] => Ok(counts::answer(self.world, request)),
            ["query" | "queryAll"] => self.cursors.open(self.world, request, version, path[0]),
            ["query" | "queryAll", locator] => self.cursors.next(version, locator),
            _ => Err(ApiError::not_found()),
        }
    }

    fn limits(&self) -> Response {
        let (config, usage) = (&self.world.config, &self.world.usage);
        let limit =
            |max: u64, used: u64| json!({ "Max": max, "Remaining": max.saturating_sub(used) });
        let body = json!({
            "DailyApiRequests": limit(config.daily_api_requests, usage.requests),
            "DailyBulkApiBatches": limit(config.daily_batches, usage.batches),
            "DailyBulkV2QueryJobs": limit(v2::DAILY_QUERY_JOBS, usage.query_jobs),
            "DailyBulkV2QueryFileStorageMB": limit(976_562, 0),
        });
        Response::json(200, &body)
    }
}
