//! The one door to the network: `fetch`, by way of the object that JavaScript gives to each operation.

use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::engine::failure::Failure;
use crate::engine::host::{
    BodyStream, Caller, Clock, Outgoing, Ownership, Progress, Reply, Transport,
};
use crate::error::{Error, Kind, Refusal, Result, RowEffect};
use crate::text::split_once;
use crate::wire::request::Body;

#[wasm_bindgen]
extern "C" {
    /// What JavaScript gives to each operation: its `fetch`, its timers, its session. Promises that come from it never
    /// settle once the wasm instance is dead.
    #[derive(Clone)]
    pub type Flight;

    /// What the client is set to.
    #[wasm_bindgen(method, getter, catch)]
    pub fn settings(this: &Flight) -> Result<JsValue, JsValue>;

    /// The number of the client.
    #[wasm_bindgen(method, getter, catch, js_name = clientId)]
    pub fn client_id(this: &Flight) -> Result<f64, JsValue>;

    /// The headers are lines.
    #[wasm_bindgen(method, catch)]
    fn send(
        this: &Flight,
        method: &str,
        url: &str,
        headers: &str,
        body: &JsValue,
    ) -> Result<Exchange, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn size(this: &Flight, payload: &JsValue) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn timer(this: &Flight, ms: f64) -> Result<Timer, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn now(this: &Flight) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn random(this: &Flight) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn token(this: &Flight, rejected: Option<&str>) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn bytes(this: &Flight, payload: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn claim(this: &Flight, batch: &str) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn ownership(this: &Flight, batch: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn report(this: &Flight, progress: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = rowEffect)]
    fn row_effect(this: &Flight, outcome: Option<&str>, repeatable: bool) -> Result<(), JsValue>;

    /// One request and its answer.
    type Exchange;

    #[wasm_bindgen(method, catch)]
    fn head(this: &Exchange) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Exchange) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &Exchange) -> Result<(), JsValue>;

    /// The head of an answer, checked.
    type Head;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Head) -> u16;

    #[wasm_bindgen(method, getter)]
    fn filtered(this: &Head) -> bool;

    /// As lines.
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Head) -> String;

    /// A timer.
    type Timer;

    #[wasm_bindgen(method, catch)]
    fn done(this: &Timer) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn clear(this: &Timer) -> Result<(), JsValue>;

    /// Why something failed: what a promise of these objects rejects with.
    type Trouble;

    /// In words; empty where nothing was said.
    #[wasm_bindgen(method, getter)]
    fn reason(this: &Trouble) -> String;

    /// Whether there was no connection: then nothing was sent.
    #[wasm_bindgen(method, getter, js_name = notSent)]
    fn not_sent(this: &Trouble) -> bool;

    /// Whether what the user's `fetch` gave is no answer: then sending again helps nobody.
    #[wasm_bindgen(method, getter)]
    fn misuse(this: &Trouble) -> bool;

    /// What was thrown, whatever it is.
    #[wasm_bindgen(method, getter)]
    fn cause(this: &Trouble) -> JsValue;
}

/// The world of the package.
pub struct Browser {
    flight: Flight,
}

impl Browser {
    /// The world of one operation.
    pub fn new(flight: Flight) -> Self {
        Browser { flight }
    }
}

impl Transport for Browser {
    type Payload = JsValue;
    type Body = Incoming;

    async fn send(&self, outgoing: Outgoing<'_, JsValue>) -> Result<Reply<Incoming>, Failure> {
        let headers = lines(&outgoing.headers).map_err(Failure::not_sent)?;
        let body = match outgoing.body {
            Body::None => JsValue::UNDEFINED,
            Body::Text(text) => text.into(),
            Body::Payload(payload) => payload.clone(),
        };
        let method = outgoing.method.as_str();
        let exchange = self.flight.send(method, &outgoing.url, &headers, &body).map_err(lost)?;
        let exchange = OpenExchange(exchange);
        let head = JsFuture::from(exchange.0.head().map_err(lost)?).await.map_err(lost)?;
        let head: Head = head.unchecked_into();
        Ok(Reply {
            status: head.status(),
            filtered: head.filtered(),
            headers: head.headers().lines().filter_map(header).collect(),
            body: Incoming { exchange },
        })
    }

    fn size(&self, payload: &JsValue) -> u64 {
        self.flight.size(payload).unwrap_or_default() as u64
    }

    async fn bytes(&self, payload: &JsValue) -> Result<Vec<u8>> {
        let read = self.flight.bytes(payload).map_err(unread)?;
        let buffer = JsFuture::from(read).await.map_err(unread)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

impl Clock for Browser {
    async fn sleep(&self, ms: f64) {
        let Ok(timer) = self.flight.timer(ms) else { return };
        let timer = SetTimer(timer);
        if let Ok(done) = timer.0.done() {
            JsFuture::from(done).await.ok();
        }
    }

    fn now(&self) -> f64 {
        self.flight.now().unwrap_or_default()
    }

    fn random(&self) -> f64 {
        self.flight.random().unwrap_or_default()
    }
}

impl Caller for Browser {
    async fn token(&self, rejected: Option<&str>) -> Result<Option<String>> {
        let promise = self.flight.token(rejected).map_err(unrefreshed)?;
        Ok(JsFuture::from(promise).await.map_err(unrefreshed)?.as_string())
    }

    fn claim(&self, batch: &str) -> bool {
        self.flight.claim(batch).unwrap_or(true)
    }

    fn ownership(&self, batch: &str) -> Ownership {
        match self.flight.ownership(batch).ok().flatten().as_deref() {
            Some("added") => Ownership::Added,
            Some(_) => Ownership::Foreign,
            None => Ownership::Unknown,
        }
    }

    fn report(&self, progress: &Progress<'_>) {
        self.flight.report(&progress.to_value().to_string()).ok();
    }

    fn row_effect(&self, effect: RowEffect) {
        self.flight.row_effect(effect.outcome(), effect.retryable(true)).ok();
    }
}

/// Headers as JavaScript takes them.
fn lines(headers: &[(&str, String)]) -> Result<String> {
    let mut lines = String::new();
    for (name, value) in headers {
        check_header(name, value)?;
        lines.push_str(&format!("{name}: {value}\n"));
    }
    Ok(lines)
}

/// A header as JavaScript gives it.
fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = split_once(line, ": ")?;
    Some((name.to_owned(), value.to_owned()))
}

/// `fetch` would refuse such a header too, but some hosts quote its value: and it may be the token.
fn check_header(name: &str, value: &str) -> Result<()> {
    if value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Ok(());
    }
    let what =
        if matches!(name, "Authorization" | "X-SFDC-Session") { "the access token" } else { name };
    Err(Error::argument(format!("{what} holds a character that no HTTP header can carry")))
}

/// An exchange that ends when it is dropped.
struct OpenExchange(Exchange);

impl Drop for OpenExchange {
    fn drop(&mut self) {
        self.0.close().ok();
    }
}

/// A timer that is cleared when it is dropped.
struct SetTimer(Timer);

impl Drop for SetTimer {
    fn drop(&mut self) {
        self.0.clear().ok();
    }
}

/// An answer's body.
pub struct Incoming {
    exchange: OpenExchange,
}

impl BodyStream for Incoming {
    async fn read(&mut self) -> Result<Option<Vec<u8>>> {
        let piece = JsFuture::from(self.exchange.0.read().map_err(broken)?).await;
        let piece = piece.map_err(broken)?;
        Ok((!piece.is_undefined()).then(|| Uint8Array::new(&piece).to_vec()))
    }
}

/// Why no answer came.
fn lost(rejection: JsValue) -> Failure {
    let trouble: Trouble = rejection.unchecked_into();
    if trouble.misuse() {
        return Failure::unknown(Error::response(trouble.reason()));
    }
    let error = error(Kind::Network, "No answer came", &trouble);
    if trouble.not_sent() { Failure::not_sent(error) } else { Failure::unknown(error) }
}

fn broken(rejection: JsValue) -> Error {
    let trouble: Trouble = rejection.unchecked_into();
    if trouble.misuse() {
        return Error::response(trouble.reason());
    }
    error(Kind::Network, "The answer broke off", &trouble)
}

fn unread(rejection: JsValue) -> Error {
    error(Kind::Internal, "What was sent cannot be read again", rejection.unchecked_ref())
}

fn unrefreshed(rejection: JsValue) -> Error {
    let what = "The session has expired, and refreshing it failed";
    error(Kind::Session(Refusal::default()), what, rejection.unchecked_ref())
}

/// The failure, with what was thrown as its cause.
fn error(kind: Kind, what: &str, trouble: &Trouble) -> Error {
    let mut message = what.to_owned();
    match trouble.reason() {
        reason if reason.is_empty() => message.push('.'),
        reason => message.push_str(&format!(" ({reason}).")),
    }
    let mut error = Error::new(kind, message);
    error.cause = Some(Rc::new(trouble.cause()));
    error
}
