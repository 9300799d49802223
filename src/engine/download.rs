//! Reading results: bodies one after another, as records or as bytes, counted.

use std::rc::Rc;

use super::host::Host;
use super::join::Joiner;
use super::outcomes::Role;
use super::records::{Chunk, Records};
use super::resume::Resumable;
use super::session::Session;
use super::source::{Planned, Source};
use super::v2::locator;
use crate::csv::Cells;
use crate::error::{Code, Error, Result};
use crate::wire::v1::NOTHING_FOUND;
use crate::xml::RecordKind;

/// A download. Read either its records or its bytes.
///
/// # Cancellation
/// Dropping the future of a read leaves the download unusable: drop it too.
pub struct Download<H: Host> {
    session: Rc<Session<H>>,
    source: Source<H::Payload>,
    page: Option<Page<H>>,
    header: Option<Vec<String>>,
    joiner: Joiner,
    rows: u64,
    pages: u64,
    /// Bytes of JSON or XML have gone by: their rows were not counted.
    opaque: bool,
}

/// A body being read.
struct Page<H: Host> {
    body: Resumable<H>,
    records: Records,
    role: Role,
    rows: u64,
    /// How many rows the server says it has.
    expected: Option<u64>,
    /// What came after the last whole record was no record. It is told when the records before it are delivered.
    broken: Option<Error>,
    ended: bool,
    /// Its header has been looked at.
    introduced: bool,
}

/// What the head of a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The next page's locator.
    pub locator: Option<String>,
    /// How many rows it has.
    pub number_of_records: Option<u64>,
}

impl<H: Host> Download<H> {
    /// Sends nothing yet.
    pub fn new(session: Rc<Session<H>>, source: Source<H::Payload>) -> Self {
        Download {
            session,
            source,
            page: None,
            header: None,
            joiner: Joiner::default(),
            rows: 0,
            pages: 0,
            opaque: false,
        }
    }

    /// The job, once it is there.
    pub fn job(&self) -> Option<&str> {
        self.source.job()
    }

    /// Sends the first request, and reads the head of the answer.
    pub async fn open(&mut self) -> Result<Head> {
        self.turn().await?;
        let reply = self.page.as_ref().map(|page| page.body.reply());
        let reply = reply.ok_or_else(|| Error::response("There is no page."))?;
        Ok(Head {
            locator: locator(reply)?,
            number_of_records: number_of_records(reply.header(COUNT)),
        })
    }

    /// The next records; none at the end.
    ///
    /// # Errors
    /// [`Code::Incomplete`] where the rows are not as many as the job's or the page's.
    pub async fn next(&mut self) -> Result<Option<Chunk>> {
        loop {
            if self.page.is_none() && !self.turn().await? {
                return self.counted(self.rows).map(|()| None);
            }
            let Some(page) = &mut self.page else { continue };
            match page.next(&self.session).await? {
                Some(chunk) => return self.deliver(chunk).map(Some),
                None => {
                    if let Some(chunk) = self.end_page()? {
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
            if self.page.is_none() && !self.turn().await? {
                let counted =
                    if self.opaque { Ok(()) } else { self.counted(self.joiner.records()) };
                return counted.map(|()| None);
            }
            let Some(page) = &mut self.page else { continue };
            let joined = match page.body.read(&self.session).await? {
                Some(piece) => self.join(&piece)?,
                None => self.end_bytes(),
            };
            if !joined.is_empty() {
                return Ok(Some(joined));
            }
        }
    }

    /// Opens the next page; false where there is none.
    async fn turn(&mut self) -> Result<bool> {
        let Some(planned) = self.source.next(&self.session).await? else { return Ok(false) };
        let Planned { request, role, delimiter } = planned;
        let body = Resumable::open(&self.session, request).await?;
        self.source.answered(body.reply())?;
        let kind = if role == Role::Batch { RecordKind::Result } else { RecordKind::Query };
        let expected = number_of_records(body.reply().header(COUNT)).filter(|_| role.is_rows());
        let records = Records::new(delimiter, kind, role.ragged());
        self.joiner.begin_page(delimiter);
        self.page = Some(Page {
            body,
            records,
            role,
            rows: 0,
            expected,
            broken: None,
            ended: false,
            introduced: false,
        });
        self.pages += 1;
        Ok(true)
    }

    fn of_job(&self, error: Error) -> Error {
        match self.source.job() {
            Some(job) => error.job(job),
            None => error,
        }
    }

    /// Counts a chunk, and shapes it for the caller.
    fn deliver(&mut self, chunk: Chunk) -> Result<Chunk> {
        let Some(page) = &mut self.page else { return Ok(chunk) };
        let rows = chunk.rows();
        let shaped = page.role.shape(chunk, page.records.header(), page.rows)?;
        page.rows += rows;
        self.rows += rows;
        match shaped {
            Chunk::Cells(_, cells) => self.headed(cells),
            json => Ok(json),
        }
    }

    /// Says what the header is where the caller does not know. The first record of a later page is the header again;
    /// where it is not, it is a row like the others.
    fn headed(&mut self, cells: Cells) -> Result<Chunk> {
        let first = self.page.as_mut().and_then(Page::introduce);
        match (first, &self.header) {
            (Some(header), None) => {
                self.header = Some(header.clone());
                Ok(Chunk::Cells(Some(header), cells))
            }
            (Some(row), Some(header)) if row != *header => {
                let fits = row.len() == header.len();
                self.rows += 1;
                self.page.iter_mut().for_each(|page| page.rows += 1);
                fits.then(|| Chunk::Cells(None, cells.with_row(&row))).ok_or_else(other_columns)
            }
            _ => Ok(Chunk::Cells(None, cells)),
        }
    }

    /// Ends a page of records. One that had a header and no rows still tells it.
    fn end_page(&mut self) -> Result<Option<Chunk>> {
        let Some(page) = &self.page else { return Ok(None) };
        let header =
            page.records.header().filter(|header| !page.introduced && !says_nothing_found(header));
        let last = match header.map(<[String]>::len) {
            Some(columns) if page.role.is_rows() => {
                Some(self.headed(Cells { columns, ..Cells::default() })?)
            }
            _ => None,
        };
        let page = self.page.take();
        let rows = page.as_ref().map_or(0, |page| page.rows);
        match page.and_then(|page| page.expected) {
            Some(expected) if expected != rows => {
                Err(self.of_job(short("The page", expected, rows)))
            }
            _ => Ok(last),
        }
    }

    fn join(&mut self, piece: &[u8]) -> Result<Vec<u8>> {
        let Some(page) = &mut self.page else { return Ok(Vec::new()) };
        if let Records::Unknown(..) = page.records {
            page.records.look(piece);
        }
        match page.records {
            Records::Csv(_) | Records::Unknown(..) if page.role.is_rows() => {
                Ok(self.joiner.push(piece))
            }
            _ if self.pages > 1 => Err(Error::response(
                "Several results of JSON or XML make no one document: read the bytes of each result on its own.",
            )),
            _ => {
                self.opaque = true;
                Ok(piece.to_vec())
            }
        }
    }

    fn end_bytes(&mut self) -> Vec<u8> {
        self.page = None;
        self.joiner.end_page()
    }

    /// Whether the rows are as many as they must be.
    fn counted(&self, rows: u64) -> Result<()> {
        match self.source.expected() {
            Some(expected) if expected != rows => {
                Err(self.of_job(short("The job", expected, rows)))
            }
            _ => Ok(()),
        }
    }
}

impl<H: Host> Page<H> {
    /// Its header, once.
    fn introduce(&mut self) -> Option<Vec<String>> {
        let first = !std::mem::replace(&mut self.introduced, true);
        self.records.header().filter(|_| first).map(<[String]>::to_vec)
    }

    async fn next(&mut self, session: &Session<H>) -> Result<Option<Chunk>> {
        loop {
            if let Some(chunk) = self.records.take() {
                return Ok(Some(chunk));
            }
            if let Some(error) = self.broken.take() {
                return Err(error);
            }
            if self.ended {
                return Ok(None);
            }
            let read = match self.body.read(session).await? {
                Some(piece) => self.records.push(&piece),
                None => {
                    self.ended = true;
                    self.records.finish()
                }
            };
            self.broken = read.err();
        }
    }
}

const COUNT: &str = "sforce-numberofrecords";

fn number_of_records(header: Option<&str>) -> Option<u64> {
    header?.trim().parse().ok()
}

fn says_nothing_found(header: &[String]) -> bool {
    matches!(header, [only] if only == NOTHING_FOUND)
}

fn other_columns() -> Error {
    Error::response("A later page of the result has other columns than the first: read it again.")
}

fn short(what: &str, expected: u64, received: u64) -> Error {
    let message = format!("{what} has {expected} rows, but {received} came: read it again.");
    let mut error = Error::new(Code::Incomplete, message).count(expected, received);
    error.retryable = true;
    error
}
