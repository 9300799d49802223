//! The one door to the network: `fetch`, by way of the object that JavaScript gives to each operation.

use std::rc::Rc;

use gloo_net::http::Headers;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::engine::failure::Failure;
use crate::engine::host::{
    BodyStream, Caller, Clock, Outgoing, Ownership, Progress, Reply, Transport,
};
use crate::error::{Error, Kind, Refusal, Result, RowEffect};
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

    #[wasm_bindgen(method, catch)]
    fn send(this: &Flight, url: &str, request: &Object) -> Result<Exchange, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn timer(this: &Flight, ms: f64) -> Result<Timer, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn now(this: &Flight) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn random(this: &Flight) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn token(this: &Flight, rejected: Option<&str>) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn bytes(this: &Flight, blob: &Blob) -> Result<Promise, JsValue>;

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

    #[wasm_bindgen(method, getter)]
    fn headers(this: &Head) -> web_sys::Headers;

    /// A timer.
    type Timer;

    #[wasm_bindgen(method, catch)]
    fn done(this: &Timer) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn clear(this: &Timer) -> Result<(), JsValue>;
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
        let request = request(&outgoing).map_err(Failure::not_sent)?;
        let exchange = self.flight.send(&outgoing.url, &request).map_err(lost)?;
        let exchange = OpenExchange(exchange);
        let head = JsFuture::from(exchange.0.head().map_err(lost)?).await.map_err(lost)?;
        let head: Head = head.unchecked_into();
        Ok(Reply {
            status: head.status(),
            filtered: head.filtered(),
            headers: Headers::from_raw(head.headers()).entries().collect(),
            body: Incoming { exchange },
        })
    }

    fn size(&self, payload: &JsValue) -> u64 {
        match payload.dyn_ref::<Blob>() {
            Some(blob) => blob.size() as u64,
            None => get(payload, "byteLength").as_f64().unwrap_or(0.0) as u64,
        }
    }

    async fn bytes(&self, payload: &JsValue) -> Result<Vec<u8>> {
        let Some(blob) = payload.dyn_ref::<Blob>() else {
            return Ok(Uint8Array::new(payload).to_vec());
        };
        let read = self.flight.bytes(blob).map_err(unread)?;
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

/// A request as JavaScript takes it.
fn request(outgoing: &Outgoing<'_, JsValue>) -> Result<Object> {
    let headers = Object::new();
    for (name, value) in &outgoing.headers {
        check_header(name, value)?;
        set(&headers, name, &value.into())?;
    }
    let request = Object::new();
    set(&request, "method", &outgoing.method.as_str().into())?;
    set(&request, "headers", &headers)?;
    match outgoing.body {
        Body::None => {}
        Body::Text(text) => set(&request, "body", &text.into())?,
        Body::Payload(payload) => set(&request, "body", payload)?,
    }
    Ok(request)
}

fn set(object: &Object, key: &str, value: &JsValue) -> Result<()> {
    Reflect::set(object, &key.into(), value)
        .map(drop)
        .map_err(|_| Error::new(Kind::Internal, "no object"))
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

/// What hosts say when there was no connection: then nothing was sent. Node and Deno by the cause's code, Bun by the
/// error's own.
const NOT_CONNECTED: [&str; 8] = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
    "FailedToOpenSocket",
];

/// Why no answer came. What `fetch` gave may be no answer at all: then sending again helps nobody.
fn lost(thrown: JsValue) -> Failure {
    if let Some(message) = get(&thrown, "misuse").as_string() {
        return Failure::unknown(Error::response(message));
    }
    let code = [get(&thrown, "cause"), thrown.clone()].map(|error| get(&error, "code").as_string());
    let not_sent = code.into_iter().flatten().any(|code| NOT_CONNECTED.contains(&code.as_str()));
    let error = from_thrown(Kind::Network, "No answer came", thrown);
    if not_sent { Failure::not_sent(error) } else { Failure::unknown(error) }
}

fn broken(thrown: JsValue) -> Error {
    if let Some(message) = get(&thrown, "misuse").as_string() {
        return Error::response(message);
    }
    from_thrown(Kind::Network, "The answer broke off", thrown)
}

fn unread(thrown: JsValue) -> Error {
    from_thrown(Kind::Internal, "What was sent cannot be read again", thrown)
}

fn unrefreshed(thrown: JsValue) -> Error {
    let kind = Kind::Session(Refusal::default());
    from_thrown(kind, "The session has expired, and refreshing it failed", thrown)
}

/// What was thrown may be anything, of any realm: its name and message are read as properties, and it is kept whole.
fn from_thrown(kind: Kind, what: &str, thrown: JsValue) -> Error {
    let words: Vec<String> =
        ["name", "message"].into_iter().filter_map(|key| get(&thrown, key).as_string()).collect();
    let reason =
        if words.is_empty() { thrown.as_string().unwrap_or_default() } else { words.join(": ") };
    let stop = if reason.is_empty() { "" } else { " (" };
    let end = if reason.is_empty() { "." } else { ")." };
    let mut error = Error::new(kind, format!("{what}{stop}{reason}{end}"));
    error.cause = Some(Rc::new(thrown));
    error
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap_or(JsValue::UNDEFINED)
}
