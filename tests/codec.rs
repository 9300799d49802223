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
    mod chunks;
    mod csv_decode;
    mod csv_encode;
    mod csv_errors;
    mod csv_intake;
    mod csv_names;
    mod csv_random;
    mod documents;
    mod json_split;
    #[path = "../support/random.rs"]
    mod random;
    mod twin;
    mod xml_encode;
    mod xml_records;
    mod xml_tree;
}
