//! What is to be read: one body, and what it must be.

use crate::csv::{Delimiter, Ragged};
use crate::error::{Error, Result};
use crate::wire::request::Request;
use crate::wire::v1::NOTHING_FOUND;
use crate::wire::v2::IngestResult;
use crate::xml::RecordKind;

use crate::engine::v2::PageRef;

/// How a body is read where it is CSV.
#[derive(Clone, Debug, Default)]
pub struct CsvReading {
    /// What stands between two cells; the job says so.
    pub delimiter: Delimiter,
    /// The text of a cell that is null; an empty one means nothing.
    pub null: String,
    /// Whether bytes that are not UTF-8 are an error; otherwise U+FFFD stands in their place.
    pub fatal_utf8: bool,
}

/// One body to be read.
pub struct PagePlan<P> {
    /// The request.
    pub request: Request<P>,
    /// What its body is.
    pub role: Role,
    /// How it is read, if the body is CSV.
    pub csv: CsvReading,
    /// How many rows it must have, where that is known before.
    pub expected: Option<u64>,
    /// Where it stands among the pages that a client may cut as it likes.
    pub position: Option<PagePosition>,
}

/// A page of a query's results that was asked for by locator and size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePosition {
    /// The job.
    pub job: String,
    /// The page.
    pub page: PageRef,
    /// How many rows of the page that was asked for first come before it.
    pub first_row: u64,
}

impl<P> PagePlan<P> {
    /// A body of which no more is known.
    pub fn new(request: Request<P>, role: Role) -> Self {
        PagePlan { request, role, csv: CsvReading::default(), expected: None, position: None }
    }
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whatever was sent to Salesforce, as it was sent.
    Sent,
    /// Rows that a query found.
    Query,
    /// Rows of a Bulk API 2.0 load, with the columns that Salesforce adds.
    Rows(IngestResult),
    /// The outcomes of a Bulk API 1.0 batch, in the batch's order.
    BatchOutcomes,
    /// Rows of a Bulk API 2.0 load, as outcomes.
    LoadOutcomes(IngestResult),
}

/// What the header of a body says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// It is a header, and rows may follow.
    Header,
    /// It is the sentence that says that there are none.
    NothingFound,
}

impl Role {
    /// Whether the caller gets the rows as they are.
    pub fn is_rows(self) -> bool {
        matches!(self, Role::Query | Role::Rows(_))
    }

    /// The results of a load repeat what was sent, rows that were too short and failed for it too.
    pub fn ragged(self) -> Ragged {
        match self {
            Role::Rows(_) | Role::LoadOutcomes(_) => Ragged::Pad,
            _ => Ragged::Error,
        }
    }

    /// The elements of it, in XML.
    pub fn record_kind(self) -> RecordKind {
        if self == Role::BatchOutcomes { RecordKind::Result } else { RecordKind::Query }
    }

    /// Whether it can be JSON or XML too.
    pub fn is_any_format(self) -> bool {
        matches!(self, Role::Query | Role::BatchOutcomes)
    }

    /// Whether no byte at all says that there are no rows: some answers to an ingest job's results have none.
    pub fn may_be_empty(self) -> bool {
        matches!(self, Role::Rows(_) | Role::LoadOutcomes(_))
    }

    /// Looks at the first record of what is read as CSV, and may be called so by the server.
    ///
    /// # Errors
    /// Where these cannot be the columns of such a body: then it is something else.
    pub fn recognise(self, columns: &[String], is_csv: bool) -> Result<Recognised> {
        if self == Role::Query && matches!(columns, [only] if only == NOTHING_FOUND) {
            return Ok(Recognised::NothingFound);
        }
        let named = |name: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
        let missing = self.own_columns().iter().find(|name| !named(name));
        match missing {
            Some(name) => Err(unrecognised(&format!("it has no column {name}"))),
            None if self.has_any_names(is_csv)
                || columns.iter().all(|name| is_field_name(name)) =>
            {
                Ok(Recognised::Header)
            }
            None => Err(unrecognised("its first line is not a header of field names")),
        }
    }

    /// Whether the columns may have been named by the caller, who may have been wrong: the job has failed by them, and its
    /// rows come back under them.
    fn has_any_names(self, is_csv: bool) -> bool {
        match self {
            Role::Query => false,
            _ if self.own_columns().is_empty() => is_csv,
            _ => true,
        }
    }

    /// The columns that tell such a body from any other.
    fn own_columns(self) -> &'static [&'static str] {
        match self {
            Role::BatchOutcomes => &["Id", "Success", "Created", "Error"],
            Role::Rows(IngestResult::Successful) | Role::LoadOutcomes(IngestResult::Successful) => {
                &["sf__Id", "sf__Created"]
            }
            Role::Rows(IngestResult::Failed) | Role::LoadOutcomes(IngestResult::Failed) => {
                &["sf__Error"]
            }
            _ => &[],
        }
    }
}

/// The failure of a body that is something else.
pub(super) fn unrecognised(why: &str) -> Error {
    Error::response(format!("What the server sent is not the result that was asked for: {why}."))
}

/// Whether this can be the name of a field, of a parent's field, or of a function of one: no text, and no markup.
fn is_field_name(name: &str) -> bool {
    let strange = |byte: u8| byte <= b' ' || b"<>{}[]\"'`;\\\x7F".contains(&byte);
    !name.is_empty() && !name.bytes().any(strange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_recognised_by_its_columns() {
        let (header, nothing) = (Some(Recognised::Header), Some(Recognised::NothingFound));
        let failed = Role::LoadOutcomes(IngestResult::Failed);
        for (role, columns, is_csv, found) in [
            (Role::Query, "Id,Account.Name,toLabel(Status),ns__X__c", false, header),
            (Role::Query, NOTHING_FOUND, false, nothing),
            (Role::Query, "Service Unavailable", false, None),
            (Role::Query, "<html>", false, None),
            (Role::Query, "{\"error\":1}", false, None),
            (Role::Query, "Id,", false, None),
            (Role::BatchOutcomes, "Id,Success,Created,Error", false, header),
            (Role::BatchOutcomes, "id,success,created,error", false, header),
            (Role::BatchOutcomes, "Id,Name", false, None),
            (Role::BatchOutcomes, NOTHING_FOUND, false, None),
            (Role::Rows(IngestResult::Successful), "sf__Id,sf__Created,Name", false, header),
            (Role::Rows(IngestResult::Successful), "Id,Name", false, None),
            (failed, "sf__Id,sf__Error,Lead:Who.Email", false, header),
            (failed, "sf__Id,sf__Created,Name", false, None),
            (Role::Rows(IngestResult::Unprocessed), "Name,Ext__c", false, header),
            (Role::Rows(IngestResult::Unprocessed), "Bad Gateway", false, None),
            (failed, "sf__Id,sf__Error,First Name", true, header),
            (Role::Rows(IngestResult::Unprocessed), "First Name,1st,", true, header),
            (Role::Rows(IngestResult::Unprocessed), "Try again, please", false, None),
            (Role::Query, "First Name", true, None),
        ] {
            let columns: Vec<String> = columns.split(',').map(str::to_owned).collect();
            assert_eq!(role.recognise(&columns, is_csv).ok(), found, "{role:?} {columns:?}");
        }
    }
}
