//! Records to XML.

use super::escape;
use crate::json::{Value, parse};
use std::fmt;

/// A record that cannot be written as XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// What is wrong.
    pub kind: RecordErrorKind,
    /// The record's index in the array.
    pub record: usize,
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
        f.write_str(match self.kind {
            RecordErrorKind::NotRecords => "the records are not a JSON array of objects",
            RecordErrorKind::FieldName => "the field's name cannot be written in XML",
            RecordErrorKind::List => "a list cannot be written in XML: join its values with ';'",
            RecordErrorKind::TooDeep => "a parent record may hold values only, no further records",
        })?;
        write!(f, " (record {}", self.record)?;
        match &self.field {
            Some(field) => write!(f, ", field {field:?})"),
            None => f.write_str(")"),
        }
    }
}

impl std::error::Error for RecordError {}

/// Writes what stands before the first record.
pub fn open(out: &mut Vec<u8>) {
    out.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
          <sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">",
    );
}

/// Writes what stands behind the last record.
pub fn close(out: &mut Vec<u8>) {
    out.extend_from_slice(b"</sObjects>");
}

/// Writes the records of a JSON array as `<sObject>` elements, and says how many they were.
///
/// Keys keep their order and numbers their digits. `null` becomes `xsi:nil`, an object the parent
/// record that it refers to (with its type, where its `attributes` name one); a record's own
/// `attributes`, left over from a query, are passed over.
///
/// # Errors
///
/// Where a record cannot be written; `out` is then as it was.
pub fn encode_records(json_array_text: &str, out: &mut Vec<u8>) -> Result<usize, RecordError> {
    let Ok(Value::List(records)) = parse(json_array_text.as_bytes()) else {
        return Err(not_records(0));
    };
    let mut xml = String::new();
    for (index, record) in records.iter().enumerate() {
        let Value::Object(fields) = record else { return Err(not_records(index)) };
        encode_record(fields, None, parent, &mut xml).map_err(|(kind, field)| RecordError {
            kind,
            record: index,
            field: Some(field),
        })?;
    }
    out.extend_from_slice(xml.as_bytes());
    Ok(records.len())
}

type FieldError = (RecordErrorKind, String);

type Fields = [(String, Value)];

/// Writes a value that is an object, or refuses it.
type EncodeObject = fn(&str, &Value, &mut String) -> Result<(), FieldError>;

/// The key that tells an object's type, in what REST and Bulk API give as JSON.
const ATTRIBUTES: &str = "attributes";

fn not_records(record: usize) -> RecordError {
    RecordError { kind: RecordErrorKind::NotRecords, record, field: None }
}

fn encode_record(
    fields: &Fields,
    kind: Option<&str>,
    object: EncodeObject,
    out: &mut String,
) -> Result<(), FieldError> {
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
) -> Result<(), FieldError> {
    if !is_xml_name(name) {
        return Err((RecordErrorKind::FieldName, name.to_owned()));
    }
    match value {
        Value::Null => tag(name, " xsi:nil=\"true\"/", out),
        Value::List(_) => return Err((RecordErrorKind::List, name.to_owned())),
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
fn parent(_: &str, value: &Value, out: &mut String) -> Result<(), FieldError> {
    let Value::Object(fields) = value else { return Ok(()) };
    let kind =
        value.get(ATTRIBUTES).and_then(|attributes| attributes.get("type")).and_then(Value::as_str);
    encode_record(fields, kind, grandparent, out)
}

fn grandparent(name: &str, _: &Value, _: &mut String) -> Result<(), FieldError> {
    Err((RecordErrorKind::TooDeep, name.to_owned()))
}

/// A name without a colon: a prefix would need a declaration.
fn is_xml_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|char| char.is_alphabetic() || char == '_')
        && chars.all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))
}
