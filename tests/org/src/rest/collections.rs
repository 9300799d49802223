//! Up to 200 rows at a time: `composite/sobjects`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::rows::{find, load, object_name, record, write};
use crate::data::{Operation, Outcome, RowError};
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::world::World;

/// The most rows of one request.
const MOST: usize = 200;

type Answer = Result<Response, ApiError>;

/// Rows to write.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rows {
    #[serde(default)]
    all_or_none: bool,
    records: Vec<Map<String, Value>>,
}

/// Rows to read.
#[derive(Deserialize)]
struct Wanted {
    ids: Vec<String>,
    fields: Vec<String>,
}

/// Answers a request to `composite/sobjects/{path}`.
pub fn handle(world: &mut World, request: &Request, version: &str, path: &[&str]) -> Answer {
    match (request.method.as_str(), path) {
        ("POST", []) => written(world, &read(request)?, Operation::Insert, None),
        ("PATCH", []) => written(world, &read(request)?, Operation::Update, None),
        ("PATCH", [_, field]) => written(world, &read(request)?, Operation::Upsert, Some(field)),
        ("DELETE", []) => deleted(world, request),
        ("POST", [name]) => retrieved(world, version, name, &read(request)?),
        ("GET", [name]) => {
            let list = |name: &str| {
                let text = request.query(name).unwrap_or_default();
                text.split(',').map(str::to_owned).collect()
            };
            let wanted = Wanted { ids: list("ids"), fields: list("fields") };
            retrieved(world, version, name, &wanted)
        }
        (method, _) => Err(ApiError::method(method, "DELETE,GET,HEAD,PATCH,POST")),
    }
}

fn read<T: serde::de::DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    serde_json::from_slice(&request.body)
        .map_err(|error| ApiError::bad("JSON_PARSER_ERROR", error.to_string()))
}

fn check_count(count: usize, verb: &str) -> Result<(), ApiError> {
    if count <= MOST {
        return Ok(());
    }
    let message = format!("record limit reached. cannot {verb} more than {MOST} records");
    Err(ApiError::bad("LIMIT_EXCEEDED", message))
}

fn written(
    world: &mut World,
    rows: &Rows,
    operation: Operation,
    external_id: Option<&str>,
) -> Answer {
    let verb = match operation {
        Operation::Insert => "create",
        Operation::Upsert => "upsert",
        _ => "update",
    };
    check_count(rows.records.len(), verb)?;
    let outcomes = together(world, rows.all_or_none, |world| {
        rows.records.iter().map(|row| write_one(world, row, operation, external_id)).collect()
    });
    Ok(told(&outcomes, operation == Operation::Upsert))
}

fn write_one(
    world: &mut World,
    row: &Map<String, Value>,
    operation: Operation,
    external_id: Option<&str>,
) -> Outcome {
    let kind = row.get("attributes").and_then(|attributes| attributes["type"].as_str());
    let Some(object) = kind.and_then(|name| object_name(world, name).ok()) else {
        let message = match kind {
            None => "Please specify a type for sObject".to_owned(),
            Some(name) => format!("sObject type '{name}' is not supported."),
        };
        return refused("INVALID_TYPE", message);
    };
    write(world, &load(&object, operation, external_id), &record(row, None))
}

fn deleted(world: &mut World, request: &Request) -> Answer {
    let ids = request.query("ids").unwrap_or_default();
    let ids: Vec<&str> = ids.split(',').filter(|id| !id.is_empty()).collect();
    check_count(ids.len(), "delete")?;
    let all_or_none = request.query("allOrNone").is_some_and(|flag| flag == "true");
    let outcomes =
        together(world, all_or_none, |world| ids.iter().map(|id| delete_one(world, id)).collect());
    Ok(told(&outcomes, false))
}

fn delete_one(world: &mut World, id: &str) -> Outcome {
    let object = world.db.objects().iter().find(|it| id.get(..3) == Some(it.prefix.as_str()));
    let Some(object) = object.map(|object| object.name.clone()) else {
        return refused("MALFORMED_ID", format!("malformed id {id}"));
    };
    write(world, &load(&object, Operation::Delete, None), &record(&Map::new(), Some(("Id", id))))
}

fn refused(code: &str, message: String) -> Outcome {
    let error = RowError { code: code.to_owned(), message, fields: Vec::new() };
    Outcome { id: None, success: false, created: false, errors: vec![error] }
}

/// Writes rows. If all shall fail with one of them, what was written is undone.
fn together(
    world: &mut World,
    all_or_none: bool,
    write: impl FnOnce(&mut World) -> Vec<Outcome>,
) -> Vec<Outcome> {
    let before = all_or_none.then(|| world.db.clone());
    let mut outcomes = write(world);
    let failed = outcomes.iter().any(|outcome| !outcome.success);
    if let (Some(before), true) = (before, failed) {
        world.db = before;
        let message = "Record rolled back because not all records were valid and the request was \
                       using AllOrNone header";
        for outcome in outcomes.iter_mut().filter(|outcome| outcome.success) {
            *outcome = refused("ALL_OR_NONE_OPERATION_ROLLED_BACK", message.to_owned());
        }
    }
    outcomes
}

fn told(outcomes: &[Outcome], tells_created: bool) -> Response {
    let one = |outcome: &Outcome| {
        let error = |error: &RowError| {
            json!({
                "statusCode": error.code, "message": error.message, "fields": error.fields,
            })
        };
        let errors: Vec<Value> = outcome.errors.iter().map(error).collect();
        let mut body = json!({ "success": outcome.success, "errors": errors });
        if let Some(id) = &outcome.id {
            body["id"] = json!(id);
        }
        if tells_created && outcome.success {
            body["created"] = json!(outcome.created);
        }
        body
    };
    Response::json(200, &outcomes.iter().map(one).collect())
}

/// The rows of these ids in their order; null for one that is not there.
fn retrieved(world: &World, version: &str, name: &str, wanted: &Wanted) -> Answer {
    let object = object_name(world, name)?;
    check_count(wanted.ids.len(), "retrieve")?;
    let fields = wanted.fields.join(",");
    let one = |id: &String| {
        let rows = find(world, &object, ["Id", id], Some(&fields), version)?;
        Ok(rows.into_iter().next().unwrap_or(Value::Null))
    };
    let rows: Result<Value, ApiError> = wanted.ids.iter().map(one).collect();
    Ok(Response::json(200, &rows?))
}
