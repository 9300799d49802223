//! Why a JSON document cannot be read, and where.

use std::fmt;

/// JSON that cannot be read, and the place of the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// The line, from 1.
    pub line: usize,
    /// The byte within the line, from 1.
    pub column: usize,
}

/// What is wrong with the JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The data ends before the document does.
    Cut,
    /// The document is no array, where one was expected.
    NotAnArray,
    /// A character that cannot stand where it stands.
    Unexpected,
    /// Objects and lists are nested deeper than the limit.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// There are more values than the limit.
    TooManyValues {
        /// The limit.
        limit: usize,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ParseErrorKind::Cut => f.write_str("the JSON ends too early"),
            ParseErrorKind::NotAnArray => f.write_str("the JSON is no array"),
            ParseErrorKind::Unexpected => f.write_str("unexpected character in the JSON"),
            ParseErrorKind::TooDeep { limit } => too_much(f, limit, "levels"),
            ParseErrorKind::TooManyValues { limit } => too_much(f, limit, "values"),
        }?;
        write!(f, " (line {}, column {})", self.line, self.column)
    }
}

fn too_much(f: &mut fmt::Formatter<'_>, limit: usize, what: &str) -> fmt::Result {
    write!(f, "the JSON has more than {limit} {what}")
}

impl std::error::Error for ParseError {}
