//! Bulk API 2.0: ingest and query jobs (Bulk API Developer Guide, "Bulk API 2.0" reference).

mod job;
mod list;
mod result_pages;
mod results;
mod spec;

use crate::error::{Error, Result};
use crate::json::{Value, parse};

pub use job::{
    JobKind, JobState, create_ingest, create_ingest_with, create_query, delete, delimiter, job,
    read_job, read_nothing, set_state, upload,
};
pub use list::{JobFilter, JobPage, jobs, read_jobs};
pub use result_pages::{PageLocator, ResultPages, read_result_pages, result_pages};
pub use results::{IngestResult, ingest_result, results};
pub use spec::{IngestSpec, QuerySpec};

/// Reads a JSON document.
fn read(body: &[u8]) -> Result<Value> {
    parse(body).map_err(|error| {
        Error::response(format!("The server's answer is not the JSON that was expected ({error})."))
    })
}

/// Whether a list has no further part: it says so, or it names none. One that says it goes on and does not say where,
/// or that says nothing at all, is an error.
fn is_last(reply: &Value, next: Option<&str>) -> Result<bool> {
    match (reply.get("done"), next) {
        (Some(Value::Bool(true)), _) => Ok(true),
        (Some(Value::Bool(false)), Some(_)) => Ok(false),
        (None | Some(Value::Null), Some(_)) => Ok(false),
        _ => Err(Error::response("The server's list does not say whether or where it goes on.")),
    }
}
