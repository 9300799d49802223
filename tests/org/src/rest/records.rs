//! Rows and groups of rows, as the REST query writes them.

use serde_json::{Map, Value, json};

use crate::data::Children;
use crate::error::ApiError;
use crate::rows::{Dates, Rows, json_value, object};
use crate::work::Found;

/// Groups in one answer: there is no second.
const GROUPS: usize = 2_000;

/// One row, with its children.
pub fn record(rows: Rows<'_>, children: &[Children], at: usize, version: &str) -> Value {
    let mut body = object(rows, at, version, Dates::Text);
    for child in children {
        let own = rows.rows.id(rows.db, at).map_or(&[][..], |id| child.of(id));
        body[child.relationship.as_str()] = list(rows, child, own, version);
    }
    body
}

/// The children of one row; null when there are none.
fn list(parents: Rows<'_>, children: &Children, own: &[usize], version: &str) -> Value {
    if own.is_empty() {
        return Value::Null;
    }
    let rows = Rows { query: &children.query, rows: &children.rows, db: parents.db };
    let records: Vec<Value> =
        own.iter().map(|at| record(rows, &children.children, *at, version)).collect();
    json!({ "totalSize": records.len(), "done": true, "records": records })
}

/// The groups of a query, or only how many rows there are.
pub fn groups(found: &Found) -> Result<Value, ApiError> {
    let groups = found.db.groups(&found.query, &found.rows);
    if found.query.only_counts() {
        return Ok(json!({ "totalSize": found.rows.len(), "done": true, "records": [] }));
    }
    if groups.len() > GROUPS {
        let message = "Aggregate query does not support queryMore(), use LIMIT to restrict the \
                       results to a single batch";
        return Err(ApiError::bad("EXCEEDED_ID_LIMIT", message));
    }
    let record = |values: &Vec<crate::data::Value>| {
        let mut members = Map::new();
        members.insert("attributes".to_owned(), json!({ "type": "AggregateResult" }));
        for (column, value) in found.query.group_columns().iter().zip(values) {
            members.insert(column.name.clone(), json_value(value, Dates::Text));
        }
        Value::Object(members)
    };
    let records: Vec<Value> = groups.iter().map(record).collect();
    Ok(json!({ "totalSize": records.len(), "done": true, "records": records }))
}
