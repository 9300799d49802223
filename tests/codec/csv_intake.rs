//! CSV on its way to the server.

use super::chunks::chunkings;
use super::csv_decode::{show, strings};
use salesforce_bulk::csv::{
    CsvError, CsvErrorKind, Delimiter, Dialect, Intake, IntakeOptions, LineEnding, Summary,
};

/// All that came of an intake.
#[derive(Debug, PartialEq, Eq)]
pub struct Taken {
    pub out: Vec<u8>,
    pub dialect: Option<Dialect>,
    pub summary: Result<Summary, CsvError>,
}

pub fn take_in(options: IntakeOptions, chunks: &[&[u8]]) -> Taken {
    let mut intake = Intake::new(options);
    let mut out = Vec::new();
    let pushed = chunks.iter().try_for_each(|chunk| {
        let result = intake.push(chunk, &mut out);
        assert!(out.is_empty() || intake.dialect().is_some(), "bytes came before the dialect");
        result
    });
    let summary = pushed.and_then(|()| intake.finish(&mut out));
    Taken { out, dialect: intake.dialect().cloned(), summary }
}

/// Takes it in in every chunking, which must all come to the same.
pub fn take_in_all_ways(options: IntakeOptions, bytes: &[u8]) -> Taken {
    let whole = take_in(options, &[bytes]);
    for chunks in chunkings(bytes) {
        assert_eq!(take_in(options, &chunks), whole, "{}: {chunks:?}", show(bytes));
    }
    whole
}

const SNIFF: IntakeOptions = IntakeOptions { delimiter: None, line_ending: None };

type Case = (&'static [u8], &'static [u8], u64);

/// What goes in, what comes out, and how many records that is.
const CASES: &[Case] = &[
    (b"", b"", 0),
    (b"\n\r\n", b"", 0),
    (b"\xEF\xBB\xBF", b"", 0),
    (b"Id", b"Id\n", 0),
    (b"Id\r\n", b"Id\r\n", 0),
    (b"Id,Name\n1,x\n", b"Id,Name\n1,x\n", 1),
    (b"Id,Name\n1,x", b"Id,Name\n1,x\n", 1),
    (b"Id,Name\r\n1,x\n2,y\r3,z", b"Id,Name\r\n1,x\r\n2,y\r\n3,z\r\n", 3),
    (b"Id,Name\r1,x\r\n", b"Id,Name\n1,x\n", 1),
    (b"Id,Name\r", b"Id,Name\n", 0),
    (b"\xEF\xBB\xBFId,Name\n1,x\n", b"Id,Name\n1,x\n", 1),
    (b"\n\nId,Name\n\n1,x\n\r\n\r2,y\n\n", b"Id,Name\n1,x\n2,y\n", 2),
    (b"Name\n\nx\n", b"Name\n\"\"\nx\n", 2),
    (b"\nName\r\n\r\nx\r\n", b"Name\r\n\"\"\r\nx\r\n", 2),
    (b"a,b\n\"x\r\ny\",\"p\nq\rr\"\r\n", b"a,b\n\"x\r\ny\",\"p\nq\rr\"\n", 1),
    (b"\"a\r\nb\",c\n1,2\r\n", b"\"a\r\nb\",c\n1,2\n", 1),
    (b"a,b\n\"\"\"\",\"\"\"\r\"\r\n", b"a,b\n\"\"\"\",\"\"\"\r\"\n", 1),
    (b"a,b\nx\"y\rz\"w,\"q\"r\r\n", b"a,b\nx\"y\nz\"w,\"q\"r\n", 2),
    (b"a,b\n1,\n,\n", b"a,b\n1,\n,\n", 2),
    (b"a,b\n1,", b"a,b\n1,\n", 1),
    (b"a,b\n\0,\xC3\xBF\n", b"a,b\n\0,\xC3\xBF\n", 1),
];

#[test]
fn records_end_alike_and_cells_stay_as_they_were() {
    for &(bytes, out, records) in CASES {
        let taken = take_in_all_ways(SNIFF, bytes);
        assert_eq!(show(&taken.out), show(out), "{}", show(bytes));
        let summary = taken.summary.unwrap();
        assert_eq!(
            (summary.records, summary.bytes),
            (records, out.len() as u64),
            "{}",
            show(bytes)
        );
        assert_eq!(taken.dialect.is_none(), out.is_empty());
    }
}

#[test]
fn characters_are_counted_in_utf16_units() {
    let csv = "Náme,b\nä€😀,\"\u{10FFFF}\n\"\n";
    let summary = take_in_all_ways(SNIFF, csv.as_bytes()).summary.unwrap();
    assert_eq!(summary.chars, csv.encode_utf16().count() as u64);
    assert_eq!(summary.bytes, csv.len() as u64);
}

#[test]
fn the_dialect_is_that_of_the_first_record() {
    use Delimiter::{Backquote, Caret, Comma, Pipe, Semicolon, Tab};
    use LineEnding::{Crlf, Lf};
    let table: &[(&[u8], Delimiter, LineEnding, &[&str])] = &[
        (b"Id\n1;2;3\n", Comma, Lf, &["Id"]),
        (b"Id,Name\n", Comma, Lf, &["Id", "Name"]),
        (b"Id;Name\r\n1,2,3\n", Semicolon, Crlf, &["Id", "Name"]),
        (b"Id\tName", Tab, Lf, &["Id", "Name"]),
        (b"Id|Name\r", Pipe, Lf, &["Id", "Name"]),
        (b"Id^Name\n", Caret, Lf, &["Id", "Name"]),
        (b"Id`Name\n", Backquote, Lf, &["Id", "Name"]),
        (b"a;b;c,d\n", Semicolon, Lf, &["a", "b", "c,d"]),
        (b"\"a,b,c\";\"d\"\r\n", Semicolon, Crlf, &["a,b,c", "d"]),
        (b"a;b,c\n", Comma, Lf, &["a;b", "c"]),
        (b"\"x\"\"\r\n;\"|b\n", Pipe, Lf, &["x\"\r\n;", "b"]),
    ];
    for &(bytes, delimiter, line_ending, header) in table {
        let expected = Dialect { delimiter, line_ending, header: strings(header) };
        assert_eq!(take_in_all_ways(SNIFF, bytes).dialect, Some(expected), "{}", show(bytes));
    }
}

#[test]
fn what_the_caller_says_goes_before_what_is_found() {
    let options = |delimiter, line_ending| IntakeOptions { delimiter, line_ending };
    let csv = b"a,b;c\r\n1,2;\"3\n4\"\r\n";
    let crlf = take_in_all_ways(options(Some(Delimiter::Semicolon), None), csv);
    assert_eq!(crlf.out, csv);
    assert_eq!(crlf.dialect.unwrap().header, strings(&["a,b", "c"]));
    let lf = take_in_all_ways(options(None, Some(LineEnding::Lf)), csv);
    // With a comma between cells that quote is inside a cell, and quotes nothing.
    assert_eq!(show(&lf.out), show(b"a,b;c\n1,2;\"3\n4\"\n"));
    assert_eq!(lf.summary.unwrap().records, 2);
    assert_eq!(lf.dialect.unwrap().line_ending, LineEnding::Lf);
}

#[test]
fn faults_are_found_where_they_are() {
    let error = |kind, row, column, byte| CsvError { kind, row, column, byte };
    let table: [(&[u8], CsvError); 11] = [
        (b"a,\"b", error(CsvErrorKind::Unterminated, 1, 2, 2)),
        (b"\xEF\xBB\xBFa,\"b", error(CsvErrorKind::Unterminated, 1, 2, 5)),
        (b"a,b\r\n\r\n1,2\r\n3,\"4\n", error(CsvErrorKind::Unterminated, 3, 2, 14)),
        (b"a,b\n1,\"x\"\"\n", error(CsvErrorKind::Unterminated, 2, 2, 6)),
        (b"a,b\n1,Andr\xE9\n", error(CsvErrorKind::InvalidUtf8, 2, 0, 10)),
        (b"a,b\n1,2\n3,\xE2\x82", error(CsvErrorKind::InvalidUtf8, 3, 0, 10)),
        (b"\xFF\n", error(CsvErrorKind::InvalidUtf8, 1, 0, 0)),
        (b"\xEF\xBB\xBFa\xE9\n", error(CsvErrorKind::InvalidUtf8, 1, 0, 4)),
        (b"\xFF\xFEI\0d\0", error(CsvErrorKind::NotUtf8, 1, 1, 0)),
        (b"\xFE\xFF\0I\0d", error(CsvErrorKind::NotUtf8, 1, 1, 0)),
        (b"\0\0\xFE\xFF\0\0\0I", error(CsvErrorKind::NotUtf8, 1, 1, 0)),
    ];
    for (bytes, error) in table {
        assert_eq!(take_in_all_ways(SNIFF, bytes).summary, Err(error), "{}", show(bytes));
    }
}

#[test]
fn a_header_without_an_end_is_refused() {
    let limit = 1 << 20;
    let mut intake = Intake::new(SNIFF);
    let mut out = Vec::new();
    assert_eq!(intake.push(&vec![b'x'; limit], &mut out), Ok(()));
    let error = intake.push(b"x", &mut out).unwrap_err();
    assert_eq!(error.kind, CsvErrorKind::RecordTooLong { limit });
    assert_eq!(intake.finish(&mut out), Err(error));
    assert!(out.is_empty());
}
