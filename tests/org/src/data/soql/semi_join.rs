//! Queries in the parentheses of an IN.

use std::sync::Arc;

use super::ast::{At, Expression, Item, Selected, Statement};
use super::error::SoqlError;
use super::plan::order;
use super::prepare::{names, plan};
use super::resolve::Names;
use super::run::run;
use crate::data::Value;
use crate::data::schema::{Field, FieldType};

/// The values that a query in parentheses finds for a field to be compared with.
///
/// # Errors
/// When it is more than one id or reference with a filter.
pub fn values(
    outer: &Names<'_>,
    statement: &Statement,
    field: &Field,
) -> Result<Vec<Value>, SoqlError> {
    let names = names(outer.database, outer.soql, statement)?;
    let refuse = |message| SoqlError::at("MALFORMED_QUERY", outer.soql, statement.from.at, message);
    let more =
        [statement.group.is_some(), statement.offset.is_some(), statement.all_rows.is_some()];
    if more.contains(&true) {
        return Err(refuse("semi join sub-selects take a filter only"));
    }
    let [Selected { it: Item::Value(Expression::Path(path)), at, .. }] = &*statement.select else {
        return Err(refuse("semi join sub-selects select exactly one field"));
    };
    let selected = names.resolve(&At { at: *at, it: path.clone() })?;
    if !is_id(field) || !is_id(selected.field) {
        return Err(refuse("semi join sub-selects compare ids with ids"));
    }
    let plan = Arc::new(plan(&names, statement, vec![selected.path], false)?);
    let rows = run(outer.database, &plan);
    let values = (0..rows.len()).flat_map(|row| rows.row(outer.database, row));
    let mut values: Vec<Value> = values.filter(|value| !value.is_null()).collect();
    values.sort_by(order);
    Ok(values)
}

fn is_id(field: &Field) -> bool {
    matches!(field.kind, FieldType::Id | FieldType::Reference)
}
