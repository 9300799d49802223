//! Loading, as the database offers it.

use super::{Load, Outcome, Record, columns, rows};
use crate::data::Database;

impl Database {
    /// Checks the header of a load: what is wrong with it fails the batch or job as a whole.
    ///
    /// # Errors
    /// The state message that the batch or job fails with.
    pub fn check_columns(&self, load: &Load, header: &[String]) -> Result<(), String> {
        columns::check(self, load, header)
    }

    /// Loads one row.
    pub fn load(&mut self, load: &Load, record: &Record) -> Outcome {
        rows::load(self, load, record)
    }
}
