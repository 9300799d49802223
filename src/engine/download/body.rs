//! A body that survives being cut: it is asked for again, and goes on where it broke off.

use super::overlap::{Delivered, changed};
use super::plan::{Recognised, Role, unrecognised};
use super::progress::BodyProgress;
use crate::engine::failure::Failure;
use crate::engine::host::{Host, Reply};
use crate::engine::retry::RetryBudget;
use crate::engine::session::Session;
use crate::error::{Error, Kind, Result};
use crate::wire::request::{Api, Request};

/// No result is larger: Salesforce cuts its files at 1 GB.
const LARGEST: u64 = 16 << 30;

/// A result on its way in. Results are files on the server, so a second answer holds the same bytes; where the last
/// bytes given out do not come again at their place, it was not the same, and that is an error.
pub(super) struct ResumableBody<H: Host> {
    request: Request<H::Payload>,
    role: Role,
    reply: Reply<H::Body>,
    budget: RetryBudget,
    progress: BodyProgress,
    delivered: Delivered,
    /// How much of this reply has been read.
    position: u64,
}

impl<H: Host> ResumableBody<H> {
    /// Sends the request, and waits for the head of the answer.
    ///
    /// # Errors
    /// Those of the request, and where the answer is no result.
    pub async fn open(
        session: &Session<H>,
        request: Request<H::Payload>,
        role: Role,
    ) -> Result<Self> {
        let mut budget = session.retry_budget();
        let reply = open_result(session, &request, role, &mut budget).await?;
        let (progress, delivered) = (BodyProgress::default(), Delivered::default());
        Ok(ResumableBody { request, role, reply, budget, progress, delivered, position: 0 })
    }

    /// The head of the answer.
    pub fn reply(&self) -> &Reply<H::Body> {
        &self.reply
    }

    /// Looks at the first record of CSV.
    ///
    /// # Errors
    /// Where it is something else; a word of JSON may look like a column.
    pub fn recognise(&self, columns: &[String]) -> Result<Recognised> {
        match is_json(&self.reply) {
            true => Err(not_a_result()),
            false => self.role.recognise(columns, is_of(&self.reply, "text/csv")),
        }
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// Where the body breaks off; it may be [reopened](ResumableBody::reopen). [`Kind::Incomplete`] where it is not the
    /// same body as before.
    pub async fn read(&mut self, session: &Session<H>) -> Result<Option<Vec<u8>>, Broken> {
        loop {
            let piece = session.piece(&mut self.reply.body).await;
            match piece.map_err(|error| Broken::Cut(Failure::unreadable(error)))? {
                None => return self.end().map(|()| None),
                Some(piece) => {
                    let at = self.position;
                    self.position += piece.len() as u64;
                    let fresh = self.delivered.fresh(at, piece)?;
                    if !fresh.is_empty() {
                        self.count(session, fresh.len())?;
                        return Ok(Some(fresh));
                    }
                }
            }
        }
    }

    /// Waits until the body may be asked for again, after it broke off.
    ///
    /// # Errors
    /// `failure`, where the tries are used up.
    pub async fn pause(&mut self, session: &Session<H>, failure: Failure) -> Result<()> {
        Ok(session.send_again(&self.request, failure, &mut self.budget).await?)
    }

    /// Asks for the body again; it goes on where it broke off.
    ///
    /// # Errors
    /// Those of the request.
    pub async fn reopen(&mut self, session: &Session<H>) -> Result<()> {
        self.reply = open_result(session, &self.request, self.role, &mut self.budget).await?;
        self.position = 0;
        Ok(())
    }

    /// Goes on with another body, which begins with the next record. The tries are the same.
    pub fn replace(&mut self, request: Request<H::Payload>, reply: Reply<H::Body>) {
        self.request = request;
        self.reply = reply;
        self.position = 0;
        self.delivered = Delivered::default();
    }

    /// The tries that are left.
    pub fn budget(&mut self) -> &mut RetryBudget {
        &mut self.budget
    }

    fn count(&mut self, session: &Session<H>, bytes: usize) -> Result<(), Broken> {
        if self.progress.add(bytes) {
            self.budget.refill(session.host.now());
        }
        if self.delivered.bytes > LARGEST {
            return Err(Broken::Other(Error::response("The server's answer never ends.")));
        }
        Ok(())
    }

    /// A body that ends before what was there already, or before its own length, was cut.
    fn end(&self) -> Result<(), Broken> {
        if self.position < self.delivered.bytes {
            return Err(changed().into());
        }
        match content_length(&self.reply) {
            Some(length) if length != self.position => {
                let message =
                    format!("The answer ended after {} of {length} bytes.", self.position);
                Err(Broken::Cut(Failure::unreadable(Error::new(Kind::Network, message))))
            }
            _ => Ok(()),
        }
    }
}

/// Why no more of a body comes.
pub(super) enum Broken {
    /// It broke off, and may be asked for again.
    Cut(Failure),
    /// It is something else.
    Other(Error),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Broken::Other(error)
    }
}

/// Sends a request until it is answered with what can be a result: a page of HTML is none, and neither is no content
/// where that does not mean that there are no rows.
pub(super) async fn open_result<H: Host>(
    session: &Session<H>,
    request: &Request<H::Payload>,
    role: Role,
    budget: &mut RetryBudget,
) -> Result<Reply<H::Body>, Failure> {
    loop {
        let reply = session.open(request, budget).await?;
        // Bulk API 2.0 has results in CSV alone.
        let json = request.api == Api::V2 && is_json(&reply);
        let failure = match reply.status {
            204 if !role.may_be_empty() => Failure::no_content(),
            200 if json || is_of(&reply, "text/html") => Failure::unreadable(not_a_result()),
            _ => return Ok(reply),
        };
        session.send_again(request, failure, budget).await?;
    }
}

fn is_json<B>(reply: &Reply<B>) -> bool {
    is_of(reply, "application/json")
}

fn is_of<B>(reply: &Reply<B>, kind: &str) -> bool {
    reply.header("content-type").is_some_and(|given| given.starts_with(kind))
}

fn not_a_result() -> Error {
    unrecognised("it is JSON or a page of HTML")
}

/// The length that the head names, where that is of the bytes that are read: not of compressed ones.
fn content_length<B>(reply: &Reply<B>) -> Option<u64> {
    if reply.filtered || reply.header("content-encoding").is_some() {
        return None;
    }
    reply.header("content-length")?.trim().parse().ok()
}
