//! What the names over the columns mean.

use super::types::{Load, Operation};
use crate::data::Database;
use crate::data::schema::{Field, FieldType, Object};

/// What a column sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A field, by its value.
    Field(usize),
    /// A reference, by a value that the row it points to holds in a field.
    Lookup { position: usize, target: usize, key: usize },
}

/// Checks a header as a whole.
///
/// # Errors
/// What the batch or job fails with.
pub fn check(database: &Database, load: &Load, header: &[String]) -> Result<(), String> {
    let at = database.position(&load.object);
    let Some(object) = at.and_then(|at| database.object_at(at)) else {
        return Err(format!("InvalidBatch : Unable to find object: {}", load.object));
    };
    if let Operation::Delete | Operation::HardDelete = load.operation {
        let ids_only = matches!(header, [only] if only.eq_ignore_ascii_case("Id"));
        let name = if load.operation == Operation::Delete { "delete" } else { "hardDelete" };
        let message = format!("InvalidBatch : The '{name}' batch must contain only ids");
        return if ids_only { Ok(()) } else { Err(message) };
    }
    for (at, name) in header.iter().enumerate() {
        resolve(database, object, name).map_err(|why| format!("InvalidBatch : {why}"))?;
        if header.iter().take(at).any(|before| before.eq_ignore_ascii_case(name)) {
            return Err(format!("InvalidBatch : Duplicate field name : {name}"));
        }
    }
    Ok(())
}

/// What a name means: `Name`, `Account.Ext__c`, `Lead:Who.Email`.
///
/// # Errors
/// What is wrong with it.
pub fn resolve(database: &Database, object: &Object, name: &str) -> Result<Column, String> {
    let Some((relationship, key)) = name.split_once('.') else {
        let known = object.position(name);
        return known.map(Column::Field).ok_or_else(|| not_found(name));
    };
    let (kind, relationship) = match relationship.split_once(':') {
        Some((kind, relationship)) => (Some(kind), relationship),
        None => (None, relationship),
    };
    let field = object
        .relationship(relationship)
        .ok_or_else(|| format!("Unable to find relationship: {relationship}"))?;
    let target = database.position(target(field, kind, relationship, name)?);
    let target = target.ok_or_else(|| not_found(name))?;
    let key = database.object_at(target).and_then(|it| lookup_key(it, key));
    let position = object.position(&field.name);
    let lookup = position.zip(key).map(|(position, key)| Column::Lookup { position, target, key });
    lookup.ok_or_else(|| not_found(name))
}

/// The object that the reference points to, which a polymorphic one must say.
fn target<'a>(
    field: &'a Field,
    kind: Option<&'a str>,
    relationship: &str,
    name: &str,
) -> Result<&'a str, String> {
    let need = match (kind, field.is_polymorphic()) {
        (None, false) => {
            return field.targets.first().map(|it| it.as_str()).ok_or_else(|| not_found(name));
        }
        (Some(kind), true) => {
            let known = field.targets.iter().find(|target| target.eq_ignore_ascii_case(kind));
            return known.map(|it| it.as_str()).ok_or_else(|| not_found(name));
        }
        (Some(_), false) => "not needed for non polymorphic",
        (None, true) => "needed for polymorphic",
    };
    Err(format!("type is {need} foreign key references: {relationship}"))
}

fn lookup_key(target: &Object, name: &str) -> Option<usize> {
    let position = target.position(name)?;
    target.fields.get(position).filter(|field| field.is_key())?;
    Some(position)
}

fn not_found(name: &str) -> String {
    format!("Field name not found : {name}")
}

impl Field {
    /// Whether rows can be found by it: an upsert or a relationship column may name it.
    pub fn is_key(&self) -> bool {
        self.external_id || self.id_lookup || self.kind == FieldType::Id
    }
}
