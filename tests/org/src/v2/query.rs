//! A query job of Bulk 2.0.

use std::sync::Arc;

use super::DAILY_QUERY_JOBS;
use super::fields::{Description, Fields, Head};
use super::format::Format;
use super::state::{State, check_abort};
use crate::config::Config;
use crate::data::{Dialect, Query, RecordId};
use crate::error::ApiError;
use crate::history::{Entry, History};
use crate::operation::JobOperation;
use crate::summary::{Api, JobSummary};
use crate::view::View;
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
    /// The states it has been in since it was created.
    pub history: History<State>,
    /// The version in the URL it was created at.
    pub version: String,
    all: bool,
    query: Arc<Query>,
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
            history: History::new(State::UploadComplete, world.now),
            version: version.to_owned(),
            all,
            query: Arc::new(query),
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
        check_abort(self.state())?;
        self.history.enter(State::Aborted, now);
        Ok(())
    }

    /// Its state.
    pub fn state(&self) -> State {
        self.history.state()
    }

    /// Brings the job to where it should be now.
    pub fn tick(&mut self, world: &mut World) {
        let due = self.history.modified() + world.config.queue_ms;
        if self.state() == State::UploadComplete && due <= world.now {
            let path = format!("/services/data/v{}/jobs/query/{}", self.version, self.id);
            let task = Task::Query(Arc::clone(&self.query));
            self.work = Some(Work::start(due, task, &path, world));
            self.history.enter(State::InProgress, due);
        }
        if self.state() != State::InProgress {
            return;
        }
        let Some(work) = self.work.as_mut() else { return };
        let Some(ended) = work.advance(world) else { return };
        self.error = work.failure().map(str::to_owned);
        let failed = self.error.is_some();
        self.history.enter(if failed { State::Failed } else { State::JobComplete }, ended);
    }

    /// The rows, once the job is complete.
    pub fn found(&self) -> Option<&Found> {
        let work = self.work.as_ref().filter(|_| self.state() == State::JobComplete)?;
        work.found.as_ref()
    }

    fn head(&self, entry: Entry<State>, view: &View) -> Description {
        let mut description = Description::new(Head {
            id: self.id,
            operation: self.operation().name(),
            object: &self.query.object,
            dates: [self.history.created(), entry.since],
            state: &view.state(entry.state.name()),
        });
        description
            .push("concurrencyMode", "Parallel")
            .push("contentType", "CSV")
            .push("apiVersion", self.version.parse::<f64>().unwrap_or_default());
        description
    }

    fn operation(&self) -> JobOperation {
        JobOperation::Query { all: self.all }
    }

    /// The answer to a change: nothing about the dialect.
    pub fn changed(&self, now: i64) -> Description {
        self.head(self.history.last(), &View::exact(now))
    }

    /// The answer to the creation.
    pub fn created(&self, now: i64) -> Description {
        let mut description = self.changed(now);
        description
            .push("lineEnding", self.format.ending.name())
            .push("columnDelimiter", self.format.delimiter_name());
        description
    }

    /// An item of a list: no counters.
    pub fn listed(&self, view: &View) -> Option<Description> {
        let mut description = self.head(self.history.at(view.as_of())?, view);
        description.push("jobType", "V2Query");
        Some(description)
    }

    /// The whole description, unless it is seen as of before it was created. Counters come when
    /// there is something to count.
    pub fn info(&self, view: &View, config: &Config) -> Option<Description> {
        let entry = self.history.at(view.as_of())?;
        let mut description = self.head(entry, view);
        description
            .push("jobType", "V2Query")
            .push("lineEnding", self.format.ending.name())
            .push("columnDelimiter", self.format.delimiter_name());
        self.add_counters(&mut description, view.as_of());
        description.push("isPkChunkingSupported", self.query.pk_chunkable);
        let told = config.query_error_message && entry == self.history.last();
        description.maybe("errorMessage", self.error.as_deref().filter(|_| told));
        Some(description)
    }

    fn add_counters(&self, description: &mut Description, time: i64) {
        let Some(work) = self.work.as_ref().filter(|work| work.started <= time) else { return };
        let found = work.found_by(time).map(|found| found.rows.len());
        description
            .maybe("numberRecordsProcessed", found)
            .push("retries", 0)
            .push("totalProcessingTime", work.took(time));
    }

    /// It as tests in this process see it.
    pub fn summary(&self) -> JobSummary<'_> {
        JobSummary {
            api: Api::V2,
            id: self.id,
            operation: self.operation().name(),
            object: &self.query.object,
            state: self.state().name(),
            created: self.history.created(),
            modified: self.history.modified(),
            work: self.work.as_ref().map(|work| work.summary(i64::MAX)).unwrap_or_default(),
            batches: Vec::new(),
        }
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
