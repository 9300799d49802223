//! What a query that cannot be run is told.

use std::fmt;

/// How much of a line a message shows before and after the place it points to.
const SHOWN: usize = 60;

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

impl SoqlError {
    /// A message about the query as a whole.
    pub(super) fn new(code: &str, message: impl Into<String>) -> SoqlError {
        SoqlError { code: code.into(), message: message.into() }
    }

    /// A message about a place in the query, which it shows.
    pub(super) fn at(code: &str, soql: &str, at: usize, message: impl fmt::Display) -> SoqlError {
        let before = soql.get(..at).unwrap_or(soql);
        let row = before.matches('\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = soql.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let column = before.chars().count() - before[..line_start].chars().count();
        let hidden = column.saturating_sub(SHOWN);
        let shown: String = line.chars().skip(hidden).take(2 * SHOWN).collect();
        let caret = " ".repeat(column - hidden);
        let place = format!("ERROR at Row:{row}:Column:{}", column + 1);
        SoqlError::new(code, format!("\n{shown}\n{caret}^\n{place}\n{message}"))
    }

    /// A message about what stands where something else should.
    pub(super) fn syntax(soql: &str, at: usize) -> SoqlError {
        let (before, rest) = soql.split_at_checked(at).unwrap_or((soql, ""));
        let inner = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let word = rest.find(|c| !inner(c)).unwrap_or(rest.len());
        let token = match rest.chars().next() {
            None => "<EOF>",
            Some(first) => rest.get(..word.max(first.len_utf8())).unwrap_or(rest),
        };
        if before.ends_with('\\') {
            let message = format!("Illegal character sequence '\\{token:.1}' in string literal.");
            return SoqlError::new("MALFORMED_QUERY", format!("Invalid string literal. {message}"));
        }
        SoqlError::at("MALFORMED_QUERY", soql, at, format_args!("unexpected token: '{token}'"))
    }
}

impl fmt::Display for SoqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for SoqlError {}
