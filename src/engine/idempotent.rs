//! Changes that do no harm when they are made twice.

use super::exchange::{StateCheck, Wanted};
use super::failure::{Failure, Reason};
use super::host::{Attempt, Host};
use super::session::Session;
use crate::error::{Certainty, Result};
use crate::wire::info::Info;
use crate::wire::request::Request;

/// A job's state that is to be set.
pub struct StateChange<'a, P> {
    /// The job.
    pub id: &'a str,
    /// What sets it; may take effect twice.
    pub set: Request<P>,
    /// What reads the job.
    pub look: Request<P>,
    /// Reads an info.
    pub read: fn(&[u8]) -> Result<Info>,
    /// The state, and whether another is reached by way of it.
    pub state: StateCheck,
}

/// Sets a state. An answer that does not say that it is set counts for nothing; where answers were lost, or a refusal may
/// come of a try that took effect, the job tells.
///
/// # Errors
/// What was said last.
pub fn set_state<'a, H: Host>(
    session: &'a Session<H>,
    change: StateChange<'a, H::Payload>,
) -> Attempt<'a, Info> {
    Box::pin(async move {
        let StateChange { id, set, look, read, state } = change;
        let wanted = Wanted { id, state: Some(state) };
        let failure = match session.ask_info(set, read, wanted).await {
            Err(failure) if leaves_open(&failure) => failure,
            settled => return settled,
        };
        let (_, reached) = state;
        let seen = session.ask_info(look, read, Wanted::of(id)).await.ok();
        seen.filter(|info| reached(info.state())).ok_or(failure)
    })
}

/// Whether a change may be made although it was not answered so.
pub fn leaves_open(failure: &Failure) -> bool {
    failure.certainty == Certainty::Unknown || failure.reason == Reason::WrongState
}
