//! Loading data that fits one job, from end to end.

use super::job::{create_ingest, set_state, wait};
use crate::engine::failure::{Failure, Reason};
use crate::engine::host::{Host, Phase, Progress};
use crate::engine::pace::Poll;
use crate::engine::retry::RetryBudget;
use crate::engine::session::Session;
use crate::engine::watch::Watch;
use crate::error::{Certainty, Count, Error, Kind, Result, RowEffect};
use crate::json::Value;
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v2::{self, IngestSpec, JobKind, JobState};

/// What is to be loaded.
pub struct Load<P> {
    /// The job to be made.
    pub spec: IngestSpec,
    /// Its data.
    pub data: P,
    /// How many rows the data has.
    pub records: u64,
    /// How often the job is asked for its state.
    pub poll: Poll,
}

/// What became of a load.
#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows that Salesforce came to.
    pub processed: u64,
    /// Of these, not stored.
    pub failed: u64,
    /// Rows that Salesforce did not come to.
    pub unprocessed: u64,
    /// The job it took.
    pub job: String,
    /// The job's state.
    pub state: String,
}

impl From<Summary> for Value {
    fn from(summary: Summary) -> Value {
        let job = Value::object([("id", summary.job.into()), ("state", summary.state.into())]);
        Value::object([
            ("processed", summary.processed.into()),
            ("succeeded", summary.processed.saturating_sub(summary.failed).into()),
            ("failed", summary.failed.into()),
            ("unprocessed", summary.unprocessed.into()),
            ("jobs", Value::List(vec![job])),
        ])
    }
}

/// Makes a job, uploads the data, starts the job and waits for its end.
///
/// # Errors
/// Those of each step, with the job's id. Until the job is started nothing of it is processed, and the same load may be
/// made again; from then on a failure says that rows may be stored.
/// # Cancellation
/// Dropping the future leaves the job as it is; one that was not started does nothing.
pub async fn load<H: Host>(session: &Session<H>, load: Load<H::Payload>) -> Result<Summary> {
    let job = started(session, &load).await?;
    let ended = ended(session, &job, &load).await;
    ended.map_err(|error| session.has_stored(error.job(&job), LOADED))
}

const LOADED: &str = "The job has the rows: wait for it, and read its results.";

/// A job with its data, started. Whether a lost upload arrived cannot be asked, and a second one would spoil the job: so
/// a job in doubt is abandoned, which is safe because nothing of an open job is processed, and another is made.
async fn started<H: Host>(session: &Session<H>, load: &Load<H::Payload>) -> Result<String> {
    let mut budget = session.retry_budget();
    loop {
        let job = create_ingest(session, &load.spec).await?.id().to_owned();
        session.host.report(&Progress::of(Phase::Uploading, &job));
        let failure = match filled(session, &job, load).await? {
            None => return Ok(job),
            Some(failure) => failure,
        };
        abandon(session, &job).await;
        again(session, &mut budget, failure, &job).await?;
    }
}

/// Uploads the data and starts the job. A failure that is given, not thrown, has stored nothing: another job may be
/// tried.
async fn filled<H: Host>(
    session: &Session<H>,
    job: &str,
    load: &Load<H::Payload>,
) -> Result<Option<Failure>> {
    let upload = v2::upload(job, Body::Payload(load.data.clone()));
    if let Err(failure) = session.ask(upload, v2::read_nothing).await {
        return Ok(Some(failure));
    }
    session.set_row_effect(RowEffect::Unknown);
    match set_state(session, JobKind::Ingest, job, JobState::UploadComplete).await {
        Ok(_) => Ok(None),
        Err(failure) if failure.certainty == Certainty::Unknown => {
            Err(session.may_have_stored(failure, STARTED))
        }
        Err(failure) => {
            session.set_row_effect(RowEffect::None);
            Ok(Some(failure))
        }
    }
}

const STARTED: &str =
    "Whether the job has started is not known: ask for its state before loading again.";

/// For tidiness only, so a failure is of no interest: an open job ends by itself.
async fn abandon<H: Host>(session: &Session<H>, job: &str) {
    set_state(session, JobKind::Ingest, job, JobState::Aborted).await.ok();
}

/// Waits for the next try with another job.
///
/// # Errors
/// The failure, where another job would fare no better, or the budget is used up.
async fn again<H: Host>(
    session: &Session<H>,
    budget: &mut RetryBudget,
    failure: Failure,
    job: &str,
) -> Result<()> {
    let other = failure.error.transient || failure.reason == Reason::DoubledUpload;
    let next = || budget.next(session.host.now(), session.host.random(), failure.retry_after);
    let Some(pause) = other.then(next).flatten() else { return Err(failure.error) };
    session.pause(pause, Some(job), &failure).await;
    Ok(())
}

/// Waits for the job's end, and counts.
async fn ended<H: Host>(
    session: &Session<H>,
    id: &str,
    load: &Load<H::Payload>,
) -> Result<Summary> {
    let mut info = wait(session, JobKind::Ingest, id, load.poll).await?;
    let mut watch = Watch::new(session, id, load.poll);
    // The count may lag behind the state, and the state may have been told too early.
    while processed(&info) < load.records && watch.doubt(wrong_count(&info, load)).await.is_ok() {
        info = wait(session, JobKind::Ingest, id, load.poll).await?;
    }
    match processed(&info) > load.records {
        true => Err(wrong_count(&info, load)),
        false => Ok(summary(&info, load.records)),
    }
}

fn processed(info: &Info) -> u64 {
    info.count("numberRecordsProcessed").unwrap_or(0)
}

/// The failure of a job that has come to other rows than those that were sent.
fn wrong_count<P>(info: &Info, load: &Load<P>) -> Error {
    let (processed, records) = (processed(info), load.records);
    let message = format!("The job processed {processed} rows, but {records} were sent.");
    let count = Count { expected: Some(records), received: Some(processed) };
    Error::new(Kind::Incomplete(count), message).job(info.id())
}

fn summary(info: &Info, records: u64) -> Summary {
    let processed = processed(info);
    Summary {
        processed,
        failed: info.count("numberRecordsFailed").unwrap_or(0),
        unprocessed: records.saturating_sub(processed),
        job: info.id().to_owned(),
        state: info.state().to_owned(),
    }
}
