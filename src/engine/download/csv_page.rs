//! One page of CSV as bytes: its header apart, and behind it whole records only, counted.

use crate::csv::{Delimiter, header_names};
use crate::error::{Error, Result};
use salesforce_bulk_scan::{Last, RecordEnd, RecordIndex};

/// A record this long is not a record.
const MAX_RECORD: usize = 16 << 20;

/// Cuts a page behind whole records, so that it can go on with another record at any time.
pub(super) struct CsvPage {
    delimiter: Delimiter,
    index: RecordIndex,
    ends: Vec<RecordEnd>,
    /// The first record, once it is whole, and its names.
    header: Option<CsvHeader>,
    /// What has come of the record that is not whole yet.
    open: Vec<u8>,
}

/// The first record of a page.
#[derive(Clone, Debug)]
pub(super) struct CsvHeader {
    /// As it came, with its end.
    pub bytes: Vec<u8>,
    /// The names of the columns.
    pub names: Vec<String>,
}

/// Some whole records.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CsvRecords {
    /// As they came.
    pub bytes: Vec<u8>,
    /// How many.
    pub count: u64,
}

impl CsvPage {
    /// Nothing read yet.
    pub fn new(delimiter: Delimiter) -> Self {
        let index = RecordIndex::new(delimiter.byte());
        CsvPage { delimiter, index, ends: Vec::new(), header: None, open: Vec::new() }
    }

    /// The header, once it is whole.
    pub fn header(&self) -> Option<&CsvHeader> {
        self.header.as_ref()
    }

    /// Takes a piece, and gives the records that are whole by now.
    ///
    /// # Errors
    /// Where the header cannot be read, or a record never ends.
    pub fn push(&mut self, piece: &[u8]) -> Result<CsvRecords> {
        self.ends.clear();
        self.index.push(piece, &mut self.ends);
        let Some(whole) = self.ends.last().map(|end| end.next) else {
            self.keep(piece)?;
            return Ok(CsvRecords::default());
        };
        let (closing, opening) = piece.split_at(whole);
        let mut bytes = std::mem::take(&mut self.open);
        let before = bytes.len();
        bytes.extend_from_slice(closing);
        self.keep(opening)?;
        let mut first = 0;
        if self.header.is_none() {
            first = self.take_header(&mut bytes, before)?;
        }
        let behind = self.ends.get(first..).unwrap_or_default();
        let single = self.is_single();
        let count = behind.iter().filter(|end| single || !end.blank).count() as u64;
        Ok(CsvRecords { bytes, count })
    }

    /// Ends the page, and gives the last record where it had no end.
    ///
    /// # Errors
    /// Where it ends in the middle of a quoted cell, or the header cannot be read.
    pub fn finish(&mut self) -> Result<CsvRecords> {
        let last = self.index.finish();
        let last = last.map_err(|_| Error::response("The result ends within a quoted cell."))?;
        let bytes = std::mem::take(&mut self.open);
        match last {
            Last::Nothing | Last::Blank => Ok(CsvRecords::default()),
            Last::Record if self.header.is_none() => {
                self.header = Some(self.read_header(bytes)?);
                Ok(CsvRecords::default())
            }
            Last::Record => Ok(CsvRecords { bytes, count: 1 }),
        }
    }

    /// Takes the header from the front of whole records, and says how many of the ends in the piece it took. `before`
    /// is how many of the bytes came earlier than the piece.
    fn take_header(&mut self, bytes: &mut Vec<u8>, before: usize) -> Result<usize> {
        let Some(at) = self.ends.iter().position(|end| !end.blank) else {
            // Blank lines before the header belong to it.
            bytes.append(&mut self.open);
            self.open = std::mem::take(bytes);
            return Ok(self.ends.len());
        };
        let end = self.ends.get(at).map_or(0, |end| end.next);
        let rest = bytes.split_off(before + end);
        let header = std::mem::replace(bytes, rest);
        self.header = Some(self.read_header(header)?);
        Ok(at + 1)
    }

    fn read_header(&self, bytes: Vec<u8>) -> Result<CsvHeader> {
        let names = header_names(&bytes, self.delimiter, 0)?;
        Ok(CsvHeader { bytes, names })
    }

    /// In data of one column an empty line is a record.
    fn is_single(&self) -> bool {
        self.header.as_ref().is_some_and(|header| header.names.len() == 1)
    }

    fn keep(&mut self, open: &[u8]) -> Result<()> {
        self.open.extend_from_slice(open);
        if self.open.len() > MAX_RECORD {
            return Err(Error::response("A record of the result never ends."));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str, size: usize) -> Result<(Vec<String>, String, u64)> {
        let mut csv = CsvPage::new(Delimiter::Comma);
        let (mut bytes, mut count) = (Vec::new(), 0);
        let mut add = |records: CsvRecords| {
            bytes.extend(records.bytes);
            count += records.count;
        };
        for piece in page.as_bytes().chunks(size) {
            add(csv.push(piece)?);
        }
        add(csv.finish()?);
        let names = csv.header().map(|header| header.names.clone()).unwrap_or_default();
        Ok((names, String::from_utf8(bytes).expect("text"), count))
    }

    #[test]
    fn a_page_is_header_and_records_at_every_split() {
        for (page, names, rest, count) in [
            ("\"a\"\n\"1\"\n", vec!["a"], "\"1\"\n", 1),
            ("\"a\"\n\"1\n\"\"x\"\n", vec!["a"], "\"1\n\"\"x\"\n", 1),
            ("a\n1", vec!["a"], "1", 1),
            ("a", vec!["a"], "", 0),
            ("a\r\n1\r\n2", vec!["a"], "1\r\n2", 2),
            ("\n\na,b\n1,2\n", vec!["a", "b"], "1,2\n", 1),
            ("", vec![], "", 0),
            ("a\n\n1\n", vec!["a"], "\n1\n", 2),
            ("a,b\n\n1,2\n\n", vec!["a", "b"], "\n1,2\n\n", 1),
            ("a,b\nx\"y,\"\n\"\n", vec!["a", "b"], "x\"y,\"\n\"\n", 1),
        ] {
            for size in 1..=page.len().max(1) {
                let found = read(page, size).expect("a page");
                let expected =
                    (names.iter().map(|name| (*name).to_owned()).collect(), rest.to_owned(), count);
                assert_eq!(found, expected, "{page:?} by {size}");
            }
        }
    }

    #[test]
    fn a_page_that_ends_within_a_cell_is_an_error() {
        for size in [1, 3, 100] {
            assert!(read("a\n\"1", size).is_err());
        }
    }
}
