//! Jobs.

use crate::engine::host::{Host, Phase, Progress, Work};
use crate::engine::pace::{Pace, Poll};
use crate::engine::reconcile::{ambiguous, send_once};
use crate::engine::session::Session;
use crate::error::{Code, Error, Result};
use crate::json::Value;
use crate::wire::info::Info;
use crate::wire::list::{self, JobPage};
use crate::wire::request::Body;
use crate::wire::v2::{self, Kind, read_job};

/// Makes an ingest job.
pub fn create_ingest<'a, H: Host>(session: &'a Session<H>, spec: &Value) -> Work<'a, Info> {
    session.ask(v2::create_ingest(spec), read_job)
}

/// Makes an ingest job with its data, and starts it. After an ambiguous failure it is not sent again: nobody could
/// tell whether the rows are there.
pub async fn create_ingest_with<H: Host>(
    session: &Session<H>,
    spec: &Value,
    csv: &str,
) -> Result<Info> {
    let boundary = boundary(csv, || session.host.random());
    let sent = session.read(v2::create_ingest_with(spec, csv, &boundary)).await;
    read_job(&sent.map_err(|mut error| {
        if ambiguous(&error) {
            error.retryable = false;
            error.message.push_str(
                " Whether the job was made is not known: list the jobs before sending again.",
            );
        }
        error
    })?)
}

/// A line that does not occur in the data.
fn boundary(csv: &str, random: impl Fn() -> f64) -> String {
    loop {
        let boundary = format!("part-{:016}", (random() * 1e16) as u64);
        if !csv.contains(&boundary) {
            return boundary;
        }
    }
}

/// Makes a query job. The server checks the SOQL at once.
pub fn create_query<'a, H: Host>(session: &'a Session<H>, spec: &Value) -> Work<'a, Info> {
    session.ask(v2::create_query(spec), read_job)
}

/// Reads a job.
pub fn job<'a, H: Host>(session: &'a Session<H>, kind: Kind, id: &str) -> Work<'a, Info> {
    session.ask(v2::job(kind, id), read_job)
}

/// Uploads a job's data: once. A second upload would spoil the job, so an ambiguous failure is the caller's to judge.
pub fn upload<'a, H: Host>(
    session: &'a Session<H>,
    id: &str,
    body: Body<H::Payload>,
) -> Work<'a, ()> {
    session.ask(v2::upload(id, body), |_| Ok(()))
}

/// Sets a job's state. Where the answer was lost, the job tells whether it is set.
pub async fn set_state<H: Host>(
    session: &Session<H>,
    kind: Kind,
    id: &str,
    state: &str,
) -> Result<Info> {
    send_once(session, v2::set_state(kind, id, state), &read_job, &|| {
        Box::pin(async move {
            let info = job(session, kind, id).await?;
            Ok(reached(info.state(), state).then_some(info))
        })
    })
    .await
}

/// Whether a job in `state` has been set to `wanted`: it may have gone on since.
fn reached(state: &str, wanted: &str) -> bool {
    match wanted {
        "UploadComplete" => {
            matches!(state, "UploadComplete" | "InProgress" | "JobComplete" | "Failed")
        }
        other => state == other,
    }
}

/// Deletes a job that has ended. Where the answer was lost, a job that is gone is deleted.
pub async fn delete<H: Host>(session: &Session<H>, kind: Kind, id: &str) -> Result<()> {
    send_once(session, v2::delete(kind, id), &|_| Ok(Info::default()), &|| {
        Box::pin(async move {
            match job(session, kind, id).await {
                Err(error) if error.status == Some(404) => Ok(Some(Info::default())),
                other => other.map(|_| None),
            }
        })
    })
    .await
    .map(drop)
}

/// Reads one page of the org's jobs.
pub async fn jobs<H: Host>(session: &Session<H>, spec: &Value) -> Result<JobPage> {
    list::job_page(&session.read(list::jobs(spec)?).await?)
}

/// Waits for a job's end.
///
/// # Errors
/// [`Code::JobFailed`] with Salesforce's message, [`Code::JobAborted`].
/// # Cancellation
/// Dropping the future stops the wait; the job is left as it is.
pub async fn wait<H: Host>(session: &Session<H>, kind: Kind, id: &str, poll: Poll) -> Result<Info> {
    let mut pace = Pace::new(poll);
    loop {
        let info = job(session, kind, id).await?;
        report(session, &info);
        match info.state() {
            "JobComplete" => return Ok(info),
            "Failed" => return Err(ended(&info, Code::JobFailed)),
            "Aborted" => return Err(ended(&info, Code::JobAborted)),
            "Open" => return Err(not_started(&info)),
            _ => session.host.sleep(pace.pause()).await,
        }
    }
}

fn report<H: Host>(session: &Session<H>, info: &Info) {
    session.host.report(&Progress {
        phase: Phase::Processing,
        job_id: info.id(),
        processed: info.count("numberRecordsProcessed"),
        failed: info.count("numberRecordsFailed"),
    });
}

fn ended(info: &Info, code: Code) -> Error {
    let reason = info.text("errorMessage").map(|text| format!(": {text}")).unwrap_or_default();
    let verb = if code == Code::JobAborted { "was aborted" } else { "failed" };
    let mut error = Error::new(code, format!("Job {} {verb}{reason}", info.id()));
    let first = info.text("errorMessage").and_then(|text| text.split(" : ").next());
    error.error_code = first.filter(|code| !code.contains(' ')).map(str::to_owned);
    error.state = Some(info.state().to_owned());
    error.state_message = info.text("errorMessage").map(str::to_owned);
    error.job(info.id())
}

/// Nothing happens to an open job: a wait would never end.
fn not_started(info: &Info) -> Error {
    let message = format!(
        "Job {} is still open: call uploadComplete() when its data is uploaded.",
        info.id()
    );
    let mut error = Error::new(Code::Request, message);
    error.state = Some(info.state().to_owned());
    error.job(info.id())
}
