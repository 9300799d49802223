//! CSV that is refused, and how the error tells it.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::csv_decode::{Read, read, read_all_ways, rows_of, show, strings};
use super::twin;
use salesforce_bulk::csv::CsvErrorKind::{
    InvalidUtf8, NotUtf8, Ragged as Uneven, RecordTooLong, Unterminated,
};
use salesforce_bulk::csv::{CsvError, CsvErrorKind, DecodeOptions, Decoder, Ragged};

const fn error(kind: CsvErrorKind, row: u64, column: u32, byte: u64) -> CsvError {
    CsvError { kind, row, column, byte }
}

pub type Case = (&'static [u8], &'static [&'static [&'static str]], CsvError);

const SHORT: CsvErrorKind = Uneven { expected: 2, found: 1 };
const LONG: CsvErrorKind = Uneven { expected: 2, found: 3 };

/// The bytes, the records before the fault, and the fault.
pub const CASES: &[Case] = &[
    (b"\"", &[], error(Unterminated, 1, 1, 0)),
    (b"\xEF\xBB\xBF\"a", &[], error(Unterminated, 1, 1, 3)),
    (b"a,\"b", &[], error(Unterminated, 1, 2, 2)),
    (b"a,b\n1,2\n3,\"4\n", &[&["a", "b"], &["1", "2"]], error(Unterminated, 3, 2, 10)),
    (b"a,b\n1,\"\"\"", &[&["a", "b"]], error(Unterminated, 2, 2, 6)),
    (b"a,b\n\n\n1\n", &[&["a", "b"]], error(SHORT, 2, 2, 6)),
    (b"a,b\r\n1,2\r\n1,2,3\r\n4,5", &[&["a", "b"], &["1", "2"]], error(LONG, 3, 3, 10)),
    (b"a,b\n1", &[&["a", "b"]], error(SHORT, 2, 2, 4)),
    (b"a,b\n1,2\n\"\"\n", &[&["a", "b"], &["1", "2"]], error(SHORT, 3, 2, 8)),
];

#[test]
fn faults_are_found_where_they_are_and_end_the_reading() {
    for (bytes, before, error) in CASES {
        let mut records = before.iter().map(|record| strings(record));
        let expected =
            Read { header: records.next(), rows: records.collect(), error: Some(*error) };
        assert_eq!(read_all_ways(&DecodeOptions::default(), bytes), expected, "{}", show(bytes));
        assert_eq!(twin::read(bytes, b',', true), expected, "the twin: {}", show(bytes));
    }
}

#[test]
fn other_encodings_are_refused_by_their_mark() {
    let marks: [&[u8]; 4] =
        [b"\xFF\xFEI\0d\0", b"\xFE\xFF\0I\0d", b"\xFF\xFE\0\0I\0\0\0", b"\0\0\xFE\xFF\0\0\0I"];
    for bytes in marks {
        let found = read_all_ways(&DecodeOptions::default(), bytes);
        let expected = Read { error: Some(error(NotUtf8, 1, 1, 0)), ..Read::default() };
        assert_eq!(found, expected, "{}", show(bytes));
    }
}

#[test]
fn padding_fills_short_records_and_still_refuses_long_ones() {
    let options = DecodeOptions { ragged: Ragged::Pad, ..DecodeOptions::default() };
    let found = read_all_ways(&options, b"a,b,c\n1\n2,3\n4,5,6\n7,8,9,0\n");
    let rows = vec![strings(&["1", "", ""]), strings(&["2", "3", ""]), strings(&["4", "5", "6"])];
    assert_eq!(found.rows, rows);
    assert_eq!(found.error, Some(error(Uneven { expected: 3, found: 4 }, 5, 4, 18)));
}

#[test]
fn bytes_that_are_not_utf8_are_fatal_on_request() {
    let options = DecodeOptions { fatal_utf8: true, ..DecodeOptions::default() };
    let cases: [(&[u8], CsvError); 4] = [
        (b"\xFF\n", error(InvalidUtf8, 1, 1, 0)),
        (b"a,b\n1,\xC3\xA9\n2,\"\xC3\"\n", error(InvalidUtf8, 3, 2, 11)),
        (b"a,b\n\xC3,\xA9\n", error(InvalidUtf8, 2, 1, 4)),
        (b"a\n\xED\xA0\x80", error(InvalidUtf8, 2, 1, 2)),
    ];
    for (bytes, error) in cases {
        assert_eq!(read_all_ways(&options, bytes).error, Some(error), "{}", show(bytes));
    }
    // A genuine U+FFFD is a character like any other.
    assert_eq!(read_all_ways(&options, "a\n\u{FFFD}\n".as_bytes()).error, None);
}

#[test]
fn a_record_may_be_as_long_as_the_limit_and_no_longer() {
    let options = DecodeOptions { max_record: 5, ..DecodeOptions::default() };
    let too_long = |row, byte| Some(error(RecordTooLong { limit: 5 }, row, 0, byte));
    let cases: [(&[u8], Option<CsvError>); 7] = [
        (b"aa,bb\n11,22\r\n33,44", None),
        (b"aa,bbb\n", too_long(1, 0)),
        (b"a,b\n11,222\n", too_long(2, 4)),
        (b"a,b\n11,222", too_long(2, 4)),
        (b"a,b\n\"1\",23\n", too_long(2, 4)),
        (b"a,b\n1,2\n3,\"45678901234567890", too_long(3, 8)),
        (b"a,b\n\"234", Some(error(Unterminated, 2, 1, 4))),
    ];
    for (bytes, error) in cases {
        assert_eq!(read_all_ways(&options, bytes).error, error, "{}", show(bytes));
    }
}

#[test]
fn a_failed_decoder_stays_failed_and_gives_what_came_before() {
    let mut decoder = Decoder::new(DecodeOptions::default());
    let error = decoder.push(b"a,b\n1,2\n3\n4,5\n").unwrap_err();
    assert_eq!(decoder.push(b"6,7\n"), Err(error));
    assert_eq!(decoder.finish(), Err(error));
    let cells = decoder.take().unwrap();
    assert_eq!((rows_of(&cells), cells.rows()), (vec![strings(&["1", "2"])], 1));
}

#[test]
fn a_cut_inside_quotes_never_passes_for_a_row() {
    let csv = b"\"Id\",\"Name\"\n\"1\",\"x\ny\"\n\"2\",\"\"\"z\"\"\"\n";
    let rows = read(&DecodeOptions::default(), &[csv], false).rows;
    for length in 0..csv.len() {
        let cut = &csv[..length];
        let open = cut.iter().filter(|&&byte| byte == b'"').count() % 2 == 1;
        let found = read(&DecodeOptions::default(), &[cut], false);
        let unterminated = found.error.is_some_and(|error| error.kind == Unterminated);
        assert_eq!(unterminated, open, "{}", show(cut));
        assert!(!open || rows.starts_with(&found.rows), "{}: {found:?}", show(cut));
    }
}

#[test]
fn errors_say_what_where_and_what_to_do() {
    let cases = [
        (error(Unterminated, 3, 2, 10), "close the quote", "(row 3, column 2, byte 10)"),
        (error(LONG, 3, 3, 10), "3 cells where the header has 2", "(row 3, column 3, byte 10)"),
        (error(RecordTooLong { limit: 9 }, 2, 0, 4), "9 bytes", "(row 2, byte 4)"),
        (error(NotUtf8, 1, 1, 0), "save it as UTF-8", "(row 1, column 1, byte 0)"),
        (error(InvalidUtf8, 1, 1, 0), "not UTF-8", "(row 1, column 1, byte 0)"),
    ];
    for (error, what, place) in cases {
        let message = error.to_string();
        assert!(message.contains(what) && message.ends_with(place), "{message}");
    }
}
