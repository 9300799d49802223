//! A query that was understood.

use std::sync::Arc;

use super::children::ChildQuery;
use super::grouping::{GroupColumn, Grouping};
use super::plan::Plan;
use crate::data::RecordId;
use crate::data::schema::FieldType;

/// A query, parsed and checked against the schema.
#[derive(Clone, Debug)]
pub struct Query {
    /// The object after FROM, in its own spelling.
    pub object: String,
    /// What it selects, in the order of the SELECT.
    pub columns: Vec<Column>,
    /// The text it was made from.
    pub text: String,
    /// Whether PK chunking can split it.
    pub pk_chunkable: bool,
    /// The queries for the children of each row.
    pub children: Vec<ChildQuery>,
    /// How its rows are put into groups, if they are.
    pub(super) grouping: Option<Arc<Grouping>>,
    /// Whether the text has a WHERE.
    pub(super) filtered: bool,
    pub(super) plan: Arc<Plan>,
}

/// One selected field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The relationships to follow and then the field, in the schema's spelling: `Account`, `Name`.
    pub path: Vec<String>,
    /// The object that each relationship of the path leads to (`Name` where there are several).
    pub objects: Vec<String>,
    /// The type of its values.
    pub kind: FieldType,
}

impl Query {
    /// Whether it answers groups of rows, or one group of all, in place of rows.
    pub fn is_grouped(&self) -> bool {
        self.grouping.is_some()
    }

    /// Whether it is `SELECT COUNT()`, which answers a number only.
    pub fn only_counts(&self) -> bool {
        self.grouping.as_ref().is_some_and(|grouping| grouping.only_counts)
    }

    /// The names and kinds of the columns of its groups.
    pub fn group_columns(&self) -> &[GroupColumn] {
        self.grouping.as_ref().map_or(&[], |grouping| grouping.columns.as_slice())
    }

    /// The same query over the ids from one to before another, as PK chunking rewrites it.
    pub(super) fn over(&self, prefix: &str, from: RecordId, to: Option<RecordId>) -> Query {
        let mut plan = Plan::clone(&self.plan);
        let start = super::bounds::from(from, prefix).max(plan.within.start);
        let end = to.map_or(u64::MAX, |to| super::bounds::from(to, prefix)).min(plan.within.end);
        plan.within = start..end.max(start);
        let joint = if self.filtered { "AND" } else { "WHERE" };
        let mut text = format!("{} {joint} Id >= {}", self.text, from.short());
        if let Some(to) = to {
            text.push_str(&format!(" AND Id < {}", to.short()));
        }
        Query { text, filtered: true, plan: Arc::new(plan), ..self.clone() }
    }
}
