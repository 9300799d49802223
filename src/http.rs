//! The one door to the network: `fetch`, by way of the object that JavaScript gives to each operation.

use std::rc::Rc;

use gloo_net::http::Response;
use js_sys::{ArrayBuffer, JSON, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, ResponseType};

use crate::engine::host::{Host, Outgoing, Progress, Reply, Stream};
use crate::error::{Code, Error, Result};
use crate::wire::request::Body;

#[wasm_bindgen]
extern "C" {
    /// What JavaScript gives to each operation: its `fetch`, its timers, its session. Promises that come from it never
    /// settle once the operation is over or the wasm instance is dead.
    #[derive(Clone)]
    pub type Flight;

    /// What the client is set to.
    #[wasm_bindgen(method, getter, catch)]
    pub fn settings(this: &Flight) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn fetch(this: &Flight, url: &str, init: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn token(this: &Flight, rejected: Option<&str>) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn sleep(this: &Flight, ms: f64) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn guard(this: &Flight, promise: &Promise) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn claim(this: &Flight, batch: &str) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn report(this: &Flight, progress: &JsValue) -> Result<(), JsValue>;
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

    async fn guarded(&self, promise: &Promise) -> Result<JsValue, JsValue> {
        JsFuture::from(self.flight.guard(promise)?).await
    }
}

impl Host for Browser {
    type Payload = JsValue;
    type Stream = Incoming;

    async fn send(&self, outgoing: Outgoing<'_, JsValue>) -> Result<Reply<Incoming>> {
        let init = init(&outgoing)?;
        let promise = self.flight.fetch(&outgoing.url, &init).map_err(lost)?;
        let answer = JsFuture::from(promise).await.map_err(lost)?;
        if !answer.is_object() {
            return Err(Error::new(Code::Network, "fetch gave something that is not a response."));
        }
        Ok(reply(answer.unchecked_into(), self.flight.clone()))
    }

    async fn sleep(&self, ms: f64) {
        if let Ok(promise) = self.flight.sleep(ms) {
            JsFuture::from(promise).await.ok();
        }
    }

    fn now(&self) -> f64 {
        js_sys::Date::now()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    async fn token(&self, rejected: Option<&str>) -> Result<Option<String>> {
        let promise = self.flight.token(rejected).map_err(unrefreshed)?;
        Ok(JsFuture::from(promise).await.map_err(unrefreshed)?.as_string())
    }

    async fn bytes(&self, payload: &JsValue) -> Result<Vec<u8>> {
        if let Some(text) = payload.as_string() {
            return Ok(text.into_bytes());
        }
        if let Some(blob) = payload.dyn_ref::<Blob>() {
            let buffer = self.guarded(&blob.array_buffer()).await.map_err(unread)?;
            return Ok(Uint8Array::new(&buffer).to_vec());
        }
        Ok(Uint8Array::new(payload).to_vec())
    }

    fn claim(&self, batch: &str) -> bool {
        self.flight.claim(batch).unwrap_or(true)
    }

    fn report(&self, progress: &Progress<'_>) {
        if let Ok(value) = JSON::parse(&progress.to_value().to_string()) {
            self.flight.report(&value).ok();
        }
    }
}

/// The second argument of `fetch`, made anew for each try: a body that was sent may not be sent again by the same
/// object everywhere.
fn init(outgoing: &Outgoing<'_, JsValue>) -> Result<Object> {
    let headers = Object::new();
    for (name, value) in &outgoing.headers {
        check_header(name, value)?;
        set(&headers, name, &value.into())?;
    }
    let init = Object::new();
    set(&init, "method", &outgoing.method.as_str().into())?;
    set(&init, "headers", &headers)?;
    set(&init, "cache", &"no-store".into())?;
    set(&init, "credentials", &"omit".into())?;
    match outgoing.body {
        Body::None => {}
        Body::Text(text) => set(&init, "body", &text.into())?,
        Body::Payload(payload) => set(&init, "body", payload)?,
    }
    Ok(init)
}

fn set(object: &Object, key: &str, value: &JsValue) -> Result<()> {
    Reflect::set(object, &key.into(), value)
        .map(drop)
        .map_err(|_| Error::new(Code::Internal, "no object"))
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

fn reply(raw: web_sys::Response, flight: Flight) -> Reply<Incoming> {
    let filtered = matches!(raw.type_(), ResponseType::Cors);
    let response = Response::from(Clone::clone(&raw));
    Reply {
        status: response.status(),
        filtered,
        headers: response.headers().entries().collect(),
        body: Incoming { flight: Rc::new(flight), state: State::Unread(raw) },
    }
}

/// A response's body.
pub struct Incoming {
    flight: Rc<Flight>,
    state: State,
}

enum State {
    Unread(web_sys::Response),
    Reading(ReadableStreamDefaultReader),
    Ended,
}

impl Stream for Incoming {
    async fn read(&mut self) -> Result<Option<Vec<u8>>> {
        loop {
            match &self.state {
                State::Ended => return Ok(None),
                State::Reading(reader) => {
                    let piece = self.next(&reader.read()).await?;
                    if piece.is_none() {
                        self.state = State::Ended;
                    }
                    return Ok(piece);
                }
                State::Unread(response) => match response.body() {
                    Some(stream) => {
                        let reader = ReadableStreamDefaultReader::new(&stream).map_err(broken)?;
                        self.state = State::Reading(reader);
                    }
                    None => return self.whole().await,
                },
            }
        }
    }
}

impl Incoming {
    async fn next(&self, promise: &Promise) -> Result<Option<Vec<u8>>> {
        let guarded = self.flight.guard(promise).map_err(broken)?;
        let step = JsFuture::from(guarded).await.map_err(broken)?;
        if get(&step, "done").is_truthy() {
            return Ok(None);
        }
        Ok(Some(Uint8Array::new(&get(&step, "value")).to_vec()))
    }

    /// A body without a stream: of an empty answer, or on a host that has no streams.
    async fn whole(&mut self) -> Result<Option<Vec<u8>>> {
        let State::Unread(response) = std::mem::replace(&mut self.state, State::Ended) else {
            return Ok(None);
        };
        let promise = response.array_buffer().map_err(broken)?;
        let guarded = self.flight.guard(&promise).map_err(broken)?;
        let buffer: ArrayBuffer = JsFuture::from(guarded).await.map_err(broken)?.unchecked_into();
        Ok(Some(Uint8Array::new(&buffer).to_vec()).filter(|bytes| !bytes.is_empty()))
    }
}

fn lost(thrown: JsValue) -> Error {
    from_thrown(Code::Network, "No answer came", thrown)
}

fn broken(thrown: JsValue) -> Error {
    from_thrown(Code::Network, "The answer broke off", thrown)
}

fn unread(thrown: JsValue) -> Error {
    from_thrown(Code::Internal, "What was sent cannot be read again", thrown)
}

fn unrefreshed(thrown: JsValue) -> Error {
    from_thrown(Code::Session, "The session has expired, and refreshing it failed", thrown)
}

/// What was thrown may be anything, of any realm: its name and message are read as properties, and it is kept whole.
fn from_thrown(code: Code, what: &str, thrown: JsValue) -> Error {
    let words: Vec<String> =
        ["name", "message"].into_iter().filter_map(|key| get(&thrown, key).as_string()).collect();
    let reason =
        if words.is_empty() { thrown.as_string().unwrap_or_default() } else { words.join(": ") };
    let stop = if reason.is_empty() { "" } else { " (" };
    let end = if reason.is_empty() { "." } else { ")." };
    let mut error = Error::new(code, format!("{what}{stop}{reason}{end}"));
    error.cause = Some(Rc::new(thrown));
    error
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap_or(JsValue::UNDEFINED)
}
