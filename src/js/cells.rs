//! Decoded cells on their way to JavaScript, which makes the rows.

use js_sys::{Array, Int32Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::csv::Cells;

#[wasm_bindgen]
extern "C" {
    /// The host's own.
    type TextDecoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextDecoder;

    #[wasm_bindgen(method)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> JsValue;
}

thread_local! {
    static DECODER: TextDecoder = TextDecoder::new();
}

/// `{ ascii, wide, bounds }`: two strings, and an `Int32Array`. [`Cells`] says what they mean.
pub fn set_cells(object: &Object, cells: &Cells) {
    set_texts(object, cells);
    set(object, "bounds", Int32Array::from(cells.bounds.as_slice()).into());
}

/// `{ ascii, wide }`.
pub fn set_texts(object: &Object, cells: &Cells) {
    set(object, "ascii", DECODER.with(|decoder| decoder.decode(&cells.ascii)));
    set(object, "wide", cells.wide.as_str().into());
}

fn set(object: &Object, name: &str, value: JsValue) {
    Reflect::set(object, &name.into(), &value).ok();
}

/// An array of strings.
pub fn strings(texts: &[String]) -> JsValue {
    texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
}
