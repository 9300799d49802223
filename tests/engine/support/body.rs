//! Bodies on their way to the engine, in pieces of any size.

use salesforce_bulk::engine::host::Stream;
use salesforce_bulk::error::{Code, Error, Result};
use salesforce_bulk_org::http::Pieces;
use salesforce_bulk_org::{Body, Interruption};

use super::clock::step;

/// A body.
pub struct Incoming {
    pieces: Pieces,
    /// What has come and was not handed on yet.
    held: Vec<u8>,
    /// How many bytes are handed on at once; 0 leaves the pieces as they are.
    size: usize,
}

impl Incoming {
    /// A body in pieces of this size.
    pub fn new(body: Body, size: usize) -> Self {
        let pieces: Pieces = match body {
            Body::Bytes(bytes) => Box::new(std::iter::once(Ok::<_, Interruption>(bytes))),
            Body::Stream(pieces) => pieces,
        };
        Incoming { pieces, held: Vec::new(), size }
    }

    fn hand_on(&mut self) -> Vec<u8> {
        let size = if self.size == 0 { self.held.len() } else { self.size };
        let rest = self.held.split_off(size.min(self.held.len()));
        std::mem::replace(&mut self.held, rest)
    }
}

impl Stream for Incoming {
    async fn read(&mut self) -> Result<Option<Vec<u8>>> {
        step().await;
        while self.held.is_empty() {
            match self.pieces.next() {
                None => return Ok(None),
                Some(Ok(piece)) => self.held = piece,
                Some(Err(cut)) => {
                    return Err(Error::new(Code::Network, format!("the answer broke off ({cut})")));
                }
            }
        }
        Ok(Some(self.hand_on()))
    }
}
