//! Queries, as the database offers them.

use super::{Children, Dialect, Query, RowSet, SoqlError, aggregate, children, prepare, run};
use crate::data::{Database, RecordId, Value};

impl Database {
    /// Parses a query and checks it against the schema.
    ///
    /// # Errors
    /// In Salesforce's words, when the query cannot be run or this API refuses it.
    pub fn prepare(
        &self,
        soql: &str,
        dialect: Dialect,
        include_deleted: bool,
    ) -> Result<Query, SoqlError> {
        prepare::prepare(self, soql, dialect, include_deleted)
    }

    /// The same query over the ids from one to before another, as PK chunking rewrites it.
    pub fn prepare_range(&self, query: &Query, from: RecordId, to: Option<RecordId>) -> Query {
        query.over(self.object(&query.object).map_or("", |it| &it.prefix), from, to)
    }

    /// Finds the rows of a query; of one with groups, those that are put into them.
    pub fn run(&self, query: &Query) -> RowSet {
        run::run(self, &query.plan)
    }

    /// The groups of a query's rows, each with its values in the order of the query's columns.
    pub fn groups(&self, query: &Query, rows: &RowSet) -> Vec<Vec<Value>> {
        let Some(grouping) = &query.grouping else { return Vec::new() };
        aggregate::groups(self, query.plan.object, grouping, rows)
    }

    /// The children of all rows that a query may find.
    pub fn children(&self, query: &Query) -> Vec<Children> {
        query.children.iter().map(|child| children::run(self, child)).collect()
    }
}
