//! One operation: what is asked for, and the switch that ends it.

use std::future::Future;
use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::abort::Abort;
use super::convert::{given, plain, thrown};
use super::reader::Reader;
use crate::engine::login::login;
use crate::engine::polls::Polls;
use crate::engine::source::Source;
use crate::engine::{Session, Settings};
use crate::error::Result;
use crate::http::{Browser, Flight};

thread_local! {
    /// Shared by all operations, so that all waits on one job are. Lost with a panicked instance, and rightly so.
    static POLLS: Rc<Polls> = Rc::default();
}

/// An operation in flight.
#[wasm_bindgen]
pub struct Operation {
    pub(super) session: Rc<Session<Browser>>,
    pub(super) abort: Abort,
}

#[wasm_bindgen]
impl Operation {
    /// Sends nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new(flight: Flight) -> Result<Operation, JsValue> {
        let settings: Settings = given(flight.settings()?)?;
        let session =
            Session { host: Browser::new(flight), settings, polls: POLLS.with(Rc::clone) };
        Ok(Operation { session: Rc::new(session), abort: Abort::default() })
    }

    /// Ends it: all its calls reject, and what they were waiting for is dropped.
    pub fn abort(&self) {
        self.abort.now();
    }

    /// Signs in by SOAP.
    pub async fn login(&self, who: JsValue) -> Result<JsValue, JsValue> {
        let who = given(who)?;
        self.answer(login(&self.session, &who)).await
    }
}

impl Operation {
    /// Runs the work and gives its result as plain data.
    pub(super) async fn answer<T: Serialize>(
        &self,
        work: impl Future<Output = Result<T>>,
    ) -> Result<JsValue, JsValue> {
        plain(&self.abort.race(work).await.map_err(thrown)?)
    }

    /// A reader of these results. Sends nothing yet.
    pub(super) fn reader(&self, source: Source<JsValue>) -> Reader {
        Reader::new(self.session.clone(), self.abort.clone(), source)
    }
}
