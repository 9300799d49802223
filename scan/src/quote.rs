//! Cells as CSV: quoted where they must be.

use crate::block::Lanes;
use crate::block::{below, load};

/// What stands between cells in the text to be written, and in no cell of it.
const SEPARATOR: u8 = 0x1F;

/// What is to stand between cells, and behind a record.
#[derive(Debug, Clone, Copy)]
pub struct Delimiters {
    /// Between two cells.
    pub delimiter: u8,
    /// LF, or else CRLF.
    pub lf: bool,
    /// The rows begin the data, where a byte order mark would be taken for the data's own.
    pub first: bool,
}

/// Writes rows of `columns` cells. `text` is all cells, a unit separator (U+001F) between each two.
///
/// The separators are replaced where they stand, and runs of cells that need no quotes are copied as one. False where the
/// cells are not whole rows of that many, because a cell holds the separator: nothing is written then, and `text` is of
/// no more use.
pub fn write_rows(
    text: &mut [u8],
    cells: usize,
    columns: usize,
    with: Delimiters,
    out: &mut Vec<u8>,
) -> bool {
    let before = out.len();
    let mut rows = Rows {
        columns,
        with,
        column: 0,
        cells: 0,
        run: 0,
        cell: 0,
        odd: with.first && text.starts_with(b"\xEF\xBB\xBF"),
    };
    let mut at = 0;
    while at < text.len() {
        let (block, count) = load(text, at);
        let lanes = Lanes::new(&block);
        let odd = lanes.either(b'"', with.delimiter) | lanes.either(b'\r', b'\n');
        rows.walk(text, at, lanes.is(SEPARATOR) & below(count), odd, out);
        at += count;
    }
    rows.end_cell(text, text.len(), out);
    let whole = rows.cells == cells && rows.column == 0;
    if !whole {
        out.truncate(before);
    }
    whole
}

struct Rows {
    columns: usize,
    with: Delimiters,
    /// Of the open cell.
    column: usize,
    /// Complete ones.
    cells: usize,
    /// Where what has not been copied begins, and where the open cell does.
    run: usize,
    cell: usize,
    /// The open cell needs quotes.
    odd: bool,
}

impl Rows {
    #[inline(always)]
    fn walk(&mut self, text: &mut [u8], at: usize, mut ends: u64, mut odd: u64, out: &mut Vec<u8>) {
        while ends != 0 {
            let lowest = ends & ends.wrapping_neg();
            ends ^= lowest;
            self.odd |= odd & (lowest - 1) != 0;
            odd &= !(lowest - 1);
            self.end_cell(text, at + lowest.trailing_zeros() as usize, out);
        }
        self.odd |= odd != 0;
    }

    /// The open cell ends before `end`, where a separator stands, or the end of all.
    #[inline(always)]
    fn end_cell(&mut self, text: &mut [u8], end: usize, out: &mut Vec<u8>) {
        let last = self.column + 1 == self.columns;
        let alone = self.columns == 1 && end == self.cell;
        if std::mem::take(&mut self.odd) || alone {
            out.extend_from_slice(text.get(self.run..self.cell).unwrap_or_default());
            quote(text.get(self.cell..end).unwrap_or_default(), out);
            self.run = end;
        }
        match text.get_mut(end) {
            Some(separator) if !last => *separator = self.with.delimiter,
            Some(separator) if self.with.lf => *separator = b'\n',
            _ => self.end_run(text, end, out),
        }
        self.column = if last { 0 } else { self.column + 1 };
        self.cells += 1;
        self.cell = end + 1;
    }

    /// A line end of two bytes has no room in place of the separator.
    fn end_run(&mut self, text: &[u8], end: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(text.get(self.run..end).unwrap_or_default());
        out.extend_from_slice(if self.with.lf { b"\n" } else { b"\r\n" });
        self.run = end + 1;
    }
}

/// The cell in quotes, and each quote in it doubled.
fn quote(cell: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for (index, part) in cell.split(|&byte| byte == b'"').enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part);
    }
    out.push(b'"');
}
