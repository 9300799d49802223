//! Random CSV, through the streaming codec and through the twin.

use super::agree::Trial;
use super::chunks::chunkings;
use super::csv_decode::{Read, show};
use super::csv_intake::take_in_all_ways;
use super::documents::random_document;
use super::plain::random_options;
use super::random::Random;
use super::twin;
use salesforce_bulk::csv::{DecodeOptions, Delimiter, IntakeOptions, LineEnding};

const PIECES: [&[u8]; 14] = [
    b"a",
    b"b",
    b",",
    b",",
    b"\"",
    b"\"",
    b"\n",
    b"\n",
    b"\r",
    b"\r\n",
    b" ",
    "é".as_bytes(),
    "😀".as_bytes(),
    b"\0",
];

/// Also what is not UTF-8, and marks where none belong.
const WILD: [&[u8]; 9] =
    [b"a", b",", b"\"", b"\n", b"\r", b"\xC3", b"\xA9", b"\xEF\xBB\xBF", b"\xF0\x9F"];

#[test]
fn the_decoder_agrees_with_its_twin() {
    let mut random = Random::new(2);
    for round in 0..300 {
        let pieces: &[&[u8]] = if round % 2 == 0 { &PIECES } else { &WILD };
        let document = random_document(&mut random, pieces, 16);
        let options = match round % 3 {
            0 => random_options(&mut random),
            _ => DecodeOptions::default(),
        };
        let trial = Trial::new(&options, &document);
        chunkings(&document).iter().for_each(|chunks| trial.check(chunks));
    }
}

#[test]
fn the_intake_changes_nothing_that_can_be_read() {
    let mut random = Random::new(3);
    let mut passed = 0;
    for _ in 0..500 {
        let document = random_document(&mut random, &PIECES, 16);
        let line_ending = *random.pick(&[LineEnding::Lf, LineEnding::Crlf]);
        let options =
            IntakeOptions { delimiter: Some(Delimiter::Comma), line_ending: Some(line_ending) };
        let taken = take_in_all_ways(options, &document);
        let expected = twin::read(&document, b',', false);
        match taken.summary {
            Err(error) => assert_eq!(Some(error), expected.error, "{}", show(&document)),
            Ok(summary) => {
                passed += 1;
                let text = String::from_utf8(taken.out.clone()).unwrap();
                assert_eq!(summary.chars, text.encode_utf16().count() as u64);
                assert_eq!(summary.bytes, text.len() as u64);
                assert_eq!(summary.records, expected.rows.len() as u64, "{}", show(&document));
                assert_eq!(taken.dialect.map(|dialect| dialect.header), expected.header);
                check_line_ends(&taken.out, line_ending, &expected);
                assert_eq!(twin::read(&taken.out, b',', false), expected, "{}", show(&document));
            }
        }
    }
    assert!(passed > 100, "only {passed} documents could be read at all");
}

/// Outside quotes there are as many line ends as records, and all are of the one kind.
fn check_line_ends(out: &[u8], line_ending: LineEnding, expected: &Read) {
    let records = expected.rows.len() + usize::from(expected.header.is_some());
    let mut inside = (expected.rows.iter().flatten())
        .chain(expected.header.iter().flatten())
        .map(|cell| count(cell.as_bytes()));
    let (cr, lf) = inside.by_ref().fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
    let crs = if line_ending == LineEnding::Crlf { records } else { 0 };
    assert_eq!(count(out), (cr + crs, lf + records), "{}", show(out));
}

/// How many CR and how many LF.
fn count(bytes: &[u8]) -> (usize, usize) {
    let of = |wanted| bytes.iter().filter(|&&byte| byte == wanted).count();
    (of(b'\r'), of(b'\n'))
}
