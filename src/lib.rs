//! Salesforce's asynchronous Bulk API (1.0 and 2.0), to be called from JavaScript.
//!
//! Bytes flow one way: in through [`csv`], [`json`] and [`xml`], through [`engine`], and out by `js`
//! to the caller; and the same back. A module never reaches up. Only `http` and `js` know the browser;
//! all the rest compiles and is tested natively.

pub mod csv;
pub mod engine;
pub mod error;
#[cfg(target_arch = "wasm32")]
pub mod http;
#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod json;
pub mod planted;
mod text;
pub mod wire;
pub mod xml;
