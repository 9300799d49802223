//! From the cells of a record to values of fields.

use std::collections::BTreeMap;

use super::columns::{Column, resolve};
use super::convert::{convert, wrong_id};
use super::types::{Input, Record, RowError};
use crate::data::schema::{Field, FieldType, Object, system};
use crate::data::{Database, RecordId, Value};

/// The values that a record sets, by the positions of their fields.
pub type Assignments = BTreeMap<usize, Value>;

/// Whether a row is made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    Insert,
    Update,
}

/// The values that a record sets, or all that is wrong with them.
///
/// The id is left out: it says which row, not what is in it.
///
/// # Errors
/// When a value does not fit its field.
pub fn assignments(
    database: &Database,
    object: &Object,
    record: &Record,
    write: Write,
) -> Result<Assignments, Vec<RowError>> {
    let mut values = Assignments::new();
    let mut errors = Vec::new();
    for (name, input) in &record.cells {
        let assigned = match input {
            Input::Ignore => continue,
            Input::Null => assignment(database, object, name, None, write),
            Input::Text(text) => assignment(database, object, name, Some(text), write),
        };
        match assigned {
            Ok(Some((position, value))) => {
                if values.insert(position, value).is_some() {
                    errors.extend(object.fields.get(position).map(twice));
                }
            }
            Ok(None) => (),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

/// The input of the cell of this field, if the record has one.
pub fn cell<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    let named = record.cells.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
    match named {
        Some((_, Input::Text(text))) if !text.is_empty() => Some(text),
        _ => None,
    }
}

fn assignment(
    database: &Database,
    object: &Object,
    name: &str,
    text: Option<&str>,
    write: Write,
) -> Result<Option<(usize, Value)>, RowError> {
    let text = text.filter(|text| !text.is_empty());
    let column = resolve(database, object, name)
        .map_err(|why| RowError::new("INVALID_FIELD", why).naming([name.to_string()]))?;
    let (Column::Field(position) | Column::Lookup { position, .. }) = column;
    let Some(field) = object.fields.get(position) else { return Ok(None) };
    if position == system::ID {
        return Ok(None);
    }
    let settable = if write == Write::Insert { field.createable } else { field.updateable };
    if !settable {
        return Err(RowError::read_only(field));
    }
    let value = match (text, column) {
        (None, _) => Value::Null,
        (Some(text), Column::Lookup { target, key, .. }) => look_up(database, target, key, text)?,
        (Some(text), Column::Field(_)) => convert(field, text)?,
    };
    check_reference(database, field, &value)?;
    Ok(Some((position, value)))
}

/// The row that holds this text in this field.
fn look_up(database: &Database, target: usize, key: usize, text: &str) -> Result<Value, RowError> {
    let Some((object, field)) =
        database.object_at(target).and_then(|it| Some((it, it.fields.get(key)?)))
    else {
        return Ok(Value::Null);
    };
    if field.kind == FieldType::Id {
        return convert(field, text);
    }
    let problem = match database.holders(target, key, text).as_slice() {
        [one] => return Ok(Value::Id(RecordId::new(&object.prefix, *one))),
        [] => "not found",
        _ => "matched more than one record",
    };
    let place = format!("for field {} in entity {}", field.name, object.name);
    let message = format!("Foreign key external ID: {text} {problem} {place}");
    Err(RowError::new("INVALID_FIELD", message))
}

/// A reference points to a row that is there, of an object that it may point to.
fn check_reference(database: &Database, field: &Field, value: &Value) -> Result<(), RowError> {
    let (FieldType::Reference, Value::Id(id)) = (field.kind, value) else { return Ok(()) };
    let prefix =
        |target: &String| database.object(target).is_some_and(|it| it.prefix == id.prefix());
    if !field.targets.iter().any(prefix) {
        return Err(wrong_id(field, &id.to_string()));
    }
    let naming = |error: RowError| error.naming([field.name.clone()]);
    let (at, ordinal) = database.find(*id).ok_or_else(|| naming(RowError::no_such_row()))?;
    let deleted = database.table(at).is_some_and(|table| table.is_deleted(ordinal));
    if deleted { Err(naming(RowError::deleted())) } else { Ok(()) }
}

fn twice(field: &Field) -> RowError {
    let relationship = field.relationship.as_deref().unwrap_or(&field.name);
    let message = format!(
        "Cannot specify both an external ID reference {relationship} and a salesforce id, {}",
        field.name
    );
    RowError::new("INVALID_FIELD", message).naming([field.name.clone()])
}
