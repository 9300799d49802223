//! Many pages as one: the header once, the same for all, and the rows counted.

use super::format::{Chunk, Format};
use super::page::{BytesPiece, Page};
use crate::engine::host::Host;
use crate::error::{Error, Result};

/// What is known of the whole.
#[derive(Default)]
pub(super) struct Assembler {
    format: Option<Format>,
    /// The names of the columns, of CSV.
    columns: Option<Vec<String>>,
    /// The last byte that went out was in the middle of a record: another page needs a line end before it.
    unended: bool,
    /// What ends a record.
    crlf: bool,
    pages: u64,
    rows: u64,
    /// A page has gone by whose rows nobody counted.
    uncounted: bool,
}

impl Assembler {
    /// The rows of all pages that were read to their ends; none where not all were counted.
    pub fn rows(&self) -> Option<u64> {
        (!self.uncounted).then_some(self.rows)
    }

    /// A page has ended.
    ///
    /// # Errors
    /// Where it is in another format than those before it.
    pub fn end_page<H: Host>(&mut self, page: &Page<H>) -> Result<()> {
        self.pages += 1;
        self.rows += page.rows();
        self.uncounted |= !page.is_counted();
        let Some(format) = page.format() else { return Ok(()) };
        if *self.format.get_or_insert(format) == format { Ok(()) } else { Err(other("records")) }
    }

    /// A chunk of a page, as part of the whole: the header is told where it is new.
    ///
    /// # Errors
    /// Where the page has other columns than the first.
    pub fn records<H: Host>(&mut self, page: &Page<H>, chunk: Chunk) -> Result<Chunk> {
        match (chunk, page.header()) {
            (Chunk::Cells(_, cells), Some(columns)) => {
                let news = self.accept(columns)?;
                Ok(Chunk::Cells(news.then(|| columns.to_vec()), cells))
            }
            (chunk, _) => Ok(chunk),
        }
    }

    /// Bytes of a page, as part of the whole.
    ///
    /// # Errors
    /// As [`Assembler::records`]; and where the page is a second document of a format that cannot be joined.
    pub fn bytes<H: Host>(&mut self, page: &Page<H>, piece: BytesPiece) -> Result<Vec<u8>> {
        if self.pages > 0 && !(page.role().is_rows() && matches!(piece, BytesPiece::Csv(..))) {
            return Err(Error::response(
                "Several results of JSON, of XML or of outcomes make no one document: read the bytes of each on its own.",
            ));
        }
        match piece {
            BytesPiece::Whole(bytes) => Ok(bytes),
            BytesPiece::Csv(header, records) => {
                let mut out = Vec::with_capacity(records.len());
                if let Some(header) = header
                    && self.accept(&header.names)?
                {
                    self.crlf = header.bytes.ends_with(b"\r\n");
                    out.extend_from_slice(&header.bytes);
                    self.unended = !ends_record(&out);
                }
                self.append(&records, &mut out);
                Ok(out)
            }
        }
    }

    fn append(&mut self, records: &[u8], out: &mut Vec<u8>) {
        if records.is_empty() {
            return;
        }
        if self.unended {
            out.extend_from_slice(if self.crlf { b"\r\n" } else { b"\n" });
        }
        out.extend_from_slice(records);
        self.unended = !ends_record(records);
    }

    /// Takes the columns of a page; true where they are the first.
    fn accept(&mut self, columns: &[String]) -> Result<bool> {
        match &self.columns {
            None => {
                self.columns = Some(columns.to_vec());
                Ok(true)
            }
            Some(known) if known == columns => Ok(false),
            Some(_) => Err(other("columns")),
        }
    }
}

fn other(what: &str) -> Error {
    let message =
        format!("A later page of the result has other {what} than the first: read it again.");
    Error::response(message).transient()
}

/// Whether whole records end with a line end: the last of a page may have none.
fn ends_record(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\n") || bytes.ends_with(b"\r")
}
