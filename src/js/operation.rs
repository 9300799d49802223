//! One operation: what is asked for, and the switch that ends it.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::abort::Abort;
use super::calls::{Given, call, source};
use super::convert::{given, plain, thrown};
use super::reader::Reader;
use crate::engine::polls::Polls;
use crate::engine::{Session, Settings};
use crate::http::{Browser, Flight};

thread_local! {
    /// Shared by all operations, so that all waits on one job are. Lost with a panicked instance, and rightly so.
    static POLLS: Rc<Polls> = Rc::default();
}

/// The session that a call's work runs in.
pub(super) type Home = Rc<Session<Browser>>;

/// An operation in flight.
#[wasm_bindgen]
pub struct Operation {
    session: Home,
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

    /// Makes a call by its name, with its arguments in an array, and promises its result as plain data.
    pub fn call(&self, name: String, args: &JsValue, body: JsValue) -> Promise {
        let (home, abort, args) = (self.session.clone(), self.abort.clone(), given(args));
        future_to_promise(async move {
            let work = Box::pin(call(home, name, Given { args: args.map_err(thrown)?, body }));
            plain(&abort.race(work).await.map_err(thrown)?)
        })
    }

    /// A reader of results by their name. Sends nothing yet.
    pub fn read(&self, name: &str, args: &JsValue) -> Result<Reader, JsValue> {
        let given = Given { args: given(args).map_err(thrown)?, body: JsValue::UNDEFINED };
        let source = source(&self.session, name, &given).map_err(thrown)?;
        Ok(Reader::new(self.session.clone(), self.abort.clone(), source))
    }
}
