//! One function a target. Each stops where two that must agree do not.

use crate::codec::agree::Trial;
use crate::codec::{csv_parts, json_parse, json_split, nesting, record_ends, write_rows};
use crate::count::count;
use crate::input::Input;

/// The index, the general decoder and the twin read the same.
pub fn decode(data: &[u8]) {
    count(data);
    let mut input = Input(data);
    let options = input.options();
    let often = input.pick(&[true, false]);
    let (document, [whole, cut]) = input.chunkings();
    let trial = Trial::new(&options, document);
    trial.check_one(&whole, false);
    trial.check_one(&cut, often);
}

/// The index of records finds the ends that the twin finds.
pub fn records(data: &[u8]) {
    count(data);
    let mut input = Input(data);
    let delimiter = input.delimiter().byte();
    let (_, chunkings) = input.chunkings();
    chunkings.iter().for_each(|chunks| record_ends::check(delimiter, chunks));
}

/// Parts are within their limits, and their rows are those that the twin reads of the whole.
pub fn parts(data: &[u8]) {
    count(data);
    let mut input = Input(data);
    let (delimiter, limits) = (input.delimiter(), input.limits());
    let (document, chunkings) = input.chunkings();
    for chunks in &chunkings {
        csv_parts::check(limits, delimiter, document, chunks);
    }
}

/// Objects end where the twin says; chunks make no difference; what serde_json takes for an array comes through.
pub fn json(data: &[u8]) {
    count(data);
    let (document, chunkings) = Input(data).chunkings();
    chunkings.iter().for_each(|chunks| nesting::check(chunks));
    json_split::check_anything(document, &chunkings);
}

/// A control document reads as serde_json's own tree does, whole and element by element.
pub fn document(data: &[u8]) {
    count(data);
    json_parse::check_like_library(data);
    json_parse::check_elements(data);
}

/// Rows are written as the encoder writes them, and the twin reads them back. U+001F divides the cells.
pub fn write(data: &[u8]) {
    count(data);
    let mut input = Input(data);
    let (delimiter, line_ending) = (input.delimiter(), input.line_ending());
    let columns = input.pick(&[1, 2, 3, 4, 5, 6, 7, 8]);
    let text = String::from_utf8_lossy(input.0);
    let cells: Vec<&str> = text.split('\u{1F}').collect();
    write_rows::check(delimiter, line_ending, &cells, columns);
    let wrong = write_rows::by_block(delimiter, line_ending, &text, cells.len() + 1, columns);
    assert_eq!(wrong, None);
}
