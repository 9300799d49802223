//! Writing values into a row, once all the rules are kept.

use super::assign::{Assignments, Write};
use super::types::RowError;
use crate::data::schema::{Field, FieldType, Object, system};
use crate::data::seed::join_names;
use crate::data::{Database, RecordId, Value};

/// Makes a row, or finds out why it cannot be made.
///
/// # Errors
/// The rules that the row would break.
pub fn insert(
    database: &mut Database,
    at: usize,
    object: &Object,
    mut values: Assignments,
) -> Result<RecordId, Vec<RowError>> {
    check_required(object, &values, Write::Insert)?;
    check(database, at, object, &values, None)?;
    let ordinal = database.table(at).map_or(0, |table| table.end());
    add_defaults(database, object, ordinal, &mut values);
    let Some(table) = database.table_mut(at) else { return Err(vec![RowError::no_such_row()]) };
    table.insert();
    store(database, at, object, ordinal, values);
    Ok(RecordId::new(&object.prefix, ordinal))
}

/// Changes a row, or finds out why it cannot be changed.
///
/// # Errors
/// The rules that the row would break.
pub fn update(
    database: &mut Database,
    at: usize,
    object: &Object,
    ordinal: u64,
    values: Assignments,
) -> Result<(), Vec<RowError>> {
    check_required(object, &values, Write::Update)?;
    check(database, at, object, &values, Some(ordinal))?;
    store(database, at, object, ordinal, values);
    Ok(())
}

/// Notes who changed a row and when.
pub fn touch(database: &mut Database, at: usize, ordinal: u64) {
    let (now, user) = (Value::DateTime(database.now()), Value::Id(database.user()));
    if let Some(table) = database.table_mut(at) {
        table.set(ordinal, system::MODIFIED_DATE, now.clone(), false);
        table.set(ordinal, system::MODSTAMP, now, false);
        table.set(ordinal, system::MODIFIED_BY, user, false);
    }
}

fn check_required(
    object: &Object,
    values: &Assignments,
    write: Write,
) -> Result<(), Vec<RowError>> {
    let lacks = |(position, field): &(usize, &Field)| match (values.get(position), write) {
        (Some(value), Write::Insert) => value.is_null() && field.is_required(),
        (Some(value), Write::Update) => value.is_null() && !field.nillable,
        (None, Write::Insert) => field.is_required(),
        (None, Write::Update) => false,
    };
    let missing = object.fields.iter().enumerate().filter(lacks);
    let missing: Vec<String> = missing.map(|(_, field)| field.name.clone()).collect();
    if missing.is_empty() { Ok(()) } else { Err(vec![RowError::missing(missing)]) }
}

/// What takes more than one field, or other rows: locks, unique values and validation rules.
fn check(
    database: &mut Database,
    at: usize,
    object: &Object,
    values: &Assignments,
    own: Option<u64>,
) -> Result<(), Vec<RowError>> {
    let row = own.map(|ordinal| RecordId::new(&object.prefix, ordinal));
    let parents = values.values().filter_map(|value| match value {
        Value::Id(id) => Some(*id),
        _ => None,
    });
    if let Some(id) = row.into_iter().chain(parents).find(|id| database.meets_lock(*id)) {
        return Err(vec![RowError::locked(id)]);
    }
    let mut errors = duplicates(database, at, object, values, own);
    errors.extend(broken_rules(object, values));
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn duplicates(
    database: &Database,
    at: usize,
    object: &Object,
    values: &Assignments,
    own: Option<u64>,
) -> Vec<RowError> {
    let other = |(position, value): (&usize, &Value)| {
        let field = object.fields.get(*position).filter(|field| field.unique)?;
        let Value::Text(text) = value else { return None };
        let holders = database.holders(at, *position, text);
        let other = holders.into_iter().find(|row| Some(*row) != own)?;
        let id = RecordId::new(&object.prefix, other);
        let message = format!("{} duplicates value on record with id: {}", field.name, id.short());
        Some(RowError::new("DUPLICATE_VALUE", format!("duplicate value found: {message}")))
    };
    values.iter().filter_map(other).collect()
}

fn broken_rules(object: &Object, values: &Assignments) -> Vec<RowError> {
    let broken = object.rules.iter().filter(|rule| {
        let value = object.position(&rule.field).and_then(|position| values.get(&position));
        matches!(value, Some(Value::Double(number)) if *number < 0.0)
    });
    let code = "FIELD_CUSTOM_VALIDATION_EXCEPTION";
    broken.map(|rule| RowError::new(code, &rule.message).naming([rule.field.clone()])).collect()
}

fn add_defaults(database: &Database, object: &Object, ordinal: u64, values: &mut Assignments) {
    for (position, field) in object.fields.iter().enumerate() {
        let unset = values.get(&position).is_none_or(Value::is_null);
        if field.defaulted && unset && position > system::IS_DELETED {
            values.insert(position, default(database, object, field, ordinal));
        }
    }
}

fn default(database: &Database, object: &Object, field: &Field, ordinal: u64) -> Value {
    match field.kind {
        FieldType::Boolean => Value::Bool(false),
        FieldType::DateTime => Value::DateTime(database.now()),
        FieldType::Reference => Value::Id(database.user()),
        FieldType::Picklist => field.picklist.first().map_or(Value::Null, Value::text),
        _ if field.createable => Value::text(RecordId::new(&object.prefix, ordinal).short()),
        _ => Value::text(format!("{:08}", ordinal + 1)),
    }
}

fn store(database: &mut Database, at: usize, object: &Object, ordinal: u64, values: Assignments) {
    for (position, value) in values {
        let key = object.fields.get(position).is_some_and(|it| it.is_key() || it.unique);
        if let Some(table) = database.table_mut(at) {
            table.set(ordinal, position, value, key);
        }
    }
    store_name(database, at, object, ordinal);
    touch(database, at, ordinal);
}

/// A person's name is made of the first and the last.
fn store_name(database: &mut Database, at: usize, object: &Object, ordinal: u64) {
    let places =
        (object.position("FirstName"), object.position("LastName"), object.position("Name"));
    if let (Some(first), Some(last), Some(whole)) = places {
        let name =
            join_names(&database.value(at, ordinal, first), &database.value(at, ordinal, last));
        if let Some(table) = database.table_mut(at) {
            table.set(ordinal, whole, name, false);
        }
    }
}
