//! Which bodies a download has, one after another. Nothing is sent before the first is asked for.

use std::collections::VecDeque;

use super::plan::{PagePlan, PagePosition, Role};
use crate::csv::Delimiter;
use crate::engine::host::{Host, Phase, Progress, Reply};
use crate::engine::pace::Poll;
use crate::engine::session::Session;
use crate::engine::v1;
use crate::engine::v2::{self, PageRef, Pages};
use crate::error::{Code, Error, Result};
use crate::wire::info::Info;
use crate::wire::request::Request;
use crate::wire::v2::{IngestResult, JobKind, QuerySpec};
use crate::wire::{v1 as wire_v1, v2 as wire_v2};

/// The member of a job or batch that counts its rows, failed ones too.
const PROCESSED: &str = "numberRecordsProcessed";

/// The member that counts those of them that failed.
const FAILED: &str = "numberRecordsFailed";

/// The bodies of a download.
pub enum Source<P> {
    /// One result, of Bulk API 1.0, or what was sent as a batch.
    One(Option<PagePlan<P>>),
    /// All results of a query's batch, of Bulk API 1.0.
    Batch(BatchResults),
    /// The outcomes of a batch of records, of Bulk API 1.0.
    Outcomes(BatchRef, Poll),
    /// A query, of Bulk API 2.0.
    Query(QueryResults),
    /// One page of a query's results, of Bulk API 2.0.
    Page(Option<ResultPage>),
    /// Results of an ingest job, of Bulk API 2.0.
    Ingest(IngestResults),
    /// All have been asked for.
    Ended,
}

/// A batch by its ids.
#[derive(Clone, Debug)]
pub struct BatchRef {
    /// The job.
    pub job: String,
    /// The batch.
    pub batch: String,
}

/// The results of a query's batch; of a chunked one, of all its chunks.
pub struct BatchResults {
    at: BatchRef,
    poll: Poll,
    parts: Option<VecDeque<Info>>,
    results: VecDeque<PartResult>,
    expected: Option<u64>,
}

/// One result of a batch or chunk.
struct PartResult {
    part: String,
    id: String,
    /// How many rows it has, where its batch counts them and has no other.
    rows: Option<u64>,
}

impl BatchResults {
    /// Those of this batch, once it is done.
    pub fn new(at: BatchRef, poll: Poll) -> Self {
        BatchResults { at, poll, parts: None, results: VecDeque::new(), expected: None }
    }

    async fn next<H: Host>(
        &mut self,
        session: &Session<H>,
    ) -> Result<Option<PagePlan<H::Payload>>> {
        let job = &self.at.job;
        if self.parts.is_none() {
            let done = v1::wait_batch(session, job, &self.at.batch, self.poll).await?;
            self.expected = counted(done.records());
            self.parts = Some(done.parts.into());
        }
        while self.results.is_empty() {
            let Some(part) = self.parts.as_mut().and_then(VecDeque::pop_front) else {
                return Ok(None);
            };
            let ids = v1::result_ids(session, job, part.id()).await?;
            let rows = counted(v1::records(&part)).filter(|_| ids.len() == 1);
            let part = part.id();
            let result = |id| PartResult { part: part.to_owned(), id, rows };
            self.results.extend(ids.into_iter().map(result));
        }
        let next = self.results.pop_front();
        Ok(next.map(|PartResult { part, id, rows }| {
            let request = wire_v1::result(job, &part, &id).known_ready();
            PagePlan { expected: rows, ..PagePlan::new(request, Role::Query) }
        }))
    }

    async fn expected_again<H: Host>(&self, session: &Session<H>) -> Result<Option<u64>> {
        let BatchRef { job, batch } = &self.at;
        let done = v1::wait_batch(session, job, batch, self.poll).await?;
        Ok(counted(done.records()))
    }
}

/// A query's batch that counts no records says nothing of them: not every version counts.
fn counted(records: u64) -> Option<u64> {
    Some(records).filter(|records| *records > 0)
}

/// A query job and its pages.
pub struct QueryResults {
    spec: Option<QuerySpec>,
    job: Option<String>,
    poll: Poll,
    max_records: Option<u64>,
    pages: Option<Pages>,
    delimiter: Delimiter,
    expected: Option<u64>,
}

impl QueryResults {
    /// Those of a job that is yet to be made.
    pub fn of_query(spec: QuerySpec, poll: Poll, max_records: Option<u64>) -> Self {
        let start = QueryResults::of_job(String::new(), poll);
        QueryResults { spec: Some(spec), job: None, max_records, ..start }
    }

    /// Those of a job that is there.
    pub fn of_job(job: String, poll: Poll) -> Self {
        QueryResults {
            spec: None,
            job: Some(job),
            poll,
            max_records: None,
            pages: None,
            delimiter: Delimiter::default(),
            expected: None,
        }
    }

    async fn next<H: Host>(
        &mut self,
        session: &Session<H>,
    ) -> Result<Option<PagePlan<H::Payload>>> {
        if self.pages.is_none() {
            self.start(session).await?;
        }
        let (Some(pages), Some(job)) = (&mut self.pages, &self.job) else { return Ok(None) };
        let Some(page) = pages.next(session).await? else { return Ok(None) };
        let mut plan = PagePlan::new(page.request(job).known_ready(), Role::Query);
        plan.csv.delimiter = self.delimiter;
        plan.position = position(job, page);
        Ok(Some(plan))
    }

    async fn start<H: Host>(&mut self, session: &Session<H>) -> Result<()> {
        if let Some(spec) = self.spec.take() {
            let id = v2::create_query(session, &spec).await?.id().to_owned();
            // At once: who stops now must know which job to abort.
            session.host.report(&Progress::of(Phase::Processing, &id));
            self.job = Some(id);
        }
        let id = self.job.clone().unwrap_or_default();
        let info = v2::wait(session, JobKind::Query, &id, self.poll).await?;
        self.delimiter = wire_v2::delimiter(&info);
        self.expected = info.count(PROCESSED);
        self.pages = Some(Pages::new(&id, self.max_records));
        let progress = Progress::of(Phase::Downloading, &id);
        session.host.report(&Progress { processed: self.expected, ..progress });
        Ok(())
    }

    async fn expected_again<H: Host>(&self, session: &Session<H>) -> Result<Option<u64>> {
        let job = self.job.as_deref().unwrap_or_default();
        Ok(v2::job(session, JobKind::Query, job).await?.count(PROCESSED))
    }
}

/// Where a page stands that the client has sized itself.
fn position(job: &str, page: PageRef) -> Option<PagePosition> {
    page.max_records?;
    Some(PagePosition { job: job.to_owned(), page, first_row: 0 })
}

/// One page of a query's results. The job says what the delimiter is, where that is not known.
pub struct ResultPage {
    /// The job.
    pub job: String,
    /// The page.
    pub page: PageRef,
    /// The job's delimiter.
    pub delimiter: Option<Delimiter>,
}

impl ResultPage {
    async fn plan<H: Host>(self, session: &Session<H>) -> Result<PagePlan<H::Payload>> {
        let mut plan = PagePlan::new(self.page.request(&self.job), Role::Query);
        plan.csv.delimiter = match self.delimiter {
            Some(known) => known,
            None => wire_v2::delimiter(&v2::job(session, JobKind::Query, &self.job).await?),
        };
        plan.position = position(&self.job, self.page);
        Ok(plan)
    }
}

/// Results of an ingest job. The job says what the delimiter is, and how many rows there are.
pub struct IngestResults {
    job: String,
    /// How many rows the job was sent, where that is known.
    sent: Option<u64>,
    info: Option<Info>,
    left: VecDeque<Role>,
}

impl IngestResults {
    /// One of the three results, as its rows.
    pub fn rows(job: String, which: IngestResult) -> Self {
        IngestResults { job, sent: None, info: None, left: [Role::Rows(which)].into() }
    }

    /// All three, as outcomes.
    pub fn outcomes(job: String) -> Self {
        let left = IngestResult::ALL.into_iter().map(Role::LoadOutcomes).collect();
        IngestResults { job, sent: None, info: None, left }
    }

    /// The same, of a job that was sent so many rows: each of them has an outcome.
    pub fn of_rows(self, sent: u64) -> Self {
        IngestResults { sent: Some(sent), ..self }
    }

    async fn next<H: Host>(
        &mut self,
        session: &Session<H>,
    ) -> Result<Option<PagePlan<H::Payload>>> {
        let Some(role) = self.left.pop_front() else { return Ok(None) };
        let (Role::Rows(which) | Role::LoadOutcomes(which)) = role else { return Ok(None) };
        let info = match self.info.take() {
            Some(info) => info,
            None => done(v2::job(session, JobKind::Ingest, &self.job).await?)?,
        };
        let mut plan = PagePlan::new(wire_v2::ingest_result(&self.job, which), role);
        plan.csv.delimiter = wire_v2::delimiter(&info);
        plan.expected = expected_rows(&info, which);
        plan.request.known_ready = true;
        self.info = Some(info);
        Ok(Some(plan))
    }
}

/// A job that has ended; results of one that has not are not all there. One that is complete has counted its rows: until
/// it tells how many, it is not.
fn done(info: Info) -> Result<Info> {
    let counted = info.count(PROCESSED).is_some();
    match info.state() {
        "Failed" | "Aborted" => Ok(info),
        "JobComplete" if counted => Ok(info),
        "JobComplete" => Err(not_done(&info).transient()),
        _ => Err(not_done(&info)),
    }
}

fn not_done(info: &Info) -> Error {
    Error::not_done("Job", info.id(), info.state()).job(info.id())
}

/// How many rows a result of an ingest job has. How many were not processed, the job does not say.
fn expected_rows(info: &Info, which: IngestResult) -> Option<u64> {
    let (processed, failed) = (info.count(PROCESSED)?, info.count(FAILED)?);
    match which {
        IngestResult::Successful => Some(processed.saturating_sub(failed)),
        IngestResult::Failed => Some(failed),
        IngestResult::Unprocessed => None,
    }
}

impl<P> Source<P> {
    /// One result of a query's batch, of Bulk API 1.0.
    pub fn result(request: Request<P>) -> Self {
        Source::One(Some(PagePlan::new(request, Role::Query)))
    }

    /// What was sent as a batch, of Bulk API 1.0.
    pub fn sent(request: Request<P>) -> Self {
        Source::One(Some(PagePlan::new(request, Role::Sent)))
    }

    /// The next body; none when all have been asked for.
    ///
    /// # Errors
    /// Those of the requests that it takes to know.
    pub async fn next<H: Host<Payload = P>>(
        &mut self,
        session: &Session<H>,
    ) -> Result<Option<PagePlan<P>>> {
        match self {
            Source::One(plan) => Ok(plan.take()),
            Source::Batch(batch) => batch.next(session).await,
            Source::Outcomes(at, poll) => {
                let plan = batch_outcomes(session, at, *poll).await?;
                *self = Source::Ended;
                Ok(Some(plan))
            }
            Source::Query(query) => query.next(session).await,
            Source::Page(page) => match page.take() {
                Some(page) => page.plan(session).await.map(Some),
                None => Ok(None),
            },
            Source::Ingest(results) => results.next(session).await,
            Source::Ended => Ok(None),
        }
    }

    /// Learns from the head of an answer.
    ///
    /// # Errors
    /// Where it does not say where the next page is.
    pub fn opened<B>(&mut self, reply: &Reply<B>) -> Result<()> {
        match self {
            Source::Query(QueryResults { pages: Some(pages), .. }) => pages.opened(reply),
            _ => Ok(()),
        }
    }

    /// How many rows there must be in all, where that is known.
    pub fn expected(&self) -> Option<u64> {
        match self {
            Source::Batch(batch) => batch.expected,
            Source::Query(query) => query.expected,
            Source::Ingest(results) => results.sent,
            _ => None,
        }
    }

    /// How many rows there must be in all, asked for once more: a count may lag behind the state.
    ///
    /// # Errors
    /// Those of the look: what seemed to be complete may have failed.
    pub async fn expected_again<H: Host<Payload = P>>(
        &self,
        session: &Session<H>,
    ) -> Result<Option<u64>> {
        let again = match self {
            Source::Batch(batch) => batch.expected_again(session).await?,
            Source::Query(query) => query.expected_again(session).await?,
            _ => None,
        };
        Ok(again.or(self.expected()))
    }

    /// The job, once it is there.
    pub fn job(&self) -> Option<&str> {
        match self {
            Source::One(plan) => plan.as_ref()?.request.job.as_deref(),
            Source::Batch(batch) => Some(&batch.at.job),
            Source::Outcomes(at, _) => Some(&at.job),
            Source::Query(query) => query.job.as_deref(),
            Source::Page(page) => page.as_ref().map(|page| page.job.as_str()),
            Source::Ingest(results) => Some(&results.job),
            Source::Ended => None,
        }
    }
}

/// The outcomes of a batch: one for each row, in order. A batch that failed after some of its rows still tells what became
/// of them.
async fn batch_outcomes<H: Host>(
    session: &Session<H>,
    at: &BatchRef,
    poll: Poll,
) -> Result<PagePlan<H::Payload>> {
    let request = wire_v1::result_list(&at.job, &at.batch);
    let mut plan = PagePlan::new(request, Role::BatchOutcomes);
    match v1::wait_batch(session, &at.job, &at.batch, poll).await {
        Ok(done) => {
            plan.expected = done.info.count(PROCESSED);
            plan.request.known_ready = true;
        }
        Err(error) if error.code() == Code::JobFailed => {
            let batch = v1::batch(session, &at.job, &at.batch).await?;
            if batch.count(PROCESSED).unwrap_or(0) == 0 {
                return Err(error);
            }
        }
        Err(error) => return Err(error),
    }
    Ok(plan)
}
