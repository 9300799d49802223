//! The engine in a world of faults, on a clock that jumps, and a ledger that judges it.

pub mod clock;
#[path = "../../support/random.rs"]
pub mod random;
pub mod rows;
pub mod world;
