//! Bytes to records.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::chunks::chunkings;
use super::twin;
use salesforce_bulk::csv::{Cells, CsvError, DecodeOptions, Decoder, Delimiter};

/// All that came of reading a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    pub header: Option<Vec<String>>,
    pub rows: Vec<Vec<String>>,
    pub error: Option<CsvError>,
}

/// Reads the chunks; `often`: takes what is there after each of them, not only at the end.
pub fn read(options: &DecodeOptions, chunks: &[&[u8]], often: bool) -> Read {
    let mut decoder = Decoder::new(options.clone());
    let mut rows = Vec::new();
    let pushed = chunks.iter().try_for_each(|chunk| {
        let result = decoder.push(chunk);
        if often {
            rows.extend(decoder.take().iter().flat_map(rows_of));
        }
        result
    });
    let error = pushed.and_then(|()| decoder.finish()).err();
    rows.extend(decoder.take().iter().flat_map(rows_of));
    assert_eq!(decoder.records(), rows.len() as u64);
    assert_eq!(decoder.take(), None);
    Read { header: decoder.header().map(<[String]>::to_vec), rows, error }
}

/// The rows, cut out of the two texts as JavaScript would.
pub fn rows_of(cells: &Cells) -> Vec<Vec<String>> {
    let ascii: Vec<u16> = cells.ascii.iter().map(|&byte| u16::from(byte)).collect();
    let cell = |bounds: &[i32]| match *bounds {
        [start, end] if start < 0 => slice(&cells.wide, !start, end),
        [start, end] if start < end => slice(&ascii, start, end),
        _ => String::new(),
    };
    let texts: Vec<String> = cells.bounds.chunks(2).map(cell).collect();
    assert_eq!(texts, cells.texts());
    let rows: Vec<Vec<String>> = texts.chunks(cells.columns).map(<[String]>::to_vec).collect();
    assert_eq!(rows.len(), cells.rows());
    rows
}

fn slice(units: &[u16], start: i32, end: i32) -> String {
    String::from_utf16(&units[start as usize..end as usize]).unwrap()
}

/// Reads in every chunking, which must all come to the same.
pub fn read_all_ways(options: &DecodeOptions, bytes: &[u8]) -> Read {
    let whole = read(options, &[bytes], false);
    for chunks in chunkings(bytes) {
        for often in [false, true] {
            assert_eq!(read(options, &chunks, often), whole, "{}: {chunks:?}", show(bytes));
        }
    }
    whole
}

pub fn show(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

pub fn strings(cells: &[&str]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

pub type Case = (&'static [u8], &'static [&'static [&'static str]]);

/// What is read, the header first.
pub const COMMA: &[Case] = &[
    (b"", &[]),
    (b"\n\r\n\r", &[]),
    (b"\xEF\xBB\xBF", &[]),
    (b"Id", &[&["Id"]]),
    (b"Id\n", &[&["Id"]]),
    (b"Id,Name\n1,x\n", &[&["Id", "Name"], &["1", "x"]]),
    (b"Id,Name\n1,x", &[&["Id", "Name"], &["1", "x"]]),
    (b"Id,Name\r\n1,x\r\n2,y\r\n", &[&["Id", "Name"], &["1", "x"], &["2", "y"]]),
    (b"Id,Name\r1,x\r2,y", &[&["Id", "Name"], &["1", "x"], &["2", "y"]]),
    (b"\xEF\xBB\xBFId,Name\n1,x\n", &[&["Id", "Name"], &["1", "x"]]),
    (b"\xEF\xBB\xBF\"Id\",Name\n1,x\n", &[&["Id", "Name"], &["1", "x"]]),
    (b"\xEF\xBB\xBF\xEF\xBB\xBFId\n", &[&["\u{FEFF}Id"]]),
    (b"Id\n\xEF\xBB\xBF1\n", &[&["Id"], &["\u{FEFF}1"]]),
    (b"\xEF\xBB", &[&["\u{FFFD}"]]),
    (b"\xEF\xBBx", &[&["\u{FFFD}x"]]),
    (b"\0\0\n\0", &[&["\0\0"], &["\0"]]),
    (b"a,b\n,\n", &[&["a", "b"], &["", ""]]),
    (b"a,b\n,", &[&["a", "b"], &["", ""]]),
    (b"a,b\n\"\",\"\"\n", &[&["a", "b"], &["", ""]]),
    (b"a,b\n\n\r\n\r\r1,2\n\n", &[&["a", "b"], &["1", "2"]]),
    (b"\n\na,b\n1,2", &[&["a", "b"], &["1", "2"]]),
    // In data of one column an empty line is a null.
    (b"Name\n\nx\n", &[&["Name"], &[""], &["x"]]),
    (b"Name\r\n\r\nx\r\n", &[&["Name"], &[""], &["x"]]),
    (b"Name\r\rx\r\r", &[&["Name"], &[""], &["x"], &[""]]),
    (b"Name\n\r\n\n", &[&["Name"], &[""], &[""]]),
    (b"\"Name\"\n\"\"\n", &[&["Name"], &[""]]),
    (b"Name\n\"\"", &[&["Name"], &[""]]),
    // Quotes.
    (b"a,b\n\"x,y\",\"p\"\"q\"\n", &[&["a", "b"], &["x,y", "p\"q"]]),
    (b"a,b\n\"x\ny\",\"x\r\ny\"\r\n", &[&["a", "b"], &["x\ny", "x\r\ny"]]),
    (b"a,b\n\"\"\"\",\"\"\"\"\"\"", &[&["a", "b"], &["\"", "\"\""]]),
    (b"a,b\n\"x\"y,\"x\"y\"z\"\n", &[&["a", "b"], &["xy", "xy\"z\""]]),
    (b"a,b\nx\"y\", \"z\"\n", &[&["a", "b"], &["x\"y\"", " \"z\""]]),
    (b"a\n\"x\"", &[&["a"], &["x"]]),
    (b"a\n\"\n\"\n", &[&["a"], &["\n"]]),
    (b"a,b\n 1 , 2 \n", &[&["a", "b"], &[" 1 ", " 2 "]]),
    (b"a,b\nx\0y,\0\n", &[&["a", "b"], &["x\0y", "\0"]]),
    // Characters of every length, and the pieces of one cut by a cell's end.
    ("a,b\nä€😀,\"😀é\"\n".as_bytes(), &[&["a", "b"], &["ä€😀", "😀é"]]),
    (b"a,b\n\xC3,\xA9\n", &[&["a", "b"], &["\u{FFFD}", "\u{FFFD}"]]),
    (b"a,b\n\xF0\x9F,\"\x98\x80\"\n", &[&["a", "b"], &["\u{FFFD}", "\u{FFFD}\u{FFFD}"]]),
    (b"a;b\n1;2\n", &[&["a;b"], &["1;2"]]),
];

#[test]
fn records_are_read_alike_however_the_bytes_come() {
    for (bytes, expected) in COMMA {
        let mut records = expected.iter().map(|record| strings(record));
        let expected = Read { header: records.next(), rows: records.collect(), error: None };
        assert_eq!(read_all_ways(&DecodeOptions::default(), bytes), expected, "{}", show(bytes));
        assert_eq!(twin::read(bytes, b',', true), expected, "the twin: {}", show(bytes));
    }
}

#[test]
fn every_delimiter_divides_and_no_other_does() {
    for delimiter in Delimiter::ALL {
        let text = "a,b;c|d^e`f\tg".to_owned();
        let (left, right) = text.split_once(char::from(delimiter.byte())).unwrap();
        let options = DecodeOptions { delimiter, ..DecodeOptions::default() };
        let expected = Some(strings(&[left, right]));
        assert_eq!(read_all_ways(&options, text.as_bytes()).header, expected, "{delimiter:?}");
    }
}

#[test]
fn with_a_given_header_the_first_record_is_data() {
    let header = Some(strings(&["Id", "Name"]));
    let options = DecodeOptions { header: header.clone(), ..DecodeOptions::default() };
    let found = read_all_ways(&options, b"1,x\n2,y\n");
    let rows = vec![strings(&["1", "x"]), strings(&["2", "y"])];
    assert_eq!(found, Read { header: header.clone(), rows, error: None });
    assert_eq!(read_all_ways(&options, b"").header, header);

    let one = DecodeOptions { header: Some(strings(&["Id"])), ..DecodeOptions::default() };
    assert_eq!(read_all_ways(&one, b"\n1\n").rows, vec![strings(&[""]), strings(&["1"])]);
}

#[test]
fn a_cell_far_larger_than_any_buffer_is_whole() {
    let cell = "x\"\u{1F600}".repeat(100_000);
    let csv = format!("a,b\n\"{}\",2\n", cell.replace('"', "\"\""));
    for size in [7, 4096, csv.len()] {
        let chunks: Vec<&[u8]> = csv.as_bytes().chunks(size).collect();
        let found = read(&DecodeOptions::default(), &chunks, true);
        assert_eq!(found.rows, vec![vec![cell.clone(), "2".to_owned()]], "chunks of {size}");
    }
}

#[test]
fn the_rest_of_a_taken_row_is_read_with_what_follows() {
    let mut decoder = Decoder::new(DecodeOptions::default());
    decoder.push("a,b\n😀,é\nü,".as_bytes()).unwrap();
    let first = decoder.take().unwrap();
    assert_eq!(
        (String::from_utf16(&first.wide).unwrap().as_str(), first.bounds.as_slice()),
        ("😀é", &[!0, 2, !2, 3][..])
    );
    assert_eq!(decoder.take(), None);
    decoder.push("€\n".as_bytes()).unwrap();
    let second = decoder.take().unwrap();
    assert_eq!(
        (String::from_utf16(&second.wide).unwrap().as_str(), second.bounds.as_slice()),
        ("ü€", &[!0, 1, !1, 2][..])
    );
}

#[test]
fn what_is_utf8_is_what_the_standard_library_says() {
    let edges = *b"a\x80\x90\xA0\xBF\xC1\xC2\xE0\xED\xF0\xF4\xF5";
    let ends = [b"a", b"\x80"].map(|last| last.as_slice());
    let pairs = || edges.iter().flat_map(|&one| edges.iter().map(move |&two| [one, two]));
    let triples = pairs().flat_map(|[one, two]| edges.iter().map(move |&three| [one, two, three]));
    for bytes in triples.flat_map(|start| ends.map(|end| [&start, end].concat())) {
        let document = [b"h\n\"", bytes.as_slice(), b"\"\"\"\n"].concat();
        let lossy = read(&DecodeOptions::default(), &[&document], false);
        let text = format!("{}\"", String::from_utf8_lossy(&bytes));
        assert_eq!(lossy.rows, [[text]], "{}", show(&bytes));
        let options = DecodeOptions { fatal_utf8: true, ..DecodeOptions::default() };
        let fatal = read(&options, &[&document], false).error;
        assert_eq!(fatal.is_some(), str::from_utf8(&bytes).is_err(), "{}", show(&bytes));
    }
}
