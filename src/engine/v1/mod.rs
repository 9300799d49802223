//! Bulk API 1.0: jobs and batches, and waiting for them.

mod add;
mod batch;
mod chunks;
mod family;
mod job;
mod polls;
mod query;
mod wait;

pub use add::add_batch;
pub use batch::{all_result_ids, batch, batches, post_mapping, result_ids};
pub use chunks::{Chunks, Standing, standing};
pub use job::{create_job, job, set_state};
pub use polls::Polls;
pub use query::{StartedQuery, start_query};
pub use wait::{FinishedBatch, is_done, wait_batch, wait_job};
