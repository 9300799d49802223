//! Queries within a SELECT, for the children of each row.

use std::collections::HashMap;
use std::sync::Arc;

use super::ast::{At, Statement};
use super::dialect::Dialect;
use super::error::SoqlError;
use super::grouping;
use super::plan::Plan;
use super::prepare;
use super::query::Query;
use super::resolve::Names;
use super::rowset::RowSet;
use super::run::run as find;
use crate::data::{Database, RecordId, Value};

/// `(SELECT Id FROM Contacts)`
#[derive(Clone, Debug)]
pub struct ChildQuery {
    /// The relationship, in the schema's spelling.
    pub relationship: String,
    /// The query. Its limit is for the children of one row.
    pub query: Query,
    /// The child's field that holds the id of its parent.
    reference: usize,
}

/// The children that a query found, of all parents.
#[derive(Clone, Debug)]
pub struct Children {
    /// The relationship.
    pub relationship: String,
    /// The query.
    pub query: Query,
    /// All children.
    pub rows: RowSet,
    /// The children of these, in turn.
    pub children: Vec<Children>,
    by_parent: HashMap<RecordId, Vec<usize>>,
}

impl Children {
    /// Which rows are the children of this parent, in their order.
    pub fn of(&self, parent: RecordId) -> &[usize] {
        self.by_parent.get(&parent).map_or(&[], Vec::as_slice)
    }
}

/// Checks a query for the children of the rows of another.
///
/// # Errors
/// When the relationship is not there, or the query cannot be run.
pub fn query(
    parent: &Names<'_>,
    statement: &Statement,
    dialect: Dialect,
    with_deleted: bool,
) -> Result<ChildQuery, SoqlError> {
    let (root, reference, relationship) = relationship(parent, &statement.from)?;
    if grouping::is_grouped(statement) {
        let message = "Aggregate functions are not supported in a sub-select";
        return Err(parent.malformed(statement.from.at, message));
    }
    let alias = statement.alias.as_deref();
    let names = Names { database: parent.database, soql: parent.soql, root, alias };
    let query = prepare::query(&names, statement, dialect, with_deleted)?;
    Ok(ChildQuery { relationship, query, reference })
}

/// The object of the children, their reference to the parent, and the relationship's own name.
fn relationship(
    parent: &Names<'_>,
    name: &At<String>,
) -> Result<(usize, usize, String), SoqlError> {
    let own = parent.object(parent.root).map(|object| object.name.as_str()).unwrap_or_default();
    let objects = parent.database.objects().iter().enumerate();
    let mut fields = objects.flat_map(|(object, it)| {
        it.fields.iter().enumerate().map(move |(position, field)| (object, position, field))
    });
    let found = fields.find_map(|(object, position, field)| {
        let named = field.children.as_ref().filter(|own| own.eq_ignore_ascii_case(&name.it))?;
        let points = field.targets.iter().any(|target| target == own);
        points.then(|| (object, position, named.clone()))
    });
    found.ok_or_else(|| {
        let message = format!(
            "Didn't understand relationship '{}' in FROM part of query call. If you are attempting \
             to use a custom relationship, be sure to append the '__r' after the custom \
             relationship name. Please reference your WSDL or the describe call for the \
             appropriate names.",
            name.it
        );
        SoqlError::at("INVALID_TYPE", parent.soql, name.at, message)
    })
}

/// Finds the children of all parents at once.
pub fn run(database: &Database, child: &ChildQuery) -> Children {
    let plan = &child.query.plan;
    let all = Arc::new(Plan { limit: None, offset: 0, ..Plan::clone(plan) });
    let rows = find(database, &all);
    let mut by_parent: HashMap<RecordId, Vec<usize>> = HashMap::new();
    for (index, ordinal) in rows.ordinals().enumerate() {
        if let Value::Id(parent) = database.value(plan.object, ordinal, child.reference) {
            by_parent.entry(parent).or_default().push(index);
        }
    }
    let offset = usize::try_from(plan.offset).unwrap_or(usize::MAX);
    let limit = plan.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    for of_one in by_parent.values_mut() {
        *of_one = of_one.iter().copied().skip(offset).take(limit).collect();
    }
    let relationship = child.relationship.clone();
    let children = database.children(&child.query);
    Children { relationship, query: child.query.clone(), rows, children, by_parent }
}
