//! Bulk API 1.0: jobs and batches, and waiting for them.

mod add;
mod batch;
mod chunks;
mod family;
mod job;
mod look;
mod polls;
mod query;
mod wait;
mod whole;

pub use add::add_batch;
pub use batch::{batch, batches, post_mapping, result_ids};
pub use chunks::{Chunks, Standing, standing};
pub use job::{create_job, job, set_state};
pub use look::{all_result_ids, is_done};
pub use polls::Polls;
pub use query::{StartedQuery, start_query};
pub use wait::{FinishedBatch, wait_batch, wait_job};
pub use whole::records;
