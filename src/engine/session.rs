//! Sending in a session: its token, its refresh, and what is tried again.

use std::rc::Rc;

use super::host::{Host, Outgoing, Reply, Stream, Work};
use super::pace::Poll;
use super::polls::Polls;
use super::retry::{Retry, RetryPolicy, retry_after};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::wire::document::Node;
use crate::wire::fault::Fault;
use crate::wire::request::{Api, Request};

/// What a client is set to.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The org's origin.
    pub instance_url: String,
    /// Such as `66.0`.
    pub api_version: String,
    /// The name in the org's API logs.
    pub client_name: Option<String>,
    /// What is tried again, and how often.
    pub retry: RetryPolicy,
    /// How often a job is asked for its state.
    pub poll: Poll,
}

impl Settings {
    /// Reads what the client was given; what it was not given is the default.
    pub fn read(given: &Value) -> Settings {
        let node = Node::Json(given);
        let retry = given.get("retry").map(Node::Json);
        let number = |name| retry.and_then(|retry| retry.text(name)?.parse::<u32>().ok());
        let usual = RetryPolicy::default();
        Settings {
            instance_url: node.text("instanceUrl").unwrap_or_default(),
            api_version: node.text("apiVersion").unwrap_or_default(),
            client_name: node.text("clientName"),
            retry: RetryPolicy {
                attempts: number("attempts").unwrap_or(usual.attempts),
                max_delay: number("maxDelay").map_or(usual.max_delay, f64::from),
            },
            poll: Poll::default().with(given.get("poll")),
        }
    }
}

/// A session with an org.
pub struct Session<H> {
    /// The world.
    pub host: H,
    /// What the client is set to.
    pub settings: Settings,
    /// The polls in flight, shared by all waits on one job.
    pub polls: Rc<Polls>,
}

/// Control documents are small; a list of 15 000 batches has some 10 MB.
const MAX_DOCUMENT: usize = 64 << 20;

/// Why one try had no success.
enum Failure {
    /// The server refused; it may have named a time.
    Refused(Fault, Option<f64>),
    /// No answer came, or not a whole one.
    Lost(Error),
}

impl<H: Host> Session<H> {
    /// Sends a request until it is answered with 2xx. An expired session is refreshed once; what may pass is tried
    /// again where that does no harm.
    ///
    /// # Errors
    /// What the server, the network or the refresh said last, with the job and batch that the request is about.
    pub fn open<'a>(&'a self, request: &'a Request<H::Payload>) -> Work<'a, Reply<H::Stream>> {
        Box::pin(async move { self.answered(request).await.map_err(|error| about(request, error)) })
    }

    /// Sends a request and reads the whole answer, a control document.
    ///
    /// # Errors
    /// As [`Session::open`]; an answer cut short is a failure of the network.
    pub fn read(&self, request: Request<H::Payload>) -> Work<'_, Vec<u8>> {
        Box::pin(async move {
            let mut retry = Retry::new(self.settings.retry);
            loop {
                let mut reply = self.open(&request).await?;
                match collect(&mut reply.body).await {
                    Ok(body) => return Ok(body),
                    Err(error) => {
                        let error = about(&request, error);
                        self.pause(&request, Failure::Lost(error), &mut retry).await?;
                    }
                }
            }
        })
    }

    /// Sends a request and reads the whole answer as what it is.
    ///
    /// # Errors
    /// As [`Session::read`], and those of `read`.
    pub fn ask<'a, T: 'a>(
        &'a self,
        request: Request<H::Payload>,
        read: fn(&[u8]) -> Result<T>,
    ) -> Work<'a, T> {
        Box::pin(async move { read(&self.read(request).await?) })
    }

    async fn answered(&self, request: &Request<H::Payload>) -> Result<Reply<H::Stream>> {
        let mut retry = Retry::new(self.settings.retry);
        let mut refreshed = None;
        loop {
            let token = match refreshed.clone() {
                Some(token) => Some(token),
                None => self.host.token(None).await?,
            };
            let failure = match self.attempt(request, token.as_deref()).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            if refreshed.is_none() {
                refreshed = self.refresh(&failure, token.as_deref()).await?;
                if refreshed.is_some() {
                    continue;
                }
            }
            self.pause(request, failure, &mut retry).await?;
        }
    }

    /// Sends a request once, without a token, and gives status and body, whatever they are.
    ///
    /// # Errors
    /// Those of the network.
    pub async fn exchange(&self, request: &Request<H::Payload>) -> Result<(u16, Vec<u8>)> {
        let mut reply = self.host.send(self.outgoing(request, None)).await?;
        Ok((reply.status, collect(&mut reply.body).await?))
    }

    async fn attempt(
        &self,
        request: &Request<H::Payload>,
        token: Option<&str>,
    ) -> Result<Reply<H::Stream>, Failure> {
        let mut reply =
            self.host.send(self.outgoing(request, token)).await.map_err(Failure::Lost)?;
        if (200..300).contains(&reply.status) {
            return Ok(reply);
        }
        let body = match collect(&mut reply.body).await {
            Ok(body) => body,
            // Cut short it may be anything, an expired session too, unless the status says enough.
            Err(error) if !matches!(reply.status, 401 | 429 | 500..) => {
                return Err(Failure::Lost(error));
            }
            Err(_) => Vec::new(),
        };
        let mut fault = Fault::parse(reply.status, &body);
        if let Some(token) = token {
            // Some gateways repeat the request in their pages.
            fault.message = fault.message.replace(token, "…");
        }
        Err(Failure::Refused(fault, retry_after(reply.header("retry-after"))))
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

    /// The next token, where the failure was an expired session and there is one.
    async fn refresh(&self, failure: &Failure, token: Option<&str>) -> Result<Option<String>> {
        match (failure, token) {
            (Failure::Refused(fault, _), Some(token)) if fault.expired() => {
                let next = self.host.token(Some(token)).await?;
                Ok(next.filter(|next| next != token))
            }
            _ => Ok(None),
        }
    }

    /// Waits for the next try, or gives up.
    async fn pause(
        &self,
        request: &Request<H::Payload>,
        failure: Failure,
        retry: &mut Retry,
    ) -> Result<()> {
        let (again, named, error) = match failure {
            Failure::Refused(fault, named) => {
                let again = fault.throttled() || (fault.passing() && request.repeatable);
                (again, named, fault.into_error())
            }
            Failure::Lost(error) => (error.retryable && request.repeatable, None, error),
        };
        self.again(retry, again, named, error).await
    }

    /// Waits for the next try; where there is to be none, gives up with what was said last.
    ///
    /// # Errors
    /// `error`, where `again` is false or the tries are used up.
    pub async fn again(
        &self,
        retry: &mut Retry,
        again: bool,
        named: Option<f64>,
        error: Error,
    ) -> Result<()> {
        let pause = again.then(|| retry.next(self.host.random(), named)).flatten();
        self.host.sleep(pause.ok_or(error)?).await;
        Ok(())
    }
}

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

/// Reads a body to its end, within bounds.
pub async fn collect<S: Stream>(body: &mut S) -> Result<Vec<u8>> {
    let mut whole = Vec::new();
    while let Some(piece) = body.read().await? {
        whole.extend_from_slice(&piece);
        if whole.len() > MAX_DOCUMENT {
            return Err(Error::response(
                "The server's answer is larger than any document of this API.",
            ));
        }
    }
    Ok(whole)
}
