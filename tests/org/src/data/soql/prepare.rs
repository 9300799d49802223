//! From a query as written to a plan.

use std::sync::Arc;

use super::ast::{At, Item, Sort, Statement};
use super::bounds::within;
use super::dialect::{self, Dialect};
use super::error::SoqlError;
use super::filter;
use super::grammar;
use super::plan::{Key, Node, Path, Plan};
use super::query::{Column, Query};
use super::resolve::{Names, object};
use crate::data::Database;
use crate::data::schema::{Field, FieldType};

/// The most characters of a query.
const LONGEST: usize = 100_000;
/// The most parentheses within each other. The parser calls itself for each.
const DEEPEST: usize = 100;

/// Parses a query and checks it.
///
/// # Errors
/// In Salesforce's words.
pub fn prepare(
    database: &Database,
    soql: &str,
    dialect: Dialect,
    with_deleted: bool,
) -> Result<Query, SoqlError> {
    check_size(soql)?;
    let statement = grammar::parse(soql).map_err(|at| SoqlError::syntax(soql, at))?;
    let names = names(database, soql, &statement)?;
    dialect::check(&names, &statement, dialect)?;
    let columns = columns(&names, &statement, dialect)?;
    let (paths, columns): (Vec<Path>, Vec<Column>) = columns.into_iter().unzip();
    let plan = plan(&names, &statement, paths, with_deleted)?;
    Ok(Query {
        object: names.object(names.root).map_or_else(String::new, |it| it.name.clone()),
        columns,
        text: soql.into(),
        pk_chunkable: is_chunkable(&statement),
        filtered: statement.filter.is_some(),
        plan: Arc::new(plan),
    })
}

fn check_size(soql: &str) -> Result<(), SoqlError> {
    if soql.trim().is_empty() {
        let message = "SOQL statements cannot be empty or null";
        return Err(SoqlError::new("MALFORMED_QUERY", message));
    }
    if soql.chars().count() > LONGEST {
        let message = format!("SOQL statements cannot be longer than {LONGEST} characters.");
        return Err(SoqlError::new("MALFORMED_QUERY", message));
    }
    if grammar::depth(soql) > DEEPEST {
        let message = "Query is either selecting too many fields or the filter conditions are too \
                       complicated.";
        return Err(SoqlError::new("QUERY_TOO_COMPLICATED", message));
    }
    Ok(())
}

/// What the names of a statement are about.
///
/// # Errors
/// When the object after FROM does not exist.
pub fn names<'a>(
    database: &'a Database,
    soql: &'a str,
    statement: &'a Statement,
) -> Result<Names<'a>, SoqlError> {
    let root = object(database, soql, &statement.from)?;
    Ok(Names { database, soql, root, alias: statement.alias.as_deref() })
}

/// The plan of a statement with these columns.
///
/// # Errors
/// When its conditions or its order do not fit the schema.
pub fn plan(
    names: &Names<'_>,
    statement: &Statement,
    columns: Vec<Path>,
    with_deleted: bool,
) -> Result<Plan, SoqlError> {
    let filter = statement.filter.as_ref().map(|it| filter::node(names, it)).transpose()?;
    let order = statement.order.iter().map(|sort| key(names, sort)).collect::<Result<_, _>>()?;
    let prefix = names.object(names.root).map_or("", |it| &it.prefix);
    let within = filter.as_ref().map_or(0..u64::MAX, |node: &Node| within(node, prefix));
    let (object, limit) = (names.root, statement.limit);
    Ok(Plan { object, columns, filter, order, limit, with_deleted, within })
}

fn key(names: &Names<'_>, sort: &Sort) -> Result<Key, SoqlError> {
    let found = names.resolve(&sort.path)?;
    let unsorted = matches!(found.field.kind, FieldType::Compound | FieldType::MultiPicklist);
    if !found.field.filterable || unsorted {
        let message = format!("field '{}' can not be sorted in a query call", found.field.name);
        return Err(names.refuse(sort.path.at, message));
    }
    Ok(Key { path: found.path, descending: sort.descending, nulls_last: sort.nulls_last })
}

/// What the SELECT names, with `FIELDS(STANDARD)` written out.
fn columns(
    names: &Names<'_>,
    statement: &Statement,
    dialect: Dialect,
) -> Result<Vec<(Path, Column)>, SoqlError> {
    let mut columns: Vec<(Path, Column)> = Vec::new();
    for item in &statement.select {
        for path in paths(names, &item.it) {
            let found = names.resolve(&At { at: item.at, it: path })?;
            if found.field.kind == FieldType::Compound {
                return Err(dialect.refuses("Selecting compound data not supported in Bulk Query"));
            }
            if columns.iter().any(|(path, _)| *path == found.path) {
                let name = found.column.path.join(".");
                return Err(names.refuse(item.at, format!("duplicate field selected: {name}")));
            }
            columns.push((found.path, found.column));
        }
    }
    Ok(columns)
}

fn paths(names: &Names<'_>, item: &Item) -> Vec<Vec<String>> {
    let standard = |field: &&Field| !field.is_custom() && field.kind != FieldType::Compound;
    let all = || names.object(names.root).map(|it| it.fields.iter()).into_iter().flatten();
    match item {
        Item::Path(path) => vec![path.clone()],
        Item::Call(..) => all().filter(standard).map(|field| vec![field.name.clone()]).collect(),
        Item::Children(_) | Item::TypeOf => Vec::new(),
    }
}

/// PK chunking is off with ORDER BY, with LIMIT, and with a filter on a field that has "id" in its
/// name.
fn is_chunkable(statement: &Statement) -> bool {
    let names_id = statement.filter.as_ref().is_some_and(|filter| filter.names("id"));
    statement.order.is_empty() && statement.limit.is_none() && !names_id
}
