//! Jobs.

use crate::engine::host::{Host, Work};
use crate::engine::reconcile::send_once;
use crate::engine::session::Session;
use crate::error::Result;
use crate::wire::info::Info;
use crate::wire::v1::{self, JobSpec, JobState, read_job};

/// Makes a job.
pub fn create_job<'a, H: Host>(session: &'a Session<H>, spec: &JobSpec) -> Work<'a, Info> {
    session.ask(v1::create(spec), read_job)
}

/// Reads a job.
pub fn job<'a, H: Host>(session: &'a Session<H>, id: &str) -> Work<'a, Info> {
    session.ask(v1::job(id), read_job)
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
