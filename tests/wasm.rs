//! What must hold inside wasm itself, in Node and in browsers alike.
//!
//! `npm test -- wasm` runs these in Node, `npm test -- browsers` in Chromium and Firefox. No test
//! chooses where it runs: the runner's environment does.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

/// Tests of the codec that run natively too: here, the same bytes go through vectors of 128 bits.
#[allow(dead_code, missing_docs, reason = "natively these are private, and all of them is used")]
#[path = "codec"]
pub mod codec {
    pub mod agree;
    pub mod chunks;
    pub mod csv_blocks;
    pub mod csv_decode;
    pub mod csv_errors;
    pub mod cuts;
    pub mod documents;
    pub mod json_split;
    pub mod nesting;
    pub mod plain;
    #[path = "../support/random.rs"]
    pub mod random;
    pub mod record_ends;
    pub mod twin;
    pub mod write_rows;
}

#[path = "wasm/boundary.rs"]
pub mod boundary;
#[path = "wasm/convert.rs"]
pub mod convert;
#[path = "wasm/csv.rs"]
pub mod csv;
