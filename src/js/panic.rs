//! The net beneath: no code here panics, and if it does, nothing hangs.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

thread_local! {
    static ON_PANIC: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Sets the hook, once: setting it after a panic panics. The next call after a panic runs on a fresh instance.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        let callback = ON_PANIC.with(|callback| callback.borrow().clone());
        if let Some(callback) = callback {
            callback.call1(&JsValue::NULL, &text.into()).ok();
        }
        wasm_bindgen::handler::schedule_reinit();
    }));
}

/// Gives this instance up: the next call runs on a fresh one. For what traps without a panic, such as memory that is used
/// up, and for what JavaScript throws through the code here.
#[wasm_bindgen(js_name = abandonInstance)]
pub fn abandon_instance() {
    wasm_bindgen::handler::schedule_reinit();
}

/// What to call on a panic, with its text.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(callback: Function) {
    ON_PANIC.set(Some(callback));
}
