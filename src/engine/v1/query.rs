//! A query in a job of its own, from its SOQL to the batch that runs.

use super::add::fence;
use super::batch::add_once;
use super::job::create_job;
use crate::engine::host::{Host, Phase, Progress};
use crate::engine::session::Session;
use crate::error::{Certainty, Result};
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v1::JobSpec;

/// A query that runs.
#[derive(Debug)]
pub struct StartedQuery {
    /// Its job.
    pub job: Info,
    /// Its batch.
    pub batch: Info,
}

/// Makes a job and adds the query to it. Where the answer to that is lost, the job is closed: what is in it then is the
/// query, or it never will be, and another job is made.
///
/// # Errors
/// Those of each step. A query stores nothing: the same call may be made again.
pub async fn start_query<H: Host>(
    session: &Session<H>,
    spec: &JobSpec,
    soql: &str,
) -> Result<StartedQuery> {
    let mut budget = session.retry_budget();
    loop {
        let job = create_job(session, spec).await?;
        // At once: who stops now must know which job to abort.
        session.host.report(&Progress::of(Phase::Processing, job.id()));
        let body = || Body::Text(soql.to_owned());
        let failure = match add_once(session, job.id(), spec.content_type, body()).await {
            Ok(batch) => return Ok(claimed(session, job, batch)),
            Err(failure) => failure,
        };
        if failure.certainty != Certainty::Unknown {
            return Err(failure.error);
        }
        if let Some(batch) = fence(session, job.id(), &body()).await? {
            return Ok(StartedQuery { job, batch });
        }
        let next = budget.next(session.host.now(), session.host.random(), failure.retry_after);
        let Some(pause) = next else { return Err(failure.error) };
        session.pause(pause, Some(job.id()), &failure).await;
    }
}

fn claimed<H: Host>(session: &Session<H>, job: Info, batch: Info) -> StartedQuery {
    session.host.claim(batch.id());
    StartedQuery { job, batch }
}
