//! CSV on its own: read and split, without a session.

use js_sys::{Float64Array, Int32Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

use super::cells::{set_texts, strings};
use super::convert::{error_to_js, value_from_js};
use crate::csv::{CsvError, DecodeOptions, Decoder, Delimiter, Limits, Ragged, Splitter};
use crate::json::Value;

/// Reads CSV.
#[wasm_bindgen]
pub struct CsvReader(Decoder);

#[wasm_bindgen]
impl CsvReader {
    /// `{ delimiter, ragged, fatal, maxRecordBytes, header, null }`; what is left out is as it is by default.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<CsvReader, JsValue> {
        let given = value_from_js(options).map_err(error_to_js)?;
        let default = DecodeOptions::default();
        let header = given.get("header").map(|names| names.items().iter().map(text_of).collect());
        Ok(CsvReader(Decoder::new(DecodeOptions {
            delimiter: delimiter(given.get("delimiter")).unwrap_or_default(),
            ragged: if is(&given, "ragged", "pad") { Ragged::Pad } else { Ragged::Error },
            fatal_utf8: matches!(given.get("fatal"), Some(Value::Bool(true))),
            max_record: count(&given, "maxRecordBytes")
                .map_or(default.max_record, |max| max as usize),
            null: given.get("null").map(text_of).unwrap_or_default(),
            header,
        })))
    }

    /// Takes some bytes.
    pub fn push(&mut self, bytes: &Uint8Array) -> Result<(), JsValue> {
        let length = bytes.length() as usize;
        self.0.push_with(length, |space| bytes.copy_to(space)).map_err(fault)
    }

    /// Ends it.
    pub fn finish(&mut self) -> Result<(), JsValue> {
        self.0.finish().map_err(fault)
    }

    /// How many bounds the next `take` will write.
    pub fn waiting(&self) -> usize {
        self.0.waiting()
    }

    /// The whole rows that have come since the last time: `{ ascii, wide }`, and into `bounds`, which has room for as many
    /// as wait, their bounds. It is the caller's own, because a new array for each chunk costs more than all the rest.
    pub fn take(&mut self, bounds: &Int32Array) -> JsValue {
        let Some(cells) = self.0.take() else { return JsValue::UNDEFINED };
        let object = Object::new();
        set_texts(&object, &cells);
        bounds.copy_from(&cells.bounds);
        self.0.reuse(cells);
        object.into()
    }

    /// The header, once it is known.
    pub fn header(&self) -> JsValue {
        self.0.header().map_or(JsValue::UNDEFINED, strings)
    }
}

/// Says where CSV may be cut.
#[wasm_bindgen]
pub struct CsvSplitter(Splitter);

#[wasm_bindgen]
impl CsvSplitter {
    /// `{ delimiter, maxBytes, maxRows, maxChars, maxRecordBytes }`; what is left out has no limit.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<CsvSplitter, JsValue> {
        let given = value_from_js(options).map_err(error_to_js)?;
        let limit = |name| count(&given, name).unwrap_or(u64::MAX);
        let limits = Limits {
            bytes: limit("maxBytes"),
            rows: limit("maxRows"),
            chars: limit("maxChars"),
            record: limit("maxRecordBytes"),
        };
        Ok(CsvSplitter(Splitter::new(limits, delimiter(given.get("delimiter")))))
    }

    /// Takes some bytes, and gives where parts end, in bytes from the start.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Float64Array, JsValue> {
        let mut cuts = Vec::new();
        self.0.push(bytes, &mut cuts).map_err(fault)?;
        Ok(offsets(&cuts))
    }

    /// Ends it, and gives where the last part ends.
    pub fn finish(&mut self) -> Result<Float64Array, JsValue> {
        let mut cuts = Vec::new();
        self.0.finish(&mut cuts).map_err(fault)?;
        Ok(offsets(&cuts))
    }

    /// The bytes of the header, once they are known.
    pub fn header(&self) -> Option<Vec<u8>> {
        self.0.header().map(|(header, _)| header.to_vec())
    }

    /// Where the header ends, once that is known.
    #[wasm_bindgen(js_name = headerEnd)]
    pub fn header_end(&self) -> Option<f64> {
        self.0.header().map(|(_, end)| end as f64)
    }
}

fn fault(error: CsvError) -> JsValue {
    error_to_js(error.into())
}

fn offsets(cuts: &[u64]) -> Float64Array {
    let cuts: Vec<f64> = cuts.iter().map(|&cut| cut as f64).collect();
    Float64Array::from(cuts.as_slice())
}

fn delimiter(value: Option<&Value>) -> Option<Delimiter> {
    Delimiter::from_name(value?.as_str()?)
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn is(given: &Value, name: &str, text: &str) -> bool {
    given.get(name).and_then(Value::as_str) == Some(text)
}

fn count(given: &Value, name: &str) -> Option<u64> {
    given.get(name).and_then(Value::as_u64)
}
