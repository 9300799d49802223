//! The objects that a new org has.

use super::object::Object;

/// The objects that a new org has.
pub fn standard_objects() -> Vec<Object> {
    Vec::new()
}
