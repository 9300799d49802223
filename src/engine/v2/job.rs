//! Jobs.

use crate::engine::exchange::Wanted;
use crate::engine::failure::Reason;
use crate::engine::host::{Attempt, Host, Phase, Progress};
use crate::engine::idempotent::{self, StateChange, leaves_open};
use crate::engine::pace::Poll;
use crate::engine::session::Session;
use crate::engine::watch::Watch;
use crate::error::{Ending, Error, Kind, Result, RowEffect};
use crate::text::contains;
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v2::{
    self, IngestSpec, JobFilter, JobKind, JobPage, JobState, QuerySpec, read_job,
};

/// Makes an ingest job.
pub fn create_ingest<'a, H: Host>(session: &'a Session<H>, spec: &IngestSpec) -> Attempt<'a, Info> {
    session.ask(v2::create_ingest(spec), read_job)
}

/// Makes an ingest job with its data, and starts it. It is not sent again after a lost answer: nothing could tell
/// whether the rows are there.
///
/// # Errors
/// Those of the request, with what may have become of the rows.
pub async fn create_ingest_with<H: Host>(
    session: &Session<H>,
    spec: &IngestSpec,
    csv: &str,
) -> Result<Info> {
    let boundary = boundary(csv, || session.host.random());
    let request = v2::create_ingest_with(spec, csv, &boundary);
    session.set_row_effect(RowEffect::Unknown);
    let made = session.ask(request, read_job).await;
    made.map_err(|failure| session.may_have_stored(failure, MADE))
}

const MADE: &str = "Whether the job was made with its rows is not known: list the org's ingest jobs before these rows \
                    are sent again.";

/// A line that does not occur in the data.
fn boundary(csv: &str, random: impl Fn() -> f64) -> String {
    loop {
        let boundary = format!("part-{:016}", (random() * 1e16) as u64);
        if !contains(csv, &boundary) {
            return boundary;
        }
    }
}

/// Makes a query job. The server checks the SOQL at once.
pub fn create_query<'a, H: Host>(session: &'a Session<H>, spec: &QuerySpec) -> Attempt<'a, Info> {
    session.ask(v2::create_query(spec), read_job)
}

/// Reads a job.
pub fn job<'a, H: Host>(session: &'a Session<H>, kind: JobKind, id: &'a str) -> Attempt<'a, Info> {
    session.ask_info(v2::job(kind, id), read_job, Wanted::of(id))
}

/// Uploads a job's data: once. A second upload would spoil the job.
///
/// # Errors
/// Those of the request. Nothing of an open job is processed, so that no row is stored by this alone.
pub async fn upload<H: Host>(session: &Session<H>, id: &str, body: Body<H::Payload>) -> Result<()> {
    session.set_row_effect(RowEffect::Unknown);
    let sent = session.ask(v2::upload(id, body), v2::read_nothing).await;
    sent.map_err(|failure| session.may_have_stored(failure, UPLOADED))
}

const UPLOADED: &str = "Whether the data arrived is not known, and a second upload would spoil the job: abort it, and \
                        upload to a new one. Nothing of an open job is processed.";

/// Sets a job's state: starts or aborts it. Where the answer was lost, the job tells whether it is set.
pub fn set_state<'a, H: Host>(
    session: &'a Session<H>,
    kind: JobKind,
    id: &'a str,
    state: JobState,
) -> Attempt<'a, Info> {
    let reached: fn(&str) -> bool = match state {
        JobState::UploadComplete => |state| JobState::UploadComplete.reached_by(state),
        JobState::Aborted => |state| JobState::Aborted.reached_by(state),
    };
    let change = StateChange {
        id,
        set: v2::set_state(kind, id, state),
        look: v2::job(kind, id),
        read: read_job,
        state: (state.name(), reached),
    };
    idempotent::set_state(session, change)
}

/// Starts a job whose data is uploaded. May be done twice: a job starts once.
///
/// # Errors
/// Those of the request; whether the job has started may not be known.
pub async fn start<H: Host>(session: &Session<H>, id: &str) -> Result<Info> {
    session.set_row_effect(RowEffect::Repeatable);
    let set = set_state(session, JobKind::Ingest, id, JobState::UploadComplete).await;
    set.map_err(|failure| session.may_have_stored(failure, STARTED))
}

const STARTED: &str =
    "Whether the job has started is not known: start it again, or ask for its state.";

/// Deletes a job that has ended. Where the answer was lost, a job that is gone is deleted.
///
/// # Errors
/// Those of the request.
pub async fn delete<H: Host>(session: &Session<H>, kind: JobKind, id: &str) -> Result<()> {
    let failure = match session.ask(v2::delete(kind, id), v2::read_nothing).await {
        Err(failure) if leaves_open(&failure) => failure,
        settled => return Ok(settled?),
    };
    match job(session, kind, id).await {
        Err(look) if look.reason == Reason::Missing => Ok(()),
        _ => Err(failure.error),
    }
}

/// Reads one page of the org's jobs.
pub fn jobs<'a, H: Host>(session: &'a Session<H>, filter: &JobFilter) -> Attempt<'a, JobPage> {
    session.ask(v2::jobs(filter), v2::read_jobs)
}

/// Waits for a job's end.
///
/// # Errors
/// [`Kind::JobFailed`] with Salesforce's message, [`Kind::JobAborted`], [`Kind::NotDone`]. What may pass is waited
/// through.
/// # Cancellation
/// Dropping the future stops the wait; the job is left as it is.
pub async fn wait<H: Host>(
    session: &Session<H>,
    kind: JobKind,
    id: &str,
    poll: Poll,
) -> Result<Info> {
    let mut watch = Watch::new(session, id, poll);
    loop {
        let info = match job(session, kind, id).await {
            Ok(info) => info,
            Err(failure) => {
                watch.pass(failure).await?;
                continue;
            }
        };
        report(session, &info);
        match info.state() {
            "JobComplete" => return Ok(info),
            "Failed" => return Err(ended(&info, Kind::JobFailed)),
            "Aborted" => return Err(ended(&info, Kind::JobAborted)),
            "Open" => watch.doubt(not_started(&info)).await?,
            _ => drop(watch.pause().await),
        }
    }
}

fn report<H: Host>(session: &Session<H>, info: &Info) {
    session.host.report(&Progress {
        processed: info.count("numberRecordsProcessed"),
        failed: info.count("numberRecordsFailed"),
        ..Progress::of(Phase::Processing, info.id())
    });
}

fn ended(info: &Info, kind: fn(Ending) -> Kind) -> Error {
    let reason = info.text("errorMessage");
    let kind = kind(Ending::new(info.state(), reason));
    let verb = if matches!(kind, Kind::JobAborted(_)) { "was aborted" } else { "failed" };
    let reason = reason.map(|text| format!(": {text}")).unwrap_or_default();
    Error::new(kind, format!("Job {} {verb}{reason}", info.id())).job(info.id())
}

/// Nothing happens to an open job: a wait would never end.
fn not_started(info: &Info) -> Error {
    let message = format!(
        "Job {} is still open: call uploadComplete() when its data is uploaded.",
        info.id()
    );
    Error::new(Kind::NotDone(Ending::new(info.state(), None)), message).job(info.id())
}
