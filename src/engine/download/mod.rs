//! Reading results: pages one after another, recognised and counted, as records or as bytes.
//!
//! A [`Source`] says which bodies there are, a page reads one of them to its end through whatever breaks it off, and the
//! assembler makes one whole of them.

mod assembler;
mod body;
mod csv_page;
mod format;
mod later_row;
mod outcome_row;
mod outcomes;
mod overlap;
mod page;
mod plan;
mod progress;
mod source;

use std::rc::Rc;

use super::host::Host;
use super::session::Session;
use crate::csv::Cells;
use crate::error::{Count, Error, Kind, Result};
use crate::planted::{self, Bug};

use assembler::Assembler;
pub use format::{Chunk, Records};
pub use outcome_row::{OutcomeRow, RowIdentity, write_rows};
use page::Page;
pub use plan::{CsvReading, PagePlan, PagePosition, Role};
pub use source::{BatchRef, BatchResults, IngestResults, QueryResults, ResultPage, Source};

/// A download. Read either its records or its bytes.
///
/// # Cancellation
/// Dropping the future of a read leaves the download unusable: drop it too.
pub struct Download<H: Host> {
    session: Rc<Session<H>>,
    source: Source<H::Payload>,
    page: Option<Page<H>>,
    whole: Assembler,
    csv: CsvReading,
}

/// What the head of a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The next page's locator, as the header says it: the last page's is the text `null`. None where there is no such
    /// header, or it is hidden.
    pub locator: Option<String>,
    /// How many rows the page has.
    pub number_of_records: Option<u64>,
}

impl<H: Host> Download<H> {
    /// Sends nothing yet.
    pub fn new(session: Rc<Session<H>>, source: Source<H::Payload>) -> Self {
        let csv = CsvReading::default();
        Download { session, source, page: None, whole: Assembler::default(), csv }
    }

    /// Has CSV read so; the delimiter is the job's own.
    pub fn read_csv(&mut self, csv: CsvReading) {
        self.csv = csv;
    }

    /// The job, once it is there.
    pub fn job(&self) -> Option<&str> {
        self.source.job()
    }

    /// Sends the first request, and reads the head of the answer.
    ///
    /// # Errors
    /// Those of the request.
    pub async fn open(&mut self) -> Result<Head> {
        self.next_page().await?;
        let page = self.page.as_ref().ok_or_else(|| Error::response("There is no page."))?;
        Ok(Head {
            locator: page.reply().header("sforce-locator").map(str::to_owned),
            number_of_records: page.expected(),
        })
    }

    /// The next records; none at the end.
    ///
    /// # Errors
    /// [`Kind::Incomplete`] where the rows are not as many as the job's or the page's, [`Kind::Response`] where they are
    /// something else.
    pub async fn next(&mut self) -> Result<Option<Chunk>> {
        loop {
            if self.page.is_none() && !self.next_page().await? {
                self.check_total().await?;
                return Ok(None);
            }
            let Some(page) = &mut self.page else { continue };
            match page.next_records(&self.session).await? {
                Some(chunk) => return self.whole.records(page, chunk).map(Some),
                None => {
                    if let Some(chunk) = self.end_records()? {
                        return Ok(Some(chunk));
                    }
                }
            }
        }
    }

    /// The next bytes; none at the end. Pages of CSV are joined under one header.
    ///
    /// # Errors
    /// As [`Download::next`].
    pub async fn next_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        loop {
            if self.page.is_none() && !self.next_page().await? {
                self.check_total().await?;
                return Ok(None);
            }
            let Some(page) = &mut self.page else { continue };
            let Some(piece) = page.next_bytes(&self.session).await? else {
                self.end_page()?;
                continue;
            };
            let bytes = self.whole.bytes(page, piece)?;
            if !bytes.is_empty() {
                return Ok(Some(bytes));
            }
        }
    }

    /// Opens the next page; false where there is none.
    async fn next_page(&mut self) -> Result<bool> {
        let Some(mut plan) = self.source.next(&self.session).await? else { return Ok(false) };
        plan.csv = CsvReading { delimiter: plan.csv.delimiter, ..self.csv.clone() };
        let page = Page::open(&self.session, plan).await?;
        self.source.opened(page.reply())?;
        self.page = Some(page);
        Ok(true)
    }

    /// A page that had a header and no rows still tells it.
    fn end_records(&mut self) -> Result<Option<Chunk>> {
        let Some(page) = &mut self.page else { return Ok(None) };
        let last = match page.header().map(<[String]>::len) {
            Some(columns) if page.role().is_rows() => {
                let nothing = Chunk::Cells(None, Cells { columns, ..Cells::default() });
                Some(self.whole.records(page, nothing)?)
            }
            _ => None,
        };
        self.end_page()?;
        // A header that is known already is no news.
        Ok(last.filter(|chunk| matches!(chunk, Chunk::Cells(Some(_), _))))
    }

    fn end_page(&mut self) -> Result<()> {
        let Some(page) = self.page.take() else { return Ok(()) };
        self.whole.end_page(&page)?;
        page.check_count().map_err(|error| self.of_job(error))
    }

    /// Whether the rows are as many as the job's. Its count may lag behind, or not have been there yet: it is asked for
    /// once more before it is an error, or before nothing has counted them.
    async fn check_total(&mut self) -> Result<()> {
        let Some(rows) = self.whole.rows() else { return Ok(()) };
        if self.source.expected() == Some(rows) || planted::is(Bug::SkipJobCount) {
            return Ok(());
        }
        match self.source.expected_again(&self.session).await? {
            Some(expected) if expected != rows => {
                Err(self.of_job(wrong_count("The job", expected, rows)))
            }
            _ => Ok(()),
        }
    }

    fn of_job(&self, error: Error) -> Error {
        match self.source.job() {
            Some(job) => error.job(job),
            None => error,
        }
    }
}

/// The failure of rows that are not as many as they must be.
fn wrong_count(what: &str, expected: u64, received: u64) -> Error {
    let message = format!("{what} has {expected} rows, but {received} came: read it again.");
    let count = Count { expected: Some(expected), received: Some(received) };
    Error::new(Kind::Incomplete(count), message).transient()
}
