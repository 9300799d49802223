//! Bytes to a [`Value`].

use super::{JsonError, JsonErrorKind, Value};

/// Deeper than this nothing of Salesforce's goes; the parser recurses, so there is an end.
const MAX_DEPTH: u32 = 64;

/// Parses a document. Bytes that are not UTF-8 become U+FFFD, and so do halves of a surrogate pair.
///
/// # Errors
/// Where it is no JSON: what stands there, and where.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    let mut parser = Parser { bytes, at: 0, depth: 0 };
    let value = parser.value()?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, JsonError> {
        match self.peek() {
            Some(b'{') => self.nested(Parser::object),
            Some(b'[') => self.nested(Parser::list),
            Some(b'"') => self.string().map(Value::Text),
            Some(b't') => self.word(b"true", Value::Bool(true)),
            Some(b'f') => self.word(b"false", Value::Bool(false)),
            Some(b'n') => self.word(b"null", Value::Null),
            _ => self.number(),
        }
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Value, JsonError>,
    ) -> Result<Value, JsonError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.unexpected());
        }
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, JsonError> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            self.expect(b',')?;
        }
    }

    fn object(&mut self) -> Result<Value, JsonError> {
        let mut members = Vec::new();
        if self.take(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.peek();
            let name = self.string()?;
            self.expect(b':')?;
            members.push((name, self.value()?));
            if self.take(b'}') {
                return Ok(Value::Object(members));
            }
            self.expect(b',')?;
        }
    }

    fn word(&mut self, word: &[u8], value: Value) -> Result<Value, JsonError> {
        for byte in word {
            if self.bytes.get(self.at) != Some(byte) {
                return Err(self.unexpected());
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// `-? digits (. digits)? ([eE] [+-]? digits)?`, without a leading zero.
    fn number(&mut self) -> Result<Value, JsonError> {
        let start = self.at;
        self.skip(b"-");
        let zero = self.bytes.get(self.at) == Some(&b'0');
        if self.digits()? > 1 && zero {
            return Err(self.unexpected());
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Ok(Value::Number(self.text(start)))
    }

    fn digits(&mut self) -> Result<usize, JsonError> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(self.at - start) }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(self.unexpected());
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while self
                .bytes
                .get(self.at)
                .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f))
            {
                self.at += 1;
            }
            text.push_str(&self.text(start));
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        self.at += 1;
        let letter = match self.bytes.get(self.at) {
            Some(b'u') => return self.unicode(),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(&same @ (b'"' | b'\\' | b'/')) => char::from(same),
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(letter)
    }

    fn unicode(&mut self) -> Result<char, JsonError> {
        let first = self.unit()?;
        let follows = self.bytes.get(self.at..self.at + 2) == Some(b"\\u");
        if !(0xd800..0xdc00).contains(&first) || !follows {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        self.at += 1;
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.at = before;
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The four digits behind a `u`.
    fn unit(&mut self) -> Result<u32, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            let digit = self.bytes.get(self.at).and_then(|byte| char::from(*byte).to_digit(16));
            unit = unit * 16 + digit.ok_or(self.unexpected())?;
        }
        self.at += 1;
        Ok(unit)
    }

    fn text(&self, start: usize) -> String {
        String::from_utf8_lossy(self.bytes.get(start..self.at).unwrap_or_default()).into_owned()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
        {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, any: &[u8]) -> bool {
        let found = self.bytes.get(self.at).is_some_and(|byte| any.contains(byte));
        self.at += usize::from(found);
        found
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> JsonError {
        let kind = self
            .bytes
            .get(self.at)
            .map_or(JsonErrorKind::Cut, |byte| JsonErrorKind::Unexpected(*byte));
        JsonError { kind, byte: self.at as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde_json takes is taken, and reads the same; what it refuses is refused.
    #[test]
    fn the_library_agrees() {
        for text in [
            "null",
            " true ",
            "false",
            "0",
            "-0",
            "12",
            "-1.5e+10",
            "66.0",
            "1E5",
            r#""""#,
            r#""a\"\\\/\b\f\n\r\tz""#,
            r#""\u00e9\ud83d\ude00""#,
            "\"é😀\"",
            "[]",
            "[ ]",
            "[1,[2,{}],\"x\"]",
            "{}",
            r#"{"a":1,"b":{"c":[null]}}"#,
            r#" { "a" : [ 1 , 2 ] } "#,
            "",
            " ",
            "nul",
            "tru",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[1 2]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{a:1}",
            "{1:2}",
            "1 2",
            "{}x",
            "]",
            "NaN",
            "'a'",
        ] {
            let theirs: Option<serde_json::Value> = serde_json::from_str(text).ok();
            let ours = parse(text.as_bytes()).ok();
            let written = ours.as_ref().map(Value::to_string);
            let again = written.and_then(|text| serde_json::from_str(&text).ok());
            assert_eq!(ours.is_some(), theirs.is_some(), "{text}");
            assert_eq!(again, theirs, "{text}");
        }
    }

    #[test]
    fn errors_tell_where() {
        for (text, byte) in [("[1,x]", 3), ("{\"a\" 1}", 5), ("[1,2", 4), ("\"ab", 3), ("{} {}", 3)]
        {
            assert_eq!(parse(text.as_bytes()).expect_err("an error").byte, byte, "{text}");
        }
    }

    #[test]
    fn order_digits_and_duplicates_are_kept() {
        let value = parse(br#"{"z":66.0,"a":1e400,"z":2}"#).expect("a value");
        assert_eq!(value.to_string(), r#"{"z":66.0,"a":1e400,"z":2}"#);
        assert_eq!(value.get("z").and_then(Value::as_u64), Some(2));
        assert_eq!(value.get("a").and_then(Value::as_u64), None);
    }

    #[test]
    fn hostile_input_is_an_error_or_replaced() {
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
        assert_eq!(parse(b"\"a\xffb\""), Ok(Value::from("a\u{fffd}b")));
        assert_eq!(
            parse(br#""\ud83dx\ude00\ud83d\u0041""#),
            Ok(Value::from("\u{fffd}x\u{fffd}\u{fffd}A"))
        );
    }
}
