//! Bulk 1.0: queries and PK chunking.

use salesforce_bulk_org::config::JsonDates;
use salesforce_bulk_org::{Config, Effect, Rule};
use serde_json::{Value, json};

use crate::support::{Client, LONG};

fn query(client: &mut Client, content: &str, soql: &str) -> (String, String) {
    let media = match content {
        "CSV" => "text/csv",
        "XML" => "application/xml",
        _ => "application/json",
    };
    let job = client.v1_job("query", "Contact", content);
    let batch = client.v1_batch(&job, media, soql);
    client.org.advance(LONG);
    (job, batch)
}

fn loaded() -> Client {
    let mut client = Client::new();
    client.v1_csv("insert", "Contact", "LastName,Email,Birthdate\n\"a\"\"\nb\",,2019-01-05\n");
    client
}

fn first_result(client: &mut Client, batch: &str) -> String {
    let list = client.get(&format!("{batch}/result"));
    let id = if list.text.starts_with('<') {
        list.element("result")
    } else {
        list.json()[0].as_str().expect("an id").to_owned()
    };
    assert_eq!((id.len(), id.starts_with("752")), (15, true));
    client.get(&format!("{batch}/result/{id}")).text
}

#[test]
fn rows_come_in_each_format() {
    let soql = "SELECT Id, LastName, Email, Birthdate FROM Contact";
    let mut client = loaded();
    let (_, batch) = query(&mut client, "CSV", soql);
    let csv = first_result(&mut client, &batch);
    let id = &csv[csv.find("\"003").expect("an id") + 1..][..18];
    assert_eq!(
        csv,
        format!(
            "\"Id\",\"LastName\",\"Email\",\"Birthdate\"\n\"{id}\",\"a\"\"\nb\",\"\",\"2019-01-05\"\n"
        )
    );
    let (_, batch) = query(&mut client, "JSON", soql);
    assert_eq!(
        first_result(&mut client, &batch),
        format!(
            "[{{\"Birthdate\":\"2019-01-05\",\"Email\":null,\"Id\":\"{id}\",\"LastName\":\"a\\\"\\nb\",\
             \"attributes\":{{\"type\":\"Contact\",\"url\":\"/services/data/v66.0/sobjects/Contact/{id}\"}}}}]"
        )
    );
    let (_, batch) = query(&mut client, "XML", soql);
    assert_eq!(
        first_result(&mut client, &batch),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><queryResult \
             xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><records xsi:type=\"sObject\">\
             <type>Contact</type><Id>{id}</Id><Id>{id}</Id><LastName>a&quot;\nb</LastName>\
             <Email xsi:nil=\"true\"/><Birthdate>2019-01-05</Birthdate></records></queryResult>"
        )
    );
}

#[test]
fn json_writes_dates_as_the_switch_says_and_times_as_milliseconds() {
    for (json_dates, birthdate) in
        [(JsonDates::Text, json!("2019-01-05")), (JsonDates::Millis, json!(1_546_646_400_000_i64))]
    {
        let mut client = loaded();
        client.org.config().json_dates = json_dates;
        let (_, batch) = query(&mut client, "JSON", "SELECT Birthdate, CreatedDate FROM Contact");
        let rows: Value = serde_json::from_str(&first_result(&mut client, &batch)).expect("JSON");
        assert_eq!(rows[0]["Birthdate"], birthdate);
        assert!(rows[0]["CreatedDate"].is_i64(), "{rows}");
    }
}

#[test]
fn the_list_of_results_is_laid_out_as_recorded() {
    let mut client = loaded();
    let (_, batch) = query(&mut client, "XML", "SELECT Id FROM Contact");
    let list = client.get(&format!("{batch}/result"));
    let expected = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><result-list\n   \
         xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">\n <result>{}</result>\n</result-list>\n",
        list.element("result")
    );
    assert_eq!(list.text, expected);
}

#[test]
fn parents_are_nested_in_json_and_xml_and_dotted_in_csv() {
    let mut client = Client::new();
    client.v1_csv("insert", "Account", "Name\nAcme\n");
    let soql = "/services/data/v66.0/query?q=SELECT+Id+FROM+Account";
    let account = client.get(soql).json()["records"][0]["Id"].as_str().expect("an id").to_owned();
    client.v1_csv("insert", "Contact", &format!("LastName,AccountId\na,{account}\nb,\n"));
    let soql = "SELECT LastName, Account.Name FROM Contact";
    let (_, batch) = query(&mut client, "CSV", soql);
    let csv = first_result(&mut client, &batch);
    assert_eq!(csv, "\"LastName\",\"Account.Name\"\n\"a\",\"Acme\"\n\"b\",\"\"\n");
    let (_, batch) = query(&mut client, "JSON", soql);
    let json: serde_json::Value =
        serde_json::from_str(&first_result(&mut client, &batch)).expect("json");
    assert_eq!(
        (json[0]["Account"]["Name"].as_str(), json[1]["Account"].is_null()),
        (Some("Acme"), true)
    );
    let url = json[0]["attributes"]["url"].as_str().expect("a url, though no id was selected");
    assert!(url.starts_with("/services/data/v66.0/sobjects/Contact/003"), "{url}");
    let (_, batch) = query(&mut client, "XML", soql);
    let xml = first_result(&mut client, &batch);
    let parent = "<Id xsi:nil=\"true\"/><LastName>a</LastName><Account xsi:type=\"sObject\">\
                  <type>Account</type><Id xsi:nil=\"true\"/><Name>Acme</Name></Account>";
    assert!(xml.contains(parent) && xml.contains("<Account xsi:nil=\"true\"/>"), "{xml}");
}

#[test]
fn no_rows_are_a_sentence_or_no_result_at_all() {
    let mut client = Client::new();
    let (_, batch) = query(&mut client, "CSV", "SELECT Id FROM Contact");
    assert_eq!(first_result(&mut client, &batch), "Records not found for this query");
    let (_, batch) = query(&mut client, "JSON", "SELECT Id FROM Contact");
    assert_eq!(client.get(&format!("{batch}/result")).text, "[]");
}

#[test]
fn a_bad_query_fails_its_batch() {
    let mut client = Client::new();
    let cases = [
        ("SELECT Foo__c FROM Contact", "InvalidBatch : Failed to process query: INVALID_FIELD: "),
        (
            "SELECT Id FROM Account",
            "InvalidBatch : Failed to process query: INVALID_TYPE_FOR_OPERATION: The root entity of the \
             requested query (Account) does not match the entity of the requested Bulk API Job (Contact).",
        ),
    ];
    for (soql, message) in cases {
        let (_, batch) = query(&mut client, "CSV", soql);
        let info = client.get(&batch);
        assert_eq!(info.element("state"), "Failed");
        assert!(info.element("stateMessage").starts_with(message), "{}", info.text);
    }
}

#[test]
fn rows_may_be_spread_over_several_results() {
    let mut client = Client::with(Config { results_per_batch: 3, ..Config::default() });
    client.org.seed("Contact", 10);
    let (_, batch) = query(&mut client, "JSON", "SELECT Id FROM Contact");
    let ids = client.get(&format!("{batch}/result")).json();
    let ids: Vec<&str> = ids.as_array().expect("ids").iter().filter_map(|id| id.as_str()).collect();
    let counts = ids.iter().map(|id| {
        client.get(&format!("{batch}/result/{id}")).json().as_array().expect("rows").len()
    });
    assert_eq!(counts.collect::<Vec<_>>(), [4, 4, 2]);
}

fn states(client: &mut Client, job: &str) -> Vec<String> {
    let list = client.get(&format!("{job}/batch")).text;
    let parts = list.split("<state>").skip(1);
    parts.map(|part| part[..part.find('<').expect("an end")].to_owned()).collect()
}

/// A job whose batches are split by so many ids.
fn chunked_job(client: &mut Client, header: &str) -> String {
    let request = client
        .request("POST", "/services/async/66.0/job")
        .with_header("Content-Type", "application/json")
        .with_header("Sforce-Enable-PKChunking", header)
        .with_body(r#"{"operation":"query","object":"Contact","contentType":"CSV"}"#);
    let id = client.send(request).json()["id"].as_str().expect("an id").to_owned();
    format!("/services/async/66.0/job/{id}")
}

#[test]
fn chunking_that_fails_fails_the_batch() {
    let mut client = Client::new();
    client.org.seed("Contact", 1_000);
    let job = chunked_job(&mut client, "TRUE");
    let message = "InvalidBatch : Retried more than thirty times".to_owned();
    client.org.faults().push(Rule::once(&job, Effect::Fail { message: message.clone() }));
    let batch = client.v1_batch(&job, "text/csv", "SELECT Id FROM Contact");
    client.org.advance(LONG);
    assert_eq!(states(&mut client, &job), ["Failed"]);
    assert_eq!(client.get(&batch).element("stateMessage"), message);
}

#[test]
fn a_query_in_an_order_is_not_split() {
    let mut client = Client::new();
    client.org.seed("Contact", 1_000);
    let job = chunked_job(&mut client, "chunkSize=300");
    client.v1_batch(&job, "text/csv", "SELECT Id FROM Contact ORDER BY LastName");
    client.org.advance(LONG);
    assert_eq!(states(&mut client, &job), ["Completed"]);
}

#[test]
fn chunking_puts_children_in_the_place_of_the_batch_after_a_while() {
    let mut client = Client::with(Config { failing_chunk: Some(1), ..Config::default() });
    client.org.seed("Contact", 1_000);
    let job = chunked_job(&mut client, "chunkSize=300");
    client.v1_batch(&job, "text/csv", "SELECT Id FROM Contact");

    client.org.advance(100);
    assert_eq!(states(&mut client, &job), ["NotProcessed"]);
    client.org.advance(LONG);
    let after = states(&mut client, &job);
    assert_eq!(
        after,
        ["NotProcessed", "Completed", "Failed", "Completed", "Completed", "Completed"]
    );
    assert_eq!(client.get(&job).element("numberBatchesTotal"), "5");

    let list = client.get(&format!("{job}/batch")).text;
    let ids: Vec<&str> = list.split("<id>").skip(2).map(|part| &part[..18]).collect();
    let rows = ids.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, id)| {
        let batch = format!("{job}/batch/{id}");
        let text = client.get(&format!("{batch}/request")).text;
        assert!(
            text.starts_with("SELECT Id FROM Contact WHERE Id >= '003")
                || text.starts_with("SELECT Id FROM Contact WHERE Id >= 003"),
            "{text}"
        );
        first_result(&mut client, &batch).lines().count() - 1
    });
    assert_eq!(rows.collect::<Vec<_>>(), [300, 300, 100, 0]);
}

#[test]
fn chunks_appear_one_by_one_if_they_shall_and_the_parent_counts_if_it_shall() {
    for (counts_parent, last_total) in [(false, "5"), (true, "6")] {
        let mut client = Client::with(Config {
            chunking_step_ms: 1_000,
            batches_total_counts_parent: counts_parent,
            ..Config::default()
        });
        client.org.seed("Contact", 1_000);
        let job = chunked_job(&mut client, "chunkSize=300");
        client.v1_batch(&job, "text/csv", "SELECT Id FROM Contact");
        client.org.advance(500);
        for children in 1..=5 {
            let listed = states(&mut client, &job);
            assert_eq!(listed[1..].len(), children, "{listed:?}");
            client.org.advance(1_000);
        }
        assert_eq!(states(&mut client, &job).len(), 6);
        assert_eq!(client.get(&job).element("numberBatchesTotal"), last_total);
    }
}
