//! The dialect of CSV, from its first record.

use super::{Delimiter, LineEnding};

/// Reads the first record byte by byte, only to see where it ends and which delimiter it has most of.
#[derive(Debug)]
pub(super) struct Sniffer {
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
