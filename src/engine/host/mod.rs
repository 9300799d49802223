//! What the engine needs of the world, by what it is: the network, the clock, and the caller.

mod caller;
mod clock;
mod transport;

use std::future::Future;
use std::pin::Pin;

use super::failure::Failure;
use crate::error::Error;

pub use caller::{Caller, Ownership, Phase, Progress};
pub use clock::Clock;
pub use transport::{BodyStream, Outgoing, Reply, Transport};

/// The world.
pub trait Host: Transport + Clock + Caller {}

impl<T: Transport + Clock + Caller> Host for T {}

/// Some work. In a box, so that what waits for it stays small: code size is what users download.
pub type Work<'a, T, E = Error> = Pin<Box<dyn Future<Output = Result<T, E>> + 'a>>;

/// Some work of one request, whose failure says what is certain.
pub type Attempt<'a, T> = Work<'a, T, Failure>;
