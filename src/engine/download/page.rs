//! One page: read to its end through whatever breaks it off, recognised, and counted.

use super::body::{Broken, ResumableBody};
use super::csv_page::{CsvHeader, CsvPage};
use super::format::{Chunk, Format, Records};
use super::outcomes::outcomes;
use super::plan::{CsvReading, PagePlan, PagePosition, Recognised, Role, unrecognised};
use super::wrong_count;
use crate::engine::host::{Host, Reply};
use crate::engine::session::Session;
use crate::error::{Count, Error, Kind, Result};
use crate::planted::{self, Bug};
use crate::text::contains;

/// A body being read, either as records or as bytes.
pub(super) struct Page<H: Host> {
    pub(super) body: ResumableBody<H>,
    role: Role,
    csv: CsvReading,
    /// Where it stands among a query's pages, where it is one.
    pub(super) position: Option<PagePosition>,
    /// How many rows it must have, where that is known.
    expected: Option<u64>,
    /// How many rows were given out.
    rows: u64,
    content: Content,
    /// White space, read as bytes before anything that says what the page is.
    opening: Vec<u8>,
    recognised: Option<Recognised>,
    /// What came after the last whole record was no record. It is told when the records before it are delivered.
    broken: Option<Error>,
    ended: bool,
}

/// How the page is read.
enum Content {
    /// As records.
    Records(Records),
    /// CSV as bytes.
    Csv(CsvPage),
    /// JSON or XML as bytes, whose records are counted; or what was sent, which has none.
    Counted(Option<Records>),
}

/// Bytes of a page.
pub(super) enum BytesPiece {
    /// Of CSV: the header where it is new in this page, and whole records.
    Csv(Option<CsvHeader>, Vec<u8>),
    /// Of anything else.
    Whole(Vec<u8>),
}

/// What reading a body gave.
enum Step {
    Piece(Vec<u8>),
    /// Another body goes on with the next record, and has a header of its own.
    Restarted,
    End,
}

const COUNT: &str = "sforce-numberofrecords";

impl<H: Host> Page<H> {
    /// Sends the request, and waits for the head of the answer.
    ///
    /// # Errors
    /// Those of the request, and where the answer is no result.
    pub async fn open(session: &Session<H>, plan: PagePlan<H::Payload>) -> Result<Self> {
        let PagePlan { request, role, csv, expected, position } = plan;
        let body = ResumableBody::open(session, request, role).await?;
        let counted = number_of_records(body.reply()).filter(|_| role == Role::Query);
        Ok(Page {
            body,
            role,
            csv,
            position,
            expected: counted.or(expected),
            rows: 0,
            content: Content::Records(Records::Unknown),
            opening: Vec::new(),
            recognised: None,
            broken: None,
            ended: false,
        })
    }

    /// The head of the answer.
    pub fn reply(&self) -> &Reply<H::Body> {
        self.body.reply()
    }

    /// What it is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// How many rows it must have, where that is known.
    pub fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// How many rows were given out.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The format, once it is known.
    pub fn format(&self) -> Option<Format> {
        match &self.content {
            Content::Csv(_) => Some(Format::Csv),
            Content::Records(records) | Content::Counted(Some(records)) => records.format(),
            Content::Counted(None) => None,
        }
    }

    /// Whether all of its rows were counted.
    pub fn is_counted(&self) -> bool {
        !matches!(self.content, Content::Counted(None))
    }

    /// The header of CSV, if it is one.
    pub fn header(&self) -> Option<&[String]> {
        let known = self.recognised == Some(Recognised::Header);
        let header = match &self.content {
            Content::Records(records) => records.header(),
            _ => None,
        };
        header.filter(|_| known)
    }

    /// Whether the rows are as many as they must be.
    ///
    /// # Errors
    /// [`Kind::Incomplete`] where they are not.
    pub fn check_count(&self) -> Result<()> {
        match self.expected {
            _ if planted::is(Bug::SkipPageCount) => Ok(()),
            Some(expected) if expected != self.rows && self.is_counted() => {
                Err(wrong_count("The result", expected, self.rows))
            }
            _ => Ok(()),
        }
    }

    /// The next records; none at the end.
    ///
    /// # Errors
    /// Where they are something else, or more than there must be: then none of them is given out.
    pub async fn next_records(&mut self, session: &Session<H>) -> Result<Option<Chunk>> {
        loop {
            if let Some(chunk) = self.take_records()? {
                return Ok(Some(chunk));
            }
            if let Some(error) = self.broken.take() {
                return Err(error);
            }
            if self.ended {
                return Ok(None);
            }
            let step = self.step(session).await?;
            self.broken = self.read_step(step).err();
        }
    }

    fn read_step(&mut self, step: Step) -> Result<()> {
        let (role, csv) = (self.role, &self.csv);
        let Content::Records(records) = &mut self.content else { return Ok(()) };
        match step {
            Step::Piece(piece) => records.push(&piece, role, csv),
            Step::Restarted => {
                *records = Records::Unknown;
                Ok(())
            }
            Step::End => {
                self.ended = true;
                records.finish()?;
                let empty = matches!(records, Records::Unknown) && !role.may_be_empty();
                if empty { Err(nothing()) } else { Ok(()) }
            }
        }
    }

    fn take_records(&mut self) -> Result<Option<Chunk>> {
        let Content::Records(records) = &mut self.content else { return Ok(None) };
        let chunk = records.take();
        if self.recognised.is_none()
            && let Some(columns) = records.header()
        {
            self.recognised = Some(self.body.recognise(columns)?);
        }
        let Some(chunk) = chunk else { return Ok(None) };
        recognise_json(self.role, &mut self.recognised, records, &chunk)?;
        let before = self.rows;
        self.count(chunk.rows())?;
        let Content::Records(records) = &self.content else { return Ok(None) };
        match self.role {
            role if role.is_rows() => Ok(Some(chunk)),
            role => outcomes(role, &chunk, records.header(), before).map(Chunk::Outcomes).map(Some),
        }
    }

    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// As [`Page::next_records`].
    pub async fn next_bytes(&mut self, session: &Session<H>) -> Result<Option<BytesPiece>> {
        if self.ended {
            return Ok(None);
        }
        match self.step(session).await? {
            Step::Piece(piece) => self.bytes(piece).map(Some),
            Step::Restarted => {
                self.content = Content::Csv(CsvPage::new(self.csv.delimiter));
                Ok(Some(BytesPiece::Csv(None, Vec::new())))
            }
            Step::End => {
                self.ended = true;
                self.end_of_bytes()
            }
        }
    }

    fn bytes(&mut self, piece: Vec<u8>) -> Result<BytesPiece> {
        let piece = [std::mem::take(&mut self.opening), piece].concat();
        self.choose(&piece)?;
        let (role, csv) = (self.role, &self.csv);
        match &mut self.content {
            Content::Csv(page) => {
                let known = page.header().is_some();
                let records = page.push(&piece)?;
                let header = page.header().filter(|_| !known).cloned();
                self.csv_piece(header, records.bytes, records.count)
            }
            Content::Counted(Some(records)) => {
                records.push(&piece, role, csv)?;
                let chunk = records.take();
                if let Some(chunk) = &chunk {
                    recognise_json(role, &mut self.recognised, records, chunk)?;
                }
                self.count(chunk.map_or(0, |chunk| chunk.rows()))?;
                Ok(BytesPiece::Whole(piece))
            }
            Content::Counted(None) => Ok(BytesPiece::Whole(piece)),
            Content::Records(_) => {
                self.opening = piece;
                Ok(BytesPiece::Csv(None, Vec::new()))
            }
        }
    }

    /// Chooses how the bytes are read, by the first of them.
    fn choose(&mut self, piece: &[u8]) -> Result<()> {
        if !matches!(self.content, Content::Records(_)) {
            return Ok(());
        }
        if self.role == Role::Sent {
            self.content = Content::Counted(None);
            return Ok(());
        }
        match Format::of(piece, self.role)? {
            None => {}
            Some(Format::Csv) => self.content = Content::Csv(CsvPage::new(self.csv.delimiter)),
            Some(_) => self.content = Content::Counted(Some(Records::Unknown)),
        }
        Ok(())
    }

    fn end_of_bytes(&mut self) -> Result<Option<BytesPiece>> {
        match &mut self.content {
            Content::Csv(page) => {
                let known = page.header().is_some();
                let records = page.finish()?;
                let header = page.header().filter(|_| !known).cloned();
                self.csv_piece(header, records.bytes, records.count).map(Some)
            }
            Content::Counted(Some(records)) => records.finish().map(|()| None),
            Content::Counted(None) => Ok(None),
            Content::Records(_) if self.role.may_be_empty() || self.role == Role::Sent => Ok(None),
            Content::Records(_) => Err(nothing()),
        }
    }

    fn csv_piece(
        &mut self,
        header: Option<CsvHeader>,
        records: Vec<u8>,
        count: u64,
    ) -> Result<BytesPiece> {
        if let Some(header) = &header
            && self.recognised.is_none()
        {
            self.recognised = Some(self.body.recognise(&header.names)?);
        }
        self.count(count)?;
        // The sentence that says that there are none is no header.
        let header = header.filter(|_| self.recognised == Some(Recognised::Header));
        Ok(BytesPiece::Csv(header, records))
    }

    /// Counts rows before they are given out.
    fn count(&mut self, rows: u64) -> Result<()> {
        if rows > 0 && self.recognised == Some(Recognised::NothingFound) {
            return Err(unrecognised("it says that it has no rows, and then has some"));
        }
        let received = self.rows + rows;
        match self.expected {
            Some(expected) if received > expected => {
                Err(wrong_count("The result", expected, received))
            }
            _ => {
                self.rows = received;
                Ok(())
            }
        }
    }

    /// Reads on, through whatever breaks the body off.
    async fn step(&mut self, session: &Session<H>) -> Result<Step> {
        loop {
            let failure = match self.body.read(session).await {
                Ok(Some(piece)) => return Ok(Step::Piece(piece)),
                Ok(None) => return Ok(Step::End),
                Err(Broken::Other(error)) => return Err(error),
                Err(Broken::Cut(failure)) => failure,
            };
            self.body.pause(session, failure).await?;
            if self.go_on_later(session).await {
                return Ok(Step::Restarted);
            }
            self.body.reopen(session).await?;
        }
    }
}

/// What a query has found says of which object it is, in JSON by a member of its own; other JSON is something else.
fn recognise_json(
    role: Role,
    recognised: &mut Option<Recognised>,
    records: &Records,
    chunk: &Chunk,
) -> Result<()> {
    let (Role::Query, None, Records::Json(_), Chunk::Json(slice)) =
        (role, &recognised, records, chunk)
    else {
        return Ok(());
    };
    if contains(&slice.text, "\"attributes\"") {
        *recognised = Some(Recognised::Header);
        return Ok(());
    }
    Err(unrecognised("its records are not those of a query"))
}

fn nothing() -> Error {
    let message = "The server sent nothing where a result was to come: read it again.";
    Error::new(Kind::Incomplete(Count::default()), message).transient()
}

pub(super) fn number_of_records<B>(reply: &Reply<B>) -> Option<u64> {
    reply.header(COUNT)?.trim().parse().ok()
}
