//! The three that read CSV, which must agree in everything: the index, the general decoder and the twin.

use super::csv_decode::{rows_of, show};
use super::twin;
use salesforce_bulk::csv::{Cells, CsvError, DecodeOptions, Decoder};

/// All that came of reading a document; a cell that is null is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub header: Option<Vec<String>>,
    pub rows: Vec<Vec<Option<String>>>,
    pub error: Option<CsvError>,
}

/// A document, and what the twin makes of it.
pub struct Trial<'a> {
    options: &'a DecodeOptions,
    bytes: &'a [u8],
    pub expected: Reading,
}

impl<'a> Trial<'a> {
    pub fn new(options: &'a DecodeOptions, bytes: &'a [u8]) -> Self {
        let read = twin::read_with(bytes, options);
        let cell = |text: String| (options.null.is_empty() || text != options.null).then_some(text);
        let row = |row: Vec<String>| row.into_iter().map(cell).collect();
        let rows = read.rows.into_iter().map(row).collect();
        let expected = Reading { header: read.header, rows, error: read.error };
        Self { options, bytes, expected }
    }

    /// Reads the document in these chunks, in all ways.
    pub fn check(&self, chunks: &[&[u8]]) {
        [false, true].iter().for_each(|&often| self.check_one(chunks, often));
    }

    /// `often`: takes what is there after each chunk, not only at the end.
    pub fn check_one(&self, chunks: &[&[u8]], often: bool) {
        let by_index = read(Decoder::new(self.options.clone()), chunks, often);
        self.compare("the index", &by_index, chunks);
        let general = read(Decoder::without_index(self.options.clone()), chunks, often);
        self.compare("the general decoder", &general, chunks);
    }

    fn compare(&self, reader: &str, found: &Reading, chunks: &[&[u8]]) {
        if *found == self.expected {
            return;
        }
        let lengths: Vec<usize> = chunks.iter().map(|chunk| chunk.len()).collect();
        assert_eq!(
            *found,
            self.expected,
            "{reader} (left) and the twin, of b\"{}\" in chunks of {lengths:?}, with {:?}",
            show(self.bytes),
            self.options,
        );
    }
}

fn read(mut decoder: Decoder, chunks: &[&[u8]], often: bool) -> Reading {
    let mut rows = Vec::new();
    let pushed = chunks.iter().try_for_each(|chunk| {
        let result = decoder.push(chunk);
        if often {
            rows.extend(decoder.take().iter().flat_map(nullable));
        }
        result
    });
    let error = pushed.and_then(|()| decoder.finish()).err();
    rows.extend(decoder.take().iter().flat_map(nullable));
    assert_eq!(decoder.records(), rows.len() as u64);
    Reading { header: decoder.header().map(<[String]>::to_vec), rows, error }
}

/// The rows; a cell is null where its bounds say that it ends before it starts.
fn nullable(cells: &Cells) -> Vec<Vec<Option<String>>> {
    let is_null = |bounds: &[i32]| bounds[0] >= 0 && bounds[1] < bounds[0];
    let rows = rows_of(cells).into_iter().zip(cells.bounds.chunks(2 * cells.columns));
    let cell = |(text, bounds)| if is_null(bounds) { None } else { Some(text) };
    rows.map(|(row, bounds)| row.into_iter().zip(bounds.chunks(2)).map(cell).collect()).collect()
}
