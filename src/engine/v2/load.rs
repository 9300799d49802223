//! Loading data that fits one job, from end to end.

use super::job::{create_ingest, set_state, upload, wait};
use crate::engine::host::{Host, Phase, Progress};
use crate::engine::pace::Poll;
use crate::engine::reconcile::ambiguous;
use crate::engine::retry::Retry;
use crate::engine::session::Session;
use crate::error::Result;
use crate::json::Value;
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v2::{self, Kind};

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

/// Makes a job, uploads the data, starts the job and waits for its end. `records` is how many rows the data has.
///
/// # Errors
/// Those of each step, with the job's id.
/// # Cancellation
/// Dropping the future leaves the job as it is; one that was not started does nothing.
pub async fn load<H: Host>(
    session: &Session<H>,
    spec: &Value,
    poll: Poll,
    data: H::Payload,
    records: u64,
) -> Result<Summary> {
    let job = uploaded(session, spec, data).await?;
    set_state(session, Kind::Ingest, job.id(), "UploadComplete").await?;
    let info = wait(session, Kind::Ingest, job.id(), poll).await?;
    Ok(summary(&info, records))
}

/// A job with its data, not yet started. Whether a lost upload arrived cannot be asked, and a second one would spoil
/// the job: so the job is abandoned, which is safe because nothing of an open job is processed, and another is made.
async fn uploaded<H: Host>(session: &Session<H>, spec: &Value, data: H::Payload) -> Result<Info> {
    let mut retry = Retry::new(session.settings.retry);
    loop {
        let job = create_ingest(session, spec).await?;
        report(session, job.id());
        let Err(error) = upload(session, job.id(), Body::Payload(data.clone())).await else {
            return Ok(job);
        };
        abandon(session, job.id()).await;
        session.again(&mut retry, ambiguous(&error), None, error).await?;
    }
}

/// For tidiness only, so a failure is of no interest: an open job ends by itself.
async fn abandon<H: Host>(session: &Session<H>, job: &str) {
    session.read(v2::set_state(Kind::Ingest, job, "Aborted")).await.ok();
}

fn report<H: Host>(session: &Session<H>, job_id: &str) {
    session.host.report(&Progress {
        phase: Phase::Uploading,
        job_id,
        processed: None,
        failed: None,
    });
}

fn summary(info: &Info, records: u64) -> Summary {
    let count = |name| info.count(name).unwrap_or(0);
    let processed = count("numberRecordsProcessed");
    Summary {
        processed,
        failed: count("numberRecordsFailed"),
        unprocessed: records.saturating_sub(processed),
        job: info.id().to_owned(),
        state: info.state().to_owned(),
    }
}
