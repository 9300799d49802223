//! From a query as written to a plan.

use std::sync::Arc;

use super::ast::{Item, Sort, Statement};
use super::bounds::within;
use super::children;
use super::dialect::{self, Dialect};
use super::error::SoqlError;
use super::filter;
use super::grammar;
use super::grouping;
use super::plan::{Key, Node, Path, Plan};
use super::query::{Column, Query};
use super::resolve::{Names, object};
use super::select::columns;
use crate::data::Database;

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
    query(&names, &statement, dialect, with_deleted)
}

/// Checks a statement, be it the whole query or one for the children of its rows.
///
/// # Errors
/// In Salesforce's words.
pub fn query(
    names: &Names<'_>,
    statement: &Statement,
    dialect: Dialect,
    with_deleted: bool,
) -> Result<Query, SoqlError> {
    dialect::check(names, statement, dialect)?;
    if grouping::is_grouped(statement) {
        let grouping = Some(Arc::new(grouping::of(names, statement)?));
        let all = unordered(names, statement, Vec::new(), with_deleted)?;
        return Ok(Query { grouping, ..ungrouped(names, statement, all) });
    }
    let (paths, columns): (Vec<Path>, Vec<Column>) =
        columns(names, statement, dialect)?.into_iter().unzip();
    let children = statement.select.iter().filter_map(|item| match &item.it {
        Item::Children(inner) => Some(children::query(names, inner, dialect, with_deleted)),
        _ => None,
    });
    let children = children.collect::<Result<_, _>>()?;
    let plan = plan(names, statement, paths, with_deleted)?;
    Ok(Query { columns, children, ..ungrouped(names, statement, plan) })
}

fn ungrouped(names: &Names<'_>, statement: &Statement, plan: Plan) -> Query {
    Query {
        object: names.object(names.root).map_or_else(String::new, |it| it.name.clone()),
        columns: Vec::new(),
        text: names.soql.into(),
        pk_chunkable: is_chunkable(statement),
        children: Vec::new(),
        grouping: None,
        filtered: statement.filter.is_some(),
        plan: Arc::new(plan),
    }
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
    Ok(Plan {
        order: statement.order.iter().map(|sort| key(names, sort)).collect::<Result<_, _>>()?,
        limit: statement.limit,
        offset: statement.offset.as_ref().map_or(0, |offset| offset.it),
        ..unordered(names, statement, columns, with_deleted)?
    })
}

/// The plan of all rows that meet the conditions, in any order.
fn unordered(
    names: &Names<'_>,
    statement: &Statement,
    columns: Vec<Path>,
    with_deleted: bool,
) -> Result<Plan, SoqlError> {
    let filter = statement.filter.as_ref().map(|it| filter::node(names, it)).transpose()?;
    let prefix = names.object(names.root).map_or("", |it| &it.prefix);
    let within = filter.as_ref().map_or(0..u64::MAX, |node: &Node| within(node, prefix));
    let (object, order) = (names.root, Vec::new());
    Ok(Plan { object, columns, filter, order, limit: None, offset: 0, with_deleted, within })
}

fn key(names: &Names<'_>, sort: &Sort) -> Result<Key, SoqlError> {
    let found = names.field(&sort.by)?;
    if !found.field.is_sortable() {
        let message = format!("field '{}' can not be sorted in a query call", found.field.name);
        return Err(names.refuse(sort.by.at, message));
    }
    Ok(Key { path: found.path, descending: sort.descending, nulls_last: sort.nulls_last })
}

/// PK chunking is off with ORDER BY, with LIMIT, and with a filter on a field that has "id" in its
/// name.
fn is_chunkable(statement: &Statement) -> bool {
    let names_id = statement.filter.as_ref().is_some_and(|filter| filter.names("id"));
    statement.order.is_empty() && statement.limit.is_none() && !names_id
}
