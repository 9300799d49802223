//! What can be wrong with CSV, and where.

use std::fmt;

/// CSV that cannot be read, and the place of the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvError {
    /// What is wrong.
    pub kind: CsvErrorKind,
    /// The record's number, counted from 1. A header row is record 1.
    pub row: u64,
    /// The cell's number in its record, counted from 1; 0 where no one cell is at fault.
    pub column: u32,
    /// The offset from the start of the data, a byte order mark included.
    pub byte: u64,
}

/// What is wrong with the CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CsvErrorKind {
    /// The data ends inside a quoted cell: it was cut, or a quote was not doubled.
    Unterminated,
    /// A record has more or fewer cells than the header.
    Ragged {
        /// How many cells the header has.
        expected: u32,
        /// How many this record has.
        found: u32,
    },
    /// A record is longer than the limit: a quote left open swallows all that follows.
    RecordTooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A record that no part can hold.
    PartTooSmall,
    /// Bytes that are not UTF-8, where that matters.
    InvalidUtf8,
    /// A UTF-16 or UTF-32 byte order mark.
    NotUtf8,
}

/// The failure of a reader, which stays.
#[derive(Debug, Default)]
pub(super) struct Latch(Option<CsvError>);

impl Latch {
    /// Fails where something has failed before.
    pub fn check(&self) -> Result<(), CsvError> {
        self.0.map_or(Ok(()), Err)
    }

    /// Keeps a failure, and gives the result on.
    pub fn keep(&mut self, result: Result<(), CsvError>) -> Result<(), CsvError> {
        self.0 = result.err();
        result
    }
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        write!(f, " (row {}", self.row)?;
        if self.column > 0 {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ", byte {})", self.byte)
    }
}

impl fmt::Display for CsvErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unterminated => f.write_str(
                "the data ends inside a quoted cell: close the quote, double a quote that belongs to \
                 the value, or fetch the data again if it was cut",
            ),
            Self::Ragged { expected, found } => write!(
                f,
                "the record has {found} cells where the header has {expected}: quote a value that \
                 holds the delimiter, or check which delimiter the data uses"
            ),
            Self::RecordTooLong { limit } => write!(
                f,
                "the record is longer than {limit} bytes: look for a quote that is never closed, or \
                 raise the limit"
            ),
            Self::PartTooSmall => f.write_str(
                "the record and the header are together larger than a part may be: raise the limit, or \
                 look for a quote that is never closed",
            ),
            Self::InvalidUtf8 => f.write_str("the data is not UTF-8: save it as UTF-8 and try again"),
            Self::NotUtf8 => {
                f.write_str("the data is UTF-16 or UTF-32: save it as UTF-8 and try again")
            }
        }
    }
}

impl std::error::Error for CsvError {}
