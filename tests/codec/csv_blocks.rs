//! The index reads blocks of 64 bytes: whatever matters, at every place of a block.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::agree::Trial;
use super::cuts::random_cuts;
use super::plain::{IRREGULAR, delimited, plain_document, random_options, with_irregularity};
use super::random::Random;
use salesforce_bulk::csv::{CsvErrorKind, DecodeOptions, Decoder, Delimiter};

/// In wasm, debug code is slower by far, and several engines run it.
const ROUNDS: usize = if cfg!(target_arch = "wasm32") { 40 } else { 400 };

/// Plain cells, or the ends of some: `,` stands for the delimiter.
const PLAIN: [&str; 16] = [
    "",
    "x",
    "\"\"",
    "\"x\"",
    "\"a,b\"",
    "\"\"\"\"",
    "\"\"\"\"\"\"",
    "\"a\"\"b\"",
    "\"\n\"",
    "\"\r\n\"",
    "\"\r\"",
    "\u{E9}",
    "\u{1F600}\u{20AC}",
    "\"\u{E9}\"\"\u{1F600}\"",
    "x\r\n1,2\r\n3,y",
    "\"x\"\r\n\"\",\"\"\r\n,\"\"",
];

/// Reads the cell behind so many bytes that its edges fall on every place of a block.
fn check_at_every_place(delimiter: Delimiter, cell: &[u8], step: usize) {
    let options = DecodeOptions { delimiter, null: "x".to_owned(), ..DecodeOptions::default() };
    for padding in (40..40 + 64 + 4).step_by(step) {
        let mut document = delimited(b"a,b\n\"1\",2\n", delimiter);
        document.extend(std::iter::repeat_n(b'p', padding));
        document.push(delimiter.byte());
        let start = document.len();
        document.extend(delimited(cell, delimiter));
        let end = document.len();
        document.extend(delimited(b"\n3,\"4\"\n5,6", delimiter));
        let trial = Trial::new(&options, &document);
        trial.check(&[&document]);
        for cut in [start + padding % 2, end + padding % 2] {
            let (head, tail) = document.split_at(cut);
            trial.check(&[head, tail]);
        }
    }
}

#[test]
fn plain_cells_are_read_at_every_place_of_a_block() {
    let delimiters = if cfg!(target_arch = "wasm32") { 1 } else { 6 };
    for cell in PLAIN {
        for delimiter in &Delimiter::ALL[..delimiters] {
            let step = if *delimiter == Delimiter::Comma { 1 } else { 21 };
            check_at_every_place(*delimiter, cell.as_bytes(), step);
        }
    }
}

#[test]
fn irregular_cells_are_read_at_every_place_of_a_block() {
    let step = if cfg!(target_arch = "wasm32") { 5 } else { 1 };
    for cell in IRREGULAR {
        check_at_every_place(Delimiter::Comma, cell, step);
    }
}

#[test]
fn random_plain_documents_are_read_alike() {
    check_random(7, |_, _, document| document);
}

#[test]
fn one_irregularity_changes_nothing_around_it() {
    check_random(8, with_irregularity);
}

fn check_random(seed: u64, change: impl Fn(&mut Random, Delimiter, Vec<u8>) -> Vec<u8>) {
    let mut random = Random::new(seed);
    let (mut read, mut failed) = (0, 0);
    for _ in 0..ROUNDS {
        let columns = 1 + random.below(4);
        let mut options = random_options(&mut random);
        if random.below(4) == 0 {
            options.header = Some((0..columns).map(|column| column.to_string()).collect());
        }
        let document = plain_document(&mut random, options.delimiter, columns);
        let document = change(&mut random, options.delimiter, document);
        let trial = Trial::new(&options, &document);
        trial.check(&[&document]);
        trial.check(&random_cuts(&mut random, &document));
        *if trial.expected.error.is_none() { &mut read } else { &mut failed } += 1;
    }
    assert!(read > ROUNDS / 8 && failed > ROUNDS / 8, "{read} were read, {failed} failed");
}

#[test]
fn only_cells_that_are_not_their_own_bytes_get_a_text_of_their_own() {
    let mut decoder = Decoder::new(DecodeOptions::default());
    decoder.push("a,b,c\n1,\"x\"\"y\",2\n\u{E9},\"3\",\n4,5,\u{1F600}\n".as_bytes()).unwrap();
    let cells = decoder.take().unwrap();
    let own: Vec<bool> = cells.bounds.chunks(2).map(|bounds| bounds[0] < 0).collect();
    assert_eq!(own, [false, true, false, true, false, false, false, false, true]);
}

#[test]
fn a_record_that_is_too_long_is_refused_before_its_end_comes() {
    let options = DecodeOptions { max_record: 1000, ..DecodeOptions::default() };
    let mut decoder = Decoder::new(options);
    decoder.push(b"a,b\n1,\"").unwrap();
    let error = (0..12).find_map(|_| decoder.push(&[b'x'; 100]).err()).unwrap();
    assert_eq!(error.kind, CsvErrorKind::RecordTooLong { limit: 1000 });
}
