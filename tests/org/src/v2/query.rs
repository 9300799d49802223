//! A query job of Bulk 2.0.

use std::sync::Arc;

use super::DAILY_QUERY_JOBS;
use super::fields::{Description, Fields, Head};
use super::format::Format;
use super::state::{State, check_abort};
use crate::data::{Dialect, Query, RecordId};
use crate::error::ApiError;
use crate::operation::JobOperation;
use crate::work::{Found, Task, Work};
use crate::world::World;

const KNOWN: [&str; 5] = ["operation", "query", "contentType", "columnDelimiter", "lineEnding"];

/// A query job.
#[derive(Debug)]
pub struct QueryJob {
    /// Its id.
    pub id: RecordId,
    /// The dialect of its results.
    pub format: Format,
    /// Its state.
    pub state: State,
    /// The version in the URL it was created at.
    pub version: String,
    all: bool,
    query: Arc<Query>,
    created: i64,
    modified: i64,
    work: Option<Work>,
    error: Option<String>,
}

impl QueryJob {
    /// Creates a job; the query is checked at once.
    pub fn create(body: &[u8], version: &str, world: &mut World) -> Result<Self, ApiError> {
        let fields = Fields::parse(body, &KNOWN)?;
        let all = match fields.required("operation")? {
            "query" => false,
            "queryAll" => true,
            other => {
                let message = format!("Unable to parse Job: invalid operation '{other}'");
                return Err(ApiError::bad("INVALIDJOB", message));
            }
        };
        let format = Format::of(&fields)?;
        let query = world.db.prepare(fields.required("query")?, Dialect::V2, all);
        let query = query.map_err(|error| ApiError::bad(&error.code, error.message))?;
        take_job(world)?;
        Ok(Self {
            id: world.mint.id("750"),
            format,
            state: State::UploadComplete,
            version: version.to_owned(),
            all,
            query: Arc::new(query),
            created: world.now,
            modified: world.now,
            work: None,
            error: None,
        })
    }

    /// Aborts; nothing else can be changed.
    pub fn change(&mut self, body: &[u8], now: i64) -> Result<(), ApiError> {
        let fields = Fields::parse(body, &["state"])?;
        if fields.required("state")? != "Aborted" {
            return Err(ApiError::bad("INVALIDJOBSTATE", "A query job can only be aborted"));
        }
        check_abort(self.state)?;
        self.enter(State::Aborted, now);
        Ok(())
    }

    fn enter(&mut self, state: State, at: i64) {
        self.state = state;
        self.modified = at;
    }

    /// Brings the job to where it should be now.
    pub fn tick(&mut self, world: &mut World) {
        let due = self.modified + world.config.queue_ms;
        if self.state == State::UploadComplete && due <= world.now {
            let path = format!("/services/data/v{}/jobs/query/{}", self.version, self.id);
            let task = Task::Query(Arc::clone(&self.query));
            self.work = Some(Work::start(due, task, &path, world));
            self.enter(State::InProgress, due);
        }
        if self.state != State::InProgress {
            return;
        }
        let Some(work) = self.work.as_mut() else { return };
        let Some(ended) = work.advance(world) else { return };
        self.error = work.failure().map(str::to_owned);
        let failed = self.error.is_some();
        self.enter(if failed { State::Failed } else { State::JobComplete }, ended);
    }

    /// The rows, once the job is complete.
    pub fn found(&self) -> Option<&Found> {
        let work = self.work.as_ref().filter(|_| self.state == State::JobComplete)?;
        work.found.as_ref()
    }

    /// When it was created.
    pub fn created_at(&self) -> i64 {
        self.created
    }

    fn head(&self) -> Description {
        let mut description = Description::new(Head {
            id: self.id,
            operation: JobOperation::Query { all: self.all }.name(),
            object: &self.query.object,
            dates: [self.created, self.modified],
            state: self.state.name(),
        });
        description
            .push("concurrencyMode", "Parallel")
            .push("contentType", "CSV")
            .push("apiVersion", self.version.parse::<f64>().unwrap_or_default());
        description
    }

    /// The answer to a change: nothing about the dialect.
    pub fn changed(&self) -> Description {
        self.head()
    }

    /// The answer to the creation.
    pub fn created(&self) -> Description {
        let mut description = self.head();
        description
            .push("lineEnding", self.format.ending.name())
            .push("columnDelimiter", self.format.delimiter_name());
        description
    }

    /// An item of a list: no counters.
    pub fn listed(&self) -> Description {
        let mut description = self.head();
        description.push("jobType", "V2Query");
        description
    }

    /// The whole description. Counters come when there is something to count.
    pub fn info(&self, world: &World) -> Description {
        let mut description = self.head();
        description
            .push("jobType", "V2Query")
            .push("lineEnding", self.format.ending.name())
            .push("columnDelimiter", self.format.delimiter_name());
        if let Some(work) = &self.work {
            if work.found.is_some() {
                description.push("numberRecordsProcessed", work.processed());
            }
            description.push("retries", 0).push("totalProcessingTime", work.took(world.now));
        }
        description.push("isPkChunkingSupported", self.query.pk_chunkable);
        let told = self.error.as_deref().filter(|_| world.config.query_error_message);
        description.maybe("errorMessage", told);
        description
    }
}

fn take_job(world: &mut World) -> Result<(), ApiError> {
    if world.usage.query_jobs >= DAILY_QUERY_JOBS {
        let message = format!(
            "Max bulk v2 query jobs ({DAILY_QUERY_JOBS}) per 24 hrs has been reached ({})",
            world.usage.query_jobs
        );
        return Err(ApiError::bad("LIMIT_EXCEEDED", message));
    }
    world.usage.query_jobs += 1;
    Ok(())
}
