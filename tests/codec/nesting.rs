//! Where JSON objects end: the kernel against a byte-by-byte twin, and long arrays against serde_json.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::chunks::chunkings;
use super::cuts::random_cuts;
use super::documents::random_document;
use super::json_split::check_array;
use super::random::Random;
use salesforce_bulk_scan::Nesting;
use serde_json::{Value, json};

/// In wasm, debug code is slower by far, and several engines run it.
const ROUNDS: usize = if cfg!(target_arch = "wasm32") { 40 } else { 400 };

/// One byte at a time. A backslash counts outside of strings too: that is no JSON, but chunks must not matter there either.
#[derive(Default)]
struct Twin {
    depth: usize,
    string: bool,
    escaped: bool,
}

impl Twin {
    /// Takes a byte, and says whether it closes the outermost object or list.
    fn ends_with(&mut self, byte: u8) -> bool {
        let escaped = std::mem::take(&mut self.escaped);
        match byte {
            b'\\' => self.escaped = !escaped,
            b'"' if !escaped => self.string = !self.string,
            b'{' | b'[' if !self.string => self.depth += 1,
            b'}' | b']' if !self.string => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// The places behind all the ends; each begins anew.
    fn ends(bytes: &[u8]) -> Vec<usize> {
        let mut twin = Self::default();
        let mut ends = Vec::new();
        for (at, &byte) in bytes.iter().enumerate() {
            if twin.ends_with(byte) {
                twin = Self::default();
                ends.push(at + 1);
            }
        }
        ends
    }
}

/// Finds the ends in these chunks, one after another, and holds them against the twin's.
pub fn check(chunks: &[&[u8]]) {
    let mut nesting = Nesting::default();
    let (mut start, mut found) = (0, Vec::new());
    for chunk in chunks {
        let mut rest = *chunk;
        while let Some(used) = nesting.end(rest) {
            rest = &rest[used..];
            found.push(start + chunk.len() - rest.len());
        }
        start += chunk.len();
    }
    let whole = chunks.concat();
    assert_eq!(found, Twin::ends(&whole), "{}", whole.escape_ascii());
}

#[test]
fn ends_are_found_in_wild_bytes_at_every_split() {
    const PIECES: [&[u8]; 9] = [b"{", b"[", b"}", b"]", b"\"", b"\"", b"\\", b"\\\\", b"a"];
    let mut random = Random::new(12);
    for _ in 0..ROUNDS {
        let document = random_document(&mut random, &PIECES, 20);
        chunkings(&document).iter().for_each(|chunks| check(chunks));
        let long = random_document(&mut random, &PIECES, 500);
        check(&[&long]);
        check(&random_cuts(&mut random, &long));
    }
}

#[test]
fn escapes_are_read_at_every_place_of_a_block() {
    const CELLS: [&str; 7] = ["\\", "\\\\", "\"", "\\\"", "\"}", "\\\"]{", "\u{1F600}\n"];
    for cell in CELLS {
        for padding in 40..40 + 64 + 4 {
            let object = json!({ "p": "x".repeat(padding), "cell": cell, "list": [[cell], {}] });
            let values = vec![object.clone(), json!(cell), object];
            let text = serde_json::to_string(&values).unwrap();
            let (head, tail) = text.as_bytes().split_at(padding + 15);
            check_array(&[text.as_bytes()], &values);
            check_array(&[head, tail], &values);
        }
    }
}

#[test]
fn long_arrays_come_through_whatever_the_chunks() {
    let mut random = Random::new(13);
    for _ in 0..ROUNDS {
        let values: Vec<Value> = (0..random.below(20)).map(|_| value(&mut random, 3)).collect();
        let text = serde_json::to_string(&values).unwrap();
        check_array(&[text.as_bytes()], &values);
        check_array(&random_cuts(&mut random, text.as_bytes()), &values);
    }
}

/// An object or a list, more often than not, with strings of any length up to some blocks.
fn value(random: &mut Random, depth: usize) -> Value {
    const PIECES: [&str; 9] = ["abc", "\"", "\\", "\\\"", "{", "}", "[]", "\n", "\u{E9}\u{1F600}"];
    let longest = *random.pick(&[3, 10, 60]);
    let mut string =
        || (0..random.below(longest)).map(|_| *random.pick(&PIECES)).collect::<String>();
    let (name, text) = (string(), string());
    match random.below(if depth == 0 { 2 } else { 5 }) {
        0 => Value::Null,
        1 => text.into(),
        2 => (0..random.below(4)).map(|_| value(random, depth - 1)).collect(),
        _ => json!({ name: value(random, depth - 1), "text": text }),
    }
}
