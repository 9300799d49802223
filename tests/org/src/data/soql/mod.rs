//! SOQL: parsing, checking against the schema, and running.

mod aggregate;
mod api;
mod ast;
mod bounds;
mod children;
mod dialect;
mod error;
mod eval;
mod filter;
mod grammar;
mod grouping;
mod lexeme;
mod period;
mod plan;
mod prepare;
mod query;
mod resolve;
mod rowset;
mod run;
mod select;
mod semi_join;

pub use children::{ChildQuery, Children};
pub use dialect::Dialect;
pub use error::SoqlError;
pub use grouping::GroupColumn;
pub use query::{Column, Query};
pub use rowset::RowSet;
