//! A CSV reader as plain as possible, with the whole input before it, to hold the streaming one against.

use super::csv_decode::Read;
use salesforce_bulk::csv::{CsvError, CsvErrorKind};

/// Reads everything, the first record as the header. `even`: a ragged record is an error.
pub fn read(bytes: &[u8], delimiter: u8, even: bool) -> Read {
    let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut twin = Twin { bytes, delimiter, at: start, records: Vec::new() };
    let error = twin.run(even).err();
    let mut records = twin.records.into_iter();
    Read { header: records.next(), rows: records.collect(), error }
}

struct Twin<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    at: usize,
    records: Vec<Vec<String>>,
}

impl Twin<'_> {
    fn run(&mut self, even: bool) -> Result<(), CsvError> {
        while self.at < self.bytes.len() {
            if self.line_end() {
                if self.records.first().is_some_and(|header| header.len() == 1) {
                    self.records.push(vec![String::new()]);
                }
                continue;
            }
            let start = self.at;
            let record = self.record()?;
            let expected = self.records.first().map_or(record.len(), Vec::len);
            if even && record.len() != expected {
                let (expected, found) = (expected as u32, record.len() as u32);
                let kind = CsvErrorKind::Ragged { expected, found };
                return Err(self.error(kind, expected.min(found) as usize, start));
            }
            self.records.push(record);
        }
        Ok(())
    }

    fn record(&mut self) -> Result<Vec<String>, CsvError> {
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell(cells.len())?);
            if self.at == self.bytes.len() || self.line_end() {
                return Ok(cells);
            }
            self.at += 1; // the delimiter
        }
    }

    fn cell(&mut self, column: usize) -> Result<String, CsvError> {
        let mut cell = Vec::new();
        if self.peek() == Some(b'"') {
            self.quoted(column, &mut cell)?;
        }
        while let Some(byte) = self.peek() {
            if byte == self.delimiter || byte == b'\r' || byte == b'\n' {
                break;
            }
            cell.push(byte);
            self.at += 1;
        }
        Ok(String::from_utf8_lossy(&cell).into_owned())
    }

    fn quoted(&mut self, column: usize, cell: &mut Vec<u8>) -> Result<(), CsvError> {
        let opened = self.at;
        self.at += 1;
        loop {
            match (self.peek(), self.bytes.get(self.at + 1)) {
                (None, _) => return Err(self.error(CsvErrorKind::Unterminated, column, opened)),
                (Some(b'"'), Some(b'"')) => {
                    cell.push(b'"');
                    self.at += 2;
                }
                (Some(b'"'), _) => {
                    self.at += 1;
                    return Ok(());
                }
                (Some(byte), _) => {
                    cell.push(byte);
                    self.at += 1;
                }
            }
        }
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

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn error(&self, kind: CsvErrorKind, column: usize, byte: usize) -> CsvError {
        let row = self.records.len() as u64 + 1;
        CsvError { kind, row, column: column as u32 + 1, byte: byte as u64 }
    }
}
