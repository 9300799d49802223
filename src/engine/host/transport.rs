//! The network.

use crate::engine::failure::Failure;
use crate::error::Result;
use crate::wire::request::{Body, Method};

/// Sends requests.
#[allow(async_fn_in_trait, reason = "everything runs on one thread")]
pub trait Transport {
    /// The caller's data on its way up: bytes natively, a Blob or a `Uint8Array` in the package.
    type Payload: Clone;
    /// An answer's body.
    type Body: BodyStream;

    /// Sends a request, and gives the answer as soon as its head is there. Redirects are not followed.
    ///
    /// # Errors
    /// Where no answer came, with what is certain about the request.
    ///
    /// # Cancellation
    /// Dropping the future, or the answer's body, ends the request.
    async fn send(
        &self,
        outgoing: Outgoing<'_, Self::Payload>,
    ) -> Result<Reply<Self::Body>, Failure>;

    /// How many bytes a payload has.
    fn size(&self, payload: &Self::Payload) -> u64;

    /// The bytes of a payload.
    ///
    /// # Errors
    /// Where the host cannot read it again.
    async fn bytes(&self, payload: &Self::Payload) -> Result<Vec<u8>>;
}

/// An answer's body, piece by piece.
#[allow(async_fn_in_trait, reason = "everything runs on one thread")]
pub trait BodyStream {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// [`Kind::Network`](crate::error::Kind::Network) where the body breaks off.
    async fn read(&mut self) -> Result<Option<Vec<u8>>>;
}

/// A request, ready to be sent.
pub struct Outgoing<'a, P> {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// All headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: &'a Body<P>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply<B> {
    /// The HTTP status; 0 where a browser hides a redirect.
    pub status: u16,
    /// Whether the browser filters the headers: a header that is not there may only be hidden.
    pub filtered: bool,
    /// The headers that can be seen, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: B,
}

impl<B> Reply<B> {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the server served the request.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the server points elsewhere.
    pub fn is_redirect(&self) -> bool {
        self.status == 0 || (300..400).contains(&self.status)
    }
}
