//! The CSV dialect of a job of Bulk 2.0.

use super::fields::Fields;
use crate::error::ApiError;
use crate::wire::csv::LineEnding;

const DELIMITERS: [(&str, char); 6] = [
    ("BACKQUOTE", '`'),
    ("CARET", '^'),
    ("COMMA", ','),
    ("PIPE", '|'),
    ("SEMICOLON", ';'),
    ("TAB", '\t'),
];

/// Delimiter and line ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// What stands between cells.
    pub delimiter: char,
    /// What ends a line.
    pub ending: LineEnding,
}

impl Format {
    /// Reads what a job description says about it.
    pub fn of(fields: &Fields) -> Result<Self, ApiError> {
        let invalid = |what: &str| ApiError::bad("INVALIDJOB", format!("Invalid {what}"));
        match fields.text("contentType") {
            None | Some("CSV") => {}
            Some(_) => return Err(invalid("contentType")),
        }
        let name = fields.text("columnDelimiter").unwrap_or("COMMA");
        let found = DELIMITERS.iter().find(|(known, _)| *known == name);
        let (_, delimiter) = found.ok_or_else(|| invalid("columnDelimiter"))?;
        let ending = match fields.text("lineEnding") {
            None | Some("LF") => LineEnding::Lf,
            Some("CRLF") => LineEnding::CrLf,
            Some(_) => return Err(invalid("lineEnding")),
        };
        Ok(Self { delimiter: *delimiter, ending })
    }

    /// The delimiter's name.
    pub fn delimiter_name(self) -> &'static str {
        DELIMITERS.iter().find(|(_, char)| *char == self.delimiter).map_or("", |(name, _)| name)
    }
}
