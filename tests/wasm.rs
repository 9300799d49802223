//! What must hold inside wasm itself, in Node and in browsers alike.
//!
//! `npm test -- wasm` runs these in Node, `npm test -- browsers` in Chromium and Firefox. No test
//! chooses where it runs: the runner's environment does.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "wasm/boundary.rs"]
pub mod boundary;
#[path = "wasm/csv.rs"]
pub mod csv;
