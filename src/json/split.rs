//! Whole records out of a JSON array that comes in chunks.

use super::{JsonError, JsonErrorKind, Slice};
use memchr::memchr2;
use salesforce_bulk_scan::Nesting;

/// A record this long is not a record: no batch result may be larger.
const MAX_RECORD: usize = 64 << 20;

/// Finds where each element of a JSON array ends, and nothing more: the elements go to a JSON parser
/// many at a time, and what is wrong inside one is for that parser to say.
///
/// A byte order mark is passed over. Bytes that are not UTF-8 become U+FFFD. After an error the splitter stays failed; the elements
/// before the error can still be taken.
#[derive(Debug)]
pub struct Splitter {
    state: State,
    /// Within an element that is an object or a list.
    nesting: Nesting,
    /// `[`, the whole elements not yet taken, and what has come of the next one.
    buffer: Vec<u8>,
    /// Where in `buffer` the last whole element ends.
    whole: usize,
    /// How many whole elements `buffer` holds.
    pending: usize,
    records: u64,
    byte: u64,
    failed: Option<JsonError>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    BeforeArray,
    /// An element or the array's end.
    First,
    /// An element, after a comma.
    Next,
    /// A comma or the array's end.
    AfterElement,
    /// An object or a list.
    Nested,
    /// An element that is a string, and behind a backslash in it.
    String,
    Escape,
    /// A number, `true`, `false` or `null`.
    Scalar,
    AfterArray,
}

impl Default for Splitter {
    fn default() -> Self {
        Self::new()
    }
}

impl Splitter {
    /// A splitter at the start of the data.
    pub fn new() -> Self {
        Self {
            state: State::BeforeArray,
            nesting: Nesting::default(),
            buffer: vec![b'['],
            whole: 1,
            pending: 0,
            records: 0,
            byte: 0,
            failed: None,
        }
    }

    /// Takes the next chunk. An empty one is nothing.
    ///
    /// # Errors
    ///
    /// Where the data is not an array, or something else follows it.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsonError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let result = self.scan(bytes);
        self.failed = result.err();
        result
    }

    /// All whole elements not yet taken.
    pub fn take(&mut self) -> Option<Slice> {
        let records = std::mem::take(&mut self.pending);
        if records == 0 {
            return None;
        }
        let rest = self.buffer.split_off(self.whole);
        let mut bytes = std::mem::replace(&mut self.buffer, vec![b'[']);
        bytes.push(b']');
        self.buffer.extend_from_slice(rest.strip_prefix(b",").unwrap_or(&rest));
        self.whole = 1;
        Some(Slice { text: into_text(bytes), records })
    }

    /// Says that the data has ended.
    ///
    /// # Errors
    ///
    /// Where the array has not.
    pub fn finish(&mut self) -> Result<(), JsonError> {
        match (self.failed, self.state) {
            (Some(error), _) => Err(error),
            (None, State::AfterArray) => Ok(()),
            (None, _) => Err(self.error(JsonErrorKind::Cut)),
        }
    }

    /// How many elements have been seen to their end.
    pub fn records(&self) -> u64 {
        self.records
    }

    fn scan(&mut self, mut bytes: &[u8]) -> Result<(), JsonError> {
        while let Some(&first) = bytes.first() {
            let used = self.step(first, bytes)?;
            self.byte += used as u64;
            bytes = bytes.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// Does one thing at the front of `bytes` and says how many of them it used up.
    fn step(&mut self, first: u8, bytes: &[u8]) -> Result<usize, JsonError> {
        match self.state {
            State::Nested => self.nested(bytes),
            State::String => self.string(bytes),
            State::Escape => {
                self.state = State::String;
                self.copy(bytes, 1)
            }
            State::Scalar => self.scalar(bytes),
            _ if is_space(first) => Ok(1),
            _ => self.between(first),
        }
    }

    /// A byte outside all elements.
    fn between(&mut self, byte: u8) -> Result<usize, JsonError> {
        self.state = match (self.state, byte) {
            (State::BeforeArray, b'[') => State::First,
            (State::BeforeArray, 0xEF | 0xBB | 0xBF) if self.byte < 3 => State::BeforeArray,
            (State::BeforeArray, _) => return Err(self.error(JsonErrorKind::NotAnArray)),
            (State::First | State::AfterElement, b']') => State::AfterArray,
            (State::AfterElement, b',') => State::Next,
            (State::First | State::Next, _) => return self.begin(byte),
            _ => return Err(self.error(JsonErrorKind::Unexpected(byte))),
        };
        Ok(1)
    }

    fn begin(&mut self, byte: u8) -> Result<usize, JsonError> {
        self.state = match byte {
            b'{' | b'[' => State::Nested,
            b'"' => State::String,
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => State::Scalar,
            _ => return Err(self.error(JsonErrorKind::Unexpected(byte))),
        };
        if self.pending > 0 {
            self.buffer.push(b',');
        }
        // The kernel is to see the first bracket itself.
        if self.state == State::Nested { Ok(0) } else { self.copy(&[byte], 1) }
    }

    fn nested(&mut self, bytes: &[u8]) -> Result<usize, JsonError> {
        let end = self.nesting.end(bytes);
        let used = self.copy(bytes, end.unwrap_or(bytes.len()))?;
        if end.is_some() {
            self.end_element();
        }
        Ok(used)
    }

    fn string(&mut self, bytes: &[u8]) -> Result<usize, JsonError> {
        let Some(at) = memchr2(b'"', b'\\', bytes) else {
            return self.copy(bytes, bytes.len());
        };
        let escape = bytes.get(at) == Some(&b'\\');
        self.state = if escape { State::Escape } else { State::String };
        let used = self.copy(bytes, at + 1)?;
        if !escape {
            self.end_element();
        }
        Ok(used)
    }

    fn scalar(&mut self, bytes: &[u8]) -> Result<usize, JsonError> {
        let end = bytes.iter().position(|&byte| is_space(byte) || matches!(byte, b',' | b']'));
        let used = self.copy(bytes, end.unwrap_or(bytes.len()))?;
        if end.is_some() {
            self.end_element();
        }
        Ok(used)
    }

    fn end_element(&mut self) {
        self.state = State::AfterElement;
        self.whole = self.buffer.len();
        self.pending += 1;
        self.records += 1;
    }

    fn copy(&mut self, bytes: &[u8], count: usize) -> Result<usize, JsonError> {
        if self.buffer.len() - self.whole + count > MAX_RECORD {
            return Err(self.error(JsonErrorKind::RecordTooLong { limit: MAX_RECORD }));
        }
        self.buffer.extend_from_slice(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn error(&self, kind: JsonErrorKind) -> JsonError {
        JsonError { kind, byte: self.byte }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
