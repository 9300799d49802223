//! Plain data across the boundary, as JSON: the host parses and prints it faster than any walk over an object, and
//! one type serves every call.

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

use crate::error::{Error, Kind, Result};
use crate::json::{Value, parse};

/// Plain data for JavaScript.
pub fn value_to_js(value: &Value) -> Result<JsValue, JsValue> {
    JSON::parse(&value.to_string())
}

/// What JavaScript has given; undefined is null.
pub fn value_from_js(value: &JsValue) -> Result<Value> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    let Some(text) = text else { return Ok(Value::Null) };
    parse(text.as_bytes()).map_err(|error| Error::new(Kind::Internal, error.to_string()))
}

/// A failure as the one plain object that the shell makes an error of.
pub fn error_to_js(error: Error) -> JsValue {
    let object = value_to_js(&error.to_value()).unwrap_or_else(|broken| broken);
    let cause = error.cause.as_ref().and_then(|cause| cause.downcast_ref::<JsValue>());
    if let Some(cause) = cause {
        Reflect::set(&object, &"cause".into(), cause).ok();
    }
    object
}
