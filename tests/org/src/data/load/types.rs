//! What a load is given and what it answers.

/// What to do with rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Make new rows.
    Insert,
    /// Change rows by their ids.
    Update,
    /// Change rows found by an external id, and make those that are not there.
    Upsert,
    /// Put rows into the recycle bin.
    Delete,
    /// Remove rows for good.
    HardDelete,
}

/// What is the same for all rows of a job.
#[derive(Clone, Debug)]
pub struct Load {
    /// The object, in any case of letters.
    pub object: String,
    /// What to do.
    pub operation: Operation,
    /// The field by which an upsert finds rows.
    pub external_id: Option<String>,
}

/// One row to load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Header as sent (`Name`, `Account.Ext__c`, `Lead:Who.Email`) and content.
    pub cells: Vec<(String, Input)>,
}

/// The content of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// An empty cell or an absent member: the field is left as it is.
    Ignore,
    /// `#N/A`, JSON's null or `xsi:nil`: the field is emptied.
    Null,
    /// A value, as text whatever its type.
    Text(String),
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The id of the row: the new one, or as far as it is known when it failed.
    pub id: Option<String>,
    /// Whether the row was loaded.
    pub success: bool,
    /// Whether it was made rather than changed.
    pub created: bool,
    /// Why it was not loaded.
    pub errors: Vec<RowError>,
}

/// Why a row was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The status code: `REQUIRED_FIELD_MISSING`, …
    pub code: String,
    /// The message.
    pub message: String,
    /// The fields at fault.
    pub fields: Vec<String>,
}
