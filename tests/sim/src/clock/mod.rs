//! Virtual time: an executor of one thread, and timers to which the clock jumps when nothing else can go on.

mod executor;
mod timers;

pub use executor::{Limits, Stall, Work, drop_after, join, run, step, try_run};
pub use timers::Timers;
