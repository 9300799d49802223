//! What to do next: sessions, retries, polling, downloads, loads. Plain async Rust over the small traits of [`host`]: in
//! the package they are `fetch` and timers, in native tests an org in the same process on a clock that jumps.

pub mod deadline;
pub mod download;
pub mod failure;
pub mod host;
pub mod login;
pub mod pace;
pub mod retry;
pub mod session;
pub mod single_flight;
pub mod v1;
pub mod v2;

mod exchange;
mod idempotent;
mod watch;

pub use host::Host;
pub use session::{Client, Session, Settings};
