//! Jobs.

use crate::engine::host::Host;
use crate::engine::reconcile::send_once;
use crate::engine::session::Session;
use crate::error::Result;
use crate::wire::info::Info;
use crate::wire::v1::{self, JobSpec, JobState, read_job};

/// Makes a job.
pub async fn create_job<H: Host>(session: &Session<H>, spec: &JobSpec) -> Result<Info> {
    read_job(&session.read(v1::create(spec)).await?)
}

/// Reads a job.
pub async fn job<H: Host>(session: &Session<H>, id: &str) -> Result<Info> {
    read_job(&session.read(v1::job(id)).await?)
}

/// Closes or aborts a job. Where the answer was lost, the job tells whether it is done.
pub async fn set_state<H: Host>(session: &Session<H>, id: &str, state: JobState) -> Result<Info> {
    let request = v1::set_state(id, state);
    send_once(session, request, &read_job, &|| {
        Box::pin(async move {
            let info = job(session, id).await?;
            Ok((info.state() == state.name()).then_some(info))
        })
    })
    .await
}
