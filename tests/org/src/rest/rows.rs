//! Single rows: read by a query, written like those of a load.

use serde_json::{Map, Value};

use super::records;
use crate::data::{Dialect, Input, Load, Operation, Outcome, Record, RecordId, RowError};
use crate::error::ApiError;
use crate::v1::of_object;
use crate::work::Found;
use crate::world::World;

/// How an object is written.
pub fn load(object: &str, operation: Operation, external_id: Option<&str>) -> Load {
    let external_id = external_id.map(str::to_owned);
    Load { object: object.to_owned(), operation, external_id }
}

/// The object's own spelling.
pub fn object_name(world: &World, name: &str) -> Result<String, ApiError> {
    world.db.object(name).map(|object| object.name.clone()).ok_or_else(ApiError::not_found)
}

/// The rows that hold this text in this field, with these fields or all.
pub fn find(
    world: &World,
    object: &str,
    [field, text]: [&str; 2],
    fields: Option<&str>,
    version: &str,
) -> Result<Vec<Value>, ApiError> {
    if field == "Id" && RecordId::parse(text).is_none() {
        return Err(ApiError::not_found());
    }
    let names = match fields {
        Some(fields) => fields.split(',').map(|name| name.trim().to_owned()).collect(),
        None => all_fields(world, object),
    };
    let text = text.replace('\\', "\\\\").replace('\'', "\\'");
    let soql = format!("SELECT {} FROM {object} WHERE {field} = '{text}'", names.join(","));
    let query = world.db.prepare(&soql, Dialect::Rest, false);
    let query = query.map_err(|error| ApiError::bad(&error.code, error.message))?;
    let found = Found::run(&std::sync::Arc::new(query), world);
    let row = |at| records::record((&found).into(), &[], at, version);
    Ok((0..found.rows.len()).map(row).collect())
}

fn all_fields(world: &World, object: &str) -> Vec<String> {
    let fields = world.db.object(object).into_iter().flat_map(|object| &object.fields);
    fields.map(|field| field.name.clone()).collect()
}

/// A JSON object as a record, and one more cell in it. Here an empty text empties a field.
pub fn record(members: &Map<String, Value>, own: Option<(&str, &str)>) -> Record {
    let members = members.iter().filter(|(name, _)| *name != "attributes");
    let value = |value: &Value| if value == "" { Value::Null } else { value.clone() };
    let members = members.map(|(name, own)| (name.clone(), value(own))).collect();
    let mut record = of_object(&members);
    if let Some((name, text)) = own {
        record.cells.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        record.cells.push((name.to_owned(), Input::Text(text.to_owned())));
    }
    record
}

/// Writes one row. A field that is not there is told in the words of REST.
pub fn write(world: &mut World, load: &Load, record: &Record) -> Outcome {
    let object = world.db.object(&load.object);
    let unknown = record.cells.iter().map(|(name, _)| name).find(|name| {
        !name.contains('.') && object.is_some_and(|object| object.field(name).is_none())
    });
    let Some(name) = unknown else { return world.db.load(load, record) };
    let message = format!("No such column '{name}' on sobject of type {}", load.object);
    let error = RowError { code: "INVALID_FIELD".to_owned(), message, fields: Vec::new() };
    Outcome { id: None, success: false, created: false, errors: vec![error] }
}
