//! Whole records out of a JSON array that comes in chunks.

use super::{JsonError, JsonErrorKind, Slice};

/// Finds where each element of a JSON array ends, and nothing more: the elements go to a JSON parser
/// many at a time.
#[derive(Debug, Default)]
pub struct Splitter {
    bytes: Vec<u8>,
}

impl Splitter {
    /// A splitter at the start of the data.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next chunk.
    ///
    /// # Errors
    ///
    /// Where the data is not an array, or something follows it.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsonError> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    /// All whole elements not yet taken.
    pub fn take(&mut self) -> Option<Slice> {
        None
    }

    /// Says that the data has ended.
    ///
    /// # Errors
    ///
    /// Where the array has not.
    pub fn finish(&mut self) -> Result<(), JsonError> {
        Err(JsonError { kind: JsonErrorKind::Cut, byte: 0 })
    }

    /// How many elements have been seen to their end.
    pub fn records(&self) -> u64 {
        0
    }
}
