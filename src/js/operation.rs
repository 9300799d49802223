//! One operation: what is asked for, and the switch that ends it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::clients::shared;
use super::convert::{error_to_js, value_from_js};
use super::run::Running;
use crate::engine::{Session, Settings};
use crate::http::{Browser, Flight};

/// The session that an operation's work runs in.
pub(super) type BrowserSession = Rc<Session<Browser>>;

/// An operation in flight. Its calls are in `login`, `v1`, `v2` and `sources`, by what they are about.
#[wasm_bindgen]
pub struct Operation {
    pub(super) session: BrowserSession,
    pub(super) running: Running,
}

#[wasm_bindgen]
impl Operation {
    /// Sends nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new(flight: Flight) -> Result<Operation, JsValue> {
        let given = value_from_js(&flight.settings()?).map_err(error_to_js)?;
        let settings = Settings::read(&given).map_err(error_to_js)?;
        let client = shared(flight.client_id()? as u32);
        let session = Session::new(Browser::new(flight), settings, client);
        Ok(Operation { session: Rc::new(session), running: Running::default() })
    }

    /// Ends it: all its calls reject, and what they were waiting for is dropped.
    pub fn abort(&self) {
        self.running.abort();
    }
}
