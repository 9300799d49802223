//! What a version of the REST API has to offer.

use serde_json::{Value, json};

use crate::auth::{org_id, user_id};
use crate::http::{Request, Response};

/// The resources, which are called as their paths under the version.
const RESOURCES: [&str; 6] = ["composite", "jobs", "limits", "query", "queryAll", "sobjects"];

/// Answers `GET /services/data/v{version}`.
pub fn list(request: &Request, version: &str) -> Response {
    let mut body = json!({});
    for name in RESOURCES {
        body[name] = Value::from(format!("/services/data/v{version}/{name}"));
    }
    body["identity"] = json!(format!("{}/id/{}/{}", request.origin(), org_id(), user_id()));
    Response::json(200, &body)
}
