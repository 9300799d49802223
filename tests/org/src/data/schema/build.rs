//! Short ways to write a schema down.

use super::field::{Field, FieldType};
use super::object::{Object, Rule};

/// The longest text that a WHERE clause may look at.
const FILTERABLE: usize = 255;

/// A field that any row may lack and that anyone may set.
pub fn field(name: &str, kind: FieldType) -> Field {
    Field {
        name: name.into(),
        label: name.trim_end_matches("__c").into(),
        kind,
        length: 0,
        nillable: true,
        defaulted: false,
        createable: true,
        updateable: true,
        external_id: false,
        unique: false,
        id_lookup: false,
        filterable: true,
        picklist: Vec::new(),
        restricted: false,
        targets: Vec::new(),
        relationship: None,
        children: None,
        compound: None,
    }
}

/// A line of text.
pub fn string(name: &str, length: usize) -> Field {
    Field { length, ..field(name, FieldType::String) }
}

/// Text with lines.
pub fn text_area(name: &str, length: usize) -> Field {
    let filterable = length <= FILTERABLE;
    Field { length, filterable, ..field(name, FieldType::TextArea) }
}

/// A checkbox, which is never empty.
pub fn checkbox(name: &str) -> Field {
    Field { nillable: false, defaulted: true, ..field(name, FieldType::Boolean) }
}

/// An address of email, a telephone number or an address of the web.
pub fn contact_point(name: &str, kind: FieldType) -> Field {
    let length = match kind {
        FieldType::Email => 80,
        FieldType::Phone => 40,
        _ => 255,
    };
    Field { length, ..field(name, kind) }
}

/// A picklist that takes other values too.
pub fn picklist(name: &str, values: &[&str]) -> Field {
    let picklist = values.iter().map(|value| (*value).into()).collect();
    Field { length: 255, picklist, ..field(name, FieldType::Picklist) }
}

/// A picklist of several values, and of these only.
pub fn multi_picklist(name: &str, values: &[&str]) -> Field {
    Field {
        kind: FieldType::MultiPicklist,
        length: 4099,
        restricted: true,
        ..picklist(name, values)
    }
}

/// A reference, and the name by which it is followed.
pub fn reference(name: &str, relationship: &str, targets: &[&str]) -> Field {
    Field {
        length: 18,
        targets: targets.iter().map(|target| (*target).into()).collect(),
        relationship: Some(relationship.into()),
        ..field(name, FieldType::Reference)
    }
}

/// The parts of an address and the compound field that they make up: `BillingStreet` and so on.
pub fn address(prefix: &str, parts: Vec<Field>) -> Vec<Field> {
    let whole = format!("{prefix}Address");
    let parts = parts.into_iter().map(|part| {
        let name = format!("{prefix}{}", part.name);
        Field { label: name.clone(), name, ..part }.part_of(&whole)
    });
    let compound = field(&whole, FieldType::Compound).read_only();
    parts.collect::<Vec<_>>().into_iter().chain([compound]).collect()
}

/// The user who owns a row: whoever inserts it, unless the row says otherwise.
pub fn owner() -> Field {
    reference("OwnerId", "Owner", &["User"]).defaulted()
}

/// An external id of text.
pub fn external_id(name: &str) -> Field {
    Field { external_id: true, id_lookup: true, ..string(name, 40) }
}

impl Field {
    /// A field of this type that no object has, for what is made of fields.
    pub fn made(kind: FieldType) -> Field {
        field("expr", kind)
    }

    /// No row may lack it.
    pub fn required(self) -> Field {
        Field { nillable: false, ..self }
    }

    /// No row lacks it: one that is inserted without it gets a value of its own.
    pub fn defaulted(self) -> Field {
        Field { nillable: false, defaulted: true, ..self }
    }

    /// Only the org sets it.
    pub fn read_only(self) -> Field {
        Field { createable: false, updateable: false, ..self }
    }

    /// No two rows share a value.
    pub fn unique(self) -> Field {
        Field { unique: true, ..self }
    }

    /// Relationship columns look rows up by it.
    pub fn id_lookup(self) -> Field {
        Field { id_lookup: true, ..self }
    }

    /// The picklist takes its own values only.
    pub fn restricted(self) -> Field {
        Field { restricted: true, ..self }
    }

    /// Queries list the rows that have it by this name.
    pub fn listed_as(self, name: &str) -> Field {
        Field { children: Some(name.into()), ..self }
    }

    /// It is a part of a compound field.
    pub fn part_of(self, compound: &str) -> Field {
        Field { compound: Some(compound.into()), ..self }
    }

    /// The name that people see.
    pub fn labelled(self, label: &str) -> Field {
        Field { label: label.into(), ..self }
    }
}

/// An object of these fields, with the system's own before them.
pub fn object(name: &str, label: &str, prefix: &str, own: Vec<Field>) -> Object {
    let fields = system_fields().into_iter().chain(own).collect();
    let (name, label, prefix) = (name.into(), label.into(), prefix.into());
    Object { name, label, prefix, fields, bulk: true, rules: Vec::new() }
}

impl Object {
    /// The Bulk APIs do not know it.
    pub fn without_bulk(self) -> Object {
        Object { bulk: false, ..self }
    }

    /// Its rows keep this rule.
    pub fn with_rule(mut self, field: &str, message: &str) -> Object {
        self.rules.push(Rule { field: field.into(), message: message.into() });
        self
    }
}

/// The fields that every object has, in the places that [`super::system`] names.
fn system_fields() -> [Field; 7] {
    let moment = |name| field(name, FieldType::DateTime).defaulted().read_only();
    let user =
        |name, relationship| reference(name, relationship, &["User"]).defaulted().read_only();
    [
        Field { length: 18, ..field("Id", FieldType::Id).defaulted().read_only() },
        checkbox("IsDeleted").read_only(),
        moment("CreatedDate"),
        user("CreatedById", "CreatedBy"),
        moment("LastModifiedDate"),
        user("LastModifiedById", "LastModifiedBy"),
        moment("SystemModstamp"),
    ]
}
