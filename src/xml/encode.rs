//! Records to XML.

use super::escape;
use super::json_fields::{Fields, raw_list, text};
use serde_json::value::RawValue;
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
    let records = raw_list(json_array_text).ok_or(not_records(0))?;
    let mut xml = String::new();
    for (index, record) in records.iter().enumerate() {
        let fields = Fields::read(record).ok_or(not_records(index))?;
        encode_record(&fields, &mut xml).map_err(|(kind, field)| RecordError {
            kind,
            record: index,
            field: Some(field),
        })?;
    }
    out.extend_from_slice(xml.as_bytes());
    Ok(records.len())
}

type FieldError = (RecordErrorKind, String);

fn not_records(record: usize) -> RecordError {
    RecordError { kind: RecordErrorKind::NotRecords, record, field: None }
}

fn encode_record(fields: &Fields<'_>, out: &mut String) -> Result<(), FieldError> {
    out.push_str("<sObject>");
    for (name, value) in fields.values() {
        encode_field(name, value, parent, out)?;
    }
    out.push_str("</sObject>");
    Ok(())
}

type EncodeObject = fn(&str, &RawValue, &mut String) -> Result<(), FieldError>;

/// `object` writes a value that is an object, or refuses it.
fn encode_field(
    name: &str,
    value: &RawValue,
    object: EncodeObject,
    out: &mut String,
) -> Result<(), FieldError> {
    let fail = |kind| Err((kind, name.to_owned()));
    if !is_xml_name(name) {
        return fail(RecordErrorKind::FieldName);
    }
    let json = value.get();
    match json.as_bytes().first() {
        Some(b'n') => {
            tag(name, " xsi:nil=\"true\"/", out);
            return Ok(());
        }
        Some(b'[') => return fail(RecordErrorKind::List),
        _ => tag(name, "", out),
    }
    match json.as_bytes().first() {
        Some(b'{') => object(name, value, out)?,
        Some(b'"') => match text(value) {
            Some(text) => escape(&text, out),
            None => return fail(RecordErrorKind::NotRecords),
        },
        _ => out.push_str(json),
    }
    tag("/", name, out);
    Ok(())
}

fn tag(name: &str, rest: &str, out: &mut String) {
    for part in ["<", name, rest, ">"] {
        out.push_str(part);
    }
}

/// The record that a reference field points to, named by one of its own fields.
fn parent(name: &str, value: &RawValue, out: &mut String) -> Result<(), FieldError> {
    let fields = Fields::read(value).ok_or((RecordErrorKind::NotRecords, name.to_owned()))?;
    out.push_str("<sObject>");
    if let Some(kind) = fields.kind() {
        out.push_str("<type>");
        escape(&kind, out);
        out.push_str("</type>");
    }
    for (name, value) in fields.values() {
        encode_field(name, value, grandparent, out)?;
    }
    out.push_str("</sObject>");
    Ok(())
}

fn grandparent(name: &str, _: &RawValue, _: &mut String) -> Result<(), FieldError> {
    Err((RecordErrorKind::TooDeep, name.to_owned()))
}

/// A name without a colon: a prefix would need a declaration.
fn is_xml_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|char| char.is_alphabetic() || char == '_')
        && chars.all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))
}
