//! Record ends made one kind, everything else as it was.

use super::{CsvError, CsvErrorKind, Dialect};
use memchr::{memchr, memchr3};

/// Copies CSV of a known dialect. Line ends inside quoted cells are data and stay as they are.
#[derive(Debug)]
pub(super) struct Pass {
    delimiter: u8,
    line_ending: &'static [u8],
    /// In data of one column an empty line is a record; elsewhere it is nothing.
    single: bool,
    state: State,
    after_cr: bool,
    /// Complete records, the header included.
    rows: u64,
    /// Complete cells of the record being read.
    column: u32,
    byte: u64,
    quote_at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    RecordStart,
    CellStart,
    Plain,
    Quoted,
    /// A quote inside a quoted cell: its end, or the first of a doubled one.
    QuoteSeen,
}

impl Pass {
    /// `byte`: where in the data this begins.
    pub fn new(dialect: &Dialect, byte: u64) -> Self {
        Self {
            delimiter: dialect.delimiter.byte(),
            line_ending: dialect.line_ending.bytes(),
            single: dialect.header.len() == 1,
            state: State::RecordStart,
            after_cr: false,
            rows: 0,
            column: 0,
            byte,
            quote_at: 0,
        }
    }

    pub fn rows(&self) -> u64 {
        self.rows
    }

    pub fn push(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) {
        while let Some(&first) = bytes.first() {
            let used = self.step(first, bytes, out);
            self.byte += used as u64;
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    /// Ends the last record, as all the others are ended.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), CsvError> {
        match self.state {
            State::RecordStart => Ok(()),
            State::Quoted => Err(CsvError {
                kind: CsvErrorKind::Unterminated,
                row: self.rows + 1,
                column: self.column + 1,
                byte: self.quote_at,
            }),
            State::CellStart | State::Plain | State::QuoteSeen => {
                self.end_record(out);
                Ok(())
            }
        }
    }

    /// Does one thing at the front of `bytes` and says how many of them it used up; none where it
    /// only came to another state.
    fn step(&mut self, first: u8, bytes: &[u8], out: &mut Vec<u8>) -> usize {
        match (self.state, first) {
            (State::RecordStart, b'\r' | b'\n') => self.empty_line(first, out),
            (State::RecordStart, _) => self.turn(State::CellStart),
            (State::CellStart, b'"') => {
                self.quote_at = self.byte;
                self.quote(State::Quoted, out)
            }
            (State::QuoteSeen, b'"') => self.quote(State::Quoted, out),
            (State::CellStart | State::QuoteSeen, _) => self.turn(State::Plain),
            (State::Quoted, _) => self.quoted(bytes, out),
            (State::Plain, _) => self.plain(bytes, out),
        }
    }

    fn turn(&mut self, state: State) -> usize {
        self.state = state;
        0
    }

    fn quote(&mut self, state: State, out: &mut Vec<u8>) -> usize {
        out.push(b'"');
        self.state = state;
        1
    }

    fn quoted(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> usize {
        let run = memchr(b'"', bytes).unwrap_or(bytes.len());
        out.extend_from_slice(bytes.get(..run).unwrap_or_default());
        let ended = run < bytes.len();
        run + if ended { self.quote(State::QuoteSeen, out) } else { 0 }
    }

    fn plain(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> usize {
        let run = memchr3(self.delimiter, b'\r', b'\n', bytes).unwrap_or(bytes.len());
        out.extend_from_slice(bytes.get(..run).unwrap_or_default());
        let Some(&end) = bytes.get(run) else { return run };
        if end == self.delimiter {
            out.push(end);
            self.column += 1;
            self.state = State::CellStart;
        } else {
            self.end_record(out);
            self.after_cr = end == b'\r';
        }
        run + 1
    }

    fn end_record(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.line_ending);
        self.rows += 1;
        self.column = 0;
        self.state = State::RecordStart;
    }

    fn empty_line(&mut self, byte: u8, out: &mut Vec<u8>) -> usize {
        let tail_of_crlf = std::mem::take(&mut self.after_cr) && byte == b'\n';
        if !tail_of_crlf {
            if self.single && self.rows > 0 {
                // Spelled out, so that nobody further on takes it for nothing.
                out.extend_from_slice(b"\"\"");
                self.end_record(out);
            }
            self.after_cr = byte == b'\r';
        }
        1
    }
}
