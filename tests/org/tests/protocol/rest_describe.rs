//! Describe calls, with the members that real clients read.

use serde_json::{Value, json};

use crate::support::Client;

fn describe(client: &mut Client, object: &str) -> Value {
    client.get(&format!("/services/data/v66.0/sobjects/{object}/describe")).json()
}

fn field<'a>(described: &'a Value, name: &str) -> &'a Value {
    let fields = described["fields"].as_array().expect("fields");
    fields.iter().find(|field| field["name"] == name).expect(name)
}

#[test]
fn fields_have_the_members_that_clients_read() {
    let mut client = Client::new();
    let contact = describe(&mut client, "contact");
    let cases = [
        (
            "Id",
            json!({ "type": "id", "soapType": "tns:ID", "nillable": false, "createable": false }),
        ),
        ("LastName", json!({ "compoundFieldName": "Name", "nillable": false, "length": 80 })),
        ("Name", json!({ "compoundFieldName": "Name", "nameField": true, "updateable": false })),
        ("MailingCity", json!({ "compoundFieldName": "MailingAddress", "type": "string" })),
        (
            "MailingAddress",
            json!({ "type": "address", "soapType": "urn:address", "filterable": false }),
        ),
        (
            "AccountId",
            json!({ "referenceTo": ["Account"], "relationshipName": "Account", "type": "reference" }),
        ),
        ("Birthdate", json!({ "type": "date", "soapType": "xsd:date", "defaultValue": null })),
        (
            "CreatedDate",
            json!({ "type": "datetime", "soapType": "xsd:dateTime", "calculated": false }),
        ),
        (
            "DoNotCall",
            json!({ "type": "boolean", "defaultValue": false, "defaultedOnCreate": true }),
        ),
        ("Ext__c", json!({ "externalId": true, "unique": true, "idLookup": true, "custom": true })),
        ("Level__c", json!({ "restrictedPicklist": true, "type": "picklist", "groupable": true })),
    ];
    for (name, members) in cases {
        for (member, expected) in members.as_object().expect("members") {
            assert_eq!(field(&contact, name)[member], *expected, "{name}.{member}");
        }
    }
    let value = &field(&contact, "Level__c")["picklistValues"][0];
    let members = json!({
        "active": true, "defaultValue": false, "label": "Primary", "validFor": null, "value": "Primary",
    });
    assert_eq!(*value, members);
}

#[test]
fn objects_name_their_children_and_urls() {
    let mut client = Client::new();
    let account = describe(&mut client, "Account");
    let children = account["childRelationships"].as_array().expect("children");
    let contacts = children.iter().find(|child| child["relationshipName"] == "Contacts");
    let contacts = contacts.expect("Contacts");
    assert_eq!(
        (&contacts["childSObject"], &contacts["field"]),
        (&json!("Contact"), &json!("AccountId"))
    );
    assert_eq!(account["urls"]["rowTemplate"], "/services/data/v66.0/sobjects/Account/{ID}");
    let basic = client.get("/services/data/v66.0/sobjects/Account").json();
    assert_eq!(basic["objectDescribe"]["keyPrefix"], "001");
    let all = client.get("/services/data/v66.0/sobjects").json();
    let names: Vec<&str> = all["sobjects"]
        .as_array()
        .expect("objects")
        .iter()
        .map(|it| it["name"].as_str().expect("a name"))
        .collect();
    assert!(names.contains(&"Invoice__c") && !names.contains(&"Name"), "{names:?}");
    assert_eq!(client.get("/services/data/v66.0/sobjects/Nope/describe").status, 404);
}
