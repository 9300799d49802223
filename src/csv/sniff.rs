//! The dialect of CSV, from its first record.

use super::{CsvError, CsvErrorKind, Delimiter, LineEnding};

/// Salesforce takes 32,000 characters of header; one far beyond is a quote left open.
const HEADER_LIMIT: usize = 1 << 20;

/// The data up to the end of its first record.
#[derive(Debug)]
pub(super) struct Opening {
    sniffer: Sniffer,
    held: Vec<u8>,
}

impl Opening {
    /// `delimiter`: where it is known.
    pub fn new(delimiter: Option<Delimiter>) -> Self {
        Self { sniffer: Sniffer::new(delimiter), held: Vec::new() }
    }

    /// Takes bytes as long as the record goes on, and gives the others, and how the record ends, once it has.
    ///
    /// # Errors
    /// A record that is too long to be a header. `start`: where the data begins.
    pub fn take<'a>(
        &mut self,
        bytes: &'a [u8],
        start: u64,
    ) -> Result<Option<(LineEnding, &'a [u8])>, CsvError> {
        for (index, &byte) in bytes.iter().enumerate() {
            if self.held.len() == HEADER_LIMIT {
                let kind = CsvErrorKind::RecordTooLong { limit: HEADER_LIMIT };
                return Err(CsvError { kind, row: 1, column: 0, byte: start });
            }
            self.held.push(byte);
            if let Some(ending) = self.sniffer.byte(byte) {
                return Ok(Some((ending, bytes.get(index + 1..).unwrap_or_default())));
            }
        }
        Ok(None)
    }

    /// What has been taken: the record, and in data whose lines end with CR one byte more.
    pub fn held(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }

    /// Whether anything but empty lines has come.
    pub fn begun(&self) -> bool {
        self.sniffer.begun()
    }

    /// The delimiter given, or else the one that the record has most of.
    pub fn delimiter(&self) -> Delimiter {
        self.sniffer.delimiter()
    }
}

/// Reads the first record byte by byte, only to see where it ends and which delimiter it has most of.
#[derive(Debug)]
struct Sniffer {
    given: Option<Delimiter>,
    state: State,
    /// How often each of [`Delimiter::ALL`] stands outside quotes.
    counts: [u32; 6],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing but empty lines so far.
    Blank,
    CellStart,
    Plain,
    Quoted,
    /// A quote inside a quoted cell: its end, or the first of a doubled one.
    QuoteSeen,
    /// The record has ended with CR; an LF may belong to it.
    Cr,
}

impl Sniffer {
    pub fn new(given: Option<Delimiter>) -> Self {
        Self { given, state: State::Blank, counts: [0; 6] }
    }

    /// Takes one byte. Says how the record ends, once it has.
    pub fn byte(&mut self, byte: u8) -> Option<LineEnding> {
        match (self.state, byte) {
            (State::Cr, b'\n') => return Some(LineEnding::Crlf),
            (State::Cr, _) => return Some(LineEnding::Lf),
            (State::Blank, b'\r' | b'\n') => {}
            (State::Quoted, b'"') => self.state = State::QuoteSeen,
            (State::Quoted, _) => {}
            (State::QuoteSeen | State::CellStart | State::Blank, b'"') => {
                self.state = State::Quoted;
            }
            (_, b'\n') => return Some(LineEnding::Lf),
            (_, b'\r') => self.state = State::Cr,
            (_, byte) => self.state = self.outside(byte),
        }
        None
    }

    /// Whether anything but empty lines has come.
    pub fn begun(&self) -> bool {
        self.state != State::Blank
    }

    /// The delimiter given, or else the most frequent one, or else a comma.
    pub fn delimiter(&self) -> Delimiter {
        // The last of equals wins in `max_by_key`, and the first of `ALL` is to.
        let counted = Delimiter::ALL.into_iter().zip(self.counts).rev();
        let most = counted.max_by_key(|&(_, count)| count).map(|(delimiter, _)| delimiter);
        self.given.or(most).unwrap_or_default()
    }

    fn outside(&mut self, byte: u8) -> State {
        if self.given.is_some_and(|given| given.byte() != byte) {
            return State::Plain;
        }
        let mut counted = Delimiter::ALL.into_iter().zip(&mut self.counts);
        match counted.find(|(delimiter, _)| delimiter.byte() == byte) {
            Some((_, count)) => *count += 1,
            None => return State::Plain,
        }
        State::CellStart
    }
}
