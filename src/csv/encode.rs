//! Records to bytes.

use super::{Delimiter, LineEnding};
use std::fmt;

/// Why cells could not be written: their lengths and their text do not belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// The lengths do not add up to the text.
    Text {
        /// The index of the first cell that reaches past the text, or the number of cells where text
        /// is left over.
        cell: usize,
    },
    /// A cell would end between the two halves of a surrogate pair.
    SplitPair {
        /// The index of that cell.
        cell: usize,
    },
    /// The cells do not make whole rows.
    Rows {
        /// How many cells there are.
        cells: usize,
        /// How many a row has.
        columns: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { cell } => {
                write!(f, "the cell lengths do not add up to the text (cell {cell})")
            }
            Self::SplitPair { cell } => write!(f, "cell {cell} ends inside a surrogate pair"),
            Self::Rows { cells, columns } => {
                write!(f, "{cells} cells do not make whole rows of {columns}")
            }
        }
    }
}

impl std::error::Error for EncodeError {}

/// Writes records. A cell is quoted only where it must be.
#[derive(Debug, Clone, Copy)]
pub struct Encoder {
    delimiter: u8,
    line_ending: LineEnding,
}

impl Encoder {
    /// An encoder for that dialect.
    pub fn new(delimiter: Delimiter, line_ending: LineEnding) -> Self {
        Self { delimiter: delimiter.byte(), line_ending }
    }

    /// Writes the header row.
    pub fn header<S: AsRef<str>>(&mut self, columns: &[S], out: &mut Vec<u8>) {
        let single = columns.len() == 1;
        for (index, column) in columns.iter().enumerate() {
            self.cell(index, column.as_ref(), single, out);
        }
        out.extend_from_slice(self.line_ending.bytes());
    }

    /// Writes rows. `text` is all their cells, one after another, and `lengths` each cell's length in
    /// UTF-16 code units.
    ///
    /// # Errors
    ///
    /// Where `lengths` does not fit `text` or `columns`; `out` is then as it was.
    pub fn rows(
        &mut self,
        text: &str,
        lengths: &[u32],
        columns: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let before = out.len();
        let result = self.rows_into(text, lengths, columns, out);
        if result.is_err() {
            out.truncate(before);
        }
        result
    }

    fn rows_into(
        &self,
        text: &str,
        lengths: &[u32],
        columns: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        if lengths.len().checked_rem(columns).unwrap_or(lengths.len()) != 0 {
            return Err(EncodeError::Rows { cells: lengths.len(), columns });
        }
        let mut pieces = Pieces { rest: text, ascii: text.is_ascii() };
        let mut cell = 0;
        for row in lengths.chunks(columns.max(1)) {
            for (column, &length) in row.iter().enumerate() {
                let piece = pieces.next(length as usize, cell)?;
                self.cell(column, piece, columns == 1, out);
                cell += 1;
            }
            out.extend_from_slice(self.line_ending.bytes());
        }
        if pieces.rest.is_empty() { Ok(()) } else { Err(EncodeError::Text { cell }) }
    }

    /// `single`: the row has no other cell. An empty one is then quoted, or the line would be empty.
    fn cell(&self, column: usize, cell: &str, single: bool, out: &mut Vec<u8>) {
        if column > 0 {
            out.push(self.delimiter);
        }
        if self.needs_quotes(cell) || (single && cell.is_empty()) {
            quote(cell, out);
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }

    fn needs_quotes(&self, cell: &str) -> bool {
        // A byte order mark at the very start of a file would be taken for the file's own.
        cell.starts_with('\u{FEFF}')
            || cell.bytes().any(|b| matches!(b, b'"' | b'\r' | b'\n') || b == self.delimiter)
    }
}

fn quote(cell: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for (index, part) in cell.split('"').enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

/// Cuts a text into pieces whose lengths are given in UTF-16 code units.
struct Pieces<'a> {
    rest: &'a str,
    ascii: bool,
}

impl<'a> Pieces<'a> {
    fn next(&mut self, units: usize, cell: usize) -> Result<&'a str, EncodeError> {
        let bytes = if self.ascii { units } else { self.byte_length(units, cell)? };
        let (piece, rest) = self.rest.split_at_checked(bytes).ok_or(EncodeError::Text { cell })?;
        self.rest = rest;
        Ok(piece)
    }

    fn byte_length(&self, units: usize, cell: usize) -> Result<usize, EncodeError> {
        let (mut left, mut bytes) = (units, 0);
        let mut chars = self.rest.chars();
        while left > 0 {
            let char = chars.next().ok_or(EncodeError::Text { cell })?;
            left = left.checked_sub(char.len_utf16()).ok_or(EncodeError::SplitPair { cell })?;
            bytes += char.len_utf8();
        }
        Ok(bytes)
    }
}
