//! What the benchmark measures on its own; built for it only.

use wasm_bindgen::prelude::*;

use crate::json::Splitter;

/// Splits a JSON array into its records, and drops them.
#[wasm_bindgen]
#[derive(Default)]
pub struct JsonSplit(Splitter);

#[wasm_bindgen]
impl JsonSplit {
    /// Nothing read yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> JsonSplit {
        JsonSplit::default()
    }

    /// Takes some bytes, and gives how many records have come so far; none after an error.
    pub fn push(&mut self, bytes: &[u8]) -> f64 {
        let read = self.0.push(bytes);
        drop(self.0.take());
        read.map_or(0.0, |()| self.0.records() as f64)
    }
}
