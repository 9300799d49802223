//! An org in the process, a client of it, and a clock that jumps.

pub mod body;
pub mod client;
pub mod clock;
#[path = "../../support/random.rs"]
pub mod random;
pub mod rows;
pub mod timers;
pub mod trouble;
pub mod world;
