//! Jobs.

use crate::engine::host::Host;
use crate::engine::reconcile::send_once;
use crate::engine::session::Session;
use crate::error::Result;
use crate::wire::v1::{self, JobInfo, JobSpec, JobState};

/// Makes a job.
pub async fn create_job<H: Host>(session: &Session<H>, spec: &JobSpec) -> Result<JobInfo> {
    JobInfo::parse(&session.read(&v1::create(spec)?).await?)
}

/// Reads a job.
pub async fn job<H: Host>(session: &Session<H>, id: &str) -> Result<JobInfo> {
    let body = session.read(&v1::job(id)).await.map_err(|error| error.job(id))?;
    JobInfo::parse(&body)
}

/// Closes or aborts a job. Where the answer was lost, the job tells whether it is done.
pub async fn set_state<H: Host>(
    session: &Session<H>,
    id: &str,
    state: JobState,
) -> Result<JobInfo> {
    let look = async || {
        let info = job(session, id).await?;
        Ok((info.state == state.name()).then_some(info))
    };
    let sent = send_once(session, &v1::set_state(id, state), JobInfo::parse, look).await;
    sent.map_err(|error| error.job(id))
}
