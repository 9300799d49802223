//! Loading rows: insert, update, upsert, delete and hardDelete.

mod api;
mod types;

pub use types::{Input, Load, Operation, Outcome, Record, RowError};
