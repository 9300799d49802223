//! Records out of an XML document that comes in chunks.

use super::lexer::{Lexer, Token};
use super::parse::{MAX_DEPTH, parse_text};
use super::to_json::{query_record, result_record};
use super::{XmlError, XmlErrorKind};
use crate::json::Slice;

/// A record this long is not a record.
const MAX_RECORD: usize = 64 << 20;

/// How many elements are open within a record: the outermost and its own.
const RECORD_DEPTH: usize = 2;

/// Which records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// `<queryResult><records>…`: what a query found.
    Query,
    /// `<results><result>…`: what became of each record of an ingest batch.
    Result,
}

impl RecordKind {
    /// The local names of the outermost element and of a record.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Query => ("queryResult", "records"),
            Self::Result => ("results", "result"),
        }
    }
}

/// Decodes records to the text of a JSON array.
///
/// A query's record becomes an object of its fields: `type` and the doubled Id are left out, nil is
/// `null`, a parent record is an object, a child subquery's result a list. A batch's result becomes
/// what a JSON job would have given. Bytes that are not UTF-8 become U+FFFD. After an error the decoder
/// stays failed; the records before the error can still be taken.
#[derive(Debug)]
pub struct RecordDecoder {
    kind: RecordKind,
    lexer: Lexer,
    /// How many elements are open.
    depth: usize,
    root_closed: bool,
    /// The markup being read, or as much of the record as has come.
    buffer: Vec<u8>,
    /// Where in the data `buffer` begins.
    buffer_at: u64,
    /// Whole records not yet taken, as JSON.
    text: String,
    pending: usize,
    records: u64,
    byte: u64,
    failed: Option<XmlError>,
}

impl RecordDecoder {
    /// A decoder at the start of the data.
    pub fn new(kind: RecordKind) -> Self {
        Self {
            kind,
            lexer: Lexer::default(),
            depth: 0,
            root_closed: false,
            buffer: Vec::new(),
            buffer_at: 0,
            text: String::new(),
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
    /// Where the data is not well-formed, or another document than the expected one.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), XmlError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let result = self.scan(bytes);
        self.failed = result.err();
        result
    }

    /// All whole records not yet taken.
    pub fn take(&mut self) -> Option<Slice> {
        let records = std::mem::take(&mut self.pending);
        if records == 0 {
            return None;
        }
        let mut text = std::mem::take(&mut self.text);
        text.push(']');
        Some(Slice { text, records })
    }

    /// Says that the data has ended.
    ///
    /// # Errors
    ///
    /// Where the document has not.
    pub fn finish(&mut self) -> Result<(), XmlError> {
        match self.failed {
            Some(error) => Err(error),
            None if self.root_closed && self.buffer.is_empty() => Ok(()),
            None => Err(self.error(XmlErrorKind::Cut)),
        }
    }

    /// How many records have been seen to their end.
    pub fn records(&self) -> u64 {
        self.records
    }

    fn scan(&mut self, mut bytes: &[u8]) -> Result<(), XmlError> {
        while !bytes.is_empty() {
            let (used, token) = self.lexer.next(bytes).map_err(|kind| self.error(kind))?;
            self.piece(bytes.get(..used).unwrap_or_default(), token)?;
            self.byte += used as u64;
            bytes = bytes.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    fn piece(&mut self, piece: &[u8], token: Token) -> Result<(), XmlError> {
        if token == Token::Text && self.depth < RECORD_DEPTH {
            return self.text_between(piece);
        }
        if self.buffer.len() + piece.len() > MAX_RECORD {
            return Err(self.error(XmlErrorKind::TooLong { limit: MAX_RECORD }));
        }
        if self.buffer.is_empty() {
            self.buffer_at = self.byte;
        }
        self.buffer.extend_from_slice(piece);
        match token {
            Token::Text | Token::Partial => Ok(()),
            Token::Start => self.start(),
            Token::End => self.end(),
            Token::Empty => self.empty(),
            Token::Other => self.other(),
        }
    }

    /// Text outside records means nothing; outside the document there can be none. (The bytes of a
    /// byte order mark are let through.)
    fn text_between(&self, text: &[u8]) -> Result<(), XmlError> {
        let nothing = |byte: &u8| byte.is_ascii_whitespace() || b"\xEF\xBB\xBF".contains(byte);
        match text.iter().position(|byte| !nothing(byte)) {
            Some(at) if self.depth == 0 => {
                let byte = self.byte + at as u64;
                Err(XmlError::new(XmlErrorKind::Malformed, byte))
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self) -> Result<(), XmlError> {
        if self.depth == 0 {
            self.open_root()?;
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(XmlErrorKind::TooDeep { limit: MAX_DEPTH }));
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), XmlError> {
        self.depth =
            self.depth.checked_sub(1).ok_or(XmlError::new(XmlErrorKind::Malformed, self.byte))?;
        match self.depth {
            0 => self.end_root(),
            1 => self.end_record(),
            _ => Ok(()),
        }
    }

    fn empty(&mut self) -> Result<(), XmlError> {
        match self.depth {
            0 => {
                self.open_root()?;
                self.root_closed = true;
                Ok(())
            }
            1 => self.end_record(),
            _ => Ok(()),
        }
    }

    /// A comment between records is dropped; one inside a record is for the parser to skip.
    fn other(&mut self) -> Result<(), XmlError> {
        if self.depth < RECORD_DEPTH {
            self.buffer.clear();
        }
        Ok(())
    }

    fn open_root(&mut self) -> Result<(), XmlError> {
        let tag = std::mem::take(&mut self.buffer);
        if self.root_closed {
            return Err(self.error(XmlErrorKind::Malformed));
        }
        if local_name(&tag) != self.kind.names().0.as_bytes() {
            return Err(self.error(XmlErrorKind::UnexpectedRoot));
        }
        Ok(())
    }

    fn end_root(&mut self) -> Result<(), XmlError> {
        let tag = std::mem::take(&mut self.buffer);
        self.root_closed = local_name(&tag) == self.kind.names().0.as_bytes();
        if self.root_closed { Ok(()) } else { Err(self.error(XmlErrorKind::Malformed)) }
    }

    fn end_record(&mut self) -> Result<(), XmlError> {
        let bytes = std::mem::take(&mut self.buffer);
        let element = parse_text(&String::from_utf8_lossy(&bytes)).map_err(|error| XmlError {
            kind: error.kind,
            record: Some(self.records + 1),
            byte: self.buffer_at + error.byte,
        })?;
        if &*element.name != self.kind.names().1 {
            return Ok(());
        }
        self.text.push(if self.pending == 0 { '[' } else { ',' });
        match self.kind {
            RecordKind::Query => query_record(&element, &mut self.text),
            RecordKind::Result => result_record(&element, &mut self.text),
        }
        self.pending += 1;
        self.records += 1;
        Ok(())
    }

    fn error(&self, kind: XmlErrorKind) -> XmlError {
        let record = (self.depth >= RECORD_DEPTH).then_some(self.records + 1);
        XmlError { kind, record, byte: self.byte }
    }
}

/// The name in `<prefix:name attribute="…">` or `</prefix:name>`, without its prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let name = tag.strip_prefix(b"</").or(tag.strip_prefix(b"<")).unwrap_or(tag);
    let end = name.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
    let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
    name.rsplit(|&byte| byte == b':').next().unwrap_or_default()
}
