//! What a SELECT names, as columns.

use super::ast::{At, Expression, Item, Selected, Statement};
use super::dialect::Dialect;
use super::error::SoqlError;
use super::plan::Path;
use super::query::Column;
use super::resolve::Names;
use crate::data::schema::{Field, FieldType};

/// What the SELECT names, with `FIELDS(…)` written out.
///
/// # Errors
/// When a field does not exist, is named twice, or is not for this API.
pub fn columns(
    names: &Names<'_>,
    statement: &Statement,
    dialect: Dialect,
) -> Result<Vec<(Path, Column)>, SoqlError> {
    let mut columns: Vec<(Path, Column)> = Vec::new();
    for item in &statement.select {
        if let Some(alias) = &item.alias {
            let message = "only aggregate expressions use field aliasing";
            return Err(names.malformed(alias.at, message));
        }
        for path in paths(names, item, dialect)? {
            columns.push(column(names, At { at: item.at, it: path }, &columns, dialect)?);
        }
    }
    Ok(columns)
}

fn column(
    names: &Names<'_>,
    path: At<Vec<String>>,
    before: &[(Path, Column)],
    dialect: Dialect,
) -> Result<(Path, Column), SoqlError> {
    let found = names.resolve(&path)?;
    if found.field.kind == FieldType::Compound && dialect.is_bulk() {
        return Err(dialect.refuses("Selecting compound data not supported in Bulk Query"));
    }
    if before.iter().any(|(path, _)| *path == found.path) {
        let name = found.column.path.join(".");
        return Err(names.refuse(path.at, format!("duplicate field selected: {name}")));
    }
    Ok((found.path, found.column))
}

/// The paths that an item stands for.
fn paths(
    names: &Names<'_>,
    item: &Selected,
    dialect: Dialect,
) -> Result<Vec<Vec<String>>, SoqlError> {
    match &item.it {
        Item::Value(Expression::Path(path)) => Ok(vec![path.clone()]),
        Item::Value(Expression::Call(name, arguments)) => match arguments.as_slice() {
            [which] if name.eq_ignore_ascii_case("FIELDS") => Ok(fields(names, which, dialect)),
            // In this org a value and its label are the same.
            [path] if name.eq_ignore_ascii_case("toLabel") => Ok(vec![path.clone()]),
            _ => Err(SoqlError::syntax(names.soql, item.at)),
        },
        Item::Children(_) | Item::TypeOf => Ok(Vec::new()),
    }
}

/// What `FIELDS(STANDARD)`, `FIELDS(CUSTOM)` and `FIELDS(ALL)` stand for.
fn fields(names: &Names<'_>, which: &[String], dialect: Dialect) -> Vec<Vec<String>> {
    let which = which.concat().to_ascii_uppercase();
    let wanted = |field: &&Field| {
        let compound = field.kind == FieldType::Compound && dialect.is_bulk();
        let kind = if field.is_custom() { "CUSTOM" } else { "STANDARD" };
        !compound && (which == "ALL" || which == kind)
    };
    let all = names.object(names.root).into_iter().flat_map(|object| &object.fields);
    all.filter(wanted).map(|field| vec![field.name.clone()]).collect()
}
