//! The engine in a world of faults, on a clock that jumps, and a ledger that judges it.

pub mod checks;
pub mod clock;
pub mod faults;
pub mod flows;
pub mod ledger;
#[cfg(feature = "planted-bugs")]
pub mod plants;
pub mod pool;
#[path = "../../support/random.rs"]
pub mod random;
pub mod report;
pub mod rows;
pub mod scenario;
pub mod shrink;
pub mod small;
pub mod totals;
pub mod world;

mod simulate;

pub use simulate::{BOUND, Ending, Verdict, simulate};
