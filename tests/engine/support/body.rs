//! Bodies on their way to the engine, in pieces of any size.

use std::future::pending;

use salesforce_bulk::engine::host::{BodyStream, Clock};
use salesforce_bulk::error::{Error, Kind, Result};
use salesforce_bulk_org::http::{Drip, Pieces};
use salesforce_bulk_org::{Body, Interruption};

use super::clock::step;
use super::world::World;

/// A body.
pub struct Incoming {
    world: World,
    pieces: Pieces,
    /// How slowly it comes.
    drip: Option<Drip>,
    /// What has come and was not handed on yet.
    held: Vec<u8>,
    /// How many bytes are handed on at once; 0 leaves the pieces as they are.
    size: usize,
}

impl Incoming {
    /// A body of the world's, in pieces of its size.
    pub fn new(world: &World, body: Body, drip: Option<Drip>) -> Self {
        let pieces: Pieces = match body {
            Body::Bytes(bytes) => Box::new(std::iter::once(Ok::<_, Interruption>(bytes))),
            Body::Stream(pieces) => pieces,
        };
        let size = drip.map_or(world.piece.get(), |drip| drip.bytes);
        Incoming { world: world.clone(), pieces, drip, held: Vec::new(), size }
    }

    fn hand_on(&mut self) -> Vec<u8> {
        let size = if self.size == 0 { self.held.len() } else { self.size };
        let rest = self.held.split_off(size.min(self.held.len()));
        std::mem::replace(&mut self.held, rest)
    }
}

impl BodyStream for Incoming {
    async fn read(&mut self) -> Result<Option<Vec<u8>>> {
        match self.drip {
            Some(drip) => self.world.sleep(drip.ms as f64).await,
            None => step().await,
        }
        while self.held.is_empty() {
            match self.pieces.next() {
                None => return Ok(None),
                Some(Ok(piece)) => self.held = piece,
                Some(Err(Interruption::Silence)) => pending().await,
                Some(Err(cut)) => {
                    return Err(Error::new(Kind::Network, format!("the answer broke off ({cut})")));
                }
            }
        }
        Ok(Some(self.hand_on()))
    }
}
