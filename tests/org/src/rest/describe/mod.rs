//! What objects there are, and their fields, with every member that Salesforce tells.

mod field;
mod object;

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::http::Response;
use crate::world::World;

/// All objects.
pub fn all(world: &World, version: &str) -> Response {
    let objects = world.db.objects().iter().filter(|object| !object.prefix.is_empty());
    let objects: Vec<Value> = objects.map(|it| object::head(it, version)).collect();
    let body = json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects });
    Response::json(200, &body)
}

/// One object and its fields.
pub fn one(world: &World, name: &str, version: &str) -> Result<Response, ApiError> {
    let object = world.db.object(name).ok_or_else(ApiError::not_found)?;
    let mut body = object::head(object, version);
    let fields: Vec<Value> = object.fields.iter().map(|it| field::describe(object, it)).collect();
    body["fields"] = Value::from(fields);
    object::add_details(&mut body, object, world);
    Ok(Response::json(200, &body))
}

/// One object in brief, as it is told without `describe`.
pub fn basic(world: &World, name: &str, version: &str) -> Result<Response, ApiError> {
    let object = world.db.object(name).ok_or_else(ApiError::not_found)?;
    let body = json!({ "objectDescribe": object::head(object, version), "recentItems": [] });
    Ok(Response::json(200, &body))
}
