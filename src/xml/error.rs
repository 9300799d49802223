//! What can be wrong with XML, and where.

use std::fmt;

/// XML that cannot be read, and the offset of the fault from the start of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlError {
    /// What is wrong.
    pub kind: XmlErrorKind,
    /// In which record, from 1; none outside of records.
    pub record: Option<u64>,
    /// Where, in bytes from the start of the data.
    pub byte: u64,
}

impl XmlError {
    /// A fault outside of records.
    pub(super) fn new(kind: XmlErrorKind, byte: u64) -> Self {
        XmlError { kind, record: None, byte }
    }
}

/// What is wrong with the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlErrorKind {
    /// The data is not well-formed XML.
    Malformed,
    /// The data ends before its outermost element does.
    Cut,
    /// The outermost element is not the one that holds such records.
    UnexpectedRoot,
    /// An entity that XML does not define of itself, or a character reference to none.
    Entity,
    /// A document type declaration, which no answer of Salesforce's has.
    Doctype,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// Elements are nested deeper than the limit.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// There are more elements and attributes than the limit.
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
    /// An element has more attributes than the limit.
    TooManyAttributes {
        /// The limit.
        limit: usize,
    },
    /// The document, or one record of it, is longer than the limit.
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            XmlErrorKind::TooDeep { limit } => too_much(f, limit, "levels"),
            XmlErrorKind::TooManyNodes { limit } => too_much(f, limit, "elements and attributes"),
            XmlErrorKind::TooManyAttributes { limit } => {
                too_much(f, limit, "attributes in one element")
            }
            XmlErrorKind::TooLong { limit } => too_much(f, limit, "bytes"),
            kind => f.write_str(sentence(kind)),
        }?;
        f.write_str(" (")?;
        if let Some(record) = self.record {
            write!(f, "record {record}, ")?;
        }
        write!(f, "byte {})", self.byte)
    }
}

fn too_much(f: &mut fmt::Formatter<'_>, limit: usize, what: &str) -> fmt::Result {
    write!(f, "the XML has more than {limit} {what}")
}

fn sentence(kind: XmlErrorKind) -> &'static str {
    match kind {
        XmlErrorKind::Cut => "the XML ends too early: fetch the data again",
        XmlErrorKind::UnexpectedRoot => "the XML is another document than the one expected",
        XmlErrorKind::Entity => "the XML refers to an unknown entity",
        XmlErrorKind::Doctype => "the XML has a document type declaration, which is not allowed",
        XmlErrorKind::InvalidUtf8 => "the XML is not UTF-8",
        _ => "the XML is not well-formed",
    }
}

impl std::error::Error for XmlError {}
