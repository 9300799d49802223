//! Queries, as the database offers them.

use super::{Dialect, Query, RowSet, SoqlError, prepare, run};
use crate::data::{Database, RecordId};

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

    /// Finds the rows of a query.
    pub fn run(&self, query: &Query) -> RowSet {
        run::run(self, &query.plan)
    }
}
