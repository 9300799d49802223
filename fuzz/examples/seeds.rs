//! `seeds FOLDER`: writes the tables of the tests and some random documents as inputs, a folder for each target.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool of ours that cannot go on stops"
)]

use salesforce_bulk::csv::Delimiter;
use salesforce_bulk_fuzz::codec::plain::{plain_document, with_irregularity};
use salesforce_bulk_fuzz::codec::random::Random;
use salesforce_bulk_fuzz::codec::{csv_decode, csv_errors, json_parse, json_split};
use std::path::Path;

fn main() {
    let folder = std::env::args().nth(1).expect("seeds FOLDER");
    let folder = Path::new(&folder);
    let documents = documents();
    // As many bytes as the target reads before the data.
    save(&folder.join("decode"), 8, &documents);
    save(&folder.join("records"), 2, &documents);
    save(&folder.join("parts"), 5, &documents);
    save(&folder.join("json"), 1, &json_split::ARRAYS.map(|array| array.as_bytes().to_vec()));
    let texts = json_parse::DOCUMENTS.map(|(text, _)| text.as_bytes().to_vec());
    save(&folder.join("document"), 0, &texts);
    let cells = |document: &Vec<u8>| document.iter().map(as_separator).collect();
    save(&folder.join("write"), 3, &documents.iter().map(cells).collect::<Vec<_>>());
}

/// The tables, and longer documents in all dialects.
fn documents() -> Vec<Vec<u8>> {
    let tables = csv_decode::COMMA.iter().map(|(bytes, _)| bytes.to_vec());
    let faults = csv_errors::CASES.iter().map(|(bytes, _, _)| bytes.to_vec());
    let mut random = Random::new(15);
    let long = (0..60).map(|round| {
        let columns = 1 + random.below(4);
        let document = plain_document(&mut random, Delimiter::Comma, columns);
        match round % 2 {
            0 => document,
            _ => with_irregularity(&mut random, Delimiter::Comma, document),
        }
    });
    tables.chain(faults).chain(long).collect()
}

/// Commas and line ends become what divides cells that are to be written.
fn as_separator(byte: &u8) -> u8 {
    if matches!(byte, b',' | b'\n') { 0x1F } else { *byte }
}

/// Zeros choose the defaults.
fn save(folder: &Path, options: usize, documents: &[Vec<u8>]) {
    std::fs::create_dir_all(folder).unwrap();
    for (number, document) in documents.iter().enumerate() {
        let input = [vec![0; options], document.clone()].concat();
        std::fs::write(folder.join(format!("seed-{number}")), input).unwrap();
    }
}
