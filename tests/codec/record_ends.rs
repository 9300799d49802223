//! The index of records against the twin: every end, whatever the pieces.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::chunks::chunkings;
use super::csv_decode::show;
use super::cuts::random_cuts;
use super::documents::random_document;
use super::plain::{plain_document, with_irregularity};
use super::random::Random;
use super::twin::{self, Line};
use salesforce_bulk::csv::Delimiter;
use salesforce_bulk_scan::{Last, RecordEnd, RecordIndex, Unterminated};

/// In wasm, debug code is slower by far, and several engines run it.
const ROUNDS: usize = if cfg!(target_arch = "wasm32") { 100 } else { 1000 };

/// Finds the ends in these chunks, and holds them against the twin's.
pub fn check(delimiter: u8, chunks: &[&[u8]]) {
    let whole = chunks.concat();
    let (mut lines, error) = twin::lines(&whole, delimiter);
    let last = lines.pop_if(|line| whole.ends_with(b"\r") && line.next == whole.len());
    let behind = whole.len() > lines.last().map_or(0, |line| line.next);
    let expected = match (error, last) {
        (Some(error), _) => Err(Unterminated { byte: error.byte, column: error.column }),
        (None, Some(Line { blank: true, .. })) => Ok(Last::Blank),
        (None, _) if behind => Ok(Last::Record),
        (None, _) => Ok(Last::Nothing),
    };
    let mut index = RecordIndex::new(delimiter);
    let mut found = Vec::new();
    for (start, chunk) in starts(chunks) {
        find(&mut index, start, chunk, &mut lines.iter().copied().skip(found.len()), &mut found);
    }
    assert_eq!(found.len(), lines.len(), "{}", show(&whole));
    assert_eq!(index.finish(), expected, "{}: {}", chunks.len(), show(&whole));
}

/// Each chunk with its place in the whole.
fn starts<'a>(chunks: &'a [&'a [u8]]) -> impl Iterator<Item = (usize, &'a [u8])> {
    chunks.iter().scan(0, |next, chunk| {
        let start = *next;
        *next += chunk.len();
        Some((start, *chunk))
    })
}

/// Finds the ends in the chunk that stands at `start`; they are the next of the `expected`.
fn find(
    index: &mut RecordIndex,
    start: usize,
    chunk: &[u8],
    expected: &mut dyn Iterator<Item = Line>,
    found: &mut Vec<Line>,
) {
    let mut ends = Vec::new();
    index.push(chunk, &mut ends);
    for RecordEnd { content, next, blank } in ends {
        let line = Line { content: start + content, next: start + next, blank };
        // What ended in an earlier chunk ends, as far as this one is concerned, where it begins.
        let expected =
            expected.next().map(|line| Line { content: line.content.max(start), ..line });
        assert_eq!(Some(line), expected, "at {start}: {}", show(chunk));
        found.push(line);
    }
}

#[test]
fn ends_are_found_in_short_wild_documents_at_every_split() {
    const PIECES: [&[u8]; 9] = [b"a", b",", b"\"", b"\"", b"\n", b"\r", b"\r\n", b"\xC3", b"\"\""];
    let mut random = Random::new(10);
    for _ in 0..ROUNDS {
        let document = random_document(&mut random, &PIECES, 12);
        chunkings(&document).iter().for_each(|chunks| check(b',', chunks));
    }
}

#[test]
fn ends_are_found_in_documents_of_some_blocks() {
    let mut random = Random::new(11);
    for round in 0..ROUNDS {
        let delimiter = *random.pick(&Delimiter::ALL);
        let columns = 1 + random.below(4);
        let mut document = plain_document(&mut random, delimiter, columns);
        for _ in 0..round % 3 {
            document = with_irregularity(&mut random, delimiter, document);
        }
        check(delimiter.byte(), &[&document]);
        check(delimiter.byte(), &random_cuts(&mut random, &document));
    }
}
