//! What the engine needs of the world.

use std::future::Future;
use std::pin::Pin;

use crate::error::Result;
use crate::json::Value;
use crate::wire::request::{Body, Method};

/// Some work. In a box, so that what waits for it stays small: code size is what users download.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + 'a>>;

/// The world: sends requests, knows the time, keeps the session. Dropping one of its futures cancels what it does.
#[allow(async_fn_in_trait, reason = "everything runs on one thread")]
pub trait Host {
    /// The caller's data on its way up: bytes natively, a Blob or a `Uint8Array` in the package.
    type Payload: Clone;
    /// A response's body.
    type Stream: Stream;

    /// Sends a request, and gives the answer as soon as its head is there.
    ///
    /// # Errors
    /// [`Code::Network`](crate::error::Code::Network) where no answer came: whether the server acted is unknown.
    async fn send(&self, outgoing: Outgoing<'_, Self::Payload>) -> Result<Reply<Self::Stream>>;

    /// Waits for so many ms.
    async fn sleep(&self, ms: f64);

    /// The time in ms, from wherever.
    fn now(&self) -> f64;

    /// A number from 0 up to 1.
    fn random(&self) -> f64;

    /// The session's token. Given the one that the server has rejected, the next one: where another call has
    /// refreshed the session meanwhile, that one's; none where it cannot be refreshed.
    async fn token(&self, rejected: Option<&str>) -> Result<Option<String>>;

    /// The bytes of a payload.
    async fn bytes(&self, payload: &Self::Payload) -> Result<Vec<u8>>;

    /// Takes a batch for the call that asks: false where it belongs to another already.
    fn claim(&self, batch: &str) -> bool;

    /// Tells the caller how far an operation has come.
    fn report(&self, progress: &Progress<'_>);
}

/// A response's body, piece by piece.
#[allow(async_fn_in_trait, reason = "everything runs on one thread")]
pub trait Stream {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// [`Code::Network`](crate::error::Code::Network) where the body breaks off.
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
pub struct Reply<S> {
    /// The HTTP status.
    pub status: u16,
    /// Whether the browser filters the headers: a header that is not there may only be hidden.
    pub filtered: bool,
    /// The headers that can be seen, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: S,
}

impl<S> Reply<S> {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How far an operation has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is being done.
    pub phase: Phase,
    /// The job.
    pub job_id: &'a str,
    /// Records processed so far, failed ones too.
    pub processed: Option<u64>,
    /// Records that failed so far.
    pub failed: Option<u64>,
}

/// What an operation is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Sends the data.
    Uploading,
    /// Waits for Salesforce.
    Processing,
    /// Reads results.
    Downloading,
}

impl Progress<'_> {
    /// As plain data; what is not known left out.
    pub fn to_value(&self) -> Value {
        let phase = match self.phase {
            Phase::Uploading => "uploading",
            Phase::Processing => "processing",
            Phase::Downloading => "downloading",
        };
        let count = |name: &str, count: Option<u64>| Some((name.to_owned(), count?.into()));
        let known = [count("processed", self.processed), count("failed", self.failed)];
        let mut members =
            vec![("phase".to_owned(), phase.into()), ("jobId".to_owned(), self.job_id.into())];
        members.extend(known.into_iter().flatten());
        Value::Object(members)
    }
}
