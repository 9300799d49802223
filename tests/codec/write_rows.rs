//! Rows written by the block, against the encoder that writes cell by cell.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::csv_decode::show;
use super::random::Random;
use super::twin;
use salesforce_bulk::csv::{Delimiter, Encoder, LineEnding};
use salesforce_bulk_scan::{Delimiters, write_rows};

/// In wasm, debug code is slower by far, and several engines run it.
const ROUNDS: usize = if cfg!(target_arch = "wasm32") { 100 } else { 1500 };

const SEPARATOR: &str = "\u{1F}";

/// Writes the cells both ways. What comes out must be the same, and must read back.
pub fn check(delimiter: Delimiter, line_ending: LineEnding, cells: &[&str], columns: usize) {
    let written = by_block(delimiter, line_ending, &cells.join(SEPARATOR), cells.len(), columns);
    let mut expected = Vec::new();
    let lengths: Vec<u32> = cells.iter().map(|cell| cell.encode_utf16().count() as u32).collect();
    let encoded = Encoder::new(delimiter, line_ending).rows(
        &cells.concat(),
        &lengths,
        columns,
        &mut expected,
    );
    assert_eq!(written.is_some(), encoded.is_ok(), "{} cells by {columns}", cells.len());
    let Some(written) = written else { return };
    // Where a mark could be a file's own depends on what stands before the text: in doubt the encoder quotes more.
    if !cells.iter().skip(1).any(|cell| cell.starts_with('\u{FEFF}')) {
        assert_eq!(show(&written), show(&expected));
    }
    let rows: Vec<Vec<&str>> = cells.chunks(columns).map(<[&str]>::to_vec).collect();
    let back = twin::read(&written, delimiter.byte(), true);
    let records: Vec<&Vec<String>> = back.header.iter().chain(&back.rows).collect();
    assert_eq!(records, rows.iter().collect::<Vec<_>>(), "{}", show(&written));
    assert_eq!(back.error, None);
}

/// What is written of the text, said to be so many cells; nothing where that is not so.
pub fn by_block(
    delimiter: Delimiter,
    line_ending: LineEnding,
    text: &str,
    cells: usize,
    columns: usize,
) -> Option<Vec<u8>> {
    let lf = line_ending == LineEnding::Lf;
    let with = Delimiters { delimiter: delimiter.byte(), lf, first: true };
    let mut out = b"before".to_vec();
    let whole = write_rows(&mut text.as_bytes().to_vec(), cells, columns, with, &mut out);
    let written = out.strip_prefix(b"before").unwrap().to_vec();
    assert!(whole || written.is_empty());
    whole.then_some(written)
}

#[test]
fn rows_are_written_as_the_encoder_writes_them() {
    const PIECES: [&str; 12] =
        ["a", "bcdef", "\"", ",", ";", "\t", "\n", "\r", " ", "\u{E9}", "\u{1F600}", "\0"];
    let mut random = Random::new(14);
    for _ in 0..ROUNDS {
        let columns = 1 + random.below(5);
        let longest = *random.pick(&[2, 4, 40]);
        let cells: Vec<String> = (0..columns * (1 + random.below(8)))
            .map(|_| (0..random.below(longest)).map(|_| *random.pick(&PIECES)).collect())
            .collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let line_ending = *random.pick(&[LineEnding::Lf, LineEnding::Crlf]);
        check(*random.pick(&Delimiter::ALL), line_ending, &cells, columns);
    }
}

#[test]
fn cells_are_quoted_at_every_place_of_a_block() {
    for cell in ["", "\"", "a,b", "\"\"", "\r", "\n", "\u{E9}", "plain", "\u{FEFF}"] {
        for padding in 0..64 + 4 {
            let padding = "p".repeat(padding);
            for line_ending in [LineEnding::Lf, LineEnding::Crlf] {
                check(Delimiter::Comma, line_ending, &[&padding, cell, "x", cell], 2);
                check(Delimiter::Comma, line_ending, &[&padding, cell, "x", cell], 1);
            }
        }
    }
}

#[test]
fn cells_that_are_not_whole_rows_or_hold_the_separator_write_nothing() {
    check(Delimiter::Comma, LineEnding::Lf, &["a", "b", "c"], 2);
    for (cells, columns) in [(3, 3), (1, 1), (4, 2), (2, 2)] {
        let written = by_block(
            Delimiter::Comma,
            LineEnding::Lf,
            "a\u{1F}b\u{1F}c\u{1F}d\u{1F}e",
            cells,
            columns,
        );
        assert_eq!(written, None, "{cells} by {columns}");
    }
}
