//! How the org behaves. Where nobody knows what Salesforce does, a switch defaults to what is hardest
//! on a client; where several answers have been seen, to the one that is seen most.

use serde::{Deserialize, Serialize};

/// Everything about the org that a test may want different.
///
/// Durations are milliseconds of the org's own clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Config {
    /// Where the clock starts, in milliseconds since 1970.
    pub start_ms: i64,
    /// How long a session lives.
    pub session_ms: i64,
    /// How long a batch or job waits before it is worked on.
    pub queue_ms: i64,
    /// How long a batch or job takes at least.
    pub processing_ms: i64,
    /// How much longer it takes for each row, in microseconds.
    pub row_us: i64,
    /// How long after its batch was taken up PK chunking adds the child batches.
    pub chunking_ms: i64,
    /// How long it takes from one child batch to the next; 0 adds them all at once.
    pub chunking_step_ms: i64,
    /// Makes this child of a PK-chunked batch fail, counted from 0.
    pub failing_chunk: Option<usize>,
    /// Rows in a page of Bulk 2.0 query results when the client names no `maxRecords`.
    pub page_size: usize,
    /// Jobs in a page of a job list.
    pub list_page_size: usize,
    /// In how many results a Bulk 1.0 query batch leaves its rows.
    pub results_per_batch: usize,
    /// What a Bulk 2.0 job answers for an ingest result set without rows.
    pub empty_results: EmptyResults,
    /// What a Bulk 2.0 job answers when it is asked for results before its end.
    pub early_results: EarlyResults,
    /// The shape of `resultPages`.
    pub result_pages: ResultPages,
    /// What becomes of `maxRecords` with `resultPages`.
    pub max_records_with_result_pages: MaxRecords,
    /// How Bulk 1.0 writes dates without a time in JSON.
    pub json_dates: JsonDates,
    /// Whether `numberBatchesTotal` counts a batch that PK chunking split, beside its children.
    pub batches_total_counts_parent: bool,
    /// When a second upload to a Bulk 2.0 job is refused.
    pub second_upload: SecondUpload,
    /// Whether a failed Bulk 2.0 query job tells why.
    pub query_error_message: bool,
    /// Whether a completed Bulk 1.0 batch carries a `stateMessage` too.
    pub completed_state_message: bool,
    /// Whether Bulk 1.0 accepts `Authorization: Bearer` alone.
    pub v1_bearer: bool,
    /// Whether the SOAP `login()` call is enabled at all.
    pub soap_login: bool,
    /// Whether `faultcode` of a SOAP fault is written with the prefix `sf:`.
    pub soap_fault_prefix: bool,
    /// Whether a refresh yields a new refresh token and kills the old one.
    pub refresh_rotation: bool,
    /// The RSA public key (PEM) that signs JWT assertions; without one, signatures are not checked.
    pub jwt_public_key: Option<String>,
    /// Whether the user may hard delete.
    pub hard_delete: bool,
    /// Whether responses are compressed when the client asks for it.
    pub gzip_responses: bool,
    /// API calls allowed in a day; beyond it REST answers `REQUEST_LIMIT_EXCEEDED`.
    pub daily_api_requests: u64,
    /// Batches allowed in a day, shared by both APIs.
    pub daily_batches: u64,
    /// The newest version of the API the org speaks.
    pub newest_version: u32,
    /// Versions below this one are answered with a `Warning` header.
    pub deprecated_below: u32,
    /// What browsers are allowed.
    pub cors: Cors,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            start_ms: 1_793_527_200_000,
            session_ms: 7_200_000,
            queue_ms: 50,
            processing_ms: 200,
            row_us: 0,
            chunking_ms: 200,
            chunking_step_ms: 0,
            failing_chunk: None,
            page_size: 1_000,
            list_page_size: 1_000,
            results_per_batch: 1,
            empty_results: EmptyResults::HeaderOnly,
            early_results: EarlyResults::PreconditionFailed,
            result_pages: ResultPages::Guide,
            max_records_with_result_pages: MaxRecords::Ignored,
            json_dates: JsonDates::Text,
            batches_total_counts_parent: false,
            second_upload: SecondUpload::AtClose,
            query_error_message: false,
            completed_state_message: false,
            v1_bearer: false,
            soap_login: true,
            soap_fault_prefix: true,
            refresh_rotation: true,
            jwt_public_key: None,
            hard_delete: true,
            gzip_responses: true,
            daily_api_requests: 100_000_000,
            daily_batches: 15_000,
            newest_version: 67,
            deprecated_below: 41,
            cors: Cors::default(),
        }
    }
}

impl Config {
    /// The same configuration with the members of a JSON object changed.
    ///
    /// # Errors
    ///
    /// What `serde_json` has against the object: an unknown member or a wrong type.
    pub fn merged(&self, changes: &serde_json::Value) -> Result<Self, serde_json::Error> {
        let mut whole = serde_json::to_value(self)?;
        merge(&mut whole, changes);
        serde_json::from_value(whole)
    }
}

fn merge(into: &mut serde_json::Value, changes: &serde_json::Value) {
    match (into, changes) {
        (serde_json::Value::Object(into), serde_json::Value::Object(changes)) => {
            for (key, change) in changes {
                merge(into.entry(key.clone()).or_insert(serde_json::Value::Null), change);
            }
        }
        (into, change) => *into = change.clone(),
    }
}

/// The answer for a result set without rows; all three have been seen, the last most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EmptyResults {
    /// `204 No Content`.
    NoContent,
    /// `200` with no byte.
    ZeroBytes,
    /// `200` with the header row.
    HeaderOnly,
}

/// The answer to a question for results that comes too early; both are documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EarlyResults {
    /// `412` with `JOB_NOT_COMPLETE`.
    PreconditionFailed,
    /// `204 No Content`, as for a result without rows.
    NoContent,
}

/// The shape of `resultPages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResultPages {
    /// As the developer guide has it: `resultPages[].resultUrl`, from the root of the host.
    Guide,
    /// As clients have met it: `resultChunks[].resultLink`, from the root of the version, and a
    /// `nextRecordsUrl` that may be null.
    Field,
    /// Of either, mixed.
    Mixed,
}

/// What becomes of `maxRecords`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MaxRecords {
    /// The server cuts the pages as it likes.
    Ignored,
    /// Pages have so many rows.
    Honoured,
    /// `400`.
    Refused,
}

/// How JSON writes dates without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum JsonDates {
    /// `"2000-06-05"`.
    Text,
    /// In milliseconds since 1970, as those with a time.
    Millis,
}

/// When the second upload to a Bulk 2.0 job is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SecondUpload {
    /// At the upload itself.
    AtUpload,
    /// Only when the job is closed.
    AtClose,
}

/// What pages of another origin may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Cors {
    /// Which origins get in.
    pub mode: CorsMode,
    /// Whether the `Sforce-…` headers of a response can be read.
    pub expose: bool,
    /// Whether Bulk 1.0 takes part at all.
    pub v1: bool,
    /// Whether the OAuth endpoints take part.
    pub oauth: bool,
}

impl Default for Cors {
    fn default() -> Self {
        Self { mode: CorsMode::Off, expose: false, v1: false, oauth: true }
    }
}

/// Which origins get in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CorsMode {
    /// None, and nothing is said about it.
    Off,
    /// Any.
    Any,
    /// Those listed; others are answered without CORS headers.
    Allowlist(Vec<String>),
    /// None: requests with an `Origin` are refused with 403.
    Refuse,
}
