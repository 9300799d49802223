//! What the fuzz targets do with their input. All comparing is the tests' own code: see `tests/codec`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "to stop is how a target tells that something is wrong"
)]

/// The helpers of the tests; without the tests themselves, not all of them are used.
#[allow(dead_code, missing_docs, unused_imports, reason = "only what the targets need is used")]
#[path = "../../tests/codec"]
pub mod codec {
    pub mod agree;
    pub mod chunks;
    pub mod csv_decode;
    pub mod csv_errors;
    pub mod csv_parts;
    pub mod cuts;
    pub mod documents;
    pub mod json_parse;
    pub mod json_split;
    pub mod nesting;
    pub mod plain;
    #[path = "../support/random.rs"]
    pub mod random;
    pub mod record_ends;
    pub mod twin;
    pub mod write_rows;
}

mod count;
mod input;
mod targets;

pub use targets::{decode, document, json, parts, records, write};
