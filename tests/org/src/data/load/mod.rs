//! Loading rows: insert, update, upsert, delete and hardDelete.

mod api;
mod assign;
mod columns;
mod convert;
mod error;
mod rows;
mod types;
mod write;

pub use types::{Input, Load, Operation, Outcome, Record, RowError};
