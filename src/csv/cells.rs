//! Decoded records, laid out so that JavaScript can slice them out of two strings.

use salesforce_bulk_scan::{Cells as Found, blank_non_ascii};

/// Complete records of one chunk, never the header.
///
/// Most cells are slices of the data itself, which is told as ASCII: a string of one byte a character, cheap to decode
/// and to slice, in which a byte's place is a UTF-16 unit's too. The others have a text of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// The data, in ASCII; between the cells it may be anything.
    pub ascii: Vec<u8>,
    /// The cells that are no slices of it, one after another.
    pub wide: String,
    /// For each cell where it starts and where it ends, row after row. A negative start is the complement of one in
    /// `wide`, in UTF-16 units. An empty cell ends where it starts, and one that is null ends before.
    pub bounds: Vec<i32>,
    /// How many cells a row has.
    pub columns: usize,
}

impl Cells {
    /// What has been found in `data`.
    pub(super) fn new(mut data: Vec<u8>, found: Found, columns: usize) -> Self {
        blank_non_ascii(&mut data);
        let (bounds, wide) = found.into_parts();
        Self { ascii: data, wide, bounds, columns }
    }

    /// How many records these are.
    pub fn rows(&self) -> usize {
        self.bounds.len().checked_div(2 * self.columns).unwrap_or(0)
    }

    /// The text of every cell, row after row; of one that is null, nothing.
    pub fn texts(&self) -> Vec<&str> {
        let mut wide = self.wide.as_str();
        let pairs = self.bounds.as_chunks().0.iter();
        pairs.map(|&[start, end]| self.text(start, end, &mut wide)).collect()
    }

    /// `wide`: what of it the cells before have left over.
    fn text<'a>(&'a self, start: i32, end: i32, wide: &mut &'a str) -> &'a str {
        if start >= 0 {
            let slice = self.ascii.get(start as usize..end.max(start) as usize);
            return slice.and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
        }
        let (cell, rest) = wide.split_at_checked(byte_of(wide, end - !start)).unwrap_or_default();
        *wide = rest;
        cell
    }

    /// Puts a row before the others.
    pub(crate) fn with_row(mut self, row: &[String]) -> Self {
        let mut first = Found::default();
        row.iter().for_each(|cell| first.push_text(cell));
        let units = first.wide.units as i32;
        for [start, end] in self.bounds.as_chunks_mut().0 {
            if *start < 0 {
                (*start, *end) = (*start - units, *end + units);
            }
        }
        let (mut bounds, wide) = first.into_parts();
        bounds.append(&mut self.bounds);
        Self { wide: wide + &self.wide, bounds, ..self }
    }
}

/// The byte at which so many UTF-16 units of the text have gone by.
fn byte_of(text: &str, units: i32) -> usize {
    let mut left = units;
    let chars = text.chars().take_while(|char| {
        left -= char.len_utf16() as i32;
        left >= 0
    });
    chars.map(char::len_utf8).sum()
}
