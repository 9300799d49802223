//! Plain data across the boundary: results out by serde-wasm-bindgen, arguments in as JSON text.
//!
//! The host prints JSON faster than any walk over its objects from here, and one type serves every call.

use js_sys::{JSON, Reflect};
use serde::ser::{Serialize, Serializer};
use serde_wasm_bindgen::Serializer as JsSerializer;
use wasm_bindgen::JsValue;

use crate::error::{Error, Kind, Result};
use crate::json::{Value, parse};

/// Objects become objects and null becomes null, as `JSON.parse` has them, not `Map` and undefined.
const JSON_COMPATIBLE: JsSerializer = JsSerializer::json_compatible();

/// Plain data for JavaScript.
pub fn value_to_js(value: &Value) -> Result<JsValue, JsValue> {
    Ok(JsData(value).serialize(&JSON_COMPATIBLE)?)
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

/// A value, to be what JavaScript has for it.
struct JsData<'a>(&'a Value);

impl Serialize for JsData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(digits) => serializer.serialize_f64(nearest_number(digits)),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items.iter().map(JsData)),
            Value::Object(members) => serializer.collect_map(assignable(members)),
        }
    }
}

/// The members that an assignment adds to an object: `__proto__` would become its prototype, and is left out.
fn assignable(members: &[(String, Value)]) -> impl Iterator<Item = (&str, JsData<'_>)> {
    let assignable = members.iter().filter(|(name, _)| name != "__proto__");
    assignable.map(|(name, value)| (name.as_str(), JsData(value)))
}

/// The nearest number that JavaScript has. The host finds it, which spares the download a reader of floats.
fn nearest_number(digits: &str) -> f64 {
    JsValue::from_str(digits).unchecked_into_f64()
}
