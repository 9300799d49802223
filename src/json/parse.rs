//! Bytes to a [`Value`]: serde_json reads them. What it would refuse, but comes from outside, is mended first.

use serde::de::DeserializeSeed;
use serde_json::Deserializer;

use super::deserialize::{Reading, ValueSeed};
use super::surrogates::replace_lone_surrogates;
use super::{ParseError, ParseErrorKind, Value};

/// Parses a document. A byte order mark is passed over; bytes that are not UTF-8 become U+FFFD, and so do halves of a
/// surrogate pair.
///
/// # Errors
/// Where it is no JSON, is nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH), or has more values than
/// [`MAX_VALUES`](super::MAX_VALUES).
pub fn parse(bytes: &[u8]) -> Result<Value, ParseError> {
    read(bytes, &Reading::new(None))
}

/// Parses an array, and hands over its elements one by one, so that there is never more than one in memory.
///
/// # Errors
/// As [`parse`], with the bounds for each element; where it is no array; and the first that `take` gives.
pub fn parse_elements<E: From<ParseError>>(
    bytes: &[u8],
    mut take: impl FnMut(Value) -> Result<(), E>,
) -> Result<(), E> {
    let mut refused = None;
    let mut take = |element| {
        refused = take(element).err();
        refused.is_none()
    };
    let read = read(bytes, &Reading::new(Some(&mut take)));
    if let Some(error) = refused {
        return Err(error);
    }
    match read? {
        Value::List(_) => Ok(()),
        _ => Err(ParseError { kind: ParseErrorKind::NotAnArray, line: 1, column: 1 }.into()),
    }
}

fn read<'a>(bytes: &[u8], reading: &'a Reading<'a>) -> Result<Value, ParseError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = replace_lone_surrogates(bytes);
    let text = String::from_utf8_lossy(&bytes);
    let mut deserializer = Deserializer::from_str(&text);
    let read = ValueSeed::new(reading)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    // Behind a broken bound, JSON that is malformed too may read well.
    match (read, reading.broken_bound()) {
        (Ok(value), None) => Ok(value),
        (Ok(_), Some(kind)) => Err(ParseError { kind, line: 1, column: 1 }),
        (Err(error), kind) => Err(ParseError {
            kind: kind.unwrap_or_else(|| kind_of(&error)),
            line: error.line(),
            column: error.column(),
        }),
    }
}

/// What serde_json means, in fewer kinds than it has.
fn kind_of(error: &serde_json::Error) -> ParseErrorKind {
    if error.is_eof() { ParseErrorKind::Cut } else { ParseErrorKind::Unexpected }
}
