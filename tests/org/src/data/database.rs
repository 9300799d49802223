//! The database of an org.

use super::ids::RecordId;
use super::load::{Load, Outcome, Record};
use super::schema::{Object, standard_objects};
use super::soql::{Dialect, Query, RowSet, SoqlError};

/// The objects and rows of an org.
///
/// A clone costs little and is a snapshot: rows that are loaded later do not show in it.
#[derive(Clone, Debug)]
pub struct Database {
    objects: Vec<Object>,
    now: i64,
}

impl Database {
    /// The standard schema and no rows, but for the user who loads them.
    pub fn new() -> Database {
        Database { objects: standard_objects(), now: 0 }
    }

    /// Sets the clock (milliseconds since 1970) that dates rows and that date literals count from.
    pub fn set_now(&mut self, millis: i64) {
        self.now = millis;
    }

    /// Adds that many rows made up from their numbers, and answers whether the object exists.
    pub fn seed(&mut self, object: &str, _rows: u64) -> bool {
        self.object(object).is_some()
    }

    /// The object of this name, in any case of letters.
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.name.eq_ignore_ascii_case(name))
    }

    /// All objects.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// Parses a query and checks it against the schema.
    ///
    /// # Errors
    /// In Salesforce's words, when the query cannot be run or this API refuses it.
    pub fn prepare(
        &self,
        soql: &str,
        _dialect: Dialect,
        _include_deleted: bool,
    ) -> Result<Query, SoqlError> {
        Err(SoqlError { code: "MALFORMED_QUERY".into(), message: soql.into() })
    }

    /// The same query over the ids from one to before another, as PK chunking rewrites it.
    pub fn prepare_range(&self, query: &Query, _from: RecordId, _to: Option<RecordId>) -> Query {
        query.clone()
    }

    /// The first and the last id of the object's rows, deleted ones too.
    pub fn pk_range(&self, _object: &str) -> Option<(RecordId, RecordId)> {
        None
    }

    /// Finds the rows of a query.
    pub fn run(&self, _query: &Query) -> RowSet {
        RowSet::empty()
    }

    /// Checks the header of a load: what is wrong with it fails the batch or job as a whole.
    ///
    /// # Errors
    /// The state message that the batch or job fails with.
    pub fn check_columns(&self, _load: &Load, _header: &[String]) -> Result<(), String> {
        Ok(())
    }

    /// Loads one row.
    pub fn load(&mut self, _load: &Load, _record: &Record) -> Outcome {
        Outcome { id: None, success: false, created: false, errors: Vec::new() }
    }

    /// Locks a row: the next so many writes to it fail (all, when no number is given).
    pub fn lock(&mut self, _id: RecordId, _times: Option<u32>) {}

    /// Takes a lock away.
    pub fn unlock(&mut self, _id: RecordId) {}
}

impl Default for Database {
    fn default() -> Database {
        Database::new()
    }
}
