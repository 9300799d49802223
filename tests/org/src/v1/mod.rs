//! Bulk API 1.0.

mod batch;
mod chunking;
mod content;
mod error;
mod job;
mod records;
mod render;
mod results;
mod spec;
mod sums;
mod task;

use std::collections::BTreeMap;

use crate::data::RecordId;
use crate::http::{Request, Response};
use crate::summary::JobSummary;
use crate::view::View;
use crate::wire::gzip;
use crate::world::World;

use batch::Batch;
use error::AsyncError;
use render::Seen;
use spec::Spec;

pub use job::Job;
pub use records::of_object;
pub use render::{NAMESPACE, concurrency};

/// More than a batch may have.
const MAX_BODY: usize = 10_000_000;

/// The jobs of Bulk 1.0.
#[derive(Debug, Default)]
pub struct Jobs {
    jobs: BTreeMap<RecordId, Job>,
}

/// One request, taken apart.
struct Call<'a> {
    request: &'a Request,
    version: &'a str,
    world: &'a mut World,
    view: &'a View,
}

type Answer = Result<Response, AsyncError>;

impl Jobs {
    /// Brings every job to where it should be now.
    pub fn tick(&mut self, world: &mut World) {
        for job in self.jobs.values_mut() {
            job.tick(world);
        }
    }

    /// All jobs, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Job> {
        self.jobs.values()
    }

    /// All jobs as tests in this process see them.
    pub fn summaries(&self) -> impl Iterator<Item = JobSummary<'_>> {
        self.iter().map(Job::summary)
    }

    /// Answers a request to `/services/async/{version}/{path}`.
    ///
    /// Errors come in the format of the job, or of the request where there is no job.
    pub fn handle(
        &mut self,
        world: &mut World,
        request: &Request,
        version: &str,
        path: &[&str],
        view: &View,
    ) -> Response {
        let known = path.get(1).and_then(|id| RecordId::parse(id));
        let job = known.and_then(|id| self.jobs.get(&id));
        let as_json = match job {
            Some(job) => job.content.speaks_json(),
            None => request.content_type_is("application/json"),
        };
        let mut call = Call { request, version, world, view };
        // An expired session is told in the request's own format, since no job is looked up yet.
        if let Err(error) = call.check_session() {
            return error.response(request.content_type_is("application/json"));
        }
        let answer = call.check_version().and_then(|()| self.route(&mut call, path));
        answer.unwrap_or_else(|error| error.response(as_json))
    }

    fn route(&mut self, call: &mut Call<'_>, path: &[&str]) -> Answer {
        match (call.request.method.as_str(), path) {
            ("POST", ["job"]) => self.create(call),
            ("GET", ["job", id]) => {
                let job = self.job(id)?;
                let told = render::job(200, job, job.content.speaks_json(), &call.seen(call.view));
                told.ok_or_else(|| no_job(id))
            }
            ("POST", ["job", id]) => self.change(call, id),
            ("POST", ["job", id, "spec"]) => self.set_spec(call, id),
            ("GET", ["job", id, "batch"]) => Ok(render::batches(self.job(id)?, call.view)),
            ("POST", ["job", id, "batch"]) => self.add_batch(call, id),
            ("GET", ["job", id, "batch", batch, rest @ ..]) => self.batch(call, id, batch, rest),
            (_, ["job", ..]) => Err(AsyncError::new(
                "InvalidOperation",
                format!("Unable to {} this resource", call.request.method),
            )),
            _ => Err(AsyncError::new("InvalidUrl", "Check the spelling of 'job' in the URL")),
        }
    }

    fn job(&mut self, id: &str) -> Result<&mut Job, AsyncError> {
        let job = RecordId::parse(id).and_then(|known| self.jobs.get_mut(&known));
        job.ok_or_else(|| no_job(id))
    }

    fn create(&mut self, call: &mut Call<'_>) -> Answer {
        let body = call.body()?;
        let fields = job::fields(call.request, &String::from_utf8_lossy(&body))?;
        let job = Job::create(call.request, &fields, call.version, call.world)?;
        let as_json = call.request.content_type_is("application/json");
        let response = call.describe(201, &job, as_json)?;
        self.jobs.insert(job.id, job);
        Ok(response)
    }

    fn change(&mut self, call: &mut Call<'_>, id: &str) -> Answer {
        let body = call.body()?;
        let fields = job::fields(call.request, &String::from_utf8_lossy(&body))?;
        let job = self.job(id)?;
        job.change(&fields, call.world.now)?;
        call.describe(200, job, job.content.speaks_json())
    }

    fn set_spec(&mut self, call: &mut Call<'_>, id: &str) -> Answer {
        let body = call.body()?;
        let job = self.job(id)?;
        if job.content != content::ContentType::Csv || !job.batches.is_empty() {
            let message = "A spec needs a CSV job without batches";
            return Err(AsyncError::new("InvalidJob", message));
        }
        let Some(object) = call.world.db.object(&job.object) else {
            return Err(AsyncError::new("InvalidEntity", "Unable to find object"));
        };
        job.spec = Some(Spec::parse(&String::from_utf8_lossy(&body), object)?);
        Ok(Response::new(201, ""))
    }

    fn add_batch(&mut self, call: &mut Call<'_>, id: &str) -> Answer {
        let body = call.body()?;
        let job = self.job(id)?;
        if job.version != call.version {
            return Err(AsyncError::new(
                "InvalidVersion",
                format!("Job was created with API version {}", job.version),
            ));
        }
        job.accepts_batches(call.world.now)?;
        if !call.request.content_type_is(job.content.media()) {
            let sent = call.request.header("content-type").unwrap_or("none");
            let message = format!("Unsupported content type: {sent}");
            return Err(AsyncError::new("UnsupportedContentType", message));
        }
        if body.is_empty() {
            let message = "Unable to find any data to create batch";
            return Err(AsyncError::new("ClientInputError", message));
        }
        if !call.world.take_batches(1) {
            return Err(AsyncError::new("ExceededQuota", "ApiBatchItems Limit exceeded."));
        }
        let batch = Batch::new(body, charset(call.request), call.world.now, call.world);
        let response = render::batch(201, job, &batch, &View::exact(call.world.now));
        let response = response.ok_or_else(|| no_batch(&batch.id.to_string()))?;
        job.batches.push(batch);
        Ok(response)
    }

    fn batch(&mut self, call: &Call<'_>, id: &str, batch: &str, rest: &[&str]) -> Answer {
        let job = self.job(id)?;
        let known = RecordId::parse(batch);
        let found = job.batches.iter().find(|found| Some(found.id) == known);
        let found = found.ok_or_else(|| no_batch(batch))?;
        match rest {
            [] => render::batch(200, job, found, call.view).ok_or_else(|| no_batch(batch)),
            ["request"] => Ok(Response::of(200, job.content.media(), found.body.to_vec())),
            ["result", ..] if call.view.not_ready => Err(results::not_ready()),
            ["result"] => results::of_batch(job, found, call.view),
            ["result", result] => results::of_query(job, found, result, call.world),
            _ => Err(AsyncError::new("InvalidUrl", "Check the spelling of the URL")),
        }
    }
}

fn no_job(id: &str) -> AsyncError {
    AsyncError::new("InvalidJob", format!("Invalid job id: {id}"))
}

fn no_batch(id: &str) -> AsyncError {
    AsyncError::new("InvalidBatch", format!("Invalid batch id: {id}"))
}

impl Call<'_> {
    fn seen<'v>(&self, view: &'v View) -> Seen<'v> {
        Seen { view, counts_split: self.world.config.batches_total_counts_parent }
    }

    /// The description of a job that the call has created or changed.
    fn describe(&self, status: u16, job: &Job, as_json: bool) -> Answer {
        let view = View::exact(self.world.now);
        let told = render::job(status, job, as_json, &self.seen(&view));
        told.ok_or_else(|| no_job(&job.id.to_string()))
    }

    fn check_session(&self) -> Result<(), AsyncError> {
        let bearer = self.request.header("authorization").filter(|_| self.world.config.v1_bearer);
        let bearer = bearer.and_then(|header| header.strip_prefix("Bearer "));
        let Some(token) = self.request.header("x-sfdc-session").or(bearer) else {
            return Err(AsyncError::new("InvalidSessionId", "Unable to find session id"));
        };
        if self.world.is_alive(token.trim()) {
            return Ok(());
        }
        Err(AsyncError::new("InvalidSessionId", "Invalid session id"))
    }

    fn check_version(&self) -> Result<(), AsyncError> {
        if crate::version::is_served(self.version, &self.world.config) {
            return Ok(());
        }
        let message = format!("Api version {} is not supported", self.version);
        Err(AsyncError::new("InvalidVersion", message))
    }

    /// The body, uncompressed and not too long.
    fn body(&self) -> Result<Vec<u8>, AsyncError> {
        let encoding = self.request.header("content-encoding").unwrap_or_default();
        let body = match encoding.eq_ignore_ascii_case("gzip") {
            false => self.request.body.clone(),
            true => gzip::inflate(&self.request.body).map_err(|_| {
                AsyncError::new("ClientInputError", "Failed to read request. Not in GZIP format")
            })?,
        };
        if body.len() > MAX_BODY {
            let message = format!("Failed to read request. Exceeded max size limit of {MAX_BODY}");
            return Err(AsyncError::new("ClientInputError", message));
        }
        Ok(body)
    }
}

fn charset(request: &Request) -> Option<String> {
    let header = request.header("content-type")?.to_lowercase();
    let (_, charset) = header.split_once("charset=")?;
    Some(charset.trim_matches(['"', ' ']).to_owned())
}
