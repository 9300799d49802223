//! Errors in the dialect of Bulk 1.0: one object, in XML or JSON.

use serde_json::json;

use super::render::{JSON, NAMESPACE, XML};
use crate::http::Response;
use crate::wire::xml::escape;

/// An error as `<error>` or `{"exceptionCode":…}`; nearly always a 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsyncError {
    /// The exception code.
    pub code: &'static str,
    /// The message.
    pub message: String,
}

impl AsyncError {
    /// An error.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The response in one of the two formats.
    pub fn response(&self, as_json: bool) -> Response {
        let (code, message) = (self.code, &self.message);
        if as_json {
            let body = json!({ "exceptionCode": code, "exceptionMessage": message });
            return Response::of(400, JSON, body.to_string());
        }
        let message = escape(message);
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><error\n   xmlns=\"{NAMESPACE}\">\n \
             <exceptionCode>{code}</exceptionCode>\n \
             <exceptionMessage>{message}</exceptionMessage>\n</error>"
        );
        Response::of(400, XML, body)
    }
}
