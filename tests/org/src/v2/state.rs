//! The states of jobs of Bulk 2.0 and what they allow.

use crate::error::ApiError;

/// The state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for its upload.
    Open,
    /// It waits to be worked on.
    UploadComplete,
    /// It is being worked on.
    InProgress,
    /// It was worked on; rows may have failed.
    JobComplete,
    /// It could not be worked on.
    Failed,
    /// It was given up.
    Aborted,
}

impl State {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::UploadComplete => "UploadComplete",
            Self::InProgress => "InProgress",
            Self::JobComplete => "JobComplete",
            Self::Failed => "Failed",
            Self::Aborted => "Aborted",
        }
    }

    /// The name in messages.
    pub fn constant(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::UploadComplete => "UPLOAD_COMPLETE",
            Self::InProgress => "IN_PROGRESS",
            Self::JobComplete => "JOB_COMPLETE",
            Self::Failed => "FAILED",
            Self::Aborted => "ABORTED",
        }
    }

    /// Whether it will not change any more.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }
}

fn refused(verb: &str, was: &str) -> ApiError {
    ApiError::bad("INVALIDJOBSTATE", format!("{verb} already {was} Job not allowed"))
}

/// Whether a job may be closed.
pub fn check_close(state: State) -> Result<(), ApiError> {
    match state {
        State::Open => Ok(()),
        State::Aborted => Err(refused("Closing", "aborted")),
        _ => Err(refused("Closing", "closed")),
    }
}

/// Whether a job may be aborted.
pub fn check_abort(state: State) -> Result<(), ApiError> {
    match state {
        State::Open | State::UploadComplete | State::InProgress => Ok(()),
        State::JobComplete => Err(refused("Aborting", "Completed")),
        State::Failed => Err(refused("Aborting", "Failed")),
        State::Aborted => Err(refused("Aborting", "Aborted")),
    }
}

/// Whether a job may be deleted.
pub fn check_delete(state: State, also_uploaded: bool) -> Result<(), ApiError> {
    if state.is_terminal() || (also_uploaded && state == State::UploadComplete) {
        return Ok(());
    }
    let message = "Error encountered when deleting the job because the job is not terminated";
    Err(ApiError::bad("API_ERROR", message))
}
