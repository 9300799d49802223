//! SOQL: parsing, checking against the schema, and running.

mod error;
mod query;
mod rowset;

pub use error::SoqlError;
pub use query::{Column, Dialect, Query};
pub use rowset::RowSet;
