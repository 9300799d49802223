//! The engine against an org in the same process, on a clock that jumps: every call, and every trouble on its way.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails, its helpers too"
)]

mod engine {
    mod support;

    mod ambiguous;
    mod cancel;
    mod counted;
    mod cuts;
    mod flows;
    mod login;
    mod redirects;
    mod retries;
    mod secrets;
    mod sessions;
    mod silence;
    mod storm;
    mod v1_chunks;
    mod v1_jobs;
    mod v1_records;
    mod v1_waits;
    mod v2_ingest;
    mod v2_query;
}
