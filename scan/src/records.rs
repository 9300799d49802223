//! Where each record of CSV ends, for those who leave its cells as they are.

use crate::block::{below, load};
use crate::plain::Plain;

/// The end of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordEnd {
    /// Where its last cell ends in the bytes pushed. Zero also where that was in earlier ones.
    pub content: usize,
    /// Where the next record begins.
    pub next: usize,
    /// It was an empty line.
    pub blank: bool,
}

/// Finds the ends of records in bytes that come piece by piece, and keeps none of them.
#[derive(Debug)]
pub struct RecordIndex {
    delimiter: u8,
    plain: Plain,
    state: State,
    /// The open record has bytes in earlier pieces, a CR that ends it not counted.
    open: bool,
    /// Complete cells of the open record.
    column: u32,
    /// Where, in all that was pushed, the last cell was opened that is quoted.
    quote: u64,
    /// The bytes of earlier pieces.
    before: u64,
}

/// By block in the plain dialect; from where that ends, byte by byte to the end of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    Unquoted,
    CellStart,
    Quoted,
    /// A quote inside a quoted cell: its end, or the first of a doubled one.
    QuoteSeen,
    /// A CR has ended the record; an LF may belong to it.
    Return,
}

/// Data that ends inside a quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unterminated {
    /// Where its quote opened.
    pub byte: u64,
    /// The cell's number in its record, from 1.
    pub column: u32,
}

/// What stands behind the last line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Last {
    /// No byte.
    Nothing,
    /// A CR: an empty line.
    Blank,
    /// A record.
    Record,
}

impl RecordIndex {
    /// At the start of the data.
    pub fn new(delimiter: u8) -> Self {
        let plain = Plain::new(delimiter);
        Self { delimiter, plain, state: State::Plain, open: false, column: 0, quote: 0, before: 0 }
    }

    /// Whether the last byte was a CR outside of quotes, which ends a record whatever comes.
    pub fn after_return(&self) -> bool {
        match self.state {
            State::Plain => self.plain.after_return(),
            state => state == State::Return,
        }
    }

    /// Finds the ends of records in the next piece.
    pub fn push(&mut self, bytes: &[u8], ends: &mut Vec<RecordEnd>) {
        let mut start = 0;
        let mut at = 0;
        while at < bytes.len() {
            at = match self.state {
                State::Plain => self.block(bytes, at, &mut start, ends),
                _ => self.byte(bytes, at, &mut start, ends),
            };
        }
        let content = bytes.len() - usize::from(self.after_return() && !bytes.is_empty());
        self.open = self.open && start == 0 || start < content;
        self.before += bytes.len() as u64;
    }

    /// Says that the data has ended, and gives the last record where it had no line end.
    ///
    /// # Errors
    /// Where the data ends inside a quoted cell.
    pub fn finish(&self) -> Result<Last, Unterminated> {
        let inside = match self.state {
            State::Plain => self.plain.inside(),
            state => state == State::Quoted,
        };
        match (inside, self.open) {
            (true, _) => Err(Unterminated { byte: self.quote, column: self.column + 1 }),
            (false, true) => Ok(Last::Record),
            (false, false) if self.after_return() => Ok(Last::Blank),
            (false, false) => Ok(Last::Nothing),
        }
    }

    fn block(
        &mut self,
        bytes: &[u8],
        at: usize,
        start: &mut usize,
        ends: &mut Vec<RecordEnd>,
    ) -> usize {
        let (block, count) = load(bytes, at);
        let marks = self.plain.marks(&block, count);
        let wrong = marks.wrong.trailing_zeros() as usize;
        let right = below(wrong);
        let mut newlines = marks.newlines & right;
        while newlines != 0 {
            let lowest = newlines & newlines.wrapping_neg();
            newlines ^= lowest;
            let newline = at + lowest.trailing_zeros() as usize;
            let content =
                if marks.after_return & lowest == 0 { newline } else { newline.saturating_sub(1) };
            self.end(content, newline + 1, start, ends);
        }
        self.note(at, marks.delimiters & right, marks.newlines & right, marks.opening & right);
        if wrong >= count {
            return at + count;
        }
        let here = 1_u64 << wrong;
        self.leave(
            at + wrong,
            marks.after_return & here != 0,
            marks.after_quote & here != 0,
            start,
            ends,
        );
        at + wrong
    }

    /// Remembers where an error would have to point.
    #[inline]
    fn note(&mut self, at: usize, delimiters: u64, newlines: u64, opening: u64) {
        let since = below(64 - newlines.leading_zeros() as usize);
        if newlines != 0 {
            self.column = 0;
        }
        self.column += (delimiters & !since).count_ones();
        if opening != 0 {
            let last = 63 - opening.leading_zeros();
            self.quote = self.before + at as u64 + u64::from(last);
        }
    }

    /// Goes on byte by byte.
    fn leave(
        &mut self,
        at: usize,
        after_return: bool,
        after_quote: bool,
        start: &mut usize,
        ends: &mut Vec<RecordEnd>,
    ) {
        if after_return {
            self.end(at.saturating_sub(1), at, start, ends);
            self.plain = Plain::new(self.delimiter);
        } else {
            self.state = if after_quote { State::QuoteSeen } else { State::Unquoted };
        }
    }

    fn byte(
        &mut self,
        bytes: &[u8],
        at: usize,
        start: &mut usize,
        ends: &mut Vec<RecordEnd>,
    ) -> usize {
        let byte = bytes.get(at).copied().unwrap_or_default();
        self.state = match (self.state, byte) {
            (State::Return, b'\n') => return self.resume(at, at + 1, start, ends),
            (State::Return, _) => return self.resume(at, at, start, ends),
            (State::Quoted, b'"') => State::QuoteSeen,
            (State::Quoted, _) | (State::QuoteSeen, b'"') => State::Quoted,
            (State::CellStart, b'"') => {
                self.quote = self.before + at as u64;
                State::Quoted
            }
            (_, b'\n') => return self.resume(at + 1, at + 1, start, ends),
            (_, b'\r') => State::Return,
            (_, byte) if byte == self.delimiter => {
                self.column += 1;
                State::CellStart
            }
            _ => State::Unquoted,
        };
        at + 1
    }

    /// The record ends with the byte before `line_end`; the next may be plain again.
    fn resume(
        &mut self,
        line_end: usize,
        next: usize,
        start: &mut usize,
        ends: &mut Vec<RecordEnd>,
    ) -> usize {
        self.end(line_end.saturating_sub(1), next, start, ends);
        self.state = State::Plain;
        self.plain = Plain::new(self.delimiter);
        next
    }

    fn end(&mut self, content: usize, next: usize, start: &mut usize, ends: &mut Vec<RecordEnd>) {
        let blank = content <= *start && !(self.open && *start == 0);
        ends.push(RecordEnd { content: content.max(*start), next, blank });
        *start = next;
        self.open = false;
        self.column = 0;
    }
}
