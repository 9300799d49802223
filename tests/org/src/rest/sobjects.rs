//! Objects and their rows, one at a time: `sobjects/…`.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::describe;
use super::rows::{find, load, object_name, record, write};
use crate::data::{Operation, Outcome};
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::world::World;

type Answer = Result<Response, ApiError>;

/// Answers a request to `sobjects/{path}`.
pub fn handle(world: &mut World, request: &Request, version: &str, path: &[&str]) -> Answer {
    match (request.method.as_str(), path) {
        ("GET", []) => Ok(describe::all(world, version)),
        ("GET", [name]) => describe::basic(world, name, version),
        ("POST", [name]) => create(world, request, name),
        ("GET", [name, "describe"]) => describe::one(world, name, version),
        (_, [name, "Id" | "id", id] | [name, id]) => by_id(world, request, version, [name, id]),
        (_, [name, field, text]) => by_key(world, request, version, [name, field, text]),
        (method, _) => Err(ApiError::method(method, "GET,HEAD,POST")),
    }
}

fn create(world: &mut World, request: &Request, name: &str) -> Answer {
    let object = object_name(world, name)?;
    let record = record(&body(request)?, None);
    let outcome = write(world, &load(&object, Operation::Insert, None), &record);
    Ok(told(&outcome, 201, false))
}

fn by_id(world: &mut World, request: &Request, version: &str, [name, id]: [&str; 2]) -> Answer {
    let object = object_name(world, name)?;
    let known = |world: &World| {
        let fields = request.query("fields");
        let rows = find(world, &object, ["Id", id], fields.as_deref(), version);
        rows.and_then(|rows| rows.into_iter().next().ok_or_else(ApiError::not_found))
    };
    match request.method.as_str() {
        "GET" => Ok(Response::json(200, &known(world)?)),
        "PATCH" => {
            known(world)?;
            let record = record(&body(request)?, Some(("Id", id)));
            Ok(empty(&write(world, &load(&object, Operation::Update, None), &record)))
        }
        "DELETE" => {
            known(world)?;
            let record = record(&Map::new(), Some(("Id", id)));
            Ok(empty(&write(world, &load(&object, Operation::Delete, None), &record)))
        }
        other => Err(ApiError::method(other, "DELETE,GET,HEAD,PATCH")),
    }
}

/// A row that is named by an external id.
fn by_key(
    world: &mut World,
    request: &Request,
    version: &str,
    [name, field, text]: [&str; 3],
) -> Answer {
    let object = object_name(world, name)?;
    let known = world.db.object(&object).and_then(|object| object.field(field));
    let Some(field) = known.filter(|field| field.is_key()).map(|field| field.name.clone()) else {
        let message =
            format!("Provided external ID field does not exist or is not accessible: {field}");
        return Err(ApiError::new(404, "NOT_FOUND", message));
    };
    let text = percent_decode_str(text).decode_utf8_lossy().into_owned();
    match request.method.as_str() {
        "GET" => {
            let fields = request.query("fields");
            let rows = find(world, &object, [&field, &text], fields.as_deref(), version)?;
            match rows.as_slice() {
                [] => Err(ApiError::not_found()),
                [one] => Ok(Response::json(200, one)),
                several => Ok(Response::json(300, &urls(several))),
            }
        }
        "PATCH" => {
            let record = record(&body(request)?, Some((&field, &text)));
            let load = load(&object, Operation::Upsert, Some(&field));
            let outcome = write(world, &load, &record);
            Ok(told(&outcome, if outcome.created { 201 } else { 200 }, true))
        }
        other => Err(ApiError::method(other, "GET,HEAD,PATCH")),
    }
}

fn urls(rows: &[Value]) -> Value {
    rows.iter().map(|row| row["attributes"]["url"].clone()).collect()
}

fn body(request: &Request) -> Result<Map<String, Value>, ApiError> {
    serde_json::from_slice(&request.body)
        .map_err(|error| ApiError::bad("JSON_PARSER_ERROR", error.to_string()))
}

/// What became of a row, with its id.
fn told(outcome: &Outcome, status: u16, tells_created: bool) -> Response {
    if !outcome.success {
        return refused(outcome);
    }
    let mut body = json!({ "id": outcome.id, "success": true, "errors": [] });
    if tells_created {
        body["created"] = json!(outcome.created);
    }
    Response::json(status, &body)
}

fn empty(outcome: &Outcome) -> Response {
    if outcome.success { Response::new(204, "") } else { refused(outcome) }
}

fn refused(outcome: &Outcome) -> Response {
    let error = |error: &crate::data::RowError| json!({ "message": error.message, "errorCode": error.code, "fields": error.fields });
    let errors: Vec<Value> = outcome.errors.iter().map(error).collect();
    let deleted = outcome.errors.iter().any(|error| error.code == "ENTITY_IS_DELETED");
    Response::json(if deleted { 404 } else { 400 }, &Value::from(errors))
}
