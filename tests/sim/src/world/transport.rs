//! The network: requests to the org, answers with their pace, and what a browser hides of them.

use std::future::pending;
use std::rc::Rc;

use salesforce_bulk::engine::failure::Failure;
use salesforce_bulk::engine::host::{Clock, Outgoing, Reply, Transport};
use salesforce_bulk::error::{Error, Kind, Result};
use salesforce_bulk::wire::request::Body;
use salesforce_bulk_org::{Body as Answer, Effect, Exchange, Request, Response, Rule};

use super::trace::What;
use super::{Incoming, ORIGIN, World};
use crate::clock::step;
use crate::ledger::Rule as Broken;

/// A request as the host was given it.
pub struct Sent {
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// When, in ms.
    pub at: i64,
}

/// A request on its way, as trouble sees it.
pub struct Asked<'a> {
    /// Whose operation sends it.
    pub operation: u32,
    /// The request.
    pub request: &'a Request,
    /// How old the world is, in ms.
    pub age: i64,
}

impl World {
    /// The request as the org gets it; none where it is for another origin.
    fn request(&self, outgoing: &Outgoing<'_, Rc<[u8]>>) -> Option<Request> {
        let path = outgoing.url.strip_prefix(ORIGIN).filter(|path| path.starts_with('/'))?;
        let mut request = Request::new(outgoing.method.as_str(), path)
            .with_header("Host", "acme.my.salesforce.com")
            .with_header("X-Forwarded-Proto", "https");
        for (name, value) in &outgoing.headers {
            request = request.with_header(name, value);
        }
        if self.browser.get() {
            request = request.with_header("Origin", "https://app.example.com");
        }
        Some(match outgoing.body {
            Body::None => request,
            Body::Text(text) => request.with_body(text.as_bytes()),
            Body::Payload(payload) => request.with_body(payload.to_vec()),
        })
    }

    /// Writes a request down, and chooses its trouble.
    fn note(&self, outgoing: &Outgoing<'_, Rc<[u8]>>, request: &Request) -> u32 {
        let (headers, at) = (outgoing.headers.clone(), self.org(|org| org.now()));
        let number = self.sent.borrow().len() as u32;
        self.sent.borrow_mut().push(Sent { headers, at });
        self.check_token(&request.headers);
        let struck = self.strike(request);
        let (method, target) = (outgoing.method.as_str(), request.path_and_query.clone());
        let bytes = request.body.len() as u64;
        self.trace(What::Sent { number, method, target, bytes, struck });
        number
    }

    fn strike(&self, request: &Request) -> Vec<Effect> {
        let asked = Asked { operation: self.operation, request, age: self.age() };
        let effects = self.trouble.borrow_mut().as_mut().map(|choose| choose(&asked));
        let effects = effects.unwrap_or_default();
        for effect in &effects {
            self.fault(Rule::once("", effect.clone()));
        }
        effects
    }

    fn reply(&self, number: u32, response: Response) -> Result<Reply<Incoming>> {
        let filtered = self.browser.get();
        if filtered && (300..400).contains(&response.status) {
            let body = Incoming::new(self, number, Answer::Bytes(Vec::new()), response.pace);
            return Ok(Reply { status: 0, filtered, headers: Vec::new(), body });
        }
        if filtered && response.header("access-control-allow-origin").is_none() {
            return Err(network("a page may not read this"));
        }
        let mut headers = visible(&response, filtered);
        if let (429 | 503, Some(named)) = (response.status, &*self.retry_after.borrow()) {
            headers.push(("retry-after".to_owned(), named.clone()));
        }
        let Response { status, body, pace, .. } = response;
        Ok(Reply { status, filtered, headers, body: Incoming::new(self, number, body, pace) })
    }
}

impl Transport for World {
    type Payload = Rc<[u8]>;
    type Body = Incoming;

    async fn send(
        &self,
        outgoing: Outgoing<'_, Rc<[u8]>>,
    ) -> std::result::Result<Reply<Incoming>, Failure> {
        step().await;
        let Some(request) = self.request(&outgoing) else {
            self.violation(Broken::OtherOrigin, outgoing.url.clone());
            return Err(Failure::not_sent(network("this is not the org")));
        };
        let number = self.note(&outgoing, &request);
        let exchange = self.org(|org| org.handle(request));
        step().await;
        let response = match exchange {
            Exchange::Response(response) => response,
            Exchange::Dropped => {
                self.trace(What::Dropped { number });
                return Err(Failure::unknown(network("the connection was dropped")));
            }
            Exchange::Silent => {
                self.trace(What::Silent { number });
                pending().await
            }
        };
        if response.pace.latency_ms > 0 {
            self.sleep(response.pace.latency_ms as f64).await;
        }
        self.trace(What::Answered { number, status: response.status });
        self.reply(number, response).map_err(Failure::unknown)
    }

    fn size(&self, payload: &Rc<[u8]>) -> u64 {
        payload.len() as u64
    }

    async fn bytes(&self, payload: &Rc<[u8]>) -> Result<Vec<u8>> {
        step().await;
        Ok(payload.to_vec())
    }
}

/// As `fetch` says it.
fn network(reason: &str) -> Error {
    Error::new(Kind::Network, format!("no answer came ({reason})"))
}

/// The headers that a client may see; names in lower case.
fn visible(response: &Response, filtered: bool) -> Vec<(String, String)> {
    let exposed = response.header("access-control-expose-headers").unwrap_or_default();
    let exposed = exposed.to_ascii_lowercase();
    let seen = |name: &str| {
        !filtered || name == "content-type" || exposed.split(", ").any(|listed| listed == name)
    };
    let lower = response.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let mut headers: Vec<(String, String)> =
        lower.filter(|(name, _)| seen(name)).map(|(name, value)| (name, value.clone())).collect();
    // A server announces the length of what it has whole.
    if let (Answer::Bytes(bytes), 200, false) = (&response.body, response.status, filtered)
        && response.header("content-length").is_none()
    {
        headers.push(("content-length".to_owned(), bytes.len().to_string()));
    }
    headers
}
