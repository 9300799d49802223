//! JSON objects as lists of raw fields, so that nothing is lost to a number type or a map's order.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The key that tells an object's type, in what REST and Bulk API give as JSON.
const ATTRIBUTES: &str = "attributes";

/// The fields of one JSON object, in their order.
pub(super) struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// The fields of that object; `None` where it is something else.
    pub fn read(object: &'a RawValue) -> Option<Self> {
        serde_json::from_str(object.get()).ok()
    }

    /// All fields that are data.
    pub fn values(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        let data = self.0.iter().filter(|(name, _)| name != ATTRIBUTES);
        data.map(|(name, value)| (name.as_str(), *value))
    }

    /// The type that the object's `attributes` name.
    pub fn kind(&self) -> Option<String> {
        let attributes = Self::read(self.get(ATTRIBUTES)?)?;
        attributes.get("type").and_then(text)
    }

    fn get(&self, wanted: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor).map(Fields)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(fields)
    }
}

/// The elements of a JSON array; `None` where the text is something else.
pub(super) fn raw_list(text: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str(text).ok()
}

/// The text of a JSON string; `None` where it is something else. A lone surrogate, which JavaScript's strings may hold and UTF-8 may not,
/// becomes U+FFFD, as it does in `TextEncoder`.
pub(super) fn text(string: &RawValue) -> Option<String> {
    let Wtf8(bytes) = serde_json::from_str(string.get()).ok()?;
    Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => replace_surrogates(error.as_bytes()),
    })
}

/// A lone surrogate is ED, then two more bytes; each comes as a chunk's invalid end of its own.
fn replace_surrogates(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid() == b"\xED" {
            text.push('\u{FFFD}');
        }
    }
    text
}

/// A JSON string read as bytes: serde_json then takes lone surrogates, encoded as if they were
/// characters.
struct Wtf8(Vec<u8>);

impl<'de> Deserialize<'de> for Wtf8 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Wtf8Visitor).map(Wtf8)
    }
}

struct Wtf8Visitor;

impl Visitor<'_> for Wtf8Visitor {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(bytes.to_vec())
    }
}
