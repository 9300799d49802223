//! Decoded records, laid out so that JavaScript can slice them out of two strings.

use salesforce_bulk_scan::{Cells as Found, blank_non_ascii};
use std::borrow::Cow;

/// Complete records of one chunk, never the header.
///
/// Most cells are slices of the data itself, which is told as ASCII: a string of one byte a character, cheap to decode
/// and to slice, in which a byte's place is a UTF-16 unit's too. The others have a text of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// The data, in ASCII; between the cells it may be anything.
    pub ascii: Vec<u8>,
    /// The cells that are no slices of it, one after another, in UTF-16.
    pub wide: Vec<u16>,
    /// For each cell where it starts and where it ends, row after row. A negative start is the complement of one in
    /// `wide`. An empty cell ends where it starts, and one that is null ends before.
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
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        self.bounds.as_chunks().0.iter().map(|&[start, end]| self.text(start, end)).collect()
    }

    fn text(&self, start: i32, end: i32) -> Cow<'_, str> {
        if start < 0 {
            let units = self.wide.get(!start as usize..end as usize).unwrap_or_default();
            return String::from_utf16_lossy(units).into();
        }
        let slice = self.ascii.get(start as usize..end.max(start) as usize).unwrap_or_default();
        String::from_utf8_lossy(slice)
    }
}
