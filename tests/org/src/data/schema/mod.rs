//! The objects of an org and their fields.

mod build;
mod field;
mod object;
mod standard;
pub mod system;

pub use field::{Field, FieldType};
pub use object::{Object, Rule};
pub use standard::standard_objects;
