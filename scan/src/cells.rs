//! Where each cell of CSV begins and ends.

use crate::block::{BLOCK, below, load};
use crate::plain::{Marks, Plain};
use crate::text::Wide;

/// The data leaves the plain dialect, or a record has not as many cells as the header, or is too long, or is not UTF-8
/// where that matters. Which of these, and what it means, is for the general decoder to find out, from the start of the
/// record that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Irregular;

/// As many bounds as the cells of one block can have.
const ROOM: usize = 2 * BLOCK;

/// Cells found. Their bounds come in pairs, row after row: where a cell begins and where it ends.
///
/// A cell that is its own bytes, in ASCII, is a slice of the data. One that is not is a slice of `wide`, in UTF-16 units,
/// and its start is told as its complement, which is negative. An empty cell ends where it starts; one that is
/// the text for null ends before it.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// Starts and ends, alternating, and behind them room for more: to ask for it at every cell would cost too much.
    bounds: Vec<i32>,
    filled: usize,
    /// The texts that are no slices of the data.
    pub wide: Wide,
    /// Whole records.
    pub rows: usize,
    /// Where in the two the open record begins.
    whole: (usize, usize),
}

/// The bounds of a cell that is null.
pub const NULL: (i32, i32) = (1, 0);

impl Cells {
    /// None yet. Their bounds will be put where others were.
    pub fn reusing(bounds: Vec<i32>) -> Self {
        Self { bounds, ..Self::default() }
    }

    /// The bounds, and the texts that are no slices of the data.
    pub fn into_parts(mut self) -> (Vec<i32>, Vec<u16>) {
        self.bounds.truncate(self.filled);
        (self.bounds, self.wide.units)
    }

    /// Adds the bounds of a cell.
    pub fn push(&mut self, (start, end): (i32, i32)) {
        if let [first, second, ..] = self.room() {
            (*first, *second) = (start, end);
            self.filled += 2;
        }
    }

    /// Adds a cell by its text.
    pub fn push_text(&mut self, cell: &str) {
        let (start, end) = self.wide.add(cell);
        self.push(if start == end { (0, 0) } else { (!(start as i32), end as i32) });
    }

    /// The cells since the last record are a record.
    pub fn end_record(&mut self) {
        self.rows += 1;
        self.whole = (self.filled, self.wide.units.len());
    }

    /// Drops what has been found of the open record.
    pub fn drop_open(&mut self) {
        let (filled, units) = self.whole;
        self.filled = filled;
        self.wide.units.truncate(units);
    }

    /// Where the bounds of the next cells go.
    fn room(&mut self) -> &mut [i32] {
        let needed = self.filled + ROOM;
        if self.bounds.len() < needed {
            self.bounds.resize(needed.max(2 * self.bounds.len()), 0);
        }
        self.bounds.get_mut(self.filled..).unwrap_or_default()
    }
}

/// How cells are found.
#[derive(Debug, Clone)]
pub struct CellOptions {
    /// What stands between two cells.
    pub delimiter: u8,
    /// How many cells a record has.
    pub columns: usize,
    /// How many bytes a record may have.
    pub limit: usize,
    /// Whether bytes that are not UTF-8 are irregular.
    pub fatal: bool,
    /// The text that means null; an empty one means nothing.
    pub null: String,
}

/// Finds cells in a buffer that grows at its end.
#[derive(Debug)]
pub struct CellIndex {
    options: CellOptions,
    plain: Plain,
    at: usize,
    record: usize,
    cell: usize,
    column: usize,
    /// The open cell is not its own bytes.
    special: bool,
}

impl CellIndex {
    /// At the start of a record, which is the start of the buffer.
    pub fn new(options: CellOptions) -> Self {
        let plain = Plain::new(options.delimiter);
        Self { options, plain, at: 0, record: 0, cell: 0, column: 0, special: false }
    }

    /// Goes on at `at`, where a record starts.
    pub fn restart(&mut self, at: usize) {
        self.plain = Plain::new(self.options.delimiter);
        (self.at, self.record, self.cell, self.column) = (at, at, at, 0);
        self.special = false;
    }

    /// Where the open record starts: before it all is found.
    pub fn record(&self) -> usize {
        self.record
    }

    /// Finds what there is beyond what was there the last time.
    ///
    /// # Errors
    /// Where only the general decoder can go on. The open record is then dropped.
    pub fn scan(&mut self, buffer: &[u8], found: &mut Cells) -> Result<(), Irregular> {
        while self.at < buffer.len() {
            let (block, count) = load(buffer, self.at);
            let marks = self.plain.marks(&block, count);
            let right = below(marks.wrong.trailing_zeros() as usize);
            let walked = self.walk(buffer, &marks, right, found);
            if walked.is_err() || marks.wrong != 0 {
                found.drop_open();
                return Err(Irregular);
            }
            self.at += count;
        }
        if self.at - self.record > self.options.limit.saturating_add(1) {
            found.drop_open();
            return Err(Irregular);
        }
        Ok(())
    }

    /// Goes from one end of a cell to the next.
    #[inline(always)]
    fn walk(
        &mut self,
        buffer: &[u8],
        marks: &Marks,
        right: u64,
        found: &mut Cells,
    ) -> Result<(), Irregular> {
        let ends = (marks.delimiters | marks.newlines) & right;
        if self.special || marks.special != 0 || !self.options.null.is_empty() {
            self.walk_odd(buffer, marks, ends, found)
        } else {
            self.walk_plain(buffer, marks, ends, found)
        }
    }

    /// Through a block whose cells are their own bytes. What is needed again is kept out of memory.
    #[inline(always)]
    fn walk_plain(
        &mut self,
        buffer: &[u8],
        marks: &Marks,
        mut ends: u64,
        found: &mut Cells,
    ) -> Result<(), Irregular> {
        let (at, columns) = (self.at, self.options.columns);
        let (mut cell, mut column) = (self.cell, self.column);
        found.room();
        let Cells { bounds, filled, wide, rows, whole } = found;
        let Some(room) = bounds.get_mut(*filled..).and_then(<[i32]>::first_chunk_mut::<ROOM>)
        else {
            return Err(Irregular);
        };
        let mut next = 0;
        while ends != 0 {
            let lowest = ends & ends.wrapping_neg();
            ends ^= lowest;
            let mut end = at + lowest.trailing_zeros() as usize;
            let behind = end + 1;
            let newline = marks.newlines & lowest != 0;
            end -= usize::from(newline && marks.after_return & lowest != 0);
            let quoted = usize::from(cell < end && buffer.get(cell) == Some(&b'"'));
            if let Some(pair) = room.get_mut(next..next + 2) {
                pair.copy_from_slice(&[(cell + quoted) as i32, (end - quoted) as i32]);
            }
            next += 2;
            column += 1;
            cell = behind;
            if newline {
                let empty_line = end == self.record;
                if empty_line && columns != 1 {
                    next -= 2;
                } else if column != columns || end - self.record > self.options.limit {
                    return Err(Irregular);
                } else {
                    *rows += 1;
                    *whole = (*filled + next, wide.units.len());
                }
                column = 0;
                self.record = behind;
            }
        }
        *filled += next;
        (self.cell, self.column) = (cell, column);
        Ok(())
    }

    /// Through a block with a cell that is not its own bytes, or may be null.
    #[inline(never)]
    fn walk_odd(
        &mut self,
        buffer: &[u8],
        marks: &Marks,
        mut ends: u64,
        found: &mut Cells,
    ) -> Result<(), Irregular> {
        let mut special = marks.special;
        while ends != 0 {
            let lowest = ends & ends.wrapping_neg();
            ends ^= lowest;
            let end = self.at + lowest.trailing_zeros() as usize;
            self.special |= special & (lowest - 1) != 0;
            special &= !(lowest - 1);
            if marks.newlines & lowest == 0 {
                self.end_cell(buffer, end, found)?;
                self.column += 1;
            } else {
                let end = end - usize::from(marks.after_return & lowest != 0);
                self.end_record(buffer, end, found)?;
            }
            self.cell = self.at + lowest.trailing_zeros() as usize + 1;
            if marks.newlines & lowest != 0 {
                self.record = self.cell;
            }
        }
        self.special |= special != 0;
        Ok(())
    }

    fn end_record(
        &mut self,
        buffer: &[u8],
        end: usize,
        found: &mut Cells,
    ) -> Result<(), Irregular> {
        let empty_line = end == self.record;
        if empty_line && self.options.columns != 1 {
            return Ok(());
        }
        self.end_cell(buffer, end, found)?;
        if self.column + 1 != self.options.columns || end - self.record > self.options.limit {
            return Err(Irregular);
        }
        self.column = 0;
        found.end_record();
        Ok(())
    }

    #[inline(always)]
    fn end_cell(&mut self, buffer: &[u8], end: usize, found: &mut Cells) -> Result<(), Irregular> {
        let quoted = self.cell < end && buffer.get(self.cell) == Some(&b'"');
        let (from, to) = if quoted { (self.cell + 1, end - 1) } else { (self.cell, end) };
        let content = buffer.get(from..to).unwrap_or_default();
        let null = &self.options.null;
        let bounds = if std::mem::take(&mut self.special) {
            add_odd(content, quoted, self.options.fatal, null, found)?
        } else if !null.is_empty() && content == null.as_bytes() {
            NULL
        } else {
            (from as i32, to as i32)
        };
        found.push(bounds);
        Ok(())
    }
}

/// A cell that is not its own bytes.
// What shrinks the wasm would keep it apart, at one and a half per cent of the speed.
#[inline(always)]
fn add_odd(
    content: &[u8],
    quoted: bool,
    fatal: bool,
    null: &str,
    found: &mut Cells,
) -> Result<(i32, i32), Irregular> {
    let (start, end) = found.wide.add_raw(content, quoted, fatal).ok_or(Irregular)?;
    let added = found.wide.units.get(start..end).unwrap_or_default();
    if null.is_empty() || !null.encode_utf16().eq(added.iter().copied()) {
        return Ok((!(start as i32), end as i32));
    }
    found.wide.units.truncate(start);
    Ok(NULL)
}
