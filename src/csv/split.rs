//! Where CSV can be cut into parts.

use super::bom::{BomFilter, UTF8};
use super::sniff::Opening;
use super::{CsvError, CsvErrorKind, Delimiter, Latch, header_names};
use salesforce_bulk_scan::{Last, RecordEnd, RecordIndex, utf16_len};

/// How large a part may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes, the header included.
    pub bytes: u64,
    /// Records, the header not counted.
    pub rows: u64,
    /// UTF-16 units, the header included.
    pub chars: u64,
    /// Bytes of one record: with more of them, a quote was probably never closed.
    pub record: u64,
}

/// What a part, or a record, or a header holds.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    bytes: u64,
    rows: u64,
    chars: u64,
}

/// Finds where to cut, at the ends of records, as late as the limits allow. It keeps none of the data but the header.
#[derive(Debug)]
pub struct Splitter {
    limits: Limits,
    bom: BomFilter,
    opening: Opening,
    index: Option<RecordIndex>,
    ends: Vec<RecordEnd>,
    header: Vec<u8>,
    /// The header ends here; none before that is known.
    header_end: Option<u64>,
    single: bool,
    head: Extent,
    part: Extent,
    /// What has come of the open record.
    open: Extent,
    /// Where the data begins, and how far it has been read.
    start: u64,
    at: u64,
    row: u64,
    failed: Latch,
}

impl Splitter {
    /// `delimiter`: none where it is to be found out.
    pub fn new(limits: Limits, delimiter: Option<Delimiter>) -> Self {
        Self {
            limits,
            bom: BomFilter::default(),
            opening: Opening::new(delimiter),
            index: None,
            ends: Vec::new(),
            header: Vec::new(),
            header_end: None,
            single: false,
            head: Extent::default(),
            part: Extent::default(),
            open: Extent::default(),
            start: 0,
            at: 0,
            row: 1,
            failed: Latch::default(),
        }
    }

    /// The header's bytes, its line end included, and where they end in the data; once they are known.
    pub fn header(&self) -> Option<(&[u8], u64)> {
        self.header_end.map(|end| (self.header.as_slice(), end))
    }

    /// Takes the next chunk, and appends where parts end, in bytes from the start of the data. A part begins where the one
    /// before it ends, the first one behind the header.
    ///
    /// # Errors
    /// A record that no part can hold, or another encoding.
    pub fn push(&mut self, bytes: &[u8], cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        self.guarded(|splitter| {
            let mut bytes = bytes;
            let opened = splitter.bom.open(&mut bytes)?;
            splitter.start += opened.dropped;
            splitter.at += opened.dropped;
            splitter.take_in(&opened.bytes, cuts)?;
            splitter.take_in(bytes, cuts)
        })
    }

    /// Says that the data has ended, and appends where the last part does.
    ///
    /// # Errors
    /// Data that ends inside a quoted cell, and a last record that no part can hold.
    pub fn finish(&mut self, cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        self.guarded(|splitter| {
            let held = splitter.bom.close();
            splitter.take_in(&held, cuts)?;
            splitter.end_data(cuts)
        })
    }

    fn guarded(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), CsvError>,
    ) -> Result<(), CsvError> {
        self.failed.check()?;
        let result = work(self);
        self.failed.keep(result)
    }

    fn take_in(&mut self, bytes: &[u8], cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        if self.index.is_some() {
            return self.read(bytes, cuts);
        }
        match self.opening.take(bytes, self.start)? {
            Some((_, rest)) => self.begin(cuts).and_then(|()| self.read(rest, cuts)),
            None => Ok(()),
        }
    }

    /// The first record is complete, or all that there is.
    fn begin(&mut self, cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        self.index = Some(RecordIndex::new(self.opening.delimiter().byte()));
        let held = self.opening.held();
        self.read(&held, cuts)
    }

    fn read(&mut self, bytes: &[u8], cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        let Some(index) = &mut self.index else { return Ok(()) };
        let mut ends = std::mem::take(&mut self.ends);
        index.push(bytes, &mut ends);
        let mut from = 0;
        for end in ends.drain(..) {
            self.add(bytes.get(from..end.next).unwrap_or_default());
            self.end_record(end.blank, cuts)?;
            from = end.next;
        }
        self.ends = ends;
        self.add(bytes.get(from..).unwrap_or_default());
        self.check_open()
    }

    /// Some bytes of the open record.
    fn add(&mut self, bytes: &[u8]) {
        self.at += bytes.len() as u64;
        self.open.bytes += bytes.len() as u64;
        if self.limits.chars < u64::MAX {
            self.open.chars += utf16_len(bytes) as u64;
        }
        if self.header_end.is_none() {
            self.header.extend_from_slice(bytes);
        }
    }

    fn end_record(&mut self, blank: bool, cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        if self.header_end.is_none() {
            return if blank { Ok(()) } else { self.end_header() };
        }
        let counts = !blank || self.single;
        self.check_open()?;
        let record = Extent { rows: u64::from(counts), ..std::mem::take(&mut self.open) };
        if !self.fits(self.part.and(record)) {
            if self.part.rows > 0 {
                cuts.push(self.at - record.bytes);
                self.part = Extent::default();
            }
            if counts && !self.fits(self.part.and(record)) {
                return Err(self.error(CsvErrorKind::PartTooSmall, record.bytes));
            }
        }
        self.part = self.part.and(record);
        self.row += u64::from(counts);
        Ok(())
    }

    /// Empty lines before the header stay with it.
    fn end_header(&mut self) -> Result<(), CsvError> {
        let names = header_names(&self.header, self.opening.delimiter(), self.start)?;
        self.single = names.len() == 1;
        self.header_end = Some(self.at);
        self.head = std::mem::take(&mut self.open);
        if self.header.starts_with(UTF8) {
            // The data's own mark is gone, and who reads a part would take this one, which is data, for it.
            self.header.splice(..0, UTF8.iter().copied());
            self.head = self.head.and(Extent { bytes: UTF8.len() as u64, rows: 0, chars: 1 });
        }
        if self.header.ends_with(b"\r") {
            // With a part that begins with an empty line, a lone CR would make one line end of two.
            self.header.push(b'\n');
            self.head = self.head.and(Extent { bytes: 1, rows: 0, chars: 1 });
        }
        self.row += 1;
        Ok(())
    }

    fn fits(&self, part: Extent) -> bool {
        let Extent { bytes, rows, chars } = self.head.and(part);
        let limits = &self.limits;
        bytes <= limits.bytes && rows <= limits.rows && chars <= limits.chars
    }

    /// A record need not end to be too long.
    fn check_open(&self) -> Result<(), CsvError> {
        let Extent { bytes, .. } = self.open;
        if bytes > self.limits.record {
            let kind = CsvErrorKind::RecordTooLong { limit: self.limits.record as usize };
            return Err(self.error(kind, bytes));
        }
        // An empty line, which is no record, has at the most two bytes.
        if self.header_end.is_some() && self.head.bytes + bytes > self.limits.bytes && bytes > 2 {
            return Err(self.error(CsvErrorKind::PartTooSmall, bytes));
        }
        Ok(())
    }

    fn end_data(&mut self, cuts: &mut Vec<u64>) -> Result<(), CsvError> {
        if self.index.is_none() && self.opening.begun() {
            self.begin(cuts)?;
        }
        let Some(index) = &self.index else { return Ok(()) };
        let last = index.finish().map_err(|fault| CsvError {
            kind: CsvErrorKind::Unterminated,
            row: self.row,
            column: fault.column,
            byte: self.start + fault.byte,
        })?;
        if last != Last::Nothing {
            self.end_record(last == Last::Blank, cuts)?;
        }
        if self.part.rows > 0 {
            cuts.push(self.at);
        }
        Ok(())
    }

    /// `back`: how many bytes of the record have been read.
    fn error(&self, kind: CsvErrorKind, back: u64) -> CsvError {
        CsvError { kind, row: self.row, column: 0, byte: self.at - back }
    }
}

impl Extent {
    fn and(self, other: Self) -> Self {
        Self {
            bytes: self.bytes + other.bytes,
            rows: self.rows + other.rows,
            chars: self.chars + other.chars,
        }
    }
}
