//! Values across the boundary.

use js_sys::Reflect;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::error::{Code, Error, Result};

/// Plain data for JavaScript: objects, not Maps; absent is null.
pub fn plain<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| thrown(internal(&error)))
}

/// What JavaScript has given. The shell has checked it, so a mismatch is told as it is.
pub fn given<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|error| thrown(Error::argument(error.to_string())))
}

/// A failure as the one plain object that the shell makes an error of.
pub fn thrown(error: Error) -> JsValue {
    let Ok(object) = (*error).serialize(&Serializer::json_compatible()) else {
        return JsValue::UNDEFINED;
    };
    let cause = error.cause.as_ref().and_then(|cause| cause.downcast_ref::<JsValue>());
    if let Some(cause) = cause {
        Reflect::set(&object, &"cause".into(), cause).ok();
    }
    object
}

fn internal(error: &serde_wasm_bindgen::Error) -> Error {
    Error::new(Code::Internal, error.to_string())
}
