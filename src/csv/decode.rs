//! Bytes to records.
//!
//! The index ([`CellIndex`]) finds the cells of records in the plain dialect, which are nearly all there are. Where a
//! record is not, the general decoder reads that one and some more, and the index goes on behind them.

use super::bom::BomFilter;
use super::cells::Cells;
use super::general::{General, Step};
use super::{CsvError, CsvErrorKind, Delimiter, Latch};
use salesforce_bulk_scan::{CellIndex, CellOptions, Cells as Found, NULL, grow};

/// As many records the general decoder reads before the index is tried again: who has left the dialect once will often
/// leave it again.
const STAY: u32 = 64;

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
    /// The text of a cell that is null; an empty one means nothing.
    pub null: String,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            delimiter: Delimiter::Comma,
            ragged: Ragged::Error,
            fatal_utf8: false,
            max_record: 16 << 20,
            header: None,
            null: String::new(),
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
    /// The data since the last record taken, and where in it reading goes on.
    buffer: Vec<u8>,
    at: usize,
    /// Where in all the data the buffer begins.
    base: u64,
    /// There once the header is known.
    index: Option<CellIndex>,
    general: General,
    /// As many records more are read by the general decoder.
    stay: u32,
    found: Found,
    /// Memory for the next data and bounds.
    spare: (Vec<u8>, Vec<i32>),
    /// Up to here the buffer holds cells that were found in it.
    used: usize,
    header: Vec<String>,
    /// Records decoded, the header not counted.
    records: u64,
    /// The number of the record being read, from 1.
    row: u64,
    failed: Latch,
}

impl Decoder {
    /// A decoder at the start of the data.
    pub fn new(mut options: DecodeOptions) -> Self {
        let delimiter = options.delimiter.byte();
        let given = options.header.take();
        let mut decoder = Self {
            bom: BomFilter::default(),
            buffer: Vec::new(),
            at: 0,
            base: 0,
            index: None,
            general: General::new(delimiter, options.fatal_utf8, options.max_record),
            stay: 0,
            found: Found::default(),
            spare: Default::default(),
            used: 0,
            header: Vec::new(),
            records: 0,
            row: 1,
            failed: Latch::default(),
            options,
        };
        if let Some(header) = given {
            decoder.know_header(header);
        }
        decoder
    }

    /// A decoder that does without the index: to hold the index against.
    #[doc(hidden)]
    pub fn without_index(options: DecodeOptions) -> Self {
        Self { stay: u32::MAX, ..Self::new(options) }
    }

    /// Says that the data begins behind its byte order mark.
    pub(super) fn skip_mark(&mut self) {
        self.bom.close();
    }

    /// Takes the next chunk. An empty one is nothing.
    ///
    /// # Errors
    ///
    /// What [`CsvErrorKind`] lists, but for `Unterminated`.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), CsvError> {
        self.push_with(bytes.len(), |space| space.copy_from_slice(bytes))
    }

    /// Takes the next chunk, of `length` bytes, which `fill` puts where they are needed.
    ///
    /// # Errors
    ///
    /// As [`Decoder::push`].
    pub fn push_with(
        &mut self,
        length: usize,
        fill: impl FnOnce(&mut [u8]),
    ) -> Result<(), CsvError> {
        self.guarded(|decoder| {
            decoder.drop_read();
            let old = decoder.buffer.len();
            fill(grow(&mut decoder.buffer, length));
            decoder.pass_mark(old)?;
            decoder.read()
        })
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
            decoder.buffer.extend_from_slice(&held);
            decoder.read()?;
            decoder.end_data()
        })
    }

    /// The header, once it is known.
    pub fn header(&self) -> Option<&[String]> {
        self.index.is_some().then_some(self.header.as_slice())
    }

    /// How many bounds the next [`Cells`] will have.
    pub fn waiting(&self) -> usize {
        2 * self.found.rows * self.header.len()
    }

    /// All records decoded and not yet taken.
    pub fn take(&mut self) -> Option<Cells> {
        if self.found.rows == 0 {
            return None;
        }
        self.found.drop_open();
        let keep = self.open_from();
        let (mut rest, bounds) = std::mem::take(&mut self.spare);
        rest.clear();
        rest.extend_from_slice(self.buffer.get(keep..).unwrap_or_default());
        let mut data = std::mem::replace(&mut self.buffer, rest);
        data.truncate(std::mem::take(&mut self.used));
        self.moved(keep);
        let found = std::mem::replace(&mut self.found, Found::reusing(bounds));
        Some(Cells::new(data, found, self.header.len()))
    }

    /// Takes cells back that nobody needs any more: their memory serves again.
    pub fn reuse(&mut self, cells: Cells) {
        self.spare = (cells.ascii, cells.bounds);
    }

    /// How many records have been decoded, the header not counted.
    pub fn records(&self) -> u64 {
        self.records
    }

    fn guarded(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), CsvError>,
    ) -> Result<(), CsvError> {
        self.failed.check()?;
        let result = work(self);
        self.failed.keep(result)
    }

    /// The byte order mark, or what may yet become one, is taken out of the chunk that begins at `old`.
    fn pass_mark(&mut self, old: usize) -> Result<(), CsvError> {
        if self.bom.decided() {
            return Ok(());
        }
        let chunk = self.buffer.split_off(old);
        let mut rest = chunk.as_slice();
        let opened = self.bom.open(&mut rest)?;
        self.base += opened.dropped;
        self.general.byte += opened.dropped;
        self.buffer.extend_from_slice(&opened.bytes);
        self.buffer.extend_from_slice(rest);
        Ok(())
    }

    fn indexing(&self) -> bool {
        self.stay == 0 && !self.general.in_record && self.index.is_some()
    }

    /// Where what is still needed of the buffer begins.
    fn open_from(&self) -> usize {
        match &self.index {
            Some(index) if self.indexing() => index.record(),
            _ => self.at,
        }
    }

    /// Drops what has been read, where no record waits to be taken.
    fn drop_read(&mut self) {
        let keep = self.open_from();
        if self.found.rows == 0 && keep > 0 {
            self.found.drop_open();
            self.buffer.drain(..keep);
            self.moved(keep);
        }
    }

    /// The buffer begins `by` bytes further on.
    fn moved(&mut self, by: usize) {
        self.base += by as u64;
        self.at = 0;
        self.restart_index();
    }

    fn restart_index(&mut self) {
        self.index.iter_mut().for_each(|index| index.restart(self.at));
    }

    fn read(&mut self) -> Result<(), CsvError> {
        while self.at < self.buffer.len() {
            if !self.indexing() {
                self.read_generally()?;
            } else if std::mem::take(&mut self.general.after_cr)
                && self.buffer.get(self.at) == Some(&b'\n')
            {
                self.at += 1;
                self.restart_index();
            } else {
                self.read_by_index();
            }
        }
        Ok(())
    }

    fn read_by_index(&mut self) {
        let Some(index) = &mut self.index else { return };
        let before = self.found.rows;
        let scanned = index.scan(&self.buffer, &mut self.found);
        let rows = self.found.rows - before;
        self.row += rows as u64;
        self.records += rows as u64;
        if rows > 0 {
            self.used = index.record();
        }
        self.at = self.buffer.len();
        if scanned.is_err() {
            self.at = index.record();
            self.hand_over();
        }
    }

    /// The general decoder goes on, from the start of a record.
    fn hand_over(&mut self) {
        self.stay = STAY;
        self.general.byte = self.base + self.at as u64;
        self.general.after_cr = false;
    }

    fn read_generally(&mut self) -> Result<(), CsvError> {
        let bytes = self.buffer.get(self.at..).unwrap_or_default();
        let (used, step) = self.general.step(bytes).map_err(|error| self.here(error))?;
        self.at += used;
        match step {
            Step::More => Ok(()),
            Step::Record => self.end_record(),
            Step::EmptyLine => self.empty_line(),
        }
    }

    /// In data of one column, an empty cell.
    fn empty_line(&mut self) -> Result<(), CsvError> {
        if self.index.is_none() || self.header.len() != 1 {
            return Ok(());
        }
        self.general.record = vec![String::new()];
        self.end_record()
    }

    fn end_record(&mut self) -> Result<(), CsvError> {
        let record = std::mem::take(&mut self.general.record);
        if self.index.is_none() {
            self.know_header(record);
        } else {
            self.even_out(record.len())?;
            record.iter().for_each(|cell| self.put(cell));
            (record.len()..self.header.len()).for_each(|_| self.put(""));
            self.found.end_record();
            self.records += 1;
        }
        self.row += 1;
        self.stay = self.stay.saturating_sub(1);
        self.restart_index();
        Ok(())
    }

    fn put(&mut self, cell: &str) {
        if !self.options.null.is_empty() && cell == self.options.null {
            self.found.push(NULL);
        } else {
            self.found.push_text(cell);
        }
    }

    fn know_header(&mut self, header: Vec<String>) {
        self.index = Some(CellIndex::new(CellOptions {
            delimiter: self.options.delimiter.byte(),
            columns: header.len(),
            limit: self.options.max_record,
            fatal: self.options.fatal_utf8,
            null: self.options.null.clone(),
        }));
        self.header = header;
    }

    /// Holds the number of a record's cells against the header's.
    fn even_out(&self, found: usize) -> Result<(), CsvError> {
        let (expected, found) = (self.header.len() as u32, found as u32);
        if found > expected || (found < expected && self.options.ragged == Ragged::Error) {
            let kind = CsvErrorKind::Ragged { expected, found };
            let (column, byte) = (expected.min(found) + 1, self.general.record_start);
            return Err(self.here(CsvError { kind, row: 0, column, byte }));
        }
        Ok(())
    }

    /// A record that the index has begun is the general decoder's to end.
    fn end_data(&mut self) -> Result<(), CsvError> {
        if self.indexing() && self.open_from() < self.buffer.len() {
            self.at = self.open_from();
            self.found.drop_open();
            self.hand_over();
            self.read()?;
        }
        if self.general.in_record {
            self.general.finish().map_err(|error| self.here(error))?;
            self.end_record()?;
        }
        Ok(())
    }

    fn here(&self, error: CsvError) -> CsvError {
        CsvError { row: self.row, ..error }
    }
}
