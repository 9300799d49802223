//! The description of an object.

use serde_json::{Value, json};

use crate::data::{Field, Object};
use crate::world::World;

/// What a list of objects tells.
pub fn head(object: &Object, version: &str) -> Value {
    let url = format!("/services/data/v{version}/sobjects/{}", object.name);
    let writable = object.bulk;
    json!({
        "activateable": false, "associateEntityType": null, "associateParentEntity": null,
        "createable": writable, "custom": object.name.ends_with("__c"), "customSetting": false,
        "deepCloneable": false, "deletable": writable, "deprecatedAndHidden": false,
        "feedEnabled": false, "hasSubtypes": false, "isInterface": false, "isSubtype": false,
        "keyPrefix": object.prefix, "label": object.label,
        "labelPlural": format!("{}s", object.label), "layoutable": writable, "mergeable": false,
        "mruEnabled": writable, "name": object.name, "queryable": true, "replicateable": true,
        "retrieveable": true, "searchable": writable, "triggerable": writable,
        "undeletable": writable, "updateable": writable,
        "urls": {
            "sobject": url, "describe": format!("{url}/describe"),
            "rowTemplate": format!("{url}/{{ID}}"),
        },
    })
}

/// What only the description of the one object tells.
pub fn add_details(body: &mut Value, object: &Object, world: &World) {
    body["childRelationships"] = Value::from(children(object, world));
    body["supportedScopes"] = json!([{ "label": "All records", "name": "everything" }]);
    for name in ["actionOverrides", "namedLayoutInfos", "recordTypeInfos"] {
        body[name] = json!([]);
    }
    for name in [
        "defaultImplementation",
        "extendedBy",
        "extendsInterfaces",
        "implementedBy",
        "implementsInterfaces",
        "listviewable",
        "lookupLayoutable",
        "networkScopeFieldName",
        "sobjectDescribeOption",
    ] {
        body[name] = Value::Null;
    }
    body["compactLayoutable"] = json!(object.bulk);
    body["searchLayoutable"] = json!(object.bulk);
}

/// The references of all objects that point to this one.
fn children(parent: &Object, world: &World) -> Vec<Value> {
    let relationship = |child: &Object, field: &Field| {
        json!({
            "cascadeDelete": false, "childSObject": child.name, "deprecatedAndHidden": false,
            "field": field.name, "junctionIdListNames": [], "junctionReferenceTo": [],
            "relationshipName": field.children, "restrictedDelete": false,
        })
    };
    let of_child = |child: &Object| {
        let fields = child.fields.iter().filter(|field| field.targets.contains(&parent.name));
        fields.map(|field| relationship(child, field)).collect::<Vec<_>>()
    };
    world.db.objects().iter().flat_map(of_child).collect()
}
