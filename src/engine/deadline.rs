//! Waits that end: for an answer's head, and for the next piece of its body.

use std::future::Future;
use std::pin::{Pin, pin};

use futures_util::future::{Either, select};

use super::host::{Clock, Transport};
use crate::error::{Error, Kind};
use crate::wire::request::Body;

/// How long a server may be silent, in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeouts {
    /// From the request to the head of its answer; an upload may take longer, by its size.
    pub head: f64,
    /// Between two pieces of a body.
    pub idle: f64,
}

impl Default for Timeouts {
    /// Salesforce itself gives up on a request after two minutes.
    fn default() -> Self {
        Timeouts { head: 120_000.0, idle: 60_000.0 }
    }
}

/// `fetch` tells nothing of an upload's progress, so that silence within one cannot be seen: each piece of this size may
/// take as long as silence may last.
const UPLOAD_PIECE: u64 = 2 << 20;

/// A document comes whole within so many times the longest silence.
const DOCUMENT: f64 = 10.0;

impl Timeouts {
    /// How long the head of the answer to this body may take.
    pub fn head_after<T: Transport>(self, host: &T, body: &Body<T::Payload>) -> f64 {
        let bytes = match body {
            Body::None => 0,
            Body::Text(text) => text.len() as u64,
            Body::Payload(payload) => host.size(payload),
        };
        self.head + self.idle * (bytes / UPLOAD_PIECE) as f64
    }

    /// How long a document may take.
    pub fn document(self) -> f64 {
        self.idle * DOCUMENT
    }
}

/// Does some work, unless it takes longer than so many ms: then it is dropped, and there is no result.
pub async fn within<C: Clock, T>(
    clock: &C,
    ms: f64,
    work: Pin<&mut dyn Future<Output = T>>,
) -> Option<T> {
    match select(work, pin!(clock.sleep(ms))).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}

/// The failure of a server that was silent for so many ms.
pub fn silent(what: &str, ms: f64) -> Error {
    Error::new(Kind::Network, format!("{what} within {} ms.", ms.ceil() as u64))
}
