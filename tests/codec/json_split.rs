//! Whole records out of a JSON array.

use super::chunks::chunkings;
use super::documents::random_document;
use super::random::Random;
use salesforce_bulk::json::{JsonError, JsonErrorKind, Splitter};
use serde_json::{Value, json};

/// Splits the chunks; gives the elements' values, or the error and what came before it.
fn split(chunks: &[&[u8]], often: bool) -> (Vec<Value>, Option<JsonError>) {
    let mut splitter = Splitter::new();
    let mut records = Vec::new();
    let mut take = |splitter: &mut Splitter| {
        let Some(slice) = splitter.take() else { return };
        let values: Vec<Value> = serde_json::from_str(&slice.text).expect(&slice.text);
        assert_eq!(values.len(), slice.records);
        records.extend(values);
    };
    let pushed = chunks.iter().try_for_each(|chunk| {
        let result = splitter.push(chunk);
        if often {
            take(&mut splitter);
        }
        result
    });
    let error = pushed.and_then(|()| splitter.finish()).err();
    take(&mut splitter);
    assert_eq!(splitter.take(), None);
    assert_eq!(splitter.records(), records.len() as u64);
    (records, error)
}

/// Splits the chunks of an array, out of which these values must come.
pub fn check_array(chunks: &[&[u8]], values: &[Value]) {
    for often in [false, true] {
        let (found, error) = split(chunks, often);
        assert_eq!((found.as_slice(), error), (values, None), "{chunks:?}");
    }
}

fn split_all_ways(bytes: &[u8]) -> (Vec<Value>, Option<JsonError>) {
    let whole = split(&[bytes], false);
    for chunks in chunkings(bytes) {
        for often in [false, true] {
            assert_eq!(split(&chunks, often), whole, "{}: {chunks:?}", bytes.escape_ascii());
        }
    }
    whole
}

pub const ARRAYS: [&str; 11] = [
    r#"[]"#,
    " \n[ \t]\r\n ",
    r#"[{}]"#,
    "\u{FEFF}[1]",
    r#"[{"a":1},{"b":2}]"#,
    " [ {\"a\" : 1 } \n,\r\n\t{\"b\":[ ] } ] ",
    r#"[1,-2.5e+3,true,false,null,"x",[],[[1],2]]"#,
    "[ 1 , null ]",
    r#"["", "]", "[", "{\"", "\\", "\\\"", "é😀", "\u00e9\ud83d\ude00"]"#,
    r#"[{"a":"},{","b":"\\\"]","c":[{"d":["]"]}]}]"#,
    r#"[{"attributes":{"type":"Contact","url":"/x"},"Account":{"Name":"y"},"Email":null}]"#,
];

#[test]
fn elements_come_out_as_they_went_in() {
    for text in ARRAYS {
        let expected: Vec<Value> =
            serde_json::from_str(text.trim_start_matches('\u{FEFF}')).unwrap();
        assert_eq!(split_all_ways(text.as_bytes()), (expected, None), "{text}");
    }
}

#[test]
fn faults_are_found_where_they_are() {
    use JsonErrorKind::{Cut, NotAnArray, Unexpected};
    let table: [(&[u8], JsonErrorKind, u64, usize); 16] = [
        (b"", Cut, 0, 0),
        (b" ", Cut, 1, 0),
        (b"[", Cut, 1, 0),
        (b"[1", Cut, 2, 0),
        (b"[{\"a\":1}", Cut, 8, 1),
        (b"[{\"a\":1},", Cut, 9, 1),
        (b"[\"a", Cut, 3, 0),
        (b"{\"error\":1}", NotAnArray, 0, 0),
        (b" <html>", NotAnArray, 1, 0),
        (b"[1,]", Unexpected(b']'), 3, 1),
        (b"[,1]", Unexpected(b','), 1, 0),
        (b"[1 2]", Unexpected(b'2'), 3, 1),
        (b"[{}{}]", Unexpected(b'{'), 3, 1),
        (b"[x]", Unexpected(b'x'), 1, 0),
        (b"[1] ]", Unexpected(b']'), 4, 1),
        (b"[1]\n[2]", Unexpected(b'['), 4, 1),
    ];
    for (bytes, kind, byte, before) in table {
        let (records, error) = split_all_ways(bytes);
        assert_eq!(error, Some(JsonError { kind, byte }), "{}", bytes.escape_ascii());
        assert_eq!(records.len(), before, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_failed_splitter_stays_failed() {
    let mut splitter = Splitter::new();
    let error = splitter.push(b"[1,]").unwrap_err();
    assert_eq!(splitter.push(b"2]"), Err(error));
    assert_eq!(splitter.finish(), Err(error));
    assert_eq!(splitter.take().unwrap().text, "[1]");
    assert_eq!(error.to_string(), "unexpected ']' in the JSON array (byte 3)");
}

#[test]
fn bytes_that_are_not_utf8_become_replacement_characters() {
    let (records, error) = split_all_ways(b"[\"a\xC3\",\"\xA9b\"]");
    assert_eq!((records, error), (vec![json!("a\u{FFFD}"), json!("\u{FFFD}b")], None));
}

#[test]
fn a_record_beyond_the_limit_is_refused() {
    let mut splitter = Splitter::new();
    splitter.push(b"[1,\"").unwrap();
    let megabyte = vec![b'x'; 1 << 20];
    let error = (0..65).find_map(|_| splitter.push(&megabyte).err()).unwrap();
    assert_eq!(error.kind, JsonErrorKind::RecordTooLong { limit: 64 << 20 });
    assert_eq!(splitter.take().unwrap().records, 1);
}

#[test]
fn random_arrays_come_through() {
    let mut random = Random::new(4);
    for round in 0..400 {
        let values: Vec<Value> = (0..random.below(5)).map(|_| value(&mut random, 3)).collect();
        let text = match round % 2 {
            0 => serde_json::to_string(&values).unwrap(),
            _ => serde_json::to_string_pretty(&values).unwrap(),
        };
        assert_eq!(split_all_ways(text.as_bytes()), (values, None), "{text}");
    }
}

#[test]
fn whatever_comes_chunks_make_no_difference() {
    const PIECES: [&[u8]; 14] = [
        b"[", b"[", b"]", b"]", b"{", b"}", b",", b":", b"\"", b"\\", b"1", b" ", b"null", b"\xC3",
    ];
    let mut random = Random::new(5);
    for _ in 0..2000 {
        let mut document = b"[".to_vec();
        document.extend(random_document(&mut random, &PIECES, 12));
        check_anything(&document, &chunkings(&document));
    }
}

/// The chunks make no difference, and whatever is a JSON array is taken for one, element by element.
pub fn check_anything(document: &[u8], chunkings: &[Vec<&[u8]>]) {
    let whole = outcome(&[document]);
    for chunks in chunkings {
        assert_eq!(outcome(chunks), whole, "{}: {chunks:?}", document.escape_ascii());
    }
    if let Ok(values) = serde_json::from_slice::<Vec<Value>>(document) {
        assert_eq!(split(&[document], false), (values, None));
    }
}

/// The text of all elements, which may be no JSON, and the error.
fn outcome(chunks: &[&[u8]]) -> (String, u64, Option<JsonError>) {
    let mut splitter = Splitter::new();
    let pushed = chunks.iter().try_for_each(|chunk| splitter.push(chunk));
    let error = pushed.and_then(|()| splitter.finish()).err();
    let text = splitter.take().map(|slice| slice.text).unwrap_or_default();
    (text, splitter.records(), error)
}

fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => json!(random.below(2) == 0),
        2 => json!(random.below(1000)),
        3 => string(random).into(),
        4 => (0..random.below(3)).map(|_| value(random, depth - 1)).collect(),
        _ => {
            let mut field = || (string(random), value(random, depth - 1));
            Value::Object([field(), field()].into_iter().collect())
        }
    }
}

fn string(random: &mut Random) -> String {
    const PIECES: [&str; 10] = ["a", "\"", "\\", "{", "}", "[", "]", ",", "\n", "é😀"];
    (0..random.below(5)).map(|_| *random.pick(&PIECES)).collect()
}
