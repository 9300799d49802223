//! The plain dialect of CSV: a quote stands only where a cell begins; behind the quote that closes it comes a
//! delimiter, a line end or nothing; a CR has its LF. What Salesforce and all careful writers make is of it.

use crate::block::{BLOCK, Lanes, below, prefix_xor};

/// What stands where in a block.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    /// Delimiters outside of quotes.
    pub delimiters: u64,
    /// LFs outside of quotes.
    pub newlines: u64,
    /// Bytes that follow a CR outside of quotes.
    pub after_return: u64,
    /// Quotes that open a cell, the second of a doubled one not among them.
    pub opening: u64,
    /// Bytes that follow a closing quote, or what may yet be the first of a doubled one.
    pub after_quote: u64,
    /// What makes a cell differ from its bytes: doubled quotes, and bytes that are not ASCII.
    pub special: u64,
    /// Where the data leaves the dialect. Beyond the first of these the other marks mean nothing.
    pub wrong: u64,
}

/// What a block has to know of those before it.
#[derive(Debug, Clone, Copy)]
pub struct Plain {
    delimiter: u8,
    /// All ones within quotes.
    inside: u64,
    after_end: u64,
    after_quote: u64,
    after_return: u64,
}

impl Plain {
    /// At the start of a record.
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, inside: 0, after_end: 1, after_quote: 0, after_return: 0 }
    }

    /// Whether the last byte was a CR outside of quotes.
    pub fn after_return(&self) -> bool {
        self.after_return != 0
    }

    /// Whether the last byte was within quotes.
    pub fn inside(&self) -> bool {
        self.inside != 0
    }

    /// Marks the first `count` bytes of a block, at least one; the others are zeros.
    #[inline(always)]
    pub fn marks(&mut self, block: &[u8; BLOCK], count: usize) -> Marks {
        let lanes = Lanes::new(block);
        let quotes = lanes.is(b'"');
        let inside = prefix_xor(quotes) ^ self.inside;
        let (opening, closing) = (quotes & inside, quotes & !inside);
        let delimiters = lanes.is(self.delimiter) & !inside;
        let newlines = lanes.is(b'\n') & !inside;
        let returns = lanes.is(b'\r') & !inside;
        let ends = delimiters | newlines;
        let after_end = ends << 1 | self.after_end;
        let after_quote = closing << 1 | self.after_quote;
        let after_return = returns << 1 | self.after_return;
        let wrong = (opening & !(after_end | after_quote))
            | (after_quote & !(ends | returns | quotes))
            | (after_return & !newlines);
        let last = count.saturating_sub(1);
        self.inside = ((inside as i64) >> 63) as u64;
        self.after_end = ends >> last & 1;
        self.after_quote = closing >> last & 1;
        self.after_return = returns >> last & 1;
        Marks {
            delimiters,
            newlines,
            after_return,
            opening: opening & !after_quote,
            after_quote,
            special: (opening & after_quote) | lanes.high(),
            wrong: wrong & below(count),
        }
    }
}
