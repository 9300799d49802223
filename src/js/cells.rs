//! Decoded cells on their way to JavaScript, which makes the rows.

use js_sys::{Array, Int32Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::csv::Cells;

#[wasm_bindgen]
extern "C" {
    /// The host's own.
    type TextDecoder;

    #[wasm_bindgen(constructor)]
    fn new(label: &str, options: &Object) -> TextDecoder;

    #[wasm_bindgen(method)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> JsValue;

    #[wasm_bindgen(method, js_name = decode)]
    fn decode_units(this: &TextDecoder, units: &[u16]) -> JsValue;
}

thread_local! {
    static ASCII: TextDecoder = decoder("utf-8");
    /// The units of a wasm are little-endian everywhere.
    static UTF16: TextDecoder = decoder("utf-16le");
}

/// One to which a byte order mark is text like any other.
fn decoder(label: &str) -> TextDecoder {
    let options = Object::new();
    set(&options, "ignoreBOM", JsValue::TRUE);
    TextDecoder::new(label, &options)
}

/// `{ ascii, wide, bounds }`: two strings, and an `Int32Array`. [`Cells`] says what they mean.
pub fn set_cells(object: &Object, cells: &Cells) {
    set_texts(object, cells);
    set(object, "bounds", Int32Array::from(cells.bounds.as_slice()).into());
}

/// `{ ascii, wide }`.
pub fn set_texts(object: &Object, cells: &Cells) {
    set(object, "ascii", ASCII.with(|decoder| decoder.decode(&cells.ascii)));
    set(object, "wide", UTF16.with(|decoder| decoder.decode_units(&cells.wide)));
}

fn set(object: &Object, name: &str, value: JsValue) {
    Reflect::set(object, &name.into(), &value).ok();
}

/// An array of strings.
pub fn strings(texts: &[String]) -> JsValue {
    texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
}
