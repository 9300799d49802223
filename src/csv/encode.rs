//! Records to bytes.

use super::{Delimiter, LineEnding};
use salesforce_bulk_scan::{Delimiters, write_rows};
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
    /// Something has been written.
    begun: bool,
}

impl Encoder {
    /// An encoder for that dialect.
    pub fn new(delimiter: Delimiter, line_ending: LineEnding) -> Self {
        Self { delimiter: delimiter.byte(), line_ending, begun: false }
    }

    /// Writes the header row.
    pub fn header<S: AsRef<str>>(&mut self, columns: &[S], out: &mut Vec<u8>) {
        for (index, column) in columns.iter().map(AsRef::as_ref).enumerate() {
            let mark = index == 0 && !self.begun && column.starts_with('\u{FEFF}');
            self.cell(index, column, mark || columns.len() == 1 && column.is_empty(), out);
        }
        out.extend_from_slice(self.line_ending.bytes());
        self.begun = true;
    }

    /// Writes rows, quickly. `text` is all their cells, with a unit separator (U+001F) between each two; it is of no more use
    /// then. False, and nothing written, where those are not `cells` cells: one holds the separator, and
    /// [`Encoder::rows`] has to write them.
    pub fn joined(
        &mut self,
        text: &mut [u8],
        cells: usize,
        columns: usize,
        out: &mut Vec<u8>,
    ) -> bool {
        let lf = self.line_ending == LineEnding::Lf;
        let with = Delimiters { delimiter: self.delimiter, lf, first: !self.begun };
        let written = write_rows(text, cells, columns, with, out);
        self.begun |= written;
        written
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
        match result {
            Ok(()) => self.begun |= !lengths.is_empty(),
            Err(_) => out.truncate(before),
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
                let mark = cell == 0 && !self.begun && piece.starts_with('\u{FEFF}');
                self.cell(column, piece, mark || columns == 1 && piece.is_empty(), out);
                cell += 1;
            }
            out.extend_from_slice(self.line_ending.bytes());
        }
        if pieces.rest.is_empty() { Ok(()) } else { Err(EncodeError::Text { cell }) }
    }

    /// `quoted`: whatever it holds. An empty cell alone in its row would be an empty line, and a byte order mark at the
    /// very start would be taken for the data's own.
    fn cell(&self, column: usize, cell: &str, quoted: bool, out: &mut Vec<u8>) {
        if column > 0 {
            out.push(self.delimiter);
        }
        if quoted || self.needs_quotes(cell) {
            quote(cell, out);
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }

    fn needs_quotes(&self, cell: &str) -> bool {
        cell.bytes().any(|b| matches!(b, b'"' | b'\r' | b'\n') || b == self.delimiter)
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
