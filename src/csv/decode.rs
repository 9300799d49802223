//! Bytes to records.

use super::bom::BomFilter;
use super::cells::{CellBuffer, Cells};
use super::{CsvError, CsvErrorKind, Delimiter};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::borrow::Cow;

/// What to do with a record whose cells are not as many as the header's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ragged {
    /// It is an error.
    #[default]
    Error,
    /// A short record is filled up with empty cells. A long one stays an error: no cell is dropped.
    Pad,
}

/// How to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeOptions {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// What to do with a record that has too few or too many cells.
    pub ragged: Ragged,
    /// Whether bytes that are not UTF-8 are an error; otherwise U+FFFD stands in their place.
    pub fatal_utf8: bool,
    /// How many bytes a record may have, its end not counted.
    pub max_record: usize,
    /// The header, where the data has no header row.
    pub header: Option<Vec<String>>,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            delimiter: Delimiter::Comma,
            ragged: Ragged::Error,
            fatal_utf8: false,
            max_record: 16 << 20,
            header: None,
        }
    }
}

/// Decodes CSV that comes in chunks. Records are complete as soon as their end has been seen.
///
/// LF, CRLF and a lone CR end a record. An empty line is nothing, except in data of one column, where
/// it is a record with an empty cell. After an error the decoder stays failed; the records before the
/// error can still be taken.
#[derive(Debug)]
pub struct Decoder {
    options: DecodeOptions,
    bom: BomFilter,
    reader: Reader,
    /// The bytes of the cell being read, already unquoted.
    cell: Vec<u8>,
    cell_len: usize,
    header: Vec<String>,
    header_done: bool,
    cells: CellBuffer,
    records: u64,
    place: Place,
    failed: Option<CsvError>,
}

/// Where in the data the decoder stands.
#[derive(Debug, Default)]
struct Place {
    byte: u64,
    /// The record being read, counted from 1, and where it and its open cell began.
    row: u64,
    record_start: u64,
    cell_start: u64,
    /// How many cells of this record are complete.
    column: u32,
    in_record: bool,
    /// The last record ended with CR: an LF right behind it belongs to that end.
    after_cr: bool,
}

impl Decoder {
    /// A decoder at the start of the data.
    pub fn new(mut options: DecodeOptions) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(options.delimiter.byte()).build();
        // csv-core would take a second byte order mark, which is data, off the front of the first read.
        reader.read_field(b"\n", &mut [0]);
        let given = options.header.take();
        Self {
            bom: BomFilter::default(),
            reader,
            cell: vec![0; 256],
            cell_len: 0,
            header_done: given.is_some(),
            header: given.unwrap_or_default(),
            cells: CellBuffer::default(),
            records: 0,
            place: Place { row: 1, ..Place::default() },
            failed: None,
            options,
        }
    }

    /// Takes the next chunk. An empty one is nothing.
    ///
    /// # Errors
    ///
    /// What [`CsvErrorKind`] lists, but for `Unterminated`.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), CsvError> {
        self.guarded(|decoder| decoder.push_raw(bytes))
    }

    /// Says that the data has ended, and completes the last record.
    ///
    /// # Errors
    ///
    /// `Unterminated` where the data ends inside a quoted cell, which is then never a record; and
    /// whatever the last record may have wrong with it.
    pub fn finish(&mut self) -> Result<(), CsvError> {
        self.guarded(|decoder| {
            let held = decoder.bom.close();
            decoder.read(&held)?;
            decoder.end_data()
        })
    }

    /// The header, once it is known.
    pub fn header(&self) -> Option<&[String]> {
        self.header_done.then_some(self.header.as_slice())
    }

    /// All records decoded and not yet taken.
    pub fn take(&mut self) -> Option<Cells> {
        self.cells.take(self.header.len())
    }

    /// How many records have been decoded, the header not counted.
    pub fn records(&self) -> u64 {
        self.records
    }

    fn guarded(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), CsvError>,
    ) -> Result<(), CsvError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let result = work(self);
        self.failed = result.err();
        result
    }

    fn push_raw(&mut self, mut bytes: &[u8]) -> Result<(), CsvError> {
        let opened = self.bom.open(&mut bytes)?;
        self.place.byte += opened.dropped;
        self.read(&opened.bytes)?;
        self.read(bytes)
    }

    fn read(&mut self, mut bytes: &[u8]) -> Result<(), CsvError> {
        while let Some(&first) = bytes.first() {
            let used = if !self.place.in_record && matches!(first, b'\r' | b'\n') {
                self.empty_line(first)?;
                1
            } else {
                self.read_cell(bytes)?
            };
            bytes = bytes.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// A record end where no record has begun. csv-core would pass over it in silence.
    fn empty_line(&mut self, byte: u8) -> Result<(), CsvError> {
        self.place.byte += 1;
        let tail_of_crlf = std::mem::take(&mut self.place.after_cr) && byte == b'\n';
        if tail_of_crlf {
            return Ok(());
        }
        self.place.after_cr = byte == b'\r';
        if self.header_done && self.header.len() == 1 {
            self.cells.cell("");
            self.place.column = 1;
            self.end_record()?;
        }
        Ok(())
    }

    /// Reads on to the end of a cell, of the space for it, or of `bytes`; says how many it used.
    fn read_cell(&mut self, bytes: &[u8]) -> Result<usize, CsvError> {
        if !self.place.in_record {
            self.begin_record();
        }
        let space = self.cell.get_mut(self.cell_len..).unwrap_or_default();
        let (result, used, written) = self.reader.read_field(bytes, space);
        self.cell_len += written;
        self.place.byte += used as u64;
        let ended = matches!(result, ReadFieldResult::Field { record_end: true });
        self.check_length(ended)?;
        match result {
            ReadFieldResult::OutputFull => self.cell.resize(self.cell.len() * 2, 0),
            ReadFieldResult::Field { .. } => self.end_cell()?,
            ReadFieldResult::InputEmpty | ReadFieldResult::End => {}
        }
        if ended {
            self.place.after_cr = used.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r');
            self.end_record()?;
        }
        Ok(used)
    }

    fn begin_record(&mut self) {
        let place = &mut self.place;
        place.in_record = true;
        place.record_start = place.byte;
        place.cell_start = place.byte;
        place.column = 0;
    }

    fn check_length(&self, ended: bool) -> Result<(), CsvError> {
        let length = self.place.byte - self.place.record_start - u64::from(ended);
        let limit = self.options.max_record;
        if length <= limit as u64 {
            return Ok(());
        }
        Err(self.error(CsvErrorKind::RecordTooLong { limit }, 0, self.place.record_start))
    }

    fn end_cell(&mut self) -> Result<(), CsvError> {
        let bytes = self.cell.get(..self.cell_len).unwrap_or_default();
        let cell = String::from_utf8_lossy(bytes);
        self.place.column += 1;
        if self.options.fatal_utf8 && matches!(cell, Cow::Owned(_)) {
            let (column, byte) = (self.place.column, self.place.cell_start);
            return Err(self.error(CsvErrorKind::InvalidUtf8, column, byte));
        }
        if self.header_done {
            self.cells.cell(&cell);
        } else {
            self.header.push(cell.into_owned());
        }
        self.cell_len = 0;
        self.place.cell_start = self.place.byte;
        Ok(())
    }

    fn end_record(&mut self) -> Result<(), CsvError> {
        if self.header_done {
            self.even_out()?;
            self.cells.end_record();
            self.records += 1;
        }
        self.header_done = true;
        self.place.in_record = false;
        self.place.row += 1;
        Ok(())
    }

    /// Holds the record's cells against the header's.
    fn even_out(&mut self) -> Result<(), CsvError> {
        let (expected, found) = (self.header.len() as u32, self.place.column);
        if found > expected || (found < expected && self.options.ragged == Ragged::Error) {
            let column = expected.min(found) + 1;
            let kind = CsvErrorKind::Ragged { expected, found };
            return Err(self.error(kind, column, self.place.record_start));
        }
        (found..expected).for_each(|_| self.cells.cell(""));
        Ok(())
    }

    /// A line end completes any record but one that stands in an open quote.
    fn end_data(&mut self) -> Result<(), CsvError> {
        if self.place.in_record {
            let (column, start) = (self.place.column + 1, self.place.cell_start);
            while self.place.in_record && self.read_cell(b"\n")? == 0 {}
            if self.place.in_record {
                return Err(self.error(CsvErrorKind::Unterminated, column, start));
            }
        }
        Ok(())
    }

    fn error(&self, kind: CsvErrorKind, column: u32, byte: u64) -> CsvError {
        CsvError { kind, row: self.place.row, column, byte }
    }
}
