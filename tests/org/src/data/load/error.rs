//! What rows that cannot be loaded are told.

use super::types::{Outcome, RowError};
use crate::data::RecordId;
use crate::data::schema::Field;

impl RowError {
    /// An error that names no field.
    pub(super) fn new(code: &str, message: impl Into<String>) -> RowError {
        RowError { code: code.into(), message: message.into(), fields: Vec::new() }
    }

    /// An error of one field. The message begins with the field's label.
    pub(super) fn of(field: &Field, code: &str, message: impl std::fmt::Display) -> RowError {
        RowError::new(code, format!("{}: {message}", field.label)).naming([field.name.clone()])
    }

    pub(super) fn naming(self, fields: impl IntoIterator<Item = String>) -> RowError {
        RowError { fields: fields.into_iter().collect(), ..self }
    }

    pub(super) fn missing(fields: Vec<String>) -> RowError {
        let message = format!("Required fields are missing: [{}]", fields.join(", "));
        RowError::new("REQUIRED_FIELD_MISSING", message).naming(fields)
    }

    pub(super) fn deleted() -> RowError {
        RowError::new("ENTITY_IS_DELETED", "entity is deleted")
    }

    pub(super) fn no_such_row() -> RowError {
        RowError::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
    }

    pub(super) fn locked(id: RecordId) -> RowError {
        let message = "unable to obtain exclusive access to this record or 1 records";
        RowError::new("UNABLE_TO_LOCK_ROW", format!("{message}: {}", id.short()))
    }

    /// The field is the org's to set.
    pub(super) fn read_only(field: &Field) -> RowError {
        let advice = "Please check the security settings of this field and verify that it is \
                      read/write for your profile or permission set.";
        let message = format!("Unable to create/update fields: {}. {advice}", field.name);
        RowError::new("INVALID_FIELD_FOR_INSERT_UPDATE", message).naming([field.name.clone()])
    }
}

impl Outcome {
    pub(super) fn done(id: RecordId, created: bool) -> Outcome {
        Outcome { id: Some(id.to_string()), success: true, created, errors: Vec::new() }
    }

    pub(super) fn failed(id: Option<RecordId>, errors: Vec<RowError>) -> Outcome {
        let id = id.map(|id| id.to_string());
        Outcome { id, success: false, created: false, errors }
    }
}
