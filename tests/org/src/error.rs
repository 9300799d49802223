//! Errors in the dialect of REST and Bulk 2.0: an array of one object.

use serde_json::json;

use crate::http::Response;

/// An error as `[{"message":…,"errorCode":…}]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The code in capitals.
    pub code: String,
    /// The message.
    pub message: String,
}

impl ApiError {
    /// An error of any status.
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into() }
    }

    /// A 400.
    pub fn bad(code: &str, message: impl Into<String>) -> Self {
        Self::new(400, code, message)
    }

    /// The 404 of everything that is not there.
    pub fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    /// The 405 that names what is allowed.
    pub fn method(sent: &str, allowed: &str) -> Self {
        let message = format!("HTTP Method '{sent}' not allowed. Allowed are {allowed}");
        Self::new(405, "METHOD_NOT_ALLOWED", message)
    }
}

impl From<ApiError> for Response {
    fn from(error: ApiError) -> Self {
        let body = json!([{ "errorCode": error.code, "message": error.message }]);
        Response::json(error.status, &body)
    }
}
