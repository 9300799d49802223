//! Results: of a query page by page, of an ingest job in three parts.

use super::job::JobKind;
use crate::error::{Error, Result};
use crate::wire::request::{Api, Method, Request, with_query};

/// The three results of an ingest job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IngestResult {
    /// The rows that are stored.
    Successful,
    /// Those that failed, each with its error.
    Failed,
    /// Those that Salesforce did not come to.
    Unprocessed,
}

impl IngestResult {
    /// All of them.
    pub const ALL: [IngestResult; 3] =
        [IngestResult::Successful, IngestResult::Failed, IngestResult::Unprocessed];

    /// The result of that name.
    pub fn from_name(name: &str) -> Result<IngestResult> {
        let unknown = || Error::argument(format!("A job has no result {name}."));
        Self::ALL.into_iter().find(|result| result.name() == name).ok_or_else(unknown)
    }

    /// As the API's path names it.
    pub const fn name(self) -> &'static str {
        match self {
            IngestResult::Successful => "successfulResults",
            IngestResult::Failed => "failedResults",
            IngestResult::Unprocessed => "unprocessedrecords",
        }
    }
}

/// Reads one of the results of an ingest job.
pub fn ingest_result<P>(id: &str, which: IngestResult) -> Request<P> {
    Request::new(Api::V2, Method::Get, format!("{}/{}", JobKind::Ingest.path(id), which.name()))
        .of_job(id)
        .header("Accept", "text/csv")
}

/// Reads one page of a query's results.
pub fn results<P>(id: &str, locator: Option<&str>, max_records: Option<u64>) -> Request<P> {
    let size = max_records.map(|count| count.to_string());
    let path = format!("{}/results", JobKind::Query.path(id));
    let path = with_query(&path, &[("locator", locator), ("maxRecords", size.as_deref())]);
    Request::new(Api::V2, Method::Get, path).of_job(id).header("Accept", "text/csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_paths_carry_what_is_asked_for() {
        for (locator, size, tail) in [
            (None, None, "results"),
            (Some("MTA="), None, "results?locator=MTA%3D"),
            (None, Some(5), "results?maxRecords=5"),
            (Some("x"), Some(5), "results?locator=x&maxRecords=5"),
        ] {
            let request: Request<()> = results("750", locator, size);
            assert_eq!(request.path, format!("jobs/query/750/{tail}"));
        }
    }
}
