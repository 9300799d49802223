//! What is told of an ingest job.

use super::fields::{Description, Head};
use super::ingest::IngestJob;
use super::state::State;
use crate::history::Entry;
use crate::operation::JobOperation;
use crate::summary::{Api, JobSummary};
use crate::view::View;

impl IngestJob {
    fn head(&self, entry: Entry<State>, view: &View) -> Description {
        let mut description = Description::new(Head {
            id: self.id,
            operation: JobOperation::Load(self.load.operation).name(),
            object: &self.load.object,
            dates: [self.history.created(), entry.since],
            state: &view.state(entry.state.name()),
        });
        description
            .maybe("externalIdFieldName", self.load.external_id.as_deref())
            .push("concurrencyMode", "Parallel")
            .push("contentType", "CSV")
            .push("apiVersion", self.version.parse::<f64>().unwrap_or_default())
            .maybe("assignmentRuleId", self.assignment_rule.as_deref());
        description
    }

    /// The answer to a change: nothing about the dialect.
    pub fn changed(&self, now: i64) -> Description {
        self.head(self.history.last(), &View::exact(now))
    }

    fn add_format(&self, description: &mut Description) {
        description
            .push("lineEnding", self.format.ending.name())
            .push("columnDelimiter", self.format.delimiter_name());
    }

    fn content_url(&self, state: State) -> Option<String> {
        let url = || format!("services/data/v{}/jobs/ingest/{}/batches", self.version, self.id);
        (state == State::Open).then(url)
    }

    fn brief(&self, entry: Entry<State>, view: &View) -> Description {
        let mut description = self.head(entry, view);
        description.maybe("contentUrl", self.content_url(entry.state));
        self.add_format(&mut description);
        description
    }

    /// The answer to the creation.
    pub fn created(&self, now: i64) -> Description {
        self.brief(self.history.last(), &View::exact(now))
    }

    /// An item of a list: no counters.
    pub fn listed(&self, view: &View) -> Option<Description> {
        let mut description = self.brief(self.history.at(view.as_of())?, view);
        description.push("jobType", "V2Ingest");
        Some(description)
    }

    /// The whole description, unless it is seen as of before it was created.
    pub fn info(&self, view: &View) -> Option<Description> {
        let entry = self.history.at(view.as_of())?;
        let mut description = self.head(entry, view);
        description.push("jobType", "V2Ingest").maybe("contentUrl", self.content_url(entry.state));
        self.add_format(&mut description);
        self.add_counters(&mut description, view.as_of());
        let error = self.error.as_deref().filter(|_| entry == self.history.last());
        description.maybe("errorMessage", error);
        Some(description)
    }

    fn add_counters(&self, description: &mut Description, time: i64) {
        let Some(work) = self.work.as_ref().filter(|work| work.started <= time) else { return };
        let took = work.took(time);
        description
            .push("numberRecordsProcessed", work.processed(time))
            .push("numberRecordsFailed", work.failed(time))
            .push("retries", 0)
            .push("totalProcessingTime", took)
            .push("apiActiveProcessingTime", took * 9 / 10)
            .push("apexProcessingTime", took * 6 / 10);
    }

    /// It as tests in this process see it.
    pub fn summary(&self) -> JobSummary<'_> {
        JobSummary {
            api: Api::V2,
            id: self.id,
            operation: JobOperation::Load(self.load.operation).name(),
            object: &self.load.object,
            state: self.state().name(),
            created: self.history.created(),
            modified: self.history.modified(),
            work: self.work.as_ref().map(|work| work.summary(i64::MAX)).unwrap_or_default(),
            batches: Vec::new(),
        }
    }
}
