//! CSV cut into parts: nothing is lost, no part is too large, and none could have held more.

use super::csv_decode::show;
use super::cuts::random_cuts;
use super::plain::{plain_document, with_irregularity};
use super::random::Random;
use super::twin;
use salesforce_bulk::csv::{CsvError, CsvErrorKind, Delimiter, Limits, Splitter};
use salesforce_bulk_scan::utf16_len;

const NONE: Limits = Limits { bytes: u64::MAX, rows: u64::MAX, chars: u64::MAX, record: u64::MAX };

const MARK: &[u8] = b"\xEF\xBB\xBF";
const OTHER_MARKS: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\x00\x00\xFE\xFF"];

/// All that came of cutting.
#[derive(Debug, PartialEq, Eq)]
struct Cutting {
    header: Option<(Vec<u8>, u64)>,
    cuts: Vec<u64>,
    error: Option<CsvError>,
}

fn cut(limits: Limits, delimiter: Delimiter, chunks: &[&[u8]]) -> Cutting {
    let mut splitter = Splitter::new(limits, Some(delimiter));
    let mut cuts = Vec::new();
    let pushed = chunks.iter().try_for_each(|chunk| splitter.push(chunk, &mut cuts));
    let error = pushed.and_then(|()| splitter.finish(&mut cuts)).err();
    Cutting { header: splitter.header().map(|(bytes, end)| (bytes.to_vec(), end)), cuts, error }
}

/// Cuts the document, and says whether that went without an error.
pub fn check(limits: Limits, delimiter: Delimiter, document: &[u8], chunks: &[&[u8]]) -> bool {
    if has_two_marks(document) {
        return true;
    }
    let found = cut(limits, delimiter, chunks);
    if let Some(error) = found.error {
        let whole = cut(limits, delimiter, &[document]);
        assert_eq!(whole.error.map(|error| error.kind), Some(error.kind), "{}", show(document));
        let header = found.header.map(|(header, _)| header);
        check_error(limits, delimiter, document, error, &header.unwrap_or_default());
        return false;
    }
    assert_eq!(found, cut(limits, delimiter, &[document]), "{}", show(document));
    let Some((header, start)) = &found.header else {
        assert!(found.cuts.is_empty());
        return true;
    };
    let starts = [*start].into_iter().chain(found.cuts.iter().copied());
    let bodies = starts.zip(&found.cuts).map(|(start, &end)| range(document, start, end));
    let parts: Vec<Vec<u8>> = bodies.map(|body| [header, body].concat()).collect();
    check_parts(limits, delimiter, document, &parts);
    true
}

/// The second is data, but the reader of each part takes it for the part's own.
fn has_two_marks(document: &[u8]) -> bool {
    let rest = document.strip_prefix(MARK);
    rest.is_some_and(|rest| [MARK].iter().chain(&OTHER_MARKS).any(|mark| rest.starts_with(mark)))
}

fn range(document: &[u8], start: u64, end: u64) -> &[u8] {
    &document[start as usize..end as usize]
}

fn check_error(
    limits: Limits,
    delimiter: Delimiter,
    document: &[u8],
    error: CsvError,
    header: &[u8],
) {
    if error.kind != CsvErrorKind::PartTooSmall {
        let expected = twin::read(document, delimiter.byte(), false).error;
        assert_eq!(Some(error), expected, "{}", show(document));
        return;
    }
    let mark = if document.starts_with(MARK) { 3 } else { 0 };
    let start = error.byte as usize - mark;
    let (lines, _) = twin::lines(&document[mark..], delimiter.byte());
    // Empty lines that are no records go with the record behind them, and may be what is too much.
    if lines.iter().any(|line| line.blank && line.next == start) {
        return;
    }
    let end = lines.iter().map(|line| line.next).find(|&next| next > start);
    let record = &document[error.byte as usize..end.map_or(document.len(), |end| end + mark)];
    assert!(!fits(limits, &[header, record].concat(), 1), "{error:?}: {}", show(document));
}

fn check_parts(limits: Limits, delimiter: Delimiter, document: &[u8], parts: &[Vec<u8>]) {
    let whole = twin::read(document, delimiter.byte(), false);
    let mut rows = whole.rows.as_slice();
    for (number, part) in parts.iter().enumerate() {
        let read = twin::read(part, delimiter.byte(), false);
        assert_eq!((&read.header, read.error), (&whole.header, None), "{}", show(document));
        let (these, rest) = rows.split_at(read.rows.len().min(rows.len()));
        assert_eq!(read.rows, these, "part {number} of {}", show(document));
        assert!(!these.is_empty(), "part {number} of {} is empty", show(document));
        assert!(fits(limits, part, these.len()), "part {number} of {}", show(document));
        rows = rest;
    }
    assert_eq!(rows, &[] as &[Vec<String>], "{}", show(document));
}

fn fits(limits: Limits, part: &[u8], rows: usize) -> bool {
    let chars = utf16_len(part);
    part.len() as u64 <= limits.bytes && chars as u64 <= limits.chars && rows as u64 <= limits.rows
}

#[test]
fn parts_are_the_whole_and_none_is_too_large() {
    let mut random = Random::new(16);
    let mut cut = 0;
    for round in 0..1200 {
        let delimiter = *random.pick(&Delimiter::ALL);
        let columns = 1 + random.below(3);
        let mut document = plain_document(&mut random, delimiter, columns);
        if round % 2 == 0 {
            document = with_irregularity(&mut random, delimiter, document);
        }
        let size = 60 + random.below(300) as u64;
        let limits = *random.pick(&[
            NONE,
            Limits { rows: 1 + size % 5, ..NONE },
            Limits { bytes: size, ..NONE },
            Limits { chars: size, rows: 4, ..NONE },
        ]);
        let chunks = random_cuts(&mut random, &document);
        cut += usize::from(check(limits, delimiter, &document, &chunks));
    }
    assert!(cut > 600, "only {cut} documents could be cut");
}

#[test]
fn no_part_could_have_held_one_record_more() {
    let rows = ["1,aa\n", "2,\"b\nb\"\n", "3,\u{1F600}\n", "4,\n", "5,ccccc\n", "6,d\n"];
    let document = format!("a,b\n{}", rows.concat());
    for size in 12..60 {
        for limits in [Limits { bytes: size, ..NONE }, Limits { chars: size, ..NONE }] {
            let Cutting { cuts, error, .. } = cut(limits, Delimiter::Comma, &[document.as_bytes()]);
            assert_eq!(error, None);
            let mut expected = vec![4];
            let mut part = String::from("a,b\n");
            for row in rows {
                let end = expected.last().copied().unwrap_or_default() + row.len() as u64;
                if fits(limits, [&part, row].concat().as_bytes(), 1) {
                    expected.pop();
                } else {
                    part = String::from("a,b\n");
                }
                part += row;
                expected.push(end);
            }
            assert_eq!(cuts, expected, "{size}");
        }
    }
}
