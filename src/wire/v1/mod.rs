//! Bulk API 1.0: jobs and batches (Bulk API Developer Guide, "Bulk API" reference).

mod batch;
mod job;
mod spec;

pub use batch::{
    add, batch, batches, check_job, mapping, read_batch, read_batches, read_result_ids, request,
    result, result_list,
};
pub use job::{JobState, create, job, read_job, set_state};
pub use spec::{ContentType, JobSpec};

/// The namespace of every document, always the default one.
pub const NAMESPACE: &str = "http://www.force.com/2009/06/asyncapi/dataload";

/// What is sent instead of CSV where a query has found nothing: no header, just this sentence.
pub const NOTHING_FOUND: &str = "Records not found for this query";
