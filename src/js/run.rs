//! Running work for JavaScript: as a promise, until it is done or its operation is aborted.

use std::cell::RefCell;
use std::future::Future;
use std::rc::{Rc, Weak};

use futures_util::future::{AbortHandle, Abortable, Aborted};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::convert::error_to_js;
use crate::error::{Error, Kind};

/// The work of one operation that is under way.
#[derive(Clone, Default)]
pub(super) struct Running(Rc<RefCell<Vec<Weak<AbortHandle>>>>);

impl Running {
    /// Ends it all: what is aborted is dropped, and what it was waiting for with it.
    pub fn abort(&self) {
        self.0.take().iter().filter_map(Weak::upgrade).for_each(|handle| handle.abort());
    }

    /// Promises the result of some work.
    pub fn run(&self, work: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
        let (handle, registration) = AbortHandle::new_pair();
        let handle = Rc::new(handle);
        let mut running = self.0.borrow_mut();
        running.retain(|handle| handle.strong_count() > 0);
        running.push(Rc::downgrade(&handle));
        future_to_promise(async move {
            let result = Abortable::new(work, registration).await;
            drop(handle);
            result.unwrap_or_else(|Aborted| Err(error_to_js(aborted())))
        })
    }
}

fn aborted() -> Error {
    Error::new(Kind::Aborted, "the operation was aborted")
}
