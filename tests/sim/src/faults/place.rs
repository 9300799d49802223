//! What a request is about, as trouble needs to know it.

use salesforce_bulk_org::Request;

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Signing in.
    Login,
    /// Bulk API 1.0: makes a job.
    CreateJob,
    /// Reads or changes a job.
    Job,
    /// Adds a batch.
    AddBatch,
    /// Lists batches.
    Batches,
    /// Reads a batch.
    Batch,
    /// Reads what was sent as a batch.
    BatchRequest,
    /// Outcomes, or the list of a query's results.
    BatchResult,
    /// Rows of a query.
    QueryResult,
    /// Bulk API 2.0: makes a job.
    Create,
    /// Makes a job with its data.
    CreateWithData,
    /// Lists jobs.
    Jobs,
    /// Reads or changes a job.
    JobInfo,
    /// Deletes a job.
    Delete,
    /// Uploads a job's data.
    Upload,
    /// A result of an ingest job.
    IngestResult,
    /// Rows of a query.
    Results,
    /// Lists the pages of a query's rows.
    ResultPages,
}

impl Place {
    /// What this request is about.
    pub fn of(request: &Request) -> Place {
        let path: Vec<&str> = request.path().trim_matches('/').split('/').collect();
        let method = request.method.as_str();
        match path.as_slice() {
            ["services", "async", _, rest @ ..] => Place::of_v1(method, rest),
            ["services", "data", _, "jobs", rest @ ..] => Place::of_v2(method, rest, request),
            _ => Place::Login,
        }
    }

    fn of_v1(method: &str, path: &[&str]) -> Place {
        match (method, path) {
            (_, ["job"]) => Place::CreateJob,
            ("POST", ["job", _, "batch"]) => Place::AddBatch,
            (_, ["job", _, "batch"]) => Place::Batches,
            (_, ["job", _, "batch", _]) => Place::Batch,
            (_, ["job", _, "batch", _, "request"]) => Place::BatchRequest,
            (_, ["job", _, "batch", _, "result"]) => Place::BatchResult,
            (_, ["job", _, "batch", _, "result", _]) => Place::QueryResult,
            _ => Place::Job,
        }
    }

    fn of_v2(method: &str, path: &[&str], request: &Request) -> Place {
        match (method, path) {
            ("POST", [_]) if request.content_type_is("multipart/form-data") => {
                Place::CreateWithData
            }
            ("POST", [_]) => Place::Create,
            (_, [_]) => Place::Jobs,
            ("DELETE", _) => Place::Delete,
            ("PUT", _) => Place::Upload,
            (_, [_, _]) => Place::JobInfo,
            (_, ["query", _, "results"]) => Place::Results,
            (_, ["query", _, _]) => Place::ResultPages,
            _ => Place::IngestResult,
        }
    }

    /// Whether it makes something that its answer must name: only the server knows the name.
    pub fn creates(self) -> bool {
        matches!(self, Place::Login | Place::CreateJob | Place::Create | Place::CreateWithData)
    }

    /// Whether it sends rows that are stored twice when the network sends it twice.
    pub fn stores_rows(self) -> bool {
        matches!(self, Place::AddBatch | Place::CreateWithData)
    }

    /// Whether its answer is a list of jobs, batches or results.
    pub fn is_list(self) -> bool {
        matches!(self, Place::Batches | Place::BatchResult | Place::Jobs | Place::ResultPages)
    }

    /// Whether its answer tells states.
    pub fn tells_states(self) -> bool {
        matches!(self, Place::Job | Place::Batches | Place::Batch | Place::Jobs | Place::JobInfo)
    }

    /// Whether its answer is results.
    pub fn is_result(self) -> bool {
        matches!(
            self,
            Place::BatchResult
                | Place::QueryResult
                | Place::IngestResult
                | Place::Results
                | Place::ResultPages
        )
    }
}
