//! Where a body that is read again goes on: behind what was given out, the last of which must come again.

use crate::error::{Count, Error, Kind, Result};

/// So many of the last bytes are compared when a body is read again.
const OVERLAP: usize = 4096;

/// What has been given out: how much, and the end of it.
#[derive(Debug, Default)]
pub(super) struct Delivered {
    /// So many bytes.
    pub bytes: u64,
    tail: Vec<u8>,
}

impl Delivered {
    /// What of a piece that begins at `at` has not been given out yet.
    ///
    /// # Errors
    /// [`Kind::Incomplete`] where the rest of it is not what was given out.
    pub fn fresh(&mut self, at: u64, piece: Vec<u8>) -> Result<Vec<u8>> {
        let known =
            usize::try_from(self.bytes.saturating_sub(at)).unwrap_or(usize::MAX).min(piece.len());
        let (old, fresh) = piece.split_at(known);
        self.compare(at, old)?;
        self.bytes += fresh.len() as u64;
        self.remember(fresh);
        // Without a repeat the piece goes on as it came, uncopied.
        Ok(if known == 0 { piece } else { fresh.to_vec() })
    }

    fn compare(&self, at: u64, old: &[u8]) -> Result<()> {
        let first = self.bytes - self.tail.len() as u64;
        let skip = usize::try_from(first.saturating_sub(at)).unwrap_or(usize::MAX);
        let from = usize::try_from(at.saturating_sub(first)).unwrap_or(usize::MAX);
        let repeated = old.get(skip..).unwrap_or_default();
        let expected = self.tail.get(from..).unwrap_or_default();
        let same = expected.get(..repeated.len()) == Some(repeated);
        if repeated.is_empty() || same { Ok(()) } else { Err(changed()) }
    }

    fn remember(&mut self, fresh: &[u8]) {
        let kept = fresh.get(fresh.len().saturating_sub(OVERLAP)..).unwrap_or(fresh);
        let room = OVERLAP - kept.len();
        self.tail.drain(..self.tail.len().saturating_sub(room));
        self.tail.extend_from_slice(kept);
    }
}

/// The failure of a body that is not the same as before.
pub(super) fn changed() -> Error {
    let message = "A result broke off, and what came in its place was not the same: read it again from its start.";
    Error::new(Kind::Incomplete(Count::default()), message).transient()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `first` in pieces, breaks off, reads `second` in pieces of another size.
    fn through(first: &[u8], second: &[u8], size: usize) -> Result<Vec<u8>> {
        let mut delivered = Delivered::default();
        let mut out = Vec::new();
        for (body, size) in [(first, size), (second, size * 2 - 1)] {
            let mut at = 0;
            for piece in body.chunks(size) {
                out.extend(delivered.fresh(at, piece.to_vec())?);
                at += piece.len() as u64;
            }
        }
        Ok(out)
    }

    #[test]
    fn a_body_goes_on_where_it_broke_off() {
        let body: Vec<u8> = (0..20_000_u32).flat_map(|n| n.to_le_bytes()).collect();
        for cut in [0, 1, 4095, 4096, 4097, 50_000, body.len()] {
            for size in [1, 7, 4096, 70_000] {
                assert!(through(&body[..cut], &body, size).expect("whole") == body, "{cut} {size}");
            }
        }
    }

    #[test]
    fn another_body_in_its_place_is_an_error() {
        let body: Vec<u8> = (0..9000_u32).map(|n| (n % 251) as u8).collect();
        let mut other = body.clone();
        other[7990] ^= 1;
        for size in [1, 100, 9000] {
            assert!(through(&body[..8000], &other, size).is_err(), "{size}");
        }
    }
}
