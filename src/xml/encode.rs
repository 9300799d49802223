//! Records to XML.

use super::escape;
use super::tag::is_local_name;
use crate::json::{ParseError, Value, parse_elements};
use std::fmt;

/// A record that cannot be written as XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// What is wrong.
    pub kind: RecordErrorKind,
    /// The record's number among all that were given, from 1.
    pub record: u64,
    /// The field, where one is at fault.
    pub field: Option<String>,
}

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordErrorKind {
    /// The text is not a JSON array of objects.
    NotRecords,
    /// The field's name cannot be the name of an XML element.
    FieldName,
    /// The field's value is a list.
    List,
    /// An object within a parent record: a reference reaches one level up only.
    TooDeep,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record {}", self.record)?;
        if let Some(field) = &self.field {
            write!(f, ", field {field}")?;
        }
        f.write_str(match self.kind {
            RecordErrorKind::NotRecords => " is no JSON object",
            RecordErrorKind::FieldName => ": the name cannot be written in XML",
            RecordErrorKind::List => ": a list cannot be written in XML: join its values with ';'",
            RecordErrorKind::TooDeep => ": a parent record may hold values only, no more records",
        })
    }
}

impl std::error::Error for RecordError {}

/// Writes records as one XML document, block by block.
#[derive(Debug, Default)]
pub struct RecordEncoder {
    opened: bool,
    /// How many records have been written.
    records: u64,
}

impl RecordEncoder {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the records of a JSON array as `<sObject>` elements.
    ///
    /// Keys keep their order and numbers their digits. `null` becomes `xsi:nil`, an object the parent record that it
    /// refers to (with its type, where its `attributes` name one); a record's own `attributes`, left over from a
    /// query, are passed over.
    ///
    /// # Errors
    ///
    /// The first record that cannot be written.
    pub fn records(&mut self, json_array: &str) -> Result<String, RecordError> {
        let mut xml = self.opening();
        let written = parse_elements(json_array.as_bytes(), |record| {
            let Value::Object(fields) = record else { return Err(Fault::NOT_RECORDS) };
            encode_record(&fields, None, parent, &mut xml)?;
            self.records += 1;
            Ok(())
        });
        match written {
            Ok(()) => Ok(xml),
            Err(Fault { kind, field }) => {
                Err(RecordError { kind, record: self.records + 1, field })
            }
        }
    }

    /// Writes what stands behind the last record.
    pub fn finish(&mut self) -> String {
        self.opening() + "</sObjects>"
    }

    /// What stands before the first record.
    fn opening(&mut self) -> String {
        let opened = std::mem::replace(&mut self.opened, true);
        (if opened { "" } else { OPENING }).to_owned()
    }
}

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
    <sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";

/// What is wrong with the record at hand.
struct Fault {
    kind: RecordErrorKind,
    field: Option<String>,
}

impl Fault {
    const NOT_RECORDS: Fault = Fault { kind: RecordErrorKind::NotRecords, field: None };

    fn of_field(kind: RecordErrorKind, name: &str) -> Fault {
        Fault { kind, field: Some(name.to_owned()) }
    }
}

impl From<ParseError> for Fault {
    fn from(_: ParseError) -> Fault {
        Fault::NOT_RECORDS
    }
}

type Fields = [(String, Value)];

/// Writes a value that is an object, or refuses it.
type EncodeObject = fn(&str, &Value, &mut String) -> Result<(), Fault>;

/// The key that tells an object's type, in what REST and Bulk API give as JSON.
const ATTRIBUTES: &str = "attributes";

fn encode_record(
    fields: &Fields,
    kind: Option<&str>,
    object: EncodeObject,
    out: &mut String,
) -> Result<(), Fault> {
    out.push_str("<sObject>");
    if let Some(kind) = kind {
        element("type", kind, out);
    }
    for (name, value) in fields.iter().filter(|(name, _)| name != ATTRIBUTES) {
        encode_field(name, value, object, out)?;
    }
    out.push_str("</sObject>");
    Ok(())
}

fn encode_field(
    name: &str,
    value: &Value,
    object: EncodeObject,
    out: &mut String,
) -> Result<(), Fault> {
    if !is_local_name(name) {
        return Err(Fault::of_field(RecordErrorKind::FieldName, name));
    }
    match value {
        Value::Null => tag(name, " xsi:nil=\"true\"/", out),
        Value::List(_) => return Err(Fault::of_field(RecordErrorKind::List, name)),
        Value::Text(text) => element(name, text, out),
        Value::Number(digits) => element(name, digits, out),
        Value::Bool(flag) => element(name, if *flag { "true" } else { "false" }, out),
        Value::Object(_) => {
            tag(name, "", out);
            object(name, value, out)?;
            tag("/", name, out);
        }
    }
    Ok(())
}

fn element(name: &str, text: &str, out: &mut String) {
    tag(name, "", out);
    escape(text, out);
    tag("/", name, out);
}

fn tag(name: &str, rest: &str, out: &mut String) {
    for part in ["<", name, rest, ">"] {
        out.push_str(part);
    }
}

/// The record that a reference field points to, named by one of its own fields.
fn parent(_: &str, value: &Value, out: &mut String) -> Result<(), Fault> {
    let Value::Object(fields) = value else { return Ok(()) };
    let kind =
        value.get(ATTRIBUTES).and_then(|attributes| attributes.get("type")).and_then(Value::as_str);
    encode_record(fields, kind, grandparent, out)
}

fn grandparent(name: &str, _: &Value, _: &mut String) -> Result<(), Fault> {
    Err(Fault::of_field(RecordErrorKind::TooDeep, name))
}
