//! The world of the simulation, a client in it, and troubles by name.

pub use salesforce_bulk_sim::{clock, random, rows, world};

pub mod client;
pub mod trouble;
