//! The first bytes of an input choose the options, and the rest is the data.

use crate::codec::cuts::random_cuts;
use crate::codec::random::Random;
use salesforce_bulk::csv::{DecodeOptions, Delimiter, Limits, LineEnding, Ragged};

/// An input of which some bytes have been used.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    /// One of these, by the next byte.
    pub fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[usize::from(self.byte()) % items.len()].clone()
    }

    pub fn delimiter(&mut self) -> Delimiter {
        self.pick(&Delimiter::ALL)
    }

    pub fn line_ending(&mut self) -> LineEnding {
        self.pick(&[LineEnding::Lf, LineEnding::Crlf])
    }

    /// How the data is to be read.
    pub fn options(&mut self) -> DecodeOptions {
        DecodeOptions {
            delimiter: self.delimiter(),
            ragged: self.pick(&[Ragged::Error, Ragged::Pad]),
            fatal_utf8: self.pick(&[false, true]),
            max_record: self.pick(&[16 << 20, 5, 64, 200]),
            header: header(self.pick(&[0, 1, 2, 3])),
            null: self.pick(&["", "", "a", "\"", "\u{20AC}", "NULL"]).to_owned(),
        }
    }

    /// How large a part may be.
    pub fn limits(&mut self) -> Limits {
        Limits {
            bytes: self.pick(&[u64::MAX, 10, 80, 300]),
            rows: self.pick(&[u64::MAX, 1, 3]),
            chars: self.pick(&[u64::MAX, 10, 80, 300]),
            record: u64::MAX,
        }
    }

    /// The seed of the cuts; then the data, whole and cut.
    pub fn chunkings(&mut self) -> (&'a [u8], [Vec<&'a [u8]>; 2]) {
        let mut random = Random::new(u64::from(self.byte()));
        (self.0, [vec![self.0], random_cuts(&mut random, self.0)])
    }

    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }
}

/// So many names; none where the data has a header of its own.
fn header(columns: usize) -> Option<Vec<String>> {
    (columns > 0).then(|| (0..columns).map(|column| column.to_string()).collect())
}
