//! What a query that cannot be run is told.

use std::fmt;

/// Why a query was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoqlError {
    /// Salesforce's code: `MALFORMED_QUERY`, `INVALID_FIELD`, `INVALID_TYPE`, …
    ///
    /// `FeatureNotEnabled` is a code of Bulk API 1.0 itself: a batch fails with it in place of
    /// `InvalidBatch`, and without the words `Failed to process query`.
    pub code: String,
    /// The message, which begins with a line break where it shows a place in the query.
    pub message: String,
}

impl fmt::Display for SoqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for SoqlError {}
