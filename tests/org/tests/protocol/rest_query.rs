//! The REST query: all of SOQL, where the Bulk APIs refuse much of it.

use salesforce_bulk_org::data::Dialect;
use serde_json::{Value, json};

use crate::support::{Client, LONG};

/// Three accounts and five contacts: two of the first, three of the second.
fn org() -> Client {
    let mut client = Client::new();
    client.v1_csv(
        "insert",
        "Account",
        "Name,Ext__c,Industry,AnnualRevenue,NumberOfEmployees,BillingCity,BillingStreet\n\
         a,e1,Banking,10.5,1,Wien,Ring 1\nb,e2,Banking,2,5,,\nc,e3,Energy,,7,,\n",
    );
    let rows = "LastName,Account.Ext__c,Title\nm,e1,x\nn,e1,y\no,e2,x\np,e2,\nq,e2,X\n";
    client.v1_csv("insert", "Contact", rows);
    client.org.advance(LONG);
    client
}

fn path(soql: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", soql);
    format!("/services/data/v66.0/query?{}", query.finish())
}

fn ask(client: &mut Client, soql: &str) -> Value {
    let answer = client.get(&path(soql));
    assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
    answer.json()
}

/// The records without what tells where they are from.
fn records(client: &mut Client, soql: &str) -> Value {
    let mut records = ask(client, soql)["records"].take();
    for record in records.as_array_mut().expect("records") {
        record.as_object_mut().expect("a record").remove("attributes");
    }
    records
}

#[test]
fn what_the_bulk_apis_refuse_is_answered() {
    let mut client = org();
    let cases = [
        ("SELECT COUNT(Id) FROM Contact", json!([{ "expr0": 5 }])),
        (
            "SELECT COUNT(Title), COUNT_DISTINCT(Title) d FROM Contact",
            json!([{ "expr0": 4, "d": 2 }]),
        ),
        (
            "SELECT SUM(AnnualRevenue), AVG(NumberOfEmployees) mean, MIN(Name), MAX(NumberOfEmployees) FROM Account",
            json!([{ "expr0": 12.5, "mean": 13.0 / 3.0, "expr1": "a", "expr2": 7 }]),
        ),
        (
            "SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry",
            json!([{ "Industry": "Banking", "n": 2 }, { "Industry": "Energy", "n": 1 }]),
        ),
        (
            "SELECT Account.Name boss, COUNT(Id) FROM Contact GROUP BY Account.Name HAVING COUNT(Id) > 2",
            json!([{ "boss": "b", "expr0": 3 }]),
        ),
        (
            "SELECT Title FROM Contact GROUP BY Title ORDER BY COUNT(Id) DESC, Title LIMIT 2",
            json!([{ "Title": "x" }, { "Title": null }]),
        ),
        (
            "SELECT Industry FROM Account GROUP BY Industry HAVING Industry LIKE 'E%' OR COUNT(Id) = 9",
            json!([{ "Industry": "Energy" }]),
        ),
        ("SELECT COUNT(Id) FROM Contact WHERE LastName = 'nobody'", json!([{ "expr0": 0 }])),
        ("SELECT Title FROM Contact WHERE LastName = 'nobody' GROUP BY Title", json!([])),
        ("SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1", json!([{ "Name": "b" }])),
        ("SELECT Name FROM Account OFFSET 2", json!([{ "Name": "c" }])),
        ("SELECT Name FROM Account WHERE Name != 'a' OFFSET 1", json!([{ "Name": "c" }])),
        ("SELECT toLabel(Industry) FROM Account LIMIT 1", json!([{ "Industry": "Banking" }])),
        (
            "SELECT BillingAddress FROM Account LIMIT 2",
            json!([
                { "BillingAddress": {
                    "city": "Wien", "country": null, "geocodeAccuracy": null, "latitude": null,
                    "longitude": null, "postalCode": null, "state": null, "street": "Ring 1",
                } },
                { "BillingAddress": null },
            ]),
        ),
    ];
    for (soql, expected) in cases {
        assert_eq!(records(&mut client, soql), expected, "{soql}");
        let bulk = client.org.database().prepare(soql, Dialect::V2, false);
        assert!(bulk.is_err(), "{soql}");
    }
}

#[test]
fn children_come_within_their_parents() {
    let mut client = org();
    let soql = "SELECT Name, (SELECT LastName, Account.Name FROM Contacts WHERE LastName != 'o' \
                ORDER BY LastName DESC LIMIT 1) FROM Account ORDER BY Name";
    let answer = ask(&mut client, soql);
    assert_eq!(answer["totalSize"], 3);
    let lists: Vec<&Value> = (0..3).map(|at| &answer["records"][at]["Contacts"]).collect();
    let names = lists.iter().map(|list| list["records"][0]["LastName"].as_str());
    assert_eq!(names.collect::<Vec<_>>(), [Some("n"), Some("q"), None]);
    assert_eq!((lists[0]["totalSize"].as_u64(), lists[0]["done"].as_bool()), (Some(1), Some(true)));
    assert_eq!(lists[0]["records"][0]["Account"]["Name"], "a");
    assert!(lists[2].is_null());
}

#[test]
fn every_row_tells_where_it_is() {
    let mut client = org();
    client.v1_csv("insert", "Task", "Subject\ncall\n");
    let id = records(&mut client, "SELECT Id FROM Contact LIMIT 1")[0]["Id"].clone();
    let task = records(&mut client, "SELECT Id FROM Task")[0]["Id"].clone();
    let rows = format!("Id,WhoId\n{},{}\n", task.as_str().expect("id"), id.as_str().expect("id"));
    client.v1_csv("update", "Task", &rows);
    let contact = format!("/services/data/v66.0/sobjects/Contact/{}", id.as_str().expect("id"));
    let task = &ask(&mut client, "SELECT Subject, Who.Name, What.Name FROM Task")["records"][0];
    let who = json!({ "attributes": { "type": "Name", "url": contact }, "Name": "m" });
    assert_eq!((&task["Who"], &task["What"]), (&who, &Value::Null));
    let group = &ask(&mut client, "SELECT COUNT(Id) FROM Task")["records"][0];
    assert_eq!(group["attributes"], json!({ "type": "AggregateResult" }));
    assert_eq!(client.get(&contact).json()["LastName"], "m");
}

#[test]
fn counting_answers_a_number_only() {
    let mut client = org();
    for (soql, count) in
        [("SELECT COUNT() FROM Contact", 5), ("SELECT count() FROM Contact WHERE Title = 'x'", 3)]
    {
        let expected = json!({ "totalSize": count, "done": true, "records": [] });
        assert_eq!(ask(&mut client, soql), expected);
    }
}

#[test]
fn all_fields_need_a_small_limit() {
    let mut client = org();
    let custom = records(&mut client, "SELECT FIELDS(CUSTOM) FROM Invoice__c LIMIT 200");
    assert_eq!(custom, json!([]));
    let all = &ask(&mut client, "SELECT FIELDS(ALL) FROM Account LIMIT 1")["records"][0];
    assert!(all["Ext__c"] == "e1" && all["BillingAddress"]["city"] == "Wien", "{all}");
    for soql in ["SELECT FIELDS(ALL) FROM Account", "SELECT FIELDS(CUSTOM) FROM Account LIMIT 201"]
    {
        let message = "The SOQL FIELDS function must have a LIMIT of at most 200";
        assert_eq!(client.get(&path(soql)).json()[0]["message"], message);
    }
}

#[test]
fn what_cannot_be_evaluated_is_an_error() {
    let cases = [
        (
            "SELECT Name, COUNT(Id) FROM Account",
            "MALFORMED_QUERY",
            "Field must be grouped or aggregated: Name",
        ),
        ("SELECT COUNT(), Name FROM Account", "MALFORMED_QUERY", "unexpected token: 'COUNT'"),
        (
            "SELECT SUM(Name) FROM Account",
            "MALFORMED_QUERY",
            "field Name does not support aggregate operator SUM",
        ),
        (
            "SELECT MAX(Active__c) FROM Account",
            "MALFORMED_QUERY",
            "field Active__c does not support aggregate operator MAX",
        ),
        ("SELECT COUNT(Id) a, COUNT(Name) A FROM Account", "MALFORMED_QUERY", "duplicate alias: A"),
        (
            "SELECT AnnualRevenue FROM Account GROUP BY AnnualRevenue",
            "MALFORMED_QUERY",
            "field 'AnnualRevenue' can not be grouped in a query call",
        ),
        (
            "SELECT COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)",
            "MALFORMED_QUERY",
            "unexpected token: 'CALENDAR_YEAR'",
        ),
        (
            "SELECT Name n FROM Account",
            "MALFORMED_QUERY",
            "only aggregate expressions use field aliasing",
        ),
        ("SELECT FORMAT(Amount) FROM Opportunity", "MALFORMED_QUERY", "unexpected token: 'FORMAT'"),
        (
            "SELECT TYPEOF Who WHEN Contact THEN Id END FROM Task",
            "MALFORMED_QUERY",
            "unexpected token: 'TYPEOF'",
        ),
        (
            "SELECT (SELECT Id FROM Nothings) FROM Account",
            "INVALID_TYPE",
            "Didn't understand relationship 'Nothings' in FROM part of query call.",
        ),
        (
            "SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account",
            "MALFORMED_QUERY",
            "Aggregate functions are not supported in a sub-select",
        ),
        (
            "SELECT Id FROM Account OFFSET 2001",
            "NUMBER_OUTSIDE_VALID_RANGE",
            "Maximum SOQL offset allowed is 2000",
        ),
        ("SELECT Id FROM Account GROUP BY", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
    ];
    let mut client = org();
    for (soql, code, message) in cases {
        let answer = client.get(&path(soql));
        let error = &answer.json()[0];
        assert_eq!((answer.status, error["errorCode"].as_str()), (400, Some(code)), "{soql}");
        let told = error["message"].as_str().expect("a message");
        assert!(told.contains(message), "{soql}: {told}");
    }
}

#[test]
fn too_many_groups_have_no_second_page() {
    let mut client = Client::new();
    client.org.seed("Contact", 2_001);
    let answer = client.get(&path("SELECT Id, COUNT(Name) FROM Contact GROUP BY Id"));
    assert_eq!(answer.json()[0]["errorCode"], "EXCEEDED_ID_LIMIT");
    let soql = "SELECT Id, COUNT(Name) FROM Contact GROUP BY Id LIMIT 2000";
    assert_eq!(ask(&mut client, soql)["totalSize"], 2_000);
}

#[test]
fn pages_are_as_long_as_the_client_wants_within_bounds() {
    let mut client = Client::new();
    client.org.seed("Contact", 2_500);
    for (wanted, size) in [(None, 2_000), (Some("batchSize=300"), 300), (Some("batchSize=1"), 200)]
    {
        let request = client.request("GET", &path("SELECT Id FROM Contact"));
        let request = match wanted {
            Some(wanted) => request.with_header("Sforce-Query-Options", wanted),
            None => request,
        };
        let first = client.send(request).json();
        assert_eq!(first["records"].as_array().map(Vec::len), Some(size));
        let next = first["nextRecordsUrl"].as_str().expect("a second page").to_owned();
        let second = client.get(&next).json();
        let rest = (2_500 - size).min(size);
        assert_eq!(second["records"].as_array().map(Vec::len), Some(rest));
    }
}

#[test]
fn columns_are_told_without_running_the_query() {
    let mut client = org();
    let of = |client: &mut Client, soql: &str| {
        client.get(&format!("{}&columns=true", path(soql))).json()
    };
    let names = |columns: &Value| {
        let columns = columns.as_array().expect("columns").iter();
        columns.map(|it| it["columnName"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let soql = "SELECT Id, AnnualRevenue, Owner.Name, Owner.Email, (SELECT LastName FROM Contacts) FROM Account";
    let told = of(&mut client, soql);
    assert_eq!(
        (told["entityName"].as_str(), told["idSelected"].as_bool()),
        (Some("Account"), Some(true))
    );
    let columns = &told["columnMetadata"];
    assert_eq!(names(columns), ["Id", "AnnualRevenue", "Owner", "Contacts"]);
    assert_eq!(columns[1]["numberType"], true);
    assert_eq!(names(&columns[2]["joinColumns"]), ["Name", "Email"]);
    assert_eq!(columns[2]["aggregate"], false);
    assert_eq!(names(&columns[3]["joinColumns"]), ["LastName"]);
    assert_eq!(columns[3]["aggregate"], true);
    let grouped = of(&mut client, "SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry");
    assert_eq!(names(&grouped["columnMetadata"]), ["Industry", "expr0"]);
    assert_eq!(grouped["groupBy"], true);
}
