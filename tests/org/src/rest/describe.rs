//! What objects there are, and their fields.

use serde_json::{Value, json};

use crate::data::{Field, Object};
use crate::error::ApiError;
use crate::http::Response;
use crate::world::World;

/// All objects.
pub fn all(world: &World, version: &str) -> Response {
    let object = |object: &Object| {
        let url = format!("/services/data/v{version}/sobjects/{}", object.name);
        let mut body = head(object);
        body["urls"] = json!({ "sobject": url, "describe": format!("{url}/describe") });
        body
    };
    let objects: Vec<Value> = world.db.objects().iter().map(object).collect();
    let body = json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects });
    Response::json(200, &body)
}

/// One object and its fields.
pub fn one(world: &World, name: &str) -> Result<Response, ApiError> {
    let object = world.db.object(name).ok_or_else(ApiError::not_found)?;
    let mut body = head(object);
    body["fields"] = object.fields.iter().map(field).collect();
    Ok(Response::json(200, &body))
}

fn head(object: &Object) -> Value {
    json!({
        "name": object.name, "label": object.label, "keyPrefix": object.prefix,
        "custom": object.name.ends_with("__c"), "queryable": true, "createable": object.bulk,
        "updateable": object.bulk, "deletable": object.bulk,
    })
}

fn field(field: &Field) -> Value {
    let value = |value: &String| json!({ "value": value, "label": value, "active": true });
    json!({
        "name": field.name, "label": field.label, "type": field.kind.name().to_lowercase(),
        "length": field.length, "nillable": field.nillable, "createable": field.createable,
        "updateable": field.updateable, "externalId": field.external_id, "unique": field.unique,
        "idLookup": field.id_lookup, "filterable": field.filterable, "custom": field.is_custom(),
        "defaultedOnCreate": field.defaulted, "restrictedPicklist": field.restricted,
        "picklistValues": field.picklist.iter().map(value).collect::<Vec<_>>(),
        "referenceTo": field.targets, "relationshipName": field.relationship,
        "polymorphicForeignKey": field.is_polymorphic(),
    })
}
