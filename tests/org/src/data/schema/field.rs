//! One field of an object.

/// The type of a field, in the names of Salesforce's describe call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// The row's own id.
    Id,
    /// One line of text.
    String,
    /// Text with lines.
    TextArea,
    /// A checkbox.
    Boolean,
    /// A whole number.
    Int,
    /// A number.
    Double,
    /// An amount of money.
    Currency,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// An address of email.
    Email,
    /// A telephone number.
    Phone,
    /// An address of the web.
    Url,
    /// One of some values.
    Picklist,
    /// Any of some values, with `;` between.
    MultiPicklist,
    /// The id of another row.
    Reference,
    /// Several fields seen as one (an address, say), which the Bulk APIs refuse.
    Compound,
}

impl FieldType {
    /// The name that describe calls and error messages use.
    pub fn name(self) -> &'static str {
        match self {
            FieldType::Id => "id",
            FieldType::String => "string",
            FieldType::TextArea => "textarea",
            FieldType::Boolean => "boolean",
            FieldType::Int => "int",
            FieldType::Double => "double",
            FieldType::Currency => "currency",
            FieldType::Percent => "percent",
            FieldType::Date => "date",
            FieldType::DateTime => "dateTime",
            FieldType::Email => "email",
            FieldType::Phone => "phone",
            FieldType::Url => "url",
            FieldType::Picklist => "picklist",
            FieldType::MultiPicklist => "multipicklist",
            FieldType::Reference => "reference",
            FieldType::Compound => "address",
        }
    }

    /// Whether values of this type are texts.
    pub fn is_text(self) -> bool {
        use FieldType::{Email, MultiPicklist, Phone, Picklist, String, TextArea, Url};
        matches!(self, String | TextArea | Email | Phone | Url | Picklist | MultiPicklist)
    }

    /// Whether values of this type are numbers.
    pub fn is_number(self) -> bool {
        use FieldType::{Currency, Double, Int, Percent};
        matches!(self, Int | Double | Currency | Percent)
    }
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The API name.
    pub name: String,
    /// The name that people see, which some messages use.
    pub label: String,
    /// What its values are.
    pub kind: FieldType,
    /// The most characters of a text.
    pub length: usize,
    /// Whether a row may lack it.
    pub nillable: bool,
    /// Whether a row that is inserted without it gets a value of its own.
    pub defaulted: bool,
    /// Whether an insert may set it.
    pub createable: bool,
    /// Whether an update may set it.
    pub updateable: bool,
    /// Whether it is an external id, by which an upsert finds its row.
    pub external_id: bool,
    /// Whether no two rows may share a value.
    pub unique: bool,
    /// Whether a relationship column may look a row up by it, though it is no external id.
    pub id_lookup: bool,
    /// Whether a WHERE clause may name it.
    pub filterable: bool,
    /// The values of a picklist.
    pub picklist: Vec<String>,
    /// Whether the picklist refuses other values.
    pub restricted: bool,
    /// The objects that a reference may point to.
    pub targets: Vec<String>,
    /// The name by which a query or a column follows the reference.
    pub relationship: Option<String>,
    /// The name by which a query over what the reference points to lists the rows that have it.
    pub children: Option<String>,
    /// The compound field that it is a part of.
    pub compound: Option<String>,
}

impl Field {
    /// Whether the reference may point to rows of different objects.
    pub fn is_polymorphic(&self) -> bool {
        self.targets.len() > 1
    }

    /// Whether the organisation added it.
    pub fn is_custom(&self) -> bool {
        self.name.ends_with("__c")
    }

    /// Whether a GROUP BY may name it.
    pub fn is_groupable(&self) -> bool {
        use FieldType::{Compound, Currency, Double, MultiPicklist, Percent};
        let kind = !matches!(self.kind, Compound | Currency | Double | MultiPicklist | Percent);
        kind && self.filterable && self.kind != FieldType::DateTime
    }

    /// Whether an ORDER BY may name it.
    pub fn is_sortable(&self) -> bool {
        self.filterable && !matches!(self.kind, FieldType::Compound | FieldType::MultiPicklist)
    }

    /// Whether an insert fails without it.
    pub fn is_required(&self) -> bool {
        self.createable && !self.nillable && !self.defaulted
    }
}
