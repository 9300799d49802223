//! The codec, run natively: every table whole, byte by byte and split at every point, and against
//! twins written as plainly as possible.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails, its helpers too"
)]

mod codec {
    mod agree;
    mod chunks;
    mod csv_blocks;
    mod csv_core_compared;
    mod csv_decode;
    mod csv_encode;
    mod csv_errors;
    mod csv_intake;
    mod csv_names;
    mod csv_parts;
    mod csv_random;
    mod cuts;
    mod documents;
    mod json_parse;
    mod json_split;
    mod nesting;
    mod plain;
    #[path = "../support/random.rs"]
    mod random;
    mod record_ends;
    mod twin;
    mod write_rows;
    mod xml_encode;
    mod xml_records;
    mod xml_tree;
    mod xml_twin;
}
