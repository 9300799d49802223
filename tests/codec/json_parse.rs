//! Documents in JSON to small trees.

use super::documents::random_document;
use super::random::Random;
use salesforce_bulk::json::{
    MAX_DEPTH, MAX_VALUES, ParseError, ParseErrorKind, Value, parse, parse_elements,
};

/// Each with what is written again; none where it is no JSON.
pub const DOCUMENTS: [(&str, Option<&str>); 56] = [
    ("null", Some("null")),
    (" true ", Some("true")),
    ("\u{FEFF}\r\n\tfalse", Some("false")),
    ("0", Some("0")),
    ("-0", Some("-0")),
    ("12", Some("12")),
    ("66.0", Some("66.0")),
    ("-1.50e-10", Some("-1.50e-10")),
    ("1E5", Some("1e+5")),
    ("1e400", Some("1e+400")),
    ("12345678901234567890", Some("12345678901234567890")),
    ("-123456789012345678901234567890.0", Some("-123456789012345678901234567890.0")),
    (r#""""#, Some(r#""""#)),
    (r#""a\"\\\/\b\f\n\r\tz""#, Some(r#""a\"\\/\u0008\u000c\n\r\tz""#)),
    (r#""\u00e9\ud83d\ude00\u0000""#, Some("\"é😀\\u0000\"")),
    ("\"é😀\u{7F}\"", Some("\"é😀\u{7F}\"")),
    ("[]", Some("[]")),
    ("[ ]", Some("[]")),
    ("[1,[2,{}],\"x\"]", Some("[1,[2,{}],\"x\"]")),
    ("{}", Some("{}")),
    (r#"{"z":1,"a":{"c":[null]},"z":2}"#, Some(r#"{"z":1,"a":{"c":[null]},"z":2}"#)),
    (" { \"a\" : [ 1 , 2 ] } ", Some("{\"a\":[1,2]}")),
    (r#"{"__proto__":1}"#, Some(r#"{"__proto__":1}"#)),
    ("", None),
    (" ", None),
    ("\u{FEFF}\u{FEFF}1", None),
    ("nul", None),
    ("truE", None),
    ("01", None),
    ("-", None),
    ("--1", None),
    ("1.", None),
    (".5", None),
    ("1e", None),
    ("1e+", None),
    ("+1", None),
    ("0x1", None),
    ("\"", None),
    ("\"\\", None),
    ("\"\\x\"", None),
    ("\"\\u12\"", None),
    ("\"\\ud83d", None),
    ("\"\n\"", None),
    ("[", None),
    ("[1", None),
    ("[1,]", None),
    ("[1 2]", None),
    ("{\"a\"", None),
    ("{\"a\":1,}", None),
    ("{\"a\":}", None),
    ("{a:1}", None),
    ("{1:2}", None),
    ("1 2", None),
    ("]", None),
    ("NaN", None),
    ("'a'", None),
];

#[test]
fn documents_are_read_and_what_is_none_is_refused() {
    for (text, written) in DOCUMENTS {
        let read = parse(text.as_bytes()).ok().map(|value| value.to_string());
        assert_eq!(read.as_deref(), written, "{text}");
    }
}

#[test]
fn of_members_of_one_name_the_last_counts() {
    let value = parse(br#"{"z":66.0,"a":1e400,"z":2}"#).unwrap();
    assert_eq!(value.get("z").and_then(Value::as_u64), Some(2));
    assert_eq!(value.get("a").and_then(Value::as_u64), None);
}

#[test]
fn errors_say_what_and_where() {
    let table = [
        ("[1,x]", "unexpected character in the JSON (line 1, column 4)"),
        ("{\"a\" 1}", "unexpected character in the JSON (line 1, column 6)"),
        ("{\n \"a\": 1,\n \"b\" 1}", "unexpected character in the JSON (line 3, column 6)"),
        ("{} {}", "unexpected character in the JSON (line 1, column 4)"),
        ("[1,2", "the JSON ends too early (line 1, column 4)"),
        ("\"ab", "the JSON ends too early (line 1, column 3)"),
        ("", "the JSON ends too early (line 1, column 0)"),
        ("{\n", "the JSON ends too early (line 2, column 0)"),
    ];
    for (text, message) in table {
        assert_eq!(parse(text.as_bytes()).unwrap_err().to_string(), message, "{text}");
    }
}

#[test]
fn what_is_no_unicode_is_replaced() {
    assert_eq!(parse(b"\"a\xFFb\""), Ok(Value::from("a\u{FFFD}b")));
    let halves = br#"{"\ud83d":"\ud83dx\ude00\ud83d\u0041\\ud83d"}"#;
    let text = "{\"\u{FFFD}\":\"\u{FFFD}x\u{FFFD}\u{FFFD}A\\\\ud83d\"}";
    assert_eq!(parse(halves).unwrap().to_string(), text);
}

#[test]
fn escapes_are_utf16() {
    let units = [0x41, 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0x5C, 0x22];
    let mut random = Random::new(21);
    for _ in 0..3000 {
        let units: Vec<u16> = (0..random.below(8)).map(|_| *random.pick(&units)).collect();
        let escapes: String = units.iter().map(|unit| escape(&mut random, *unit)).collect();
        let expected = Value::from(String::from_utf16_lossy(&units));
        assert_eq!(parse(format!("\"{escapes}\"").as_bytes()), Ok(expected), "{escapes}");
    }
}

fn escape(random: &mut Random, unit: u16) -> String {
    match (random.below(3), unit) {
        (0, 0x5C) => "\\\\".to_owned(),
        (0, 0x22) => "\\\"".to_owned(),
        (1, unit) => format!("\\u{unit:04X}"),
        (_, unit) => format!("\\u{unit:04x}"),
    }
}

#[test]
fn the_library_reads_random_documents_the_same() {
    const PIECES: [&[u8]; 24] = [
        b"[",
        b"[",
        b"]",
        b"]",
        b"{",
        b"}",
        b",",
        b",",
        b":",
        b"\"",
        b"\"",
        b"a",
        b"\"a\":",
        b"\\n",
        b"\\u0041",
        b"1",
        b"-",
        b".5",
        b"e9",
        b"0",
        b" ",
        b"null",
        b"true",
        b"\xC3\xA9",
    ];
    let mut random = Random::new(22);
    for _ in 0..20_000 {
        let document = random_document(&mut random, &PIECES, 12);
        check_like_library(&document);
        check_elements(&document);
    }
}

/// What serde_json's own tree takes is taken, reads the same, and is written so that it reads the same again. Nothing
/// else is taken but what is mended first.
pub fn check_like_library(document: &[u8]) {
    let theirs = serde_json::from_slice::<serde_json::Value>(document);
    let name = document.escape_ascii();
    match (parse(document), theirs) {
        (Ok(ours), Ok(theirs)) => {
            let written = ours.to_string();
            let again = serde_json::from_str::<serde_json::Value>(&written).unwrap();
            assert_eq!(again, theirs, "{name}");
            assert_eq!(parse(written.as_bytes()).unwrap().to_string(), written, "{name}");
        }
        (Ok(_), Err(_)) => assert!(is_mended(document), "{name}"),
        (Err(error), Ok(_)) => assert!(is_bound(error.kind), "{name}: {error}"),
        (Err(_), Err(_)) => {}
    }
}

fn is_mended(document: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(document) else { return true };
    text.starts_with('\u{FEFF}') || text.contains("\\u")
}

fn is_bound(kind: ParseErrorKind) -> bool {
    matches!(kind, ParseErrorKind::TooDeep { .. } | ParseErrorKind::TooManyValues { .. })
}

/// The elements of an array are those of the whole, and what is wrong is wrong in both.
pub fn check_elements(document: &[u8]) {
    let elements = elements(document).map(Value::List);
    match parse(document) {
        Ok(Value::List(items)) => assert_eq!(elements, Ok(Value::List(items))),
        Ok(_) => assert_eq!(elements.unwrap_err().kind, ParseErrorKind::NotAnArray),
        Err(error) if is_bound(error.kind) => {}
        Err(error) => assert_eq!(elements, Err(error)),
    }
}

/// serde_json tells its visitors of a number by a map with this member.
#[test]
fn the_librarys_own_name_for_a_number_is_a_name_like_any_other() {
    for text in [
        r#"{"$serde_json::private::Number":"1,\"x\":2"}"#,
        r#"{"$serde_json::private::Number":"1"}"#,
        r#"{"$serde_json::private::Number":null,"a":1.5}"#,
        r#"{"a":1.5,"$serde_json::private::Number":1.5}"#,
    ] {
        assert_eq!(parse(text.as_bytes()).unwrap().to_string(), text);
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(nested(MAX_DEPTH).as_bytes()).is_ok());
    assert!(parse(nested(MAX_DEPTH - 1).replace("[]", "[1.5]").as_bytes()).is_ok());
    for text in [nested(MAX_DEPTH + 1), "[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        let error = parse(text.as_bytes()).unwrap_err();
        assert_eq!(error.kind, ParseErrorKind::TooDeep { limit: MAX_DEPTH });
    }
}

#[test]
fn the_number_of_values_is_bounded() {
    let list = |values: usize| format!("[{}0]", "0,".repeat(values - 2));
    assert!(parse(list(MAX_VALUES).as_bytes()).is_ok());
    assert!(parse(list(MAX_VALUES).replace("0,", "0.5,").as_bytes()).is_ok());
    let members = format!("{{{}\"a\":}}", "\"a\":0,".repeat(MAX_VALUES - 1));
    for text in [list(MAX_VALUES + 1), members] {
        let error = parse(text.as_bytes()).unwrap_err();
        assert_eq!(error.kind, ParseErrorKind::TooManyValues { limit: MAX_VALUES });
    }
    let message = parse(list(MAX_VALUES + 1).as_bytes()).unwrap_err().to_string();
    assert_eq!(message, "the JSON has more than 400000 values (line 1, column 800000)");
}

#[test]
fn elements_come_one_by_one_and_each_may_be_as_large_as_a_document() {
    for text in ["[]", " [ ] ", "[1,[2,{}],\"x\"]", "[[[]],{\"a\":[1]}]", "\u{FEFF}[null]"] {
        let elements = elements(text.as_bytes()).unwrap();
        assert_eq!(Value::List(elements), parse(text.as_bytes()).unwrap(), "{text}");
    }
    let large = format!("[{}]", "0,".repeat(MAX_VALUES - 3) + "0");
    assert_eq!(elements(format!("[{large},{large}]").as_bytes()).unwrap().len(), 2);
    assert!(elements(format!("[[{large}],{large}]").as_bytes()).is_err());
}

fn elements(document: &[u8]) -> Result<Vec<Value>, ParseError> {
    let mut elements = Vec::new();
    parse_elements(document, |element| {
        elements.push(element);
        Ok::<(), ParseError>(())
    })?;
    Ok(elements)
}

#[test]
fn an_array_whose_elements_are_refused_is_read_no_further() {
    #[derive(Debug, PartialEq)]
    enum Failure {
        Refused,
        Unreadable(ParseErrorKind),
    }
    impl From<ParseError> for Failure {
        fn from(error: ParseError) -> Failure {
            Failure::Unreadable(error.kind)
        }
    }
    let table = [
        ("[1,2]", 2, Ok(())),
        ("[1,null]", 2, Err(Failure::Refused)),
        ("[null,1]", 1, Err(Failure::Refused)),
        ("[null x", 1, Err(Failure::Refused)),
        ("[1 x", 1, Err(Failure::Unreadable(ParseErrorKind::Unexpected))),
        ("[1,", 1, Err(Failure::Unreadable(ParseErrorKind::Cut))),
        ("{\"a\":[1]}", 0, Err(Failure::Unreadable(ParseErrorKind::NotAnArray))),
        ("1.5", 0, Err(Failure::Unreadable(ParseErrorKind::NotAnArray))),
    ];
    for (text, count, expected) in table {
        let mut taken = 0;
        let result = parse_elements(text.as_bytes(), |element| {
            taken += 1;
            if element == Value::Null { Err(Failure::Refused) } else { Ok(()) }
        });
        assert_eq!((taken, result), (count, expected), "{text}");
    }
}
