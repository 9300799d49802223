//! Where the bodies of a download come from: which request is next.

use std::collections::VecDeque;

use super::host::{Host, Phase, Progress, Reply};
use super::outcomes::Role;
use super::pace::Poll;
use super::session::Session;
use super::v1;
use super::v2::{self, Pages};
use crate::csv::Delimiter;
use crate::error::{Code, Result};
use crate::json::Value;
use crate::wire::request::Request;
use crate::wire::v1 as wire1;
use crate::wire::v2::{self as wire2, Kind};

/// A request and what its body tells.
pub struct Planned<P> {
    /// The request.
    pub request: Request<P>,
    /// What its body tells.
    pub role: Role,
    /// The delimiter, if the body is CSV.
    pub delimiter: Delimiter,
}

/// The requests of a download, one after another. Nothing is sent before the first is asked for.
pub enum Source<P> {
    /// One result, of Bulk API 1.0.
    One(Option<Request<P>>),
    /// All results of a batch, of Bulk API 1.0.
    Batch(BatchResults),
    /// The outcomes of a batch, of Bulk API 1.0.
    Outcomes(BatchRef, Poll),
    /// A query, of Bulk API 2.0.
    Query(QueryResults),
    /// Results of an ingest job, of Bulk API 2.0, by their names.
    Ingest(IngestResults),
    /// All requests have been made; how many rows there must be, where that is known.
    Ended(Option<u64>),
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
    parts: Option<VecDeque<String>>,
    results: VecDeque<(String, String)>,
    expected: Option<u64>,
}

impl BatchResults {
    /// Those of this batch, once it is done.
    pub fn new(at: BatchRef, poll: Poll) -> Self {
        BatchResults { at, poll, parts: None, results: VecDeque::new(), expected: None }
    }

    async fn next<H: Host>(&mut self, session: &Session<H>) -> Result<Option<Request<H::Payload>>> {
        let job = &self.at.job;
        if self.parts.is_none() {
            let done = v1::wait_batch(session, job, &self.at.batch, self.poll).await?;
            self.expected = Some(done.records()).filter(|records| *records > 0);
            self.parts = Some(done.parts.into_iter().map(|part| part.id().to_owned()).collect());
        }
        while self.results.is_empty() {
            let Some(part) = self.parts.as_mut().and_then(VecDeque::pop_front) else {
                return Ok(None);
            };
            let ids = v1::result_ids(session, job, &part).await?;
            self.results.extend(ids.into_iter().map(|id| (part.clone(), id)));
        }
        Ok(self.results.pop_front().map(|(part, id)| wire1::result(job, &part, &id)))
    }
}

/// A query job and its pages.
pub struct QueryResults {
    spec: Option<Value>,
    job: Option<String>,
    poll: Poll,
    max_records: Option<u32>,
    pages: Option<Pages>,
    delimiter: Delimiter,
    expected: Option<u64>,
}

impl QueryResults {
    /// Those of a job that is yet to be made.
    pub fn of_query(spec: Value, poll: Poll, max_records: Option<u32>) -> Self {
        let start = QueryResults::of_job(String::new(), poll);
        QueryResults { spec: Some(spec), job: None, max_records, ..start }
    }

    /// Those of a job that is there.
    pub fn of_job(job: String, poll: Poll) -> Self {
        let delimiter = Delimiter::default();
        QueryResults {
            spec: None,
            job: Some(job),
            poll,
            max_records: None,
            pages: None,
            delimiter,
            expected: None,
        }
    }

    async fn next<H: Host>(&mut self, session: &Session<H>) -> Result<Option<Request<H::Payload>>> {
        if self.pages.is_none() {
            self.start(session).await?;
        }
        match &mut self.pages {
            Some(pages) => pages.next(session).await,
            None => Ok(None),
        }
    }

    async fn start<H: Host>(&mut self, session: &Session<H>) -> Result<()> {
        if let Some(spec) = self.spec.take() {
            let id = v2::create_query(session, &spec).await?.id().to_owned();
            // At once: who stops now must know which job to abort.
            report(session, Phase::Processing, &id, None);
            self.job = Some(id);
        }
        let id = self.job.clone().unwrap_or_default();
        let info = v2::wait(session, Kind::Query, &id, self.poll).await?;
        self.delimiter = wire2::delimiter(&info);
        self.expected = info.count(PROCESSED);
        self.pages = Some(Pages::new(&id, self.max_records));
        report(session, Phase::Downloading, &id, self.expected);
        Ok(())
    }
}

fn report<H: Host>(session: &Session<H>, phase: Phase, job_id: &str, processed: Option<u64>) {
    session.host.report(&Progress { phase, job_id, processed, failed: None });
}

/// Results of an ingest job, or one page of a query's: the job says what the delimiter is.
pub struct IngestResults {
    kind: Kind,
    job: String,
    delimiter: Option<Delimiter>,
    left: VecDeque<(String, Role)>,
    page: Option<(Option<String>, Option<u32>)>,
}

impl IngestResults {
    /// One of the three results, as its rows.
    pub fn rows(job: String, which: String) -> Self {
        IngestResults {
            kind: Kind::Ingest,
            job,
            delimiter: None,
            left: [(which, Role::Echoed)].into(),
            page: None,
        }
    }

    /// All three, as outcomes.
    pub fn outcomes(job: String) -> Self {
        let all = [
            ("successfulResults", Role::Succeeded),
            ("failedResults", Role::Failed),
            ("unprocessedrecords", Role::Unprocessed),
        ];
        let left = all.into_iter().map(|(which, role)| (which.to_owned(), role)).collect();
        IngestResults { kind: Kind::Ingest, job, delimiter: None, left, page: None }
    }

    /// One page of a query's results.
    pub fn page(
        job: String,
        locator: Option<String>,
        size: Option<u32>,
        delimiter: Option<Delimiter>,
    ) -> Self {
        IngestResults {
            kind: Kind::Query,
            job,
            delimiter,
            left: VecDeque::new(),
            page: Some((locator, size)),
        }
    }

    async fn next<H: Host>(&mut self, session: &Session<H>) -> Result<Option<Planned<H::Payload>>> {
        let delimiter = match self.delimiter {
            Some(known) => known,
            None => wire2::delimiter(&v2::job(session, self.kind, &self.job).await?),
        };
        self.delimiter = Some(delimiter);
        if let Some((locator, size)) = self.page.take() {
            let request = wire2::results(&self.job, locator.as_deref(), size);
            return Ok(Some(Planned { request, role: Role::Rows, delimiter }));
        }
        Ok(self.left.pop_front().map(|(which, role)| {
            let request = wire2::ingest_results(&self.job, &which);
            Planned { request, role, delimiter }
        }))
    }
}

impl<P> Source<P> {
    /// The next request; none when all has been read.
    pub async fn next<H: Host<Payload = P>>(
        &mut self,
        session: &Session<H>,
    ) -> Result<Option<Planned<P>>> {
        let (request, role, delimiter) = match self {
            Source::One(request) => (request.take(), Role::Rows, Delimiter::default()),
            Source::Batch(batch) => (batch.next(session).await?, Role::Rows, Delimiter::default()),
            Source::Outcomes(at, poll) => {
                let (request, expected) = outcomes(session, at, *poll).await?;
                *self = Source::Ended(expected);
                (Some(request), Role::Batch, Delimiter::default())
            }
            Source::Query(query) => {
                let request = query.next(session).await?;
                (request, Role::Rows, query.delimiter)
            }
            Source::Ingest(results) => return results.next(session).await,
            Source::Ended(_) => return Ok(None),
        };
        Ok(request.map(|request| Planned { request, role, delimiter }))
    }

    /// Learns from the head of an answer.
    pub fn answered<S>(&mut self, reply: &Reply<S>) -> Result<()> {
        match self {
            Source::Query(QueryResults { pages: Some(pages), .. }) => pages.answered(reply),
            _ => Ok(()),
        }
    }

    /// How many rows there must be in all, where that is known.
    pub fn expected(&self) -> Option<u64> {
        match self {
            Source::Batch(batch) => batch.expected,
            Source::Query(query) => query.expected,
            Source::Ended(expected) => *expected,
            _ => None,
        }
    }

    /// The job, once it is there.
    pub fn job(&self) -> Option<&str> {
        match self {
            Source::Batch(batch) => Some(&batch.at.job),
            Source::Outcomes(at, _) => Some(&at.job),
            Source::Query(query) => query.job.as_deref(),
            Source::Ingest(results) => Some(&results.job),
            Source::One(_) | Source::Ended(_) => None,
        }
    }
}

/// The request of a batch's outcomes, and how many there must be: one for each row. A batch that failed after some of
/// its rows still tells what became of them.
async fn outcomes<H: Host>(
    session: &Session<H>,
    at: &BatchRef,
    poll: Poll,
) -> Result<(Request<H::Payload>, Option<u64>)> {
    let request = wire1::result_list(&at.job, &at.batch);
    let error = match v1::wait_batch(session, &at.job, &at.batch, poll).await {
        Ok(done) => return Ok((request, done.info.count(PROCESSED))),
        Err(error) => error,
    };
    if error.code != Code::JobFailed {
        return Err(error);
    }
    let batch = v1::batch(session, &at.job, &at.batch).await?;
    let some = batch.count(PROCESSED).is_some_and(|processed| processed > 0);
    if some { Ok((request, None)) } else { Err(error) }
}

/// The member of a job or batch that counts its rows, failed ones too.
const PROCESSED: &str = "numberRecordsProcessed";
