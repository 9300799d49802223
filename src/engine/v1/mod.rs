//! Bulk API 1.0: jobs, batches, and waiting for them.

mod batch;
mod chunks;
mod job;
mod wait;

pub use batch::{add_batch, all_result_ids, batch, batches, post_mapping, result_ids};
pub use chunks::{Chunks, Standing, chunks, standing};
pub use job::{create_job, job, set_state};
pub use wait::{Done, is_done, wait_batch, wait_job};
