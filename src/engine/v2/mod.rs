//! Bulk API 2.0: jobs, and loading data as one.

mod job;
mod load;
mod pages;

pub use job::{
    create_ingest, create_ingest_with, create_query, delete, job, jobs, set_state, start, upload,
    wait,
};
pub use load::{Load, Summary, load};
pub use pages::{PageRef, Pages, locator, result_pages};
