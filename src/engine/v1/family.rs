//! Which batches of a job are the chunks of a query.

use futures_util::StreamExt;
use futures_util::stream;

use super::chunks::{Kinship, kinship};
use super::job::job;
use crate::engine::failure::Failure;
use crate::engine::host::{Attempt, Host, Ownership};
use crate::engine::session::Session;
use crate::error::{Error, Kind, Refusal, Result};
use crate::wire::info::{Info, same_id, significant};
use crate::wire::v1;

/// So far from its batch's place in the list what was learnt of it may stand.
const NEAR: usize = 16;

/// So many requests are read at once.
const AT_ONCE: usize = 8;

/// The chunks of one query, each of which is asked for its request once.
pub(super) struct Family<'a, H> {
    session: &'a Session<H>,
    job: &'a str,
    parent: &'a str,
    query: Option<String>,
    /// What a batch's request is to the query, in the order of the list.
    known: Vec<(String, Kinship)>,
}

impl<'a, H: Host> Family<'a, H> {
    /// Nothing known yet.
    pub fn new(session: &'a Session<H>, job: &'a str, parent: &'a str) -> Self {
        Family { session, job, parent, query: None, known: Vec::new() }
    }

    /// Looks at the job, and at the batches that are new in its list: only those of a query have chunks. Gives the job's
    /// info.
    ///
    /// # Errors
    /// Where one cannot be read; what was learnt before stays known.
    pub async fn look(&mut self, batches: &[Info]) -> Result<Info, Failure> {
        let info = job(self.session, self.job).await?;
        let is_query = info.text("operation").is_some_and(|name| name.starts_with("query"));
        if is_query {
            self.learn(batches).await?;
        }
        Ok(info)
    }

    async fn learn(&mut self, batches: &[Info]) -> Result<(), Failure> {
        let session = self.session;
        let query = match self.query.take() {
            Some(query) => query,
            None => self.request(self.parent).await?,
        };
        let unknown = batches.iter().enumerate();
        let unknown = unknown.filter(|(place, batch)| self.is_to_be_learnt(batch, *place));
        let ids: Vec<&str> = unknown.map(|(_, batch)| batch.id()).collect();
        let job = self.job;
        let asked = stream::iter(ids).map(|id| async move {
            let request = request_of(session, job, id).await;
            (id, request)
        });
        let mut asked = asked.buffer_unordered(AT_ONCE);
        let mut failure = None;
        while let Some((id, request)) = asked.next().await {
            match request {
                Ok(request) => {
                    let kinship = kinship(&request, &query);
                    self.known.push((significant(id).to_owned(), kinship));
                }
                Err(failed) => failure = Some(failed),
            }
        }
        self.query = Some(query);
        failure.map_or(Ok(()), Err)
    }

    /// The chunks in this list, as far as it was learnt.
    ///
    /// # Errors
    /// [`Kind::Request`] where the same query was chunked twice: nobody can tell whose a chunk is.
    pub fn chunks<'b>(&self, batches: &'b [Info]) -> Result<Vec<&'b Info>> {
        let mut chunks = Vec::new();
        for (place, batch) in batches.iter().enumerate() {
            match self.kinship_of(batch, place) {
                Some(Kinship::SameQuery) if batch.not_processed() => {
                    return Err(same_query_twice(self.job, self.parent));
                }
                // Of an object without rows the one chunk may be the query itself.
                Some(Kinship::SameQuery) if self.is_added(batch) => {}
                Some(Kinship::SameQuery | Kinship::Chunk) => chunks.push(batch),
                _ => {}
            }
        }
        Ok(chunks)
    }

    /// What was learnt of a batch. Lists grow at their ends, so that it stands about where the batch does.
    fn kinship_of(&self, batch: &Info, place: usize) -> Option<Kinship> {
        let id = significant(batch.id());
        let near = self.known.get(place.saturating_sub(NEAR)..).unwrap_or_default();
        let found = near.iter().take(2 * NEAR).chain(&self.known).find(|(known, _)| known == id);
        found.map(|(_, kinship)| *kinship)
    }

    /// What this client has added itself is a query of its own; it matters only where it was chunked too.
    fn is_to_be_learnt(&self, batch: &Info, place: usize) -> bool {
        self.kinship_of(batch, place).is_none()
            && !same_id(batch.id(), self.parent)
            && (batch.not_processed() || !self.is_added(batch))
    }

    fn is_added(&self, batch: &Info) -> bool {
        self.session.host.ownership(batch.id()) == Ownership::Added
    }

    fn request<'b>(&'b self, id: &'b str) -> Attempt<'b, String> {
        request_of(self.session, self.job, id)
    }
}

fn same_query_twice(job: &str, parent: &str) -> Error {
    let message = "The same query was chunked twice in this job, and Salesforce does not tell whose a chunk is: \
                   read the chunks one by one from the job's batches, or give each query a job of its own.";
    Error::new(Kind::Request(Refusal::default()), message).batch(job, parent)
}

/// The query that was sent as a batch. What is no query has come from elsewhere, and would pass for another one's.
fn request_of<'a, H: Host>(session: &'a Session<H>, job: &str, id: &str) -> Attempt<'a, String> {
    let query = |body: &[u8]| {
        let text = String::from_utf8_lossy(body).into_owned();
        let first = text.split_whitespace().next().unwrap_or_default();
        match first.eq_ignore_ascii_case("SELECT") {
            true => Ok(text),
            false => Err(Error::response("What the server sent is not the batch's query.")),
        }
    };
    session.ask(v1::request(job, id), query)
}
