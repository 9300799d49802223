//! Finding the row that a record is about, and doing to it what the load says.

use super::assign::{Write, assignments, cell};
use super::convert::{id, wrong_id};
use super::types::{Load, Operation, Outcome, Record, RowError};
use super::write::{insert, touch, update};
use crate::data::schema::{FieldType, Object, system};
use crate::data::{Database, RecordId};

/// Loads one record.
pub fn load(database: &mut Database, load: &Load, record: &Record) -> Outcome {
    let objects = database.shared_objects();
    let found = database.position(&load.object).and_then(|at| Some((at, objects.get(at)?)));
    let Some((at, object)) = found else {
        let message = format!("sObject type '{}' is not supported.", load.object);
        return Outcome::failed(None, vec![RowError::new("INVALID_TYPE", message)]);
    };
    match load.operation {
        Operation::Insert => insert_row(database, at, object, record),
        Operation::Update => match named_row(database, at, object, record, "an update") {
            Ok(ordinal) => update_row(database, at, object, ordinal, record),
            Err((id, error)) => Outcome::failed(id, vec![error]),
        },
        Operation::Upsert => upsert_row(database, at, object, load, record),
        Operation::Delete | Operation::HardDelete => {
            delete_row(database, at, object, record, load.operation == Operation::HardDelete)
        }
    }
}

fn insert_row(database: &mut Database, at: usize, object: &Object, record: &Record) -> Outcome {
    if cell(record, "Id").is_some() {
        let message = "cannot specify Id in an insert call";
        let error = RowError::new("INVALID_FIELD_FOR_INSERT_UPDATE", message);
        return Outcome::failed(None, vec![error.naming(["Id".to_string()])]);
    }
    let values = assignments(database, object, record, Write::Insert);
    match values.and_then(|values| insert(database, at, object, values)) {
        Ok(id) => Outcome::done(id, true),
        Err(errors) => Outcome::failed(None, errors),
    }
}

fn update_row(
    database: &mut Database,
    at: usize,
    object: &Object,
    ordinal: u64,
    record: &Record,
) -> Outcome {
    let id = RecordId::new(&object.prefix, ordinal);
    let values = assignments(database, object, record, Write::Update);
    match values.and_then(|values| update(database, at, object, ordinal, values)) {
        Ok(()) => Outcome::done(id, false),
        Err(errors) => Outcome::failed(Some(id), errors),
    }
}

fn upsert_row(
    database: &mut Database,
    at: usize,
    object: &Object,
    load: &Load,
    record: &Record,
) -> Outcome {
    let name = load.external_id.as_deref().unwrap_or("Id");
    let position = object.position(name);
    let Some((position, field)) = position.and_then(|at| Some((at, object.fields.get(at)?))) else {
        let message = format!("Field name provided, {name} does not match an External ID");
        return Outcome::failed(None, vec![RowError::new("INVALID_FIELD", message)]);
    };
    if field.kind == FieldType::Id {
        return upsert_by_id(database, at, object, record);
    }
    let Some(text) = cell(record, name) else {
        let error = RowError::new("MISSING_ARGUMENT", format!("{} not specified", field.name));
        return Outcome::failed(None, vec![error]);
    };
    match database.holders(at, position, text).as_slice() {
        [] => insert_row(database, at, object, record),
        [one] => update_row(database, at, object, *one, record),
        several => Outcome::failed(None, vec![ambiguous(object, &field.name, several)]),
    }
}

fn ambiguous(object: &Object, key: &str, rows: &[u64]) -> RowError {
    let ids = rows.iter().map(|row| RecordId::new(&object.prefix, *row).to_string());
    let ids = ids.collect::<Vec<_>>().join(", ");
    let message = format!("{key}: more than one record found for external id field: [{ids}]");
    RowError::new("DUPLICATE_EXTERNAL_ID", message)
}

fn upsert_by_id(database: &mut Database, at: usize, object: &Object, record: &Record) -> Outcome {
    if cell(record, "Id").is_none() {
        return insert_row(database, at, object, record);
    }
    match named_row(database, at, object, record, "an upsert") {
        Ok(ordinal) => update_row(database, at, object, ordinal, record),
        Err((id, error)) => Outcome::failed(id, vec![error]),
    }
}

fn delete_row(
    database: &mut Database,
    at: usize,
    object: &Object,
    record: &Record,
    for_good: bool,
) -> Outcome {
    let ordinal = match named_row(database, at, object, record, "a delete") {
        Ok(ordinal) => ordinal,
        Err((id, error)) => return Outcome::failed(id, vec![error]),
    };
    let id = RecordId::new(&object.prefix, ordinal);
    if database.meets_lock(id) {
        return Outcome::failed(Some(id), vec![RowError::locked(id)]);
    }
    touch(database, at, ordinal);
    if let Some(table) = database.table_mut(at) {
        if for_good { table.purge(ordinal) } else { table.delete(ordinal) }
    }
    Outcome::done(id, false)
}

/// The row that a record names by its id.
fn named_row(
    database: &Database,
    at: usize,
    object: &Object,
    record: &Record,
    call: &str,
) -> Result<u64, (Option<RecordId>, RowError)> {
    let missing = || RowError::new("MISSING_ARGUMENT", format!("Id not specified in {call} call"));
    let text = cell(record, "Id").ok_or_else(|| (None, missing()))?;
    let mut field = object.fields.get(system::ID).cloned().ok_or_else(|| (None, missing()))?;
    field.label = format!("{} ID", object.label);
    let id = id(&field, text).map_err(|error| (None, error))?;
    if id.prefix() != object.prefix {
        return Err((None, wrong_id(&field, text)));
    }
    match database.find(id) {
        None => Err((Some(id), RowError::no_such_row())),
        Some((_, ordinal)) if database.table(at).is_some_and(|it| it.is_deleted(ordinal)) => {
            Err((Some(id), RowError::deleted()))
        }
        Some((_, ordinal)) => Ok(ordinal),
    }
}
