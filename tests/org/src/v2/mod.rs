//! Bulk API 2.0.

mod early;
mod fields;
mod format;
mod ingest;
mod ingest_info;
mod list;
mod multipart;
mod page;
mod pages;
mod query;
mod results;
mod state;

use std::collections::BTreeMap;

use crate::data::RecordId;
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::rest::Rest;
use crate::summary::JobSummary;
use crate::view::View;
use crate::wire::gzip;
use crate::world::World;

use fields::Description;
use ingest::IngestJob;
use page::Asked;
use query::QueryJob;
use results::Set;
use state::{State, check_delete};

/// Query jobs that may be created in a day.
pub const DAILY_QUERY_JOBS: u64 = 10_000;

/// The jobs of Bulk 2.0.
#[derive(Debug, Default)]
pub struct Jobs {
    ingest: BTreeMap<RecordId, IngestJob>,
    query: BTreeMap<RecordId, QueryJob>,
}

/// The two kinds of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ingest,
    Query,
}

type Answer = Result<Response, ApiError>;

impl Jobs {
    /// All jobs as tests in this process see them.
    pub fn summaries(&self) -> impl Iterator<Item = JobSummary<'_>> {
        let ingest = self.ingest.values().map(IngestJob::summary);
        ingest.chain(self.query.values().map(QueryJob::summary))
    }

    /// Brings every job to where it should be now.
    pub fn tick(&mut self, world: &mut World) {
        for job in self.ingest.values_mut() {
            job.tick(world);
        }
        for job in self.query.values_mut() {
            job.tick(world);
        }
    }

    fn ingest(&mut self, id: &str) -> Result<&mut IngestJob, ApiError> {
        let job = RecordId::parse(id).and_then(|id| self.ingest.get_mut(&id));
        job.ok_or_else(ApiError::not_found)
    }

    fn query(&mut self, id: &str) -> Result<&mut QueryJob, ApiError> {
        let job = RecordId::parse(id).and_then(|id| self.query.get_mut(&id));
        job.ok_or_else(ApiError::not_found)
    }
}

/// Answers a request to `/services/data/v{version}/jobs/{path}`.
pub fn handle(rest: &mut Rest<'_>, request: &Request, version: &str, path: &[&str]) -> Answer {
    match path {
        ["ingest"] => jobs(rest, request, version, Kind::Ingest),
        ["query"] => jobs(rest, request, version, Kind::Query),
        ["ingest", id] => ingest_job(rest, request, id),
        ["query", id] => query_job(rest, request, id),
        ["ingest", id, "batches"] => upload(rest, request, id),
        ["ingest", id, set] => {
            let set = Set::parse(set).ok_or_else(ApiError::not_found)?;
            only_get(request)?;
            ingest_results(rest, id, set)
        }
        ["query", id, resource] => query_results(rest, request, version, id, resource),
        _ => Err(ApiError::not_found()),
    }
}

fn ingest_results(rest: &mut Rest<'_>, id: &str, set: Set) -> Answer {
    let job = rest.v2.ingest(id)?;
    let state = seen_state(job.state(), rest.view);
    if state.is_terminal() {
        return Ok(results::of(job, set, rest.world));
    }
    early::answer(state, &rest.world.config)
}

/// The state as which a job's results are asked for.
fn seen_state(real: State, view: &View) -> State {
    if view.not_ready { State::InProgress } else { real }
}

fn only_get(request: &Request) -> Result<(), ApiError> {
    if request.method == "GET" {
        return Ok(());
    }
    Err(ApiError::method(&request.method, "GET,HEAD"))
}

fn jobs(rest: &mut Rest<'_>, request: &Request, version: &str, kind: Kind) -> Answer {
    match request.method.as_str() {
        "GET" => Ok(list::of(rest, request, version, kind)),
        "POST" => create(rest, request, version, kind),
        other => Err(ApiError::method(other, "GET,HEAD,POST")),
    }
}

fn create(rest: &mut Rest<'_>, request: &Request, version: &str, kind: Kind) -> Answer {
    if kind == Kind::Ingest && request.content_type_is("multipart/form-data") {
        return create_whole(rest, request, version);
    }
    let body = json_body(request)?;
    if kind == Kind::Query {
        let job = QueryJob::create(&body, version, rest.world)?;
        let response = job.created(rest.world.now).response();
        rest.v2.query.insert(job.id, job);
        return Ok(response);
    }
    let job = IngestJob::create(&body, version, rest.world)?;
    let response = job.created(rest.world.now).response();
    rest.v2.ingest.insert(job.id, job);
    Ok(response)
}

/// Creates, uploads and closes in one step.
fn create_whole(rest: &mut Rest<'_>, request: &Request, version: &str) -> Answer {
    let parts = multipart::parse(request)?;
    let mut job = IngestJob::create(&parts.job, version, rest.world)?;
    job.upload(parts.content, rest.world)?;
    job.change(br#"{"state":"UploadComplete"}"#, rest.world.now)?;
    let response = job.created(rest.world.now).response();
    rest.v2.ingest.insert(job.id, job);
    Ok(response)
}

fn json_body(request: &Request) -> Result<Vec<u8>, ApiError> {
    if !request.content_type_is("application/json") {
        return Err(unsupported_media(request));
    }
    body(request)
}

fn unsupported_media(request: &Request) -> ApiError {
    let sent = request.header("content-type").unwrap_or("none");
    ApiError::new(415, "UNSUPPORTED_MEDIA_TYPE", format!("Content type {sent} is not supported"))
}

/// The body, uncompressed.
fn body(request: &Request) -> Result<Vec<u8>, ApiError> {
    let encoding = request.header("content-encoding").unwrap_or_default();
    if !encoding.eq_ignore_ascii_case("gzip") {
        return Ok(request.body.clone());
    }
    gzip::inflate(&request.body).map_err(|_| {
        let message = "The Content-Encoding of the message specifices GZIP, but the data is not in \
                       valid GZIP format";
        ApiError::bad("UNKNOWN_EXCEPTION", message)
    })
}

fn told(description: Option<Description>) -> Answer {
    description.map(|description| description.response()).ok_or_else(ApiError::not_found)
}

fn ingest_job(rest: &mut Rest<'_>, request: &Request, id: &str) -> Answer {
    let job = rest.v2.ingest(id)?;
    match request.method.as_str() {
        "GET" => told(job.info(rest.view)),
        "PATCH" => {
            job.change(&json_body(request)?, rest.world.now)?;
            Ok(job.changed(rest.world.now).response())
        }
        "DELETE" => {
            check_delete(job.state(), true)?;
            let id = job.id;
            rest.v2.ingest.remove(&id);
            Ok(Response::new(204, ""))
        }
        other => Err(ApiError::method(other, "DELETE,GET,HEAD,PATCH")),
    }
}

fn query_job(rest: &mut Rest<'_>, request: &Request, id: &str) -> Answer {
    let job = rest.v2.query(id)?;
    match request.method.as_str() {
        "GET" => told(job.info(rest.view, &rest.world.config)),
        "PATCH" => {
            job.change(&json_body(request)?, rest.world.now)?;
            Ok(job.changed(rest.world.now).response())
        }
        "DELETE" => {
            check_delete(job.state(), false)?;
            let id = job.id;
            rest.v2.query.remove(&id);
            Ok(Response::new(204, ""))
        }
        other => Err(ApiError::method(other, "DELETE,GET,HEAD,PATCH")),
    }
}

fn upload(rest: &mut Rest<'_>, request: &Request, id: &str) -> Answer {
    let job = rest.v2.ingest(id)?;
    if request.method != "PUT" {
        return Err(ApiError::method(&request.method, "PUT"));
    }
    if !request.content_type_is("text/csv") {
        return Err(unsupported_media(request));
    }
    job.upload(body(request)?, rest.world)?;
    Ok(Response::new(201, ""))
}

fn query_results(
    rest: &mut Rest<'_>,
    request: &Request,
    version: &str,
    id: &str,
    resource: &str,
) -> Answer {
    let job = rest.v2.query(id)?;
    only_get(request)?;
    let resource = resource.to_ascii_lowercase();
    if !["results", "resultpages"].contains(&resource.as_str()) {
        return Err(ApiError::not_found());
    }
    page::check_version(job, version)?;
    let state = seen_state(job.state(), rest.view);
    let Some(found) = job.found().filter(|_| state == State::JobComplete) else {
        return early::answer(state, &rest.world.config);
    };
    let asked = Asked { job, found, request, version, config: &rest.world.config, view: rest.view };
    if resource == "results" { page::results(&asked) } else { pages::list(&asked) }
}
