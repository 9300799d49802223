//! Record ends made one kind, everything else as it was.

use super::{CsvError, CsvErrorKind, Dialect};
use salesforce_bulk_scan::{Last, RecordEnd, RecordIndex, Unterminated};

/// Copies CSV of a known dialect. Line ends inside quoted cells are data and stay as they are.
#[derive(Debug)]
pub(super) struct Pass {
    index: RecordIndex,
    ends: Vec<RecordEnd>,
    line_ending: &'static [u8],
    /// In data of one column an empty line is a record; elsewhere it is nothing.
    single: bool,
    /// Complete records, the header included.
    rows: u64,
    /// Where in the data this began.
    start: u64,
}

impl Pass {
    /// `start`: where in the data this begins.
    pub fn new(dialect: &Dialect, start: u64) -> Self {
        Self {
            index: RecordIndex::new(dialect.delimiter.byte()),
            ends: Vec::new(),
            line_ending: dialect.line_ending.bytes(),
            single: dialect.header.len() == 1,
            rows: 0,
            start,
        }
    }

    pub fn rows(&self) -> u64 {
        self.rows
    }

    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let mut ends = std::mem::take(&mut self.ends);
        self.index.push(bytes, &mut ends);
        let mut from = 0;
        for RecordEnd { content, next, blank } in ends.drain(..) {
            out.extend_from_slice(bytes.get(from..content).unwrap_or_default());
            self.end_record(blank, out);
            from = next;
        }
        self.ends = ends;
        // A CR that ends the record is not copied, though what comes behind it is not known yet.
        let to = bytes.len() - usize::from(self.index.after_return() && from < bytes.len());
        out.extend_from_slice(bytes.get(from..to).unwrap_or_default());
    }

    /// Ends the last record, as all the others are ended.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), CsvError> {
        match self.index.finish().map_err(|fault| self.error(fault))? {
            Last::Nothing => {}
            last => self.end_record(last == Last::Blank, out),
        }
        Ok(())
    }

    fn end_record(&mut self, blank: bool, out: &mut Vec<u8>) {
        if blank && !(self.single && self.rows > 0) {
            return;
        }
        if blank {
            // Spelled out, so that nobody further on takes it for nothing.
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(self.line_ending);
        self.rows += 1;
    }

    fn error(&self, Unterminated { byte, column }: Unterminated) -> CsvError {
        let (row, byte) = (self.rows + 1, self.start + byte);
        CsvError { kind: CsvErrorKind::Unterminated, row, column, byte }
    }
}
