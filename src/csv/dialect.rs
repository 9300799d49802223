//! How CSV is written.

use super::{Delimiter, LineEnding};

/// What is known of how some CSV is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// What ends a record.
    pub line_ending: LineEnding,
    /// The names in the first record.
    pub header: Vec<String>,
}
