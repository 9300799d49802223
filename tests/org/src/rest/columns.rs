//! What a query would answer, column by column: `query?columns=true`.

use serde_json::{Value, json};

use crate::data::{Column, Field, FieldType, Query};
use crate::world::World;

/// The columns of a query that is not run.
pub fn of(query: &Query, world: &World) -> Value {
    let id = |column: &Column| column.path == ["Id"];
    let prefix = world.db.object(&query.object).map(|object| object.prefix.clone());
    json!({
        "columnMetadata": all(query, world), "entityName": query.object,
        "groupBy": query.is_grouped(), "idSelected": query.columns.iter().any(id),
        "keyPrefix": prefix,
    })
}

/// Own fields and parents in the order of the SELECT, and then the children.
fn all(query: &Query, world: &World) -> Vec<Value> {
    let mut columns: Vec<Value> = Vec::new();
    for column in &query.columns {
        add(&mut columns, &column.path, column.kind, field(query, column, world));
    }
    columns.extend(query.group_columns().iter().map(|group| {
        let mut column = plain(&group.name, group.kind, None);
        column["aggregate"] = json!(group.aggregate);
        column
    }));
    columns.extend(query.children.iter().map(|child| {
        let mut column = plain(&child.relationship, FieldType::Compound, None);
        column["aggregate"] = json!(true);
        column["joinColumns"] = Value::from(all(&child.query, world));
        column
    }));
    columns
}

/// Adds a column; one of a parent is within that of its relationship.
fn add(columns: &mut Vec<Value>, path: &[String], kind: FieldType, field: Option<&Field>) {
    let [relationship, rest @ ..] = path else { return };
    if rest.is_empty() {
        columns.push(plain(relationship, kind, field));
        return;
    }
    let known = columns.iter().position(|column| column["columnName"] == relationship.as_str());
    let at = known.unwrap_or_else(|| {
        columns.push(plain(relationship, FieldType::Compound, None));
        columns.len() - 1
    });
    if let Value::Array(inner) = &mut columns[at]["joinColumns"] {
        add(inner, rest, kind, field);
    }
}

fn field<'a>(query: &Query, column: &Column, world: &'a World) -> Option<&'a Field> {
    let object = column.objects.last().unwrap_or(&query.object);
    world.db.object(object)?.field(column.path.last()?)
}

fn plain(name: &str, kind: FieldType, field: Option<&Field>) -> Value {
    json!({
        "aggregate": false, "apexType": apex_type(kind), "booleanType": kind == FieldType::Boolean,
        "columnName": name, "custom": field.is_some_and(Field::is_custom), "displayName": name,
        "foreignKeyName": null, "insertable": field.is_some_and(|field| field.createable),
        "joinColumns": [], "numberType": kind.is_number(), "textType": kind.is_text(),
        "updatable": field.is_some_and(|field| field.updateable),
    })
}

fn apex_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Id | FieldType::Reference => "Id",
        FieldType::Boolean => "Boolean",
        FieldType::Int => "Integer",
        FieldType::Double | FieldType::Percent => "Double",
        FieldType::Currency => "Decimal",
        FieldType::Date => "Date",
        FieldType::DateTime => "Datetime",
        FieldType::Compound => "complexvalue",
        _ => "String",
    }
}
