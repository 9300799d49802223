//! Single rows and small collections by REST.

use serde_json::{Value, json};

use crate::support::{Answer, Client};

const ROOT: &str = "/services/data/v66.0";

fn send(client: &mut Client, method: &str, path: &str, body: Value) -> Answer {
    client.json(method, &format!("{ROOT}/{path}"), &body.to_string())
}

fn create(client: &mut Client, object: &str, row: Value) -> String {
    let answer = send(client, "POST", &format!("sobjects/{object}"), row);
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_row_is_created_read_changed_and_deleted() {
    let mut client = Client::new();
    let id = create(
        &mut client,
        "Account",
        json!({ "Name": "a", "AnnualRevenue": 2.5, "Active__c": true }),
    );
    let path = format!("{ROOT}/sobjects/account/{id}");
    let row = client.get(&path).json();
    assert_eq!((&row["Name"], &row["AnnualRevenue"]), (&json!("a"), &json!(2.5)));
    assert_eq!(row["attributes"]["url"], format!("{ROOT}/sobjects/Account/{id}"));
    let two = client.get(&format!("{path}?fields=Name,Active__c")).json();
    assert_eq!((two.as_object().map(|row| row.len()), &two["Active__c"]), (Some(3), &json!(true)));

    let changed = client.json("PATCH", &path, r#"{"Name":"b","AnnualRevenue":null}"#);
    assert_eq!((changed.status, changed.text.as_str()), (204, ""));
    let row = client.get(&path).json();
    assert_eq!((&row["Name"], &row["AnnualRevenue"]), (&json!("b"), &Value::Null));
    assert_eq!(client.send(client.request("DELETE", &path)).status, 204);
    assert_eq!(client.get(&path).status, 404);
}

#[test]
fn a_row_is_found_and_written_by_its_external_id() {
    let mut client = Client::new();
    let path = "sobjects/Account/Ext__c/a%2Fb%20c";
    let created = send(&mut client, "PATCH", path, json!({ "Name": "a" }));
    assert_eq!((created.status, created.json()["created"].as_bool()), (201, Some(true)));
    let updated = send(&mut client, "PATCH", path, json!({ "Name": "b", "Description": "" }));
    assert_eq!((updated.status, updated.json()["created"].as_bool()), (200, Some(false)));
    let row = client.get(&format!("{ROOT}/{path}")).json();
    assert_eq!((&row["Name"], &row["Ext__c"]), (&json!("b"), &json!("a/b c")));
    assert_eq!(client.get(&format!("{ROOT}/sobjects/Account/Ext__c/x")).status, 404);
    assert_eq!(client.get(&format!("{ROOT}/sobjects/Account/Name/x")).status, 404);
    for key in ["k", "k"] {
        create(&mut client, "Account", json!({ "Name": "a", "Key__c": key }));
    }
    let several = client.get(&format!("{ROOT}/sobjects/Account/Key__c/k"));
    assert_eq!((several.status, several.json().as_array().map(Vec::len)), (300, Some(2)));
}

#[test]
fn refusals_are_told_as_rest_tells_them() {
    let mut client = Client::new();
    let id = create(&mut client, "Account", json!({ "Name": "a" }));
    let one = format!("sobjects/Account/{id}");
    let cases = [
        ("POST", "sobjects/Account", json!({}), 400, "REQUIRED_FIELD_MISSING"),
        ("POST", "sobjects/Account", json!({ "Name": "a", "Nope": 1 }), 400, "INVALID_FIELD"),
        ("POST", "sobjects/Nope", json!({}), 404, "NOT_FOUND"),
        ("POST", "sobjects/Account", json!([]), 400, "JSON_PARSER_ERROR"),
        ("PATCH", &one, json!({ "Name": "" }), 400, "REQUIRED_FIELD_MISSING"),
        ("PATCH", "sobjects/Account/001Kf0000000999", json!({}), 404, "NOT_FOUND"),
        ("PATCH", "sobjects/Account/nonsense", json!({}), 404, "NOT_FOUND"),
        ("PUT", &one, json!({}), 405, "METHOD_NOT_ALLOWED"),
        ("PUT", "limits", json!({}), 405, "METHOD_NOT_ALLOWED"),
    ];
    for (method, path, body, status, code) in cases {
        let answer = send(&mut client, method, path, body);
        let found = (answer.status, answer.json()[0]["errorCode"].as_str().map(str::to_owned));
        assert_eq!(found, (status, Some(code.to_owned())), "{method} {path}");
    }
}

fn account(name: &str, key: &str) -> Value {
    json!({ "attributes": { "type": "Account" }, "Name": name, "Ext__c": key })
}

#[test]
fn collections_are_inserted_updated_upserted_read_and_deleted() {
    let mut client = Client::new();
    let rows = json!({ "records": [account("a", "1"), account("", "2"), account("c", "3")] });
    let told = send(&mut client, "POST", "composite/sobjects", rows).json();
    let successes: Vec<_> = (0..3).map(|at| told[at]["success"].as_bool()).collect();
    assert_eq!(successes, [Some(true), Some(false), Some(true)]);
    assert_eq!(told[1]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING");
    let ids = [&told[0]["id"], &told[2]["id"]].map(|id| id.as_str().expect("an id").to_owned());

    let row = json!({ "attributes": { "type": "Account" }, "id": ids[0], "Name": "A" });
    let told = send(&mut client, "PATCH", "composite/sobjects", json!({ "records": [row] })).json();
    assert_eq!(told, json!([{ "id": ids[0], "success": true, "errors": [] }]));

    let rows = json!({ "records": [account("x", "1"), account("y", "9")] });
    let told = send(&mut client, "PATCH", "composite/sobjects/Account/Ext__c", rows).json();
    assert_eq!((&told[0]["created"], &told[1]["created"]), (&json!(false), &json!(true)));

    let wanted = json!({ "ids": [ids[1], "001Kf0000000999", ids[0]], "fields": ["Name"] });
    let rows = send(&mut client, "POST", "composite/sobjects/Account", wanted).json();
    assert_eq!(
        (&rows[0]["Name"], &rows[1], &rows[2]["Name"]),
        (&json!("c"), &Value::Null, &json!("x"))
    );
    let listed = format!("{ROOT}/composite/sobjects/Account?ids={},{}&fields=Name", ids[1], ids[0]);
    assert_eq!(client.get(&listed).json()[1]["Name"], "x");

    let path = format!("{ROOT}/composite/sobjects?ids={},{}&allOrNone=true", ids[0], ids[1]);
    let told = client.send(client.request("DELETE", &path)).json();
    assert_eq!((&told[0]["success"], &told[1]["success"]), (&json!(true), &json!(true)));
    let count = client.get(&format!("{ROOT}/limits/recordCount?sObjects=Account,Nope"));
    assert_eq!(count.json(), json!({ "sObjects": [{ "count": 1, "name": "Account" }] }));
}

#[test]
fn all_or_none_undoes_what_was_written() {
    let mut client = Client::new();
    let rows = json!({ "allOrNone": true, "records": [account("a", "1"), account("", "2")] });
    let told = send(&mut client, "POST", "composite/sobjects", rows).json();
    let codes = [0, 1].map(|at| told[at]["errors"][0]["statusCode"].as_str().map(str::to_owned));
    let expected = ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"];
    assert_eq!(codes, expected.map(|code| Some(code.to_owned())));
    assert_eq!(client.org.database().rows("Account", &[]).expect("rows").count(), 0);
}

#[test]
fn a_collection_has_two_hundred_rows_at_most() {
    let mut client = Client::new();
    for (count, status) in [(200, 200), (201, 400)] {
        let rows: Vec<Value> =
            (0..count).map(|at| account("a", &format!("{count}-{at}"))).collect();
        let answer = send(&mut client, "POST", "composite/sobjects", json!({ "records": rows }));
        assert_eq!(answer.status, status);
    }
    let untyped = json!({ "records": [{ "Name": "a" }] });
    let told = send(&mut client, "POST", "composite/sobjects", untyped).json();
    assert_eq!(told[0]["errors"][0]["statusCode"], "INVALID_TYPE");
}
