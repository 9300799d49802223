//! What an org holds: its objects, their rows, the queries over them and the loading of rows.
//!
//! Nothing here knows of HTTP, jobs or batches. The clock is a number that the owner sets.

mod calendar;
mod database;
mod ids;
mod load;
mod schema;
mod seed;
mod soql;
mod table;
mod value;

pub use calendar::{date_text, datetime_text};
pub use database::Database;
pub use ids::RecordId;
pub use load::{Input, Load, Operation, Outcome, Record, RowError};
pub use schema::{Field, FieldType, Object, Rule, standard_objects};
pub use soql::{ChildQuery, Children, Column, Dialect, GroupColumn, Query, RowSet, SoqlError};
pub use value::Value;
