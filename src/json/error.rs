//! What can be wrong with a JSON array of records, and where.

use std::fmt;

/// JSON that cannot be split, and the offset of the fault from the start of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong.
    pub kind: JsonErrorKind,
    /// Where, in bytes from the start of the data.
    pub byte: u64,
}

/// What is wrong with the JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The data is something other than an array.
    NotAnArray,
    /// A byte that cannot stand where it stands.
    Unexpected(u8),
    /// The data ends before the array does.
    Cut,
    /// A record is longer than the limit.
    RecordTooLong {
        /// The limit, in bytes.
        limit: usize,
    },
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            JsonErrorKind::NotAnArray => f.write_str("the data is not a JSON array")?,
            JsonErrorKind::Unexpected(byte) => {
                write!(f, "unexpected '{}' in the JSON array", byte.escape_ascii())?;
            }
            JsonErrorKind::Cut => {
                f.write_str("the JSON array ends too early: fetch the data again")?;
            }
            JsonErrorKind::RecordTooLong { limit } => {
                write!(f, "a record of the JSON array is longer than {limit} bytes")?;
            }
        }
        write!(f, " (byte {})", self.byte)
    }
}

impl std::error::Error for JsonError {}
