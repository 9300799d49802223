//! Jobs.

use crate::engine::exchange::Wanted;
use crate::engine::host::{Attempt, Host};
use crate::engine::idempotent::{self, StateChange};
use crate::engine::session::Session;
use crate::wire::info::Info;
use crate::wire::v1::{self, JobSpec, JobState, read_job};

/// Makes a job.
pub fn create_job<'a, H: Host>(session: &'a Session<H>, spec: &JobSpec) -> Attempt<'a, Info> {
    session.ask(v1::create(spec), read_job)
}

/// Reads a job.
pub fn job<'a, H: Host>(session: &'a Session<H>, id: &'a str) -> Attempt<'a, Info> {
    session.ask_info(v1::job(id), read_job, Wanted::of(id))
}

/// Closes or aborts a job; one that is so already stays so. Where the answer was lost, the job tells.
pub fn set_state<'a, H: Host>(
    session: &'a Session<H>,
    id: &'a str,
    state: JobState,
) -> Attempt<'a, Info> {
    let reached: fn(&str) -> bool = match state {
        JobState::Closed => |state| state == "Closed",
        JobState::Aborted => |state| state == "Aborted",
    };
    let change = StateChange {
        id,
        set: v1::set_state(id, state),
        look: v1::job(id),
        read: read_job,
        state: (state.name(), reached),
    };
    idempotent::set_state(session, change)
}
