//! The byte order mark at the start of the data, whatever the chunks it comes in.

use super::{CsvError, CsvErrorKind};

/// The mark of UTF-8.
pub(super) const UTF8: &[u8] = b"\xEF\xBB\xBF";
/// UTF-32LE begins as UTF-16LE does.
const FOREIGN: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\x00\x00\xFE\xFF"];

/// Drops a UTF-8 byte order mark and refuses the others.
#[derive(Debug, Default)]
pub(super) struct BomFilter {
    /// First bytes that may yet turn out to be a mark.
    held: Vec<u8>,
    decided: bool,
}

/// What has come through: `bytes` first, then what is left of the chunk.
pub(super) struct Opened {
    /// Bytes of earlier chunks that were held back.
    pub bytes: Vec<u8>,
    /// How many bytes the dropped mark had.
    pub dropped: u64,
}

impl BomFilter {
    /// Takes what it needs from the front of `chunk`. While that is all, nothing comes out.
    pub fn open(&mut self, chunk: &mut &[u8]) -> Result<Opened, CsvError> {
        while !self.decided {
            let Some((&byte, rest)) = chunk.split_first() else { break };
            *chunk = rest;
            self.held.push(byte);
            if FOREIGN.contains(&self.held.as_slice()) {
                return Err(CsvError { kind: CsvErrorKind::NotUtf8, row: 1, column: 1, byte: 0 });
            }
            self.decided = self.held == UTF8 || !self.may_become_mark();
        }
        Ok(if self.decided { self.release() } else { Opened { bytes: Vec::new(), dropped: 0 } })
    }

    /// Whether there is nothing more to look at.
    pub fn decided(&self) -> bool {
        self.decided
    }

    /// The bytes still held when the data ends: they were no mark.
    pub fn close(&mut self) -> Vec<u8> {
        self.decided = true;
        std::mem::take(&mut self.held)
    }

    fn may_become_mark(&self) -> bool {
        UTF8.starts_with(&self.held) || FOREIGN.iter().any(|mark| mark.starts_with(&self.held))
    }

    fn release(&mut self) -> Opened {
        let bytes = std::mem::take(&mut self.held);
        if bytes == UTF8 {
            Opened { bytes: Vec::new(), dropped: bytes.len() as u64 }
        } else {
            Opened { bytes, dropped: 0 }
        }
    }
}
