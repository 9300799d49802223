//! A CSV reader as plain as possible, with the whole input before it, to hold the streaming one against.

use super::csv_decode::Read;
use salesforce_bulk::csv::{CsvError, CsvErrorKind, DecodeOptions, Delimiter, Ragged};

/// Reads everything, the first record as the header. `even`: a ragged record is an error.
pub fn read(bytes: &[u8], delimiter: u8, even: bool) -> Read {
    let delimiter = Delimiter::from_byte(delimiter).unwrap();
    let options = DecodeOptions { delimiter, max_record: usize::MAX, ..DecodeOptions::default() };
    Twin { even, ..Twin::new(bytes, &options) }.read()
}

/// Reads everything as the options say; only that a cell may mean null is left to the caller.
pub fn read_with(bytes: &[u8], options: &DecodeOptions) -> Read {
    Twin::new(bytes, options).read()
}

/// A record's end, or an empty line's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Where its last cell ends, where the next record begins, and whether there was no cell at all.
    pub content: usize,
    pub next: usize,
    pub blank: bool,
}

/// Finds all line ends outside of quotes, of records as wide as they like. What comes of the data behind the
/// last of them is the error.
pub fn lines(bytes: &[u8], delimiter: u8) -> (Vec<Line>, Option<CsvError>) {
    let delimiter = Delimiter::from_byte(delimiter).unwrap();
    let options = DecodeOptions { delimiter, max_record: usize::MAX, ..DecodeOptions::default() };
    let mut twin = Twin { even: false, ..Twin::new(bytes, &options) };
    let error = twin.run().err();
    (twin.lines, error)
}

struct Twin<'a> {
    bytes: &'a [u8],
    options: &'a DecodeOptions,
    even: bool,
    at: usize,
    header: Option<Vec<String>>,
    rows: Vec<Vec<String>>,
    /// The number of the record being read, from 1.
    row: u64,
    lines: Vec<Line>,
}

impl<'a> Twin<'a> {
    fn new(bytes: &'a [u8], options: &'a DecodeOptions) -> Self {
        let header = options.header.clone();
        Self {
            bytes,
            options,
            even: true,
            at: 0,
            header,
            rows: Vec::new(),
            row: 1,
            lines: Vec::new(),
        }
    }

    fn read(mut self) -> Read {
        let error = self.pass_mark().and_then(|()| self.run()).err();
        Read { header: self.header, rows: self.rows, error }
    }

    fn pass_mark(&mut self) -> Result<(), CsvError> {
        const FOREIGN: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\x00\x00\xFE\xFF"];
        if FOREIGN.iter().any(|mark| self.bytes.starts_with(mark)) {
            return Err(self.error(CsvErrorKind::NotUtf8, 1, 0));
        }
        self.at = if self.bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Ok(())
    }

    fn run(&mut self) -> Result<(), CsvError> {
        while self.at < self.bytes.len() {
            let start = self.at;
            if self.line_end() {
                self.lines.push(Line { content: start, next: self.at, blank: true });
                if self.header.as_ref().is_some_and(|header| header.len() == 1) {
                    self.keep(vec![String::new()]);
                }
                continue;
            }
            let mut record = self.record()?;
            self.even_out(&mut record, start)?;
            self.keep(record);
        }
        Ok(())
    }

    fn keep(&mut self, record: Vec<String>) {
        self.row += 1;
        if self.header.is_none() {
            self.header = Some(record);
        } else {
            self.rows.push(record);
        }
    }

    fn even_out(&self, record: &mut Vec<String>, start: usize) -> Result<(), CsvError> {
        let (found, expected) = (record.len(), self.header.as_ref().map_or(record.len(), Vec::len));
        if self.even && found < expected && self.options.ragged == Ragged::Pad {
            record.resize(expected, String::new());
        } else if self.even && found != expected {
            let column = expected.min(found) as u32 + 1;
            let (expected, found) = (expected as u32, found as u32);
            return Err(self.error(CsvErrorKind::Ragged { expected, found }, column, start));
        }
        Ok(())
    }

    fn record(&mut self) -> Result<Vec<String>, CsvError> {
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell(cells.len() as u32 + 1, start)?;
            cells.push(cell);
            let end = self.at;
            if end == self.bytes.len() {
                return Ok(cells);
            }
            if self.line_end() {
                self.lines.push(Line { content: end, next: self.at, blank: false });
                return Ok(cells);
            }
            self.at += 1; // the delimiter
        }
    }

    /// Reads a cell of the record that begins at `record`.
    fn cell(&mut self, column: u32, record: usize) -> Result<String, CsvError> {
        let start = self.at;
        let mut cell = Vec::new();
        if self.peek() == Some(b'"') && !self.quoted(&mut cell) {
            self.check_length(record, self.at)?;
            return Err(self.error(CsvErrorKind::Unterminated, column, start));
        }
        while let Some(byte) = self.peek().filter(|&byte| !self.is_end(byte)) {
            cell.push(byte);
            self.at += 1;
        }
        let with_delimiter = self.at + usize::from(self.peek() == Some(self.delimiter()));
        self.check_length(record, with_delimiter)?;
        if self.options.fatal_utf8 && str::from_utf8(&cell).is_err() {
            return Err(self.error(CsvErrorKind::InvalidUtf8, column, start));
        }
        Ok(String::from_utf8_lossy(&cell).into_owned())
    }

    /// Reads what is between quotes; false where the data ends before the second.
    fn quoted(&mut self, cell: &mut Vec<u8>) -> bool {
        self.at += 1;
        loop {
            match (self.peek(), self.bytes.get(self.at + 1)) {
                (None, _) => return false,
                (Some(b'"'), Some(b'"')) => {
                    cell.push(b'"');
                    self.at += 2;
                }
                (Some(b'"'), _) => {
                    self.at += 1;
                    return true;
                }
                (Some(byte), _) => {
                    cell.push(byte);
                    self.at += 1;
                }
            }
        }
    }

    fn check_length(&self, record: usize, end: usize) -> Result<(), CsvError> {
        let limit = self.options.max_record;
        if end - record <= limit {
            return Ok(());
        }
        Err(self.error(CsvErrorKind::RecordTooLong { limit }, 0, record))
    }

    /// Steps over LF, CRLF or CR, if one stands here.
    fn line_end(&mut self) -> bool {
        let length = match (self.peek(), self.bytes.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.delimiter() || byte == b'\r' || byte == b'\n'
    }

    fn delimiter(&self) -> u8 {
        self.options.delimiter.byte()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn error(&self, kind: CsvErrorKind, column: u32, byte: usize) -> CsvError {
        CsvError { kind, row: self.row, column, byte: byte as u64 }
    }
}
