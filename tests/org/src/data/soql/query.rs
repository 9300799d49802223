//! A query that was understood.

use crate::data::schema::FieldType;

/// Which of the Bulk APIs asks, and for which format: each refuses other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Bulk API 1.0, CSV.
    V1Csv,
    /// Bulk API 1.0, JSON.
    V1Json,
    /// Bulk API 1.0, XML.
    V1Xml,
    /// Bulk API 2.0, which knows CSV only.
    V2,
}

/// A query, parsed and checked against the schema.
#[derive(Clone, Debug)]
pub struct Query {
    /// The object after FROM, in its own spelling.
    pub object: String,
    /// What it selects, in the order of the SELECT.
    pub columns: Vec<Column>,
    /// The text it was made from.
    pub text: String,
    /// Whether PK chunking can split it.
    pub pk_chunkable: bool,
}

/// One selected field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The relationships to follow and then the field, in the schema's spelling: `Account`, `Name`.
    pub path: Vec<String>,
    /// The object that each relationship of the path leads to.
    pub objects: Vec<String>,
    /// The type of its values.
    pub kind: FieldType,
}
