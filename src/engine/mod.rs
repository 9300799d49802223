//! What to do next: sessions, retries, polling, downloads, loads. Plain async Rust over one small trait, [`Host`]:
//! in the package that is `fetch` and timers, in native tests an org in the same process on a clock that jumps.

pub mod download;
pub mod host;
pub mod login;
pub mod outcomes;
pub mod pace;
pub mod polls;
pub mod reconcile;
pub mod records;
pub mod resume;
pub mod retry;
pub mod session;
pub mod source;
pub mod v1;
pub mod v2;

mod join;

pub use host::Host;
pub use session::{Session, Settings};
