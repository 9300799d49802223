//! The description of a field.

use serde_json::{Value, json};

use crate::data::{Field, FieldType, Object};

/// What the description of an object tells of a field.
pub fn describe(object: &Object, field: &Field) -> Value {
    let mut body = json!({
        "aiPredictionField": false, "aggregatable": is_aggregatable(field.kind),
        "autoNumber": is_auto_number(field), "byteLength": field.length * 3, "calculated": false,
        "calculatedFormula": null, "cascadeDelete": false, "caseSensitive": false,
        "compoundFieldName": field.compound, "controllerName": null,
        "createable": field.createable, "custom": field.is_custom(),
        "defaultValue": default_value(field), "defaultValueFormula": null,
        "defaultedOnCreate": field.defaulted, "dependentPicklist": false,
        "deprecatedAndHidden": false, "displayLocationInDecimal": false, "encrypted": false,
        "externalId": field.external_id, "extraTypeInfo": extra_type(field),
        "filterable": field.filterable && field.kind != FieldType::Compound,
        "filteredLookupInfo": null, "formulaTreatNullNumberAsZero": false,
        "groupable": field.is_groupable(), "highScaleNumber": false, "htmlFormatted": false,
        "idLookup": field.id_lookup || field.kind == FieldType::Id, "inlineHelpText": null,
        "label": field.label, "length": field.length, "mask": null, "maskType": null,
        "name": field.name,
    });
    add_rest(&mut body, object, field);
    body
}

fn add_rest(body: &mut Value, object: &Object, field: &Field) {
    let is_name = Some(&field.name) == object.name_field().map(|it| &it.name);
    let (digits, precision, scale) = digits(field.kind);
    let rest = json!({
        "digits": digits, "nameField": is_name, "namePointing": field.is_polymorphic(),
        "nillable": field.nillable, "permissionable": field.createable && field.nillable,
        "picklistValues": picklist(field), "polymorphicForeignKey": field.is_polymorphic(),
        "precision": precision, "queryByDistance": false, "referenceTargetField": null,
        "referenceTo": field.targets, "relationshipName": field.relationship,
        "relationshipOrder": null, "restrictedDelete": false, "restrictedPicklist": field.restricted,
        "scale": scale, "searchPrefilterable": field.kind == FieldType::Reference,
        "soapType": soap_type(field.kind), "sortable": field.is_sortable(),
        "type": field.kind.name().to_lowercase(), "unique": field.unique,
        "updateable": field.updateable, "writeRequiresMasterRead": false,
    });
    if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
        body.extend(rest);
    }
}

fn is_aggregatable(kind: FieldType) -> bool {
    !matches!(kind, FieldType::Boolean | FieldType::MultiPicklist | FieldType::Compound)
}

fn is_auto_number(field: &Field) -> bool {
    field.kind == FieldType::String && field.defaulted && !field.createable
}

fn default_value(field: &Field) -> Value {
    if field.kind == FieldType::Boolean { json!(false) } else { Value::Null }
}

fn extra_type(field: &Field) -> Value {
    let part = ["FirstName", "LastName"].contains(&field.name.as_str());
    match field.kind {
        FieldType::TextArea => json!("plaintextarea"),
        FieldType::String if part => json!("personname"),
        _ => Value::Null,
    }
}

/// Digits, precision and scale.
fn digits(kind: FieldType) -> (u8, u8, u8) {
    match kind {
        FieldType::Int => (8, 0, 0),
        FieldType::Currency | FieldType::Percent => (0, 18, 2),
        FieldType::Double => (0, 18, 10),
        _ => (0, 0, 0),
    }
}

fn picklist(field: &Field) -> Vec<Value> {
    let defaulted = |at| at == 0 && field.defaulted;
    let value = |(at, value): (usize, &String)| {
        json!({
            "active": true, "defaultValue": defaulted(at), "label": value, "validFor": null,
            "value": value,
        })
    };
    field.picklist.iter().enumerate().map(value).collect()
}

fn soap_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Id | FieldType::Reference => "tns:ID",
        FieldType::Boolean => "xsd:boolean",
        FieldType::Int => "xsd:int",
        FieldType::Double | FieldType::Currency | FieldType::Percent => "xsd:double",
        FieldType::Date => "xsd:date",
        FieldType::DateTime => "xsd:dateTime",
        FieldType::Compound => "urn:address",
        _ => "xsd:string",
    }
}
