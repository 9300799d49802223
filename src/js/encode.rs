//! Records on their way out: JavaScript says what the values are, Rust writes them down.

use wasm_bindgen::prelude::*;

use super::convert::{error_to_js, value_to_js};
use crate::csv::{Delimiter, Encoder, Intake, IntakeOptions, LineEnding};
use crate::error::{Error, Kind, RecordFault};
use crate::json::Value;
use crate::wire::soql::root_object;
use crate::xml::{RecordEncoder, RecordError};

/// Writes rows as CSV.
#[wasm_bindgen]
pub struct CsvEncoder(Encoder);

#[wasm_bindgen]
impl CsvEncoder {
    /// In this dialect.
    #[wasm_bindgen(constructor)]
    pub fn new(delimiter: &str, line_ending: &str) -> CsvEncoder {
        let delimiter = Delimiter::from_name(delimiter).unwrap_or_default();
        CsvEncoder(Encoder::new(delimiter, LineEnding::from_name(line_ending).unwrap_or_default()))
    }

    /// The header.
    pub fn header(&mut self, columns: Vec<String>) -> Vec<u8> {
        let mut out = Vec::new();
        self.0.header(&columns, &mut out);
        out
    }

    /// Some rows: the UTF-8 of all values, with a unit separator (U+001F) between each two. Undefined where a value holds
    /// that, and `rows` has to write them.
    pub fn joined(&mut self, mut text: Vec<u8>, cells: usize, columns: usize) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(text.len() + 1);
        self.0.joined(&mut text, cells, columns, &mut out).then_some(out)
    }

    /// Some rows: all values one after another, and the length of each in UTF-16 units.
    pub fn rows(
        &mut self,
        text: &str,
        lengths: &[u32],
        columns: usize,
    ) -> Result<Vec<u8>, JsValue> {
        let mut out = Vec::with_capacity(text.len() + lengths.len());
        let written = self.0.rows(text, lengths, columns, &mut out);
        written.map_err(|error| error_to_js(Error::describing(Kind::Internal, &error)))?;
        Ok(out)
    }
}

/// Passes CSV on that is there already.
#[wasm_bindgen]
pub struct CsvIntake(Intake);

#[wasm_bindgen]
impl CsvIntake {
    /// In the dialect given, or in the one that it finds.
    #[wasm_bindgen(constructor)]
    pub fn new(delimiter: Option<String>, line_ending: Option<String>) -> CsvIntake {
        let delimiter = delimiter.and_then(|name| Delimiter::from_name(&name));
        let line_ending = line_ending.and_then(|name| LineEnding::from_name(&name));
        CsvIntake(Intake::new(IntakeOptions { delimiter, line_ending }))
    }

    /// Takes some bytes, and gives what is to be sent.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
        let mut out = Vec::with_capacity(bytes.len());
        self.0.push(bytes, &mut out).map_err(|error| error_to_js(error.into()))?;
        Ok(out)
    }

    /// Ends it: `{ bytes, records, chars }`.
    pub fn finish(&mut self) -> Result<IntakeEnd, JsValue> {
        let mut bytes = Vec::new();
        let summary = self.0.finish(&mut bytes).map_err(|error| error_to_js(error.into()))?;
        Ok(IntakeEnd { bytes, records: summary.records as f64, chars: summary.chars as f64 })
    }

    /// `{ delimiter, lineEnding, header }`, once the first record is known.
    pub fn dialect(&self) -> Result<JsValue, JsValue> {
        let Some(dialect) = self.0.dialect() else { return Ok(JsValue::UNDEFINED) };
        value_to_js(&Value::object([
            ("delimiter", dialect.delimiter.name().into()),
            ("lineEnding", dialect.line_ending.name().into()),
            ("header", dialect.header.clone().into()),
        ]))
    }
}

/// The end of an intake.
#[wasm_bindgen(getter_with_clone)]
pub struct IntakeEnd {
    /// What is still to be sent.
    pub bytes: Vec<u8>,
    /// The records in all, without the header.
    pub records: f64,
    /// The characters in all, in UTF-16 units.
    pub chars: f64,
}

/// Writes records as XML.
#[wasm_bindgen]
#[derive(Default)]
pub struct XmlEncoder(RecordEncoder);

#[wasm_bindgen]
impl XmlEncoder {
    /// Nothing written yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> XmlEncoder {
        XmlEncoder::default()
    }

    /// Some records: the text of a JSON array.
    pub fn records(&mut self, json: &str) -> Result<Vec<u8>, JsValue> {
        let xml = self.0.records(json).map_err(|error| error_to_js(error.into()))?;
        Ok(xml.into_bytes())
    }

    /// The end.
    pub fn finish(&mut self) -> Vec<u8> {
        self.0.finish().into_bytes()
    }
}

impl From<RecordError> for Error {
    fn from(error: RecordError) -> Error {
        let fault = RecordFault { row: Some(error.record), field: error.field.clone() };
        Error::describing(Kind::Record(fault), &error)
    }
}

/// The object of a query's root FROM.
#[wasm_bindgen(js_name = soqlObject)]
pub fn soql_object(soql: &str) -> Result<String, JsValue> {
    root_object(soql).map(str::to_owned).ok_or_else(|| {
        error_to_js(Error::argument(
            "The query names no object: it has no FROM outside of parentheses.",
        ))
    })
}
