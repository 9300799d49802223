//! How serde_json fills a [`Value`]: one visitor for every kind of it, and the bounds that a document has to keep.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{ParseErrorKind, Value};

/// More levels than any document of Salesforce's has. A tree is walked and dropped by recursion.
pub const MAX_DEPTH: usize = 64;

/// The list of the 15,000 batches that an org may make in a day has 210,000 values.
pub const MAX_VALUES: usize = 400_000;

/// What serde_json calls the only member of the map as which it hands over a number in its own digits.
const NUMBER: &str = "$serde_json::private::Number";

/// Takes an element of the outermost list, and says whether to go on.
pub(super) type TakeElement<'a> = &'a mut dyn FnMut(Value) -> bool;

/// The state of reading one document.
pub(super) struct Reading<'a> {
    /// Who gets the elements of the outermost list, so that the tree has none; taken out where that list begins.
    take_element: Cell<Option<TakeElement<'a>>>,
    values_left: Cell<usize>,
    broken_bound: Cell<Option<ParseErrorKind>>,
}

impl<'a> Reading<'a> {
    /// Nothing read yet.
    pub fn new(take_element: Option<TakeElement<'a>>) -> Self {
        Reading {
            take_element: Cell::new(take_element),
            values_left: Cell::new(MAX_VALUES),
            broken_bound: Cell::new(None),
        }
    }

    /// Which bound ended the reading; none where serde_json did.
    pub fn broken_bound(&self) -> Option<ParseErrorKind> {
        self.broken_bound.get()
    }

    /// Counts a value so many levels down, and says whether it is within the bounds.
    fn admit(&self, depth: usize) -> bool {
        match self.values_left.get().checked_sub(1) {
            _ if depth >= MAX_DEPTH => self.refuse(ParseErrorKind::TooDeep { limit: MAX_DEPTH }),
            None => self.refuse(ParseErrorKind::TooManyValues { limit: MAX_VALUES }),
            Some(left) => {
                self.values_left.set(left);
                true
            }
        }
    }

    /// Of a number that comes as a map, only one is a value.
    fn uncount(&self) {
        self.values_left.update(|left| left + 1);
    }

    fn refuse(&self, kind: ParseErrorKind) -> bool {
        self.broken_bound.set(Some(kind));
        false
    }
}

/// Reads one value, so many levels down.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'a> {
    reading: &'a Reading<'a>,
    depth: usize,
}

impl<'a> ValueSeed<'a> {
    /// The outermost value.
    pub fn new(reading: &'a Reading<'a>) -> Self {
        ValueSeed { reading, depth: 0 }
    }

    /// A value within this one.
    fn inner(self) -> Self {
        ValueSeed { depth: self.depth + 1, ..self }
    }

    /// Who gets the elements, of the outermost list.
    fn take_element(self) -> Option<TakeElement<'a>> {
        if self.depth == 0 { self.reading.take_element.take() } else { None }
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    /// A value out of bounds is left unread, which ends the reading: serde_json expects a comma or an end there. An
    /// error of our own would do the same, but link a kilobyte more.
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if !self.reading.admit(self.depth) {
            return Ok(Value::Null);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    /// No number comes this way. Left to the default, its message would bring the printer of floats: 13 kB.
    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    /// Digits: text comes as `str`.
    fn visit_string<E>(self, digits: String) -> Result<Value, E> {
        Ok(Value::Number(digits))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut taker = self.take_element();
        let mut items = Vec::new();
        while let Some(value) = list.next_element_seed(self.inner())? {
            match &mut taker {
                None => items.push(value),
                Some(take) => {
                    self.reading.values_left.set(MAX_VALUES);
                    if !take(value) {
                        break;
                    }
                }
            }
        }
        items.shrink_to_fit();
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let is_number = name == NUMBER && members.is_empty();
            let value = map.next_value_seed(if is_number { self } else { self.inner() })?;
            if is_number && matches!(value, Value::Number(_)) {
                self.reading.uncount();
                return Ok(value);
            }
            members.push((name, value));
        }
        members.shrink_to_fit();
        Ok(Value::Object(members))
    }
}
