//! One request and its answer: the session's token and its refresh, deadlines, and what is tried again.

use std::pin::pin;

use super::deadline::{silent, within};
use super::failure::{Failure, Reason};
use super::host::{Attempt, BodyStream, Host, Outgoing, Reply};
use super::retry::{RetryBudget, retry_after};
use super::session::{Session, Settings};
use crate::error::{Error, Kind, Refusal, Result};
use crate::planted::{self, Bug};
use crate::text::{replace, split_once};
use crate::wire::document::MAX_DOCUMENT;
use crate::wire::fault::Fault;
use crate::wire::info::Info;
use crate::wire::request::{Api, Request};

/// What an info must say.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The id it is about.
    pub id: &'a str,
    /// The state that was set.
    pub state: Option<StateCheck>,
}

/// A state, and whether another is reached by way of it.
pub type StateCheck = (&'static str, fn(&str) -> bool);

impl<'a> Wanted<'a> {
    /// An info about this job or batch.
    pub fn of(id: &'a str) -> Self {
        Wanted { id, state: None }
    }

    fn check(self, info: Info) -> Result<Info> {
        let info = info.of(self.id)?;
        match self.state {
            Some((name, reached)) if !reached(info.state()) && !planted::is(Bug::TrustAnyState) => {
                Err(Error::response(format!("The job is {}, not {name}.", info.state())))
            }
            _ => Ok(info),
        }
    }
}

/// What reads a document.
type Reading<'a> = &'a mut dyn FnMut(&[u8]) -> Result<()>;

impl<H: Host> Session<H> {
    /// Sends a request until it is answered with 2xx, or the budget is used up. An expired session is refreshed once;
    /// what may pass is tried again where that does no harm.
    ///
    /// # Errors
    /// What the server, the network or the refresh said last, with the job and batch that the request is about.
    pub fn open<'a>(
        &'a self,
        request: &'a Request<H::Payload>,
        budget: &'a mut RetryBudget,
    ) -> Attempt<'a, Reply<H::Body>> {
        Box::pin(async move {
            loop {
                match self.signed(request).await {
                    Ok(reply) => return Ok(reply),
                    Err(failure) => self.send_again(request, failure, budget).await?,
                }
            }
        })
    }

    /// Sends a request and reads the answer, a document. One that cannot be understood is no answer.
    ///
    /// # Errors
    /// As [`Session::open`], and those of `read`.
    pub fn ask<'a, T: 'a>(
        &'a self,
        request: Request<H::Payload>,
        read: fn(&[u8]) -> Result<T>,
    ) -> Attempt<'a, T> {
        Box::pin(async move {
            let mut answer = None;
            let mut keep = |body: &[u8]| read(body).map(|value| answer = Some(value));
            self.document(&request, &mut keep).await?;
            answer.ok_or_else(|| Failure::not_sent(Error::response("There is no answer.")))
        })
    }

    /// Asks for the info of a job or batch, which must be about the one that was asked for, and as it must be.
    ///
    /// # Errors
    /// As [`Session::ask`].
    pub fn ask_info<'a>(
        &'a self,
        request: Request<H::Payload>,
        read: fn(&[u8]) -> Result<Info>,
        wanted: Wanted<'a>,
    ) -> Attempt<'a, Info> {
        Box::pin(async move {
            let mut answer = Info::default();
            let mut keep = |body: &[u8]| {
                answer = wanted.check(read(body)?)?;
                Ok(())
            };
            self.document(&request, &mut keep).await?;
            Ok(answer)
        })
    }

    /// Sends a request until a document answers it that can be read.
    ///
    /// # Errors
    /// As [`Session::open`], and those of `read`.
    pub(super) fn document<'a>(
        &'a self,
        request: &'a Request<H::Payload>,
        read: Reading<'a>,
    ) -> Attempt<'a, ()> {
        Box::pin(async move {
            let mut budget = self.retry_budget();
            loop {
                let mut reply = self.open(request, &mut budget).await?;
                let body = self.collect(&mut reply.body, request.document_limit).await;
                let Err(error) = body.and_then(|body| read(&body)) else { return Ok(()) };
                self.send_again(request, Failure::unreadable(error), &mut budget).await?;
            }
        })
    }

    /// Sends a request with the session's token, and once more with a new one if it has expired.
    async fn signed(&self, request: &Request<H::Payload>) -> Result<Reply<H::Body>, Failure> {
        let token = self.host.token(None).await.map_err(Failure::not_sent)?;
        let failure = match self.attempt(request, token.as_deref()).await {
            Err(failure) if failure.reason == Reason::SessionExpired => failure,
            settled => return settled,
        };
        match self.refreshed(token).await.map_err(Failure::not_sent)? {
            Some(token) => self.attempt(request, Some(&token)).await,
            None => Err(failure),
        }
    }

    /// The token that comes after the rejected one, if there is any. All who need it share one refresh, which may mean that
    /// somebody signs in, but none of them waits for ever.
    async fn refreshed(&self, rejected: Option<String>) -> Result<Option<String>> {
        let Some(rejected) = rejected else { return Ok(None) };
        if planted::is(Bug::RefreshEachForItself) {
            return self.host.token(Some(&rejected)).await;
        }
        let is_new =
            |token: &Option<String>| token.as_ref().is_some_and(|token| *token != rejected);
        let refresh = self.client.tokens.get(is_new, self.host.token(Some(&rejected)));
        let limit = self.settings.timeouts.document();
        let token = within(&self.host, limit, pin!(refresh)).await;
        let message = "The session has expired, and refreshing it took too long.";
        let slow = || Error::new(Kind::Session(Refusal::default()), message);
        Ok(token.ok_or_else(slow)??.filter(|token| *token != rejected))
    }

    /// Sends a request once, and gives an answer of 2xx.
    async fn attempt(
        &self,
        request: &Request<H::Payload>,
        token: Option<&str>,
    ) -> Result<Reply<H::Body>, Failure> {
        let reply = self.send(request, token).await?;
        match reply.status {
            status if request.method.is_done(status) => Ok(reply),
            status if reply.is_success() => Err(Failure::unreadable(not_the_answer(status))),
            _ => Err(self.refusal(reply, token).await),
        }
    }

    /// Sends a request once, and gives the answer, whatever it is.
    ///
    /// # Errors
    /// Where none came in time, or the server points elsewhere: nothing is sent there.
    pub(super) async fn send(
        &self,
        request: &Request<H::Payload>,
        token: Option<&str>,
    ) -> Result<Reply<H::Body>, Failure> {
        let outgoing = self.outgoing(request, token);
        let limit = self.settings.timeouts.head_after(&self.host, &request.body);
        let sent = within(&self.host, limit, pin!(self.host.send(outgoing))).await;
        let silence = || Failure::unknown(silent("No answer came", limit));
        match sent.ok_or_else(silence)?? {
            reply if reply.is_redirect() => Err(Failure::unknown(redirected(&reply))),
            reply => Ok(reply),
        }
    }

    async fn refusal(&self, mut reply: Reply<H::Body>, token: Option<&str>) -> Failure {
        let body = match self.collect(&mut reply.body, REFUSAL).await {
            Ok(body) => body,
            // Cut short it may be anything, an expired session too, unless the status says enough.
            Err(error) if !matches!(reply.status, 401 | 429 | 500..) => {
                return Failure::unknown(error.transient());
            }
            Err(_) => Vec::new(),
        };
        let mut fault = Fault::parse(reply.status, &body);
        if let Some(token) = token {
            // Some gateways repeat the request in their pages.
            fault.message = replace(&fault.message, token, "…");
        }
        Failure::refused(fault, retry_after(reply.header("retry-after")))
    }

    fn outgoing<'a>(
        &self,
        request: &'a Request<H::Payload>,
        token: Option<&str>,
    ) -> Outgoing<'a, H::Payload> {
        let mut headers = request.headers.clone();
        headers.extend(token.map(|token| session_header(request.api, token)));
        if let (Some(name), true) = (&self.settings.client_name, request.api != Api::Login) {
            headers.push(("Sforce-Call-Options", format!("client={name}")));
        }
        Outgoing { method: request.method, url: self.url(request), headers, body: &request.body }
    }

    /// 1.0 writes the version without a `v`, 2.0 with one.
    fn url(&self, request: &Request<H::Payload>) -> String {
        let Settings { instance_url: origin, api_version: version, .. } = &self.settings;
        match request.api {
            Api::V1 => format!("{origin}/services/async/{version}/{}", request.path),
            Api::V2 => format!("{origin}/services/data/v{version}/{}", request.path),
            Api::Login => request.path.clone(),
        }
    }

    /// Waits until the request may be sent again.
    ///
    /// # Errors
    /// The failure, where it may not, or the budget is used up.
    pub(super) async fn send_again(
        &self,
        request: &Request<H::Payload>,
        failure: Failure,
        budget: &mut RetryBudget,
    ) -> Result<(), Failure> {
        let again = failure.may_send_again(request.repeatable);
        let (now, random) = (self.host.now(), self.host.random());
        let pause = match (again, failure.reason) {
            (false, _) => None,
            (true, Reason::NotReady) if !request.known_ready => None,
            (true, Reason::NotReady) => budget.not_ready(now, random),
            (true, _) => budget.next(now, random, failure.retry_after),
        };
        let certainty = budget.certainty(failure.certainty);
        let error = about(request, failure.error);
        let Some(pause) = pause else { return Err(Failure { certainty, error, ..failure }) };
        self.pause(pause, request.job.as_deref(), &error).await;
        Ok(())
    }

    /// The next piece of a body; none at the end.
    ///
    /// # Errors
    /// Where it breaks off, or nothing comes for too long.
    pub(super) async fn piece(&self, body: &mut H::Body) -> Result<Option<Vec<u8>>> {
        let idle = self.settings.timeouts.idle;
        let read = within(&self.host, idle, pin!(body.read())).await;
        read.ok_or_else(|| silent("The answer broke off: nothing more came", idle))?
    }

    /// Reads a document to its end, within bounds of size and time: a trickle would hold its reader for ever.
    pub(super) async fn collect(&self, body: &mut H::Body, limit: usize) -> Result<Vec<u8>> {
        let time = self.settings.timeouts.document();
        let ends = self.host.now() + time;
        let mut whole = Vec::new();
        while let Some(piece) = self.piece(body).await? {
            whole.extend_from_slice(&piece);
            if whole.len() > limit {
                let message = format!("The server's answer is larger than {limit} bytes.");
                return Err(Error::response(message));
            }
            if self.host.now() > ends {
                return Err(silent("The answer did not come whole", time));
            }
        }
        Ok(whole)
    }
}

/// A refusal is a short document, or a page of whose text only the beginning is told.
const REFUSAL: usize = MAX_DOCUMENT;

/// The failure that names what the request is about.
fn about<P>(request: &Request<P>, mut error: Error) -> Error {
    error.job_id = error.job_id.take().or_else(|| request.job.clone());
    error.batch_id = error.batch_id.take().or_else(|| request.batch.clone());
    error
}

fn session_header(api: Api, token: &str) -> (&'static str, String) {
    match api {
        Api::V1 => ("X-SFDC-Session", token.to_owned()),
        Api::V2 | Api::Login => ("Authorization", format!("Bearer {token}")),
    }
}

/// The failure of an answer that says neither that it was done nor that it was not.
fn not_the_answer(status: u16) -> Error {
    Error::response(format!("The server's answer does not say that it was done (HTTP {status})."))
}

/// Where a server points elsewhere, neither the session nor a record follows.
fn redirected<B>(reply: &Reply<B>) -> Error {
    let to = match reply.header("location").and_then(host_of) {
        Some(host) => format!("to {host}"),
        None => "elsewhere".to_owned(),
    };
    let status =
        if reply.status == 0 { String::new() } else { format!(" (HTTP {})", reply.status) };
    Error::response(format!(
        "The server redirected the request {to}{status}. Redirects are not followed: give the address of the org itself."
    ))
}

/// The host that an address names; none where it is a path on the same one.
fn host_of(location: &str) -> Option<&str> {
    let (_, rest) = split_once(location, "//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(authority.rsplit('@').next().unwrap_or(authority)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_names_the_host_and_nothing_else_of_the_address() {
        for (location, host) in [
            ("https://evil.example/a?token=x", Some("evil.example")),
            ("//evil.example:8443", Some("evil.example:8443")),
            ("https://user:secret@evil.example#x", Some("evil.example")),
            ("/services/data", None),
            ("", None),
        ] {
            assert_eq!(host_of(location), host, "{location}");
            let headers = vec![("location".to_owned(), location.to_owned())];
            let reply = Reply { status: 307, filtered: false, headers, body: () };
            let message = redirected(&reply).message.clone();
            assert!(message.contains(host.unwrap_or("elsewhere")), "{message}");
            assert!(!message.contains("secret") && !message.contains("token"), "{message}");
        }
    }
}
