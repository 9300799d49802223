//! Bodies on their way to the engine, in pieces of any size.

use std::future::pending;

use salesforce_bulk::engine::host::{BodyStream, Clock};
use salesforce_bulk::error::{Error, Kind, Result};
use salesforce_bulk_org::http::{Drip, Pace, Pieces};
use salesforce_bulk_org::{Body, Interruption};

use super::World;
use super::trace::What;
use crate::clock::step;

/// A body.
pub struct Incoming {
    world: World,
    /// The request that it answers.
    number: u32,
    pieces: Pieces,
    /// How slowly it comes.
    drip: Option<Drip>,
    /// What has come.
    held: Vec<u8>,
    /// How much of it was handed on.
    at: usize,
    /// How many bytes are handed on at once; 0 leaves the pieces as they are.
    size: usize,
    /// How many bytes were handed on.
    bytes: usize,
}

impl Incoming {
    /// The body that answers a request, in pieces of the world's size.
    pub(super) fn new(world: &World, number: u32, body: Body, pace: Pace) -> Self {
        let pieces: Pieces = match body {
            Body::Bytes(bytes) => Box::new(std::iter::once(Ok::<_, Interruption>(bytes))),
            Body::Stream(pieces) => pieces,
        };
        let drip = pace.drip.or_else(|| every_second(pace.bytes_per_second));
        let size = drip.map_or(world.piece.get(), |drip| drip.bytes);
        let (world, held) = (world.clone(), Vec::new());
        Incoming { world, number, pieces, drip, held, at: 0, size, bytes: 0 }
    }

    fn hand_on(&mut self) -> Vec<u8> {
        let rest = &self.held[self.at..];
        let size = if self.size == 0 { rest.len() } else { self.size.min(rest.len()) };
        self.at += size;
        self.bytes += size;
        rest[..size].to_vec()
    }
}

fn every_second(bytes: u64) -> Option<Drip> {
    let bytes = usize::try_from(bytes).ok().filter(|bytes| *bytes > 0)?;
    Some(Drip { bytes, ms: 1000 })
}

impl BodyStream for Incoming {
    async fn read(&mut self) -> Result<Option<Vec<u8>>> {
        match self.drip {
            Some(drip) => self.world.sleep(drip.ms as f64).await,
            None => step().await,
        }
        while self.at == self.held.len() {
            match self.pieces.next() {
                None => {
                    self.world.trace(What::Ended { number: self.number, bytes: self.bytes });
                    return Ok(None);
                }
                Some(Ok(piece)) => (self.held, self.at) = (piece, 0),
                Some(Err(cut)) => {
                    self.world.trace(What::Broke { number: self.number, bytes: self.bytes });
                    if cut == Interruption::Silence {
                        pending::<()>().await;
                    }
                    return Err(Error::new(Kind::Network, format!("the answer broke off ({cut})")));
                }
            }
        }
        Ok(Some(self.hand_on()))
    }
}
