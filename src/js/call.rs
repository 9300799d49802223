//! Calls: what each was given, and the one frame in which they all run.

use js_sys::Promise;
use wasm_bindgen::JsValue;

use super::convert::{error_to_js, value_from_js, value_to_js};
use super::operation::{BrowserSession, Operation};
use crate::engine::host::{Attempt, Work};
use crate::engine::pace::Poll;
use crate::error::Result;
use crate::json::Value;
use crate::wire::arguments::Arguments;
use crate::wire::request::Body;

/// What a call works with.
pub(super) struct Call {
    /// The session that it runs in.
    pub session: BrowserSession,
    /// What it was given.
    pub input: Input,
}

/// What a call was given. Each export says in its own types what it takes; here it is kept until the work begins.
#[derive(Default)]
pub(super) struct Input {
    /// The job.
    pub job: String,
    /// Another text: the batch, the kind, the state, the format.
    pub text: String,
    /// Plain data, not read yet.
    pub options: JsValue,
    /// How often to ask, not read yet.
    pub poll: JsValue,
    /// What is to be sent.
    pub data: JsValue,
    /// How many records that is.
    pub records: u64,
}

/// The work of a call.
pub(super) type CallWork = for<'a> fn(&'a Call) -> Work<'a, Value>;

impl Call {
    /// The options.
    pub fn options(&self) -> Result<Value> {
        value_from_js(&self.input.options)
    }

    /// Polling as the caller wants it; what is left out is the client's.
    pub fn poll(&self) -> Result<Poll> {
        self.session.settings.poll.with(Arguments(&value_from_js(&self.input.poll)?))
    }

    /// What is to be sent. Text is small and may be compared as it is.
    pub fn body(&self) -> Body<JsValue> {
        let data = &self.input.data;
        data.as_string().map_or_else(|| Body::Payload(data.clone()), Body::Text)
    }
}

impl Operation {
    /// Promises the result of a call as plain data.
    pub(super) fn call(&self, input: Input, work: CallWork) -> Promise {
        let call = Call { session: self.session.clone(), input };
        self.running.run(async move {
            let result = work(&call).await;
            value_to_js(&result.map_err(error_to_js)?)
        })
    }
}

/// The work of one request, whose answer becomes plain data.
pub(super) fn value_of<'a, T: Into<Value> + 'a>(attempt: Attempt<'a, T>) -> Work<'a, Value> {
    Box::pin(async move { Ok(attempt.await?.into()) })
}

/// A result without a value.
impl From<()> for Value {
    fn from((): ()) -> Value {
        Value::Null
    }
}
