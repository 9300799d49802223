//! SOQL: parsing, checking against the schema, and running.

mod api;
mod ast;
mod bounds;
mod dialect;
mod error;
mod eval;
mod filter;
mod grammar;
mod lexeme;
mod period;
mod plan;
mod prepare;
mod query;
mod resolve;
mod rowset;
mod run;
mod semi_join;

pub use dialect::Dialect;
pub use error::SoqlError;
pub use query::{Column, Query};
pub use rowset::RowSet;
