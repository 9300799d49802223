//! Questions for results before there are any.

use super::state::State;
use crate::config::{Config, EarlyResults};
use crate::error::ApiError;
use crate::http::Response;

/// What is answered to a question for the results of a job in this state.
pub fn answer(state: State, config: &Config) -> Result<Response, ApiError> {
    if config.early_results == EarlyResults::NoContent && !state.is_terminal() {
        return Ok(Response::new(204, ""));
    }
    let message = format!(
        "can only download query results of successfully completed bulk job with status: \
         JOB_COMPLETE. Current status: {}",
        state.constant()
    );
    Err(ApiError::new(412, "JOB_NOT_COMPLETE", message))
}
