//! Job descriptions as clients send them, and as they are answered: keys in the order of the API.

use serde_json::{Map, Value, json};

use crate::data::RecordId;
use crate::error::ApiError;
use crate::http::Response;
use crate::wire::time::json_time;

/// What a request says about a job.
#[derive(Debug)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a JSON object that has no members but these.
    pub fn parse(body: &[u8], known: &[&str]) -> Result<Self, ApiError> {
        let parsed: Map<String, Value> = serde_json::from_slice(body)
            .map_err(|error| ApiError::bad("JSON_PARSER_ERROR", error.to_string()))?;
        match parsed.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(Self(parsed)),
            Some(name) => {
                let message = format!("Unrecognized field \"{name}\"");
                Err(ApiError::bad("JSON_PARSER_ERROR", message))
            }
        }
    }

    /// A member that is text and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A member that must be there.
    pub fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.text(name).ok_or_else(|| ApiError::bad("INVALIDJOB", format!("{name} is required")))
    }
}

/// The description of a job, member by member.
#[derive(Debug, Default)]
pub struct Description(Vec<(&'static str, Value)>);

/// What every description begins with.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The job.
    pub id: RecordId,
    /// What it does.
    pub operation: &'a str,
    /// To which object.
    pub object: &'a str,
    /// When it was created and last changed.
    pub dates: [i64; 2],
    /// How it stands.
    pub state: &'a str,
}

impl Description {
    /// The members up to the state.
    pub fn new(head: Head<'_>) -> Self {
        let [created, modified] = head.dates.map(json_time);
        Self(vec![
            ("id", json!(head.id.to_string())),
            ("operation", json!(head.operation)),
            ("object", json!(head.object)),
            ("createdById", json!(crate::auth::user_id().to_string())),
            ("createdDate", json!(created)),
            ("systemModstamp", json!(modified)),
            ("state", json!(head.state)),
        ])
    }

    /// One more member.
    pub fn push(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Self {
        self.0.push((name, value.into()));
        self
    }

    /// One more member, if there is a value.
    pub fn maybe(&mut self, name: &'static str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.push(name, value);
        }
        self
    }

    /// The object as JSON. Apostrophes are escaped, which only Salesforce does.
    pub fn json(&self) -> String {
        let member = |(name, value): &(&str, Value)| format!("\"{name}\":{value}");
        let members: Vec<String> = self.0.iter().map(member).collect();
        format!("{{{}}}", members.join(",")).replace('\'', "\\u0027")
    }

    /// The object as a response.
    pub fn response(&self) -> Response {
        Response::of(200, "application/json;charset=UTF-8", self.json())
    }
}
