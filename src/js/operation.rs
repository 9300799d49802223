//! One operation: what is asked for, and the switch that ends it.

use std::future::Future;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::abort::Abort;
use super::convert::{given, plain, thrown};
use super::reader::Reader;
use crate::engine::host::Work;
use crate::engine::login::login;
use crate::engine::pace::Poll;
use crate::engine::polls::Polls;
use crate::engine::source::Source;
use crate::engine::{Session, Settings};
use crate::error::Result;
use crate::http::{Browser, Flight};
use crate::json::Value;
use crate::wire::soap::Credentials;

thread_local! {
    /// Shared by all operations, so that all waits on one job are. Lost with a panicked instance, and rightly so.
    static POLLS: Rc<Polls> = Rc::default();
}

/// The session that a call's work runs in.
pub(super) type Home = Rc<Session<Browser>>;

/// An operation in flight.
#[wasm_bindgen]
pub struct Operation {
    pub(super) session: Home,
    abort: Abort,
}

#[wasm_bindgen]
impl Operation {
    /// Sends nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new(flight: Flight) -> Result<Operation, JsValue> {
        let settings = Settings::read(&given(&flight.settings()?).map_err(thrown)?);
        let session =
            Session { host: Browser::new(flight), settings, polls: POLLS.with(Rc::clone) };
        Ok(Operation { session: Rc::new(session), abort: Abort::default() })
    }

    /// Ends it: all its calls reject, and what they were waiting for is dropped.
    pub fn abort(&self) {
        self.abort.now();
    }

    /// Signs in by SOAP.
    pub fn login(&self, who: &JsValue) -> Promise {
        let who = given(who);
        self.answer(async move |home| Ok(login(&home, &Credentials::read(&who?)).await?.into()))
    }
}

impl Operation {
    /// Runs the work, and promises its result as plain data.
    pub(super) fn answer<F>(&self, work: impl FnOnce(Home) -> F) -> Promise
    where
        F: Future<Output = Result<Value>> + 'static,
    {
        self.run(Box::pin(work(self.session.clone())))
    }

    fn run(&self, work: Work<'static, Value>) -> Promise {
        let abort = self.abort.clone();
        future_to_promise(async move { plain(&abort.race(work).await.map_err(thrown)?) })
    }

    /// A reader of these results. Sends nothing yet.
    pub(super) fn reader(&self, source: Source<JsValue>) -> Reader {
        Reader::new(self.session.clone(), self.abort.clone(), source)
    }

    /// Polling as the caller wants it; what is left out is the client's.
    pub(super) fn poll(&self, own: &JsValue) -> Result<Poll, JsValue> {
        Ok(self.session.settings.poll.with(Some(&given(own).map_err(thrown)?)))
    }
}
