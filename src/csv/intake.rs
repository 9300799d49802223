//! CSV that already exists, on its way to the server.

use super::bom::BomFilter;
use super::pass::Pass;
use super::sniff::Opening;
use super::{CsvError, CsvErrorKind, Delimiter, Dialect, Latch, LineEnding, header_names};
use salesforce_bulk_scan::utf16_len;

/// What the caller knows of the CSV; the rest is found out from its first record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IntakeOptions {
    /// What stands between two cells; `None`: whichever delimiter the header row has most of.
    pub delimiter: Option<Delimiter>,
    /// How records are to end on their way out; `None`: as the first one does, or with LF where it
    /// ends otherwise.
    pub line_ending: Option<LineEnding>,
}

/// What has come out, all in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records, the header not counted.
    pub records: u64,
    /// Bytes.
    pub bytes: u64,
    /// Characters as Salesforce counts them: UTF-16 code units.
    pub chars: u64,
}

/// Passes CSV through, chunk by chunk: the byte order mark dropped, every record ended alike (the last
/// one too), everything counted, cells untouched.
///
/// An empty line is dropped, except in data of one column, where it is a record with an empty cell and
/// comes out as `""`. Nothing comes out before the first record is complete, so that the caller can
/// learn the [`Dialect`] first.
#[derive(Debug)]
pub struct Intake {
    options: IntakeOptions,
    bom: BomFilter,
    /// The beginning of a character whose rest is in the next chunk.
    begun: Vec<u8>,
    /// How far the data is known to be UTF-8, from its start.
    checked: u64,
    /// The first record, until it is complete.
    opening: Opening,
    /// Where the data begins: behind the byte order mark.
    start: u64,
    dialect: Option<Dialect>,
    pass: Option<Pass>,
    summary: Summary,
    failed: Latch,
}

impl Intake {
    /// An intake at the start of the data.
    pub fn new(options: IntakeOptions) -> Self {
        Self {
            options,
            bom: BomFilter::default(),
            begun: Vec::new(),
            checked: 0,
            opening: Opening::new(options.delimiter),
            start: 0,
            dialect: None,
            pass: None,
            summary: Summary::default(),
            failed: Latch::default(),
        }
    }

    /// Takes the next chunk and appends to `out` what can go on.
    ///
    /// # Errors
    ///
    /// Data that is not UTF-8, or a header row over the limit.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), CsvError> {
        self.guarded(|intake| intake.push_raw(bytes, out))
    }

    /// Says that the data has ended, and appends the rest to `out`.
    ///
    /// # Errors
    ///
    /// Where the data ends inside a quoted cell; the error tells where its quote opened.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<Summary, CsvError> {
        self.guarded(|intake| intake.finish_raw(out))?;
        Ok(self.summary)
    }

    /// The dialect, known once the first record is complete.
    pub fn dialect(&self) -> Option<&Dialect> {
        self.dialect.as_ref()
    }

    fn guarded(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), CsvError>,
    ) -> Result<(), CsvError> {
        self.failed.check()?;
        let result = work(self);
        self.failed.keep(result)
    }

    fn push_raw(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), CsvError> {
        let opened = self.bom.open(&mut bytes)?;
        self.start += opened.dropped;
        self.checked += opened.dropped;
        self.check_in(&opened.bytes, out)?;
        self.check_in(bytes, out)
    }

    fn finish_raw(&mut self, out: &mut Vec<u8>) -> Result<(), CsvError> {
        let held = self.bom.close();
        self.check_in(&held, out)?;
        if !self.begun.is_empty() {
            return Err(self.not_utf8());
        }
        if self.pass.is_none() && self.opening.begun() {
            self.begin(LineEnding::Lf, out)?;
        }
        let before = out.len();
        let result = self.pass.as_mut().map_or(Ok(()), |pass| pass.finish(out));
        self.count(out.get(before..).unwrap_or_default());
        result
    }

    /// Salesforce is told that the data is UTF-8, and takes what is not for other letters without a word.
    fn check_in(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), CsvError> {
        if self.begun.is_empty() {
            return self.check_whole(bytes, out);
        }
        let joined = [std::mem::take(&mut self.begun).as_slice(), bytes].concat();
        self.check_whole(&joined, out)
    }

    fn check_whole(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), CsvError> {
        let Err(error) = std::str::from_utf8(bytes) else {
            self.checked += bytes.len() as u64;
            return self.take_in(bytes, out);
        };
        let (good, rest) = bytes.split_at(error.valid_up_to());
        self.checked += good.len() as u64;
        self.take_in(good, out)?;
        if error.error_len().is_some() {
            return Err(self.not_utf8());
        }
        self.begun.extend_from_slice(rest);
        Ok(())
    }

    fn not_utf8(&self) -> CsvError {
        let row = self.pass.as_ref().map_or(0, Pass::rows) + 1;
        CsvError { kind: CsvErrorKind::InvalidUtf8, row, column: 0, byte: self.checked }
    }

    fn take_in(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), CsvError> {
        if self.pass.is_some() {
            self.pass_on(bytes, out);
            return Ok(());
        }
        if let Some((ending, rest)) = self.opening.take(bytes, self.start)? {
            self.begin(ending, out)?;
            self.pass_on(rest, out);
        }
        Ok(())
    }

    /// The first record is complete: what was held goes on.
    fn begin(&mut self, ending: LineEnding, out: &mut Vec<u8>) -> Result<(), CsvError> {
        let held = self.opening.held();
        let dialect = Dialect {
            delimiter: self.opening.delimiter(),
            line_ending: self.options.line_ending.unwrap_or(ending),
            header: header_names(&held, self.opening.delimiter(), self.start)?,
        };
        self.pass = Some(Pass::new(&dialect, self.start));
        self.dialect = Some(dialect);
        self.pass_on(&held, out);
        Ok(())
    }

    fn pass_on(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let before = out.len();
        if let Some(pass) = &mut self.pass {
            pass.push(bytes, out);
        }
        self.count(out.get(before..).unwrap_or_default());
    }

    fn count(&mut self, written: &[u8]) {
        self.summary.bytes += written.len() as u64;
        self.summary.chars += utf16_len(written) as u64;
        self.summary.records = self.pass.as_ref().map_or(0, |pass| pass.rows().saturating_sub(1));
    }
}
