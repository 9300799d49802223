//! Decoded records, laid out so that JavaScript can slice them out of one string.

/// Complete records of one chunk, never the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// Every cell's text, one after another.
    pub text: String,
    /// For each cell its start and its end in `text`, in UTF-16 code units, row after row.
    pub bounds: Vec<u32>,
    /// How many cells a row has.
    pub columns: usize,
}

impl Cells {
    /// How many records these are.
    pub fn rows(&self) -> usize {
        self.bounds.len().checked_div(2 * self.columns).unwrap_or(0)
    }
}

/// Where cells gather until they are taken. The last record may still be incomplete.
#[derive(Debug, Default)]
pub(super) struct CellBuffer {
    text: String,
    bounds: Vec<u32>,
    /// The length of `text` in UTF-16 code units. wasm32 has no memory for more than 32 bits count.
    units: u32,
    /// Where the last complete record ends, in `text`, in `bounds` and in code units.
    whole: Mark,
}

#[derive(Debug, Default, Clone, Copy)]
struct Mark {
    text: usize,
    bounds: usize,
    units: u32,
}

impl CellBuffer {
    pub fn cell(&mut self, cell: &str) {
        let start = self.units;
        self.units += utf16_len(cell);
        self.text.push_str(cell);
        self.bounds.extend([start, self.units]);
    }

    pub fn end_record(&mut self) {
        self.whole = Mark { text: self.text.len(), bounds: self.bounds.len(), units: self.units };
    }

    /// The complete records; what has begun of the next one stays, moved to the front.
    pub fn take(&mut self, columns: usize) -> Option<Cells> {
        let whole = std::mem::take(&mut self.whole);
        if whole.bounds == 0 {
            return None;
        }
        let rest = self.text.split_off(whole.text);
        let mut rest_bounds = self.bounds.split_off(whole.bounds);
        rest_bounds.iter_mut().for_each(|bound| *bound -= whole.units);
        self.units -= whole.units;
        let text = std::mem::replace(&mut self.text, rest);
        let bounds = std::mem::replace(&mut self.bounds, rest_bounds);
        Some(Cells { text, bounds, columns })
    }
}

fn utf16_len(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.encode_utf16().count() as u32 }
}
