//! The general decoder: any CSV, cell by cell, by csv-core, with what csv-core keeps to itself.

use super::{CsvError, CsvErrorKind};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::borrow::Cow;

/// Reads records whose bytes may come in any pieces.
#[derive(Debug)]
pub(super) struct General {
    reader: Reader,
    /// The bytes of the cell being read, already unquoted.
    cell: Vec<u8>,
    cell_len: usize,
    fatal: bool,
    limit: usize,
    /// The complete cells of the record being read.
    pub record: Vec<String>,
    /// Where in the data it stands, and where the record and its open cell began.
    pub byte: u64,
    pub record_start: u64,
    cell_start: u64,
    pub in_record: bool,
    /// The last record ended with CR: an LF right behind it belongs to that end.
    pub after_cr: bool,
}

/// What a step has come to.
pub(super) enum Step {
    /// More is needed.
    More,
    /// A record is complete.
    Record,
    /// A line end came where no record had begun.
    EmptyLine,
}

impl General {
    pub fn new(delimiter: u8, fatal: bool, limit: usize) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
        // csv-core would take a second byte order mark, which is data, off the front of the first read.
        reader.read_field(b"\n", &mut [0]);
        Self {
            reader,
            cell: vec![0; 256],
            cell_len: 0,
            fatal,
            limit,
            record: Vec::new(),
            byte: 0,
            record_start: 0,
            cell_start: 0,
            in_record: false,
            after_cr: false,
        }
    }

    /// Reads on, to the end of a cell at the most, and says how many bytes that took. `bytes` is not empty.
    ///
    /// # Errors
    /// [`CsvErrorKind::RecordTooLong`] and [`CsvErrorKind::InvalidUtf8`]. Their row is for the caller to say.
    pub fn step(&mut self, bytes: &[u8]) -> Result<(usize, Step), CsvError> {
        match bytes.first() {
            Some(&first @ (b'\r' | b'\n')) if !self.in_record => Ok((1, self.line_end(first))),
            _ => self.read_cell(bytes),
        }
    }

    /// Ends the data: a line end completes any record but one that stands in an open quote.
    ///
    /// # Errors
    /// As [`General::step`], and [`CsvErrorKind::Unterminated`].
    pub fn finish(&mut self) -> Result<(), CsvError> {
        let (column, start) = (self.record.len() as u32 + 1, self.cell_start);
        // In an open quote the line end is data, which there was none of.
        let limit = std::mem::replace(&mut self.limit, usize::MAX);
        while self.in_record && self.read_cell(b"\n")?.0 == 0 {}
        self.limit = limit;
        if self.in_record {
            return Err(error(CsvErrorKind::Unterminated, column, start));
        }
        Ok(())
    }

    /// A line end where no record has begun. csv-core would pass over it in silence.
    fn line_end(&mut self, byte: u8) -> Step {
        self.byte += 1;
        let tail_of_crlf = std::mem::take(&mut self.after_cr) && byte == b'\n';
        if tail_of_crlf {
            return Step::More;
        }
        self.after_cr = byte == b'\r';
        Step::EmptyLine
    }

    fn read_cell(&mut self, bytes: &[u8]) -> Result<(usize, Step), CsvError> {
        if !self.in_record {
            self.begin_record();
        }
        let space = self.cell.get_mut(self.cell_len..).unwrap_or_default();
        let (result, used, written) = self.reader.read_field(bytes, space);
        self.cell_len += written;
        self.byte += used as u64;
        let ended = matches!(result, ReadFieldResult::Field { record_end: true });
        self.check_length(ended)?;
        match result {
            ReadFieldResult::OutputFull => self.cell.resize(self.cell.len() * 2, 0),
            ReadFieldResult::Field { .. } => self.end_cell()?,
            ReadFieldResult::InputEmpty | ReadFieldResult::End => {}
        }
        if !ended {
            return Ok((used, Step::More));
        }
        self.after_cr = used.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r');
        self.in_record = false;
        Ok((used, Step::Record))
    }

    fn begin_record(&mut self) {
        self.in_record = true;
        self.after_cr = false;
        self.record_start = self.byte;
        self.cell_start = self.byte;
        self.record.clear();
    }

    fn check_length(&self, ended: bool) -> Result<(), CsvError> {
        let length = self.byte - self.record_start - u64::from(ended);
        let limit = self.limit;
        if length <= limit as u64 {
            return Ok(());
        }
        Err(error(CsvErrorKind::RecordTooLong { limit }, 0, self.record_start))
    }

    fn end_cell(&mut self) -> Result<(), CsvError> {
        let bytes = self.cell.get(..self.cell_len).unwrap_or_default();
        let cell = String::from_utf8_lossy(bytes);
        if self.fatal && matches!(cell, Cow::Owned(_)) {
            let column = self.record.len() as u32 + 1;
            return Err(error(CsvErrorKind::InvalidUtf8, column, self.cell_start));
        }
        self.record.push(cell.into_owned());
        self.cell_len = 0;
        self.cell_start = self.byte;
        Ok(())
    }
}

/// The row is not known here.
fn error(kind: CsvErrorKind, column: u32, byte: u64) -> CsvError {
    CsvError { kind, row: 0, column, byte }
}
