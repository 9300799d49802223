//! One object (a table, in other words).

use super::field::Field;

/// An object of the org.
#[derive(Clone, Debug)]
pub struct Object {
    /// The API name.
    pub name: String,
    /// The name that people see, which some messages use.
    pub label: String,
    /// The first three characters of its ids.
    pub prefix: String,
    /// Its fields, the id first.
    pub fields: Vec<Field>,
    /// Whether the Bulk APIs know it.
    pub bulk: bool,
    /// The rules that a row must keep.
    pub rules: Vec<Rule>,
}

/// A validation rule: a number that must not be negative.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The field that the rule looks at.
    pub field: String,
    /// What a row that breaks it is told.
    pub message: String,
}

impl Object {
    /// The field of this name, in any case of letters.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.position(name).and_then(|at| self.fields.get(at))
    }

    /// The field that names a row to people.
    pub fn name_field(&self) -> Option<&Field> {
        ["Name", "CaseNumber", "Subject", "MasterLabel"].iter().find_map(|name| self.field(name))
    }

    /// The position of the field of this name, in any case of letters.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The reference that this relationship follows, in any case of letters.
    pub fn relationship(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| {
            field.relationship.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name))
        })
    }
}
