//! Bulk 2.0: jobs that read rows.

use salesforce_bulk_org::Config;

use crate::support::{Answer, Client, LONG};

fn seeded(rows: u64, page_size: usize) -> Client {
    let mut client = Client::with(Config { page_size, ..Config::default() });
    client.org.seed("Contact", rows);
    client
}

/// The ids on a page, its header row checked.
fn ids(page: &Answer) -> Vec<String> {
    let mut lines = page.text.lines();
    assert_eq!(lines.next(), Some("\"Id\""));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_query_is_checked_at_once() {
    let mut client = Client::new();
    let cases = [
        ("SELECT Foo__c FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        ("SELEC Id FROM Contact", "MALFORMED_QUERY"),
    ];
    for (soql, code) in cases {
        let body = serde_json::json!({ "operation": "query", "query": soql }).to_string();
        let answer = client.json("POST", "/services/data/v66.0/jobs/query", &body);
        assert_eq!((answer.status, answer.json()[0]["errorCode"].as_str()), (400, Some(code)));
    }
}

#[test]
fn a_job_is_described_step_by_step() {
    let mut client = seeded(3, 1_000);
    let job = client.v2_job("query", r#"{"operation":"query","query":"SELECT Id FROM Contact"}"#);
    let early = client.get(&job).json();
    assert_eq!(
        (early["state"].as_str(), early.get("numberRecordsProcessed")),
        (Some("UploadComplete"), None)
    );
    client.org.advance(LONG);
    let done = client.get(&job).json();
    assert_eq!(
        (done["state"].as_str(), done["numberRecordsProcessed"].as_u64()),
        (Some("JobComplete"), Some(3))
    );
    assert_eq!(done["jobType"], "V2Query");
}

#[test]
fn locators_lead_through_all_pages() {
    let mut client = seeded(25, 10);
    let job = client.v2_query("SELECT Id FROM Contact");
    for (query, sizes) in [("", vec![10, 10, 5]), ("maxRecords=7", vec![7, 7, 7, 4])] {
        let (mut locator, mut seen, mut found) = (None, Vec::new(), Vec::new());
        loop {
            let at = locator.map(|locator| format!("&locator={locator}")).unwrap_or_default();
            let page = client.get(&format!("{job}/results?{query}{at}"));
            seen.push(ids(&page).len());
            found.extend(ids(&page));
            assert_eq!(
                page.header("sforce-numberofrecords"),
                Some(seen.last().expect("a page").to_string().as_str())
            );
            match page.header("sforce-locator") {
                Some("null") => break,
                other => locator = other.map(str::to_owned),
            }
        }
        assert_eq!(seen, sizes);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 25);
    }
}

#[test]
fn result_pages_come_five_at_a_time() {
    let mut client = seeded(62, 10);
    let job = client.v2_query("SELECT Id FROM Contact");
    let (mut next, mut counts, mut found) = (format!("{job}/resultPages"), Vec::new(), Vec::new());
    loop {
        let list = client.get(&next).json();
        let pages = list["resultPages"].as_array().expect("pages").clone();
        counts.push(pages.len());
        for page in pages {
            found.extend(ids(&client.get(page["resultUrl"].as_str().expect("a url"))));
        }
        if list["done"].as_bool().expect("done") {
            break;
        }
        next = list["nextRecordsUrl"].as_str().expect("a url").to_owned();
    }
    assert_eq!(counts, [5, 2]);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 62);
}

#[test]
fn no_rows_are_a_header() {
    let mut client = seeded(0, 10);
    let job = client.v2_query("SELECT Id FROM Contact");
    let page = client.get(&format!("{job}/results"));
    assert_eq!(page.text, "\"Id\"\n");
    let headers = ["sforce-locator", "sforce-numberofrecords"].map(|name| page.header(name));
    assert_eq!(headers, [Some("null"), Some("0")]);
}

#[test]
fn results_need_a_complete_job_and_the_same_version() {
    let mut client = seeded(1, 10);
    let job = client.v2_job("query", r#"{"operation":"query","query":"SELECT Id FROM Contact"}"#);
    client.org.advance(LONG);
    assert_eq!(client.get(&format!("{job}/results").replace("66.0", "65.0")).status, 409);
    assert_eq!(client.get(&format!("{job}/results")).status, 200);
}

#[test]
fn the_dialect_is_that_of_the_job() {
    let mut client = seeded(1, 10);
    let job = client.v2_job(
        "query",
        r#"{"operation":"query","query":"SELECT Id,LastName FROM Contact","columnDelimiter":"PIPE","lineEnding":"CRLF"}"#,
    );
    client.org.advance(LONG);
    let text = client.get(&format!("{job}/results")).text;
    assert!(text.starts_with("\"Id\"|\"LastName\"\r\n\"003"), "{text}");
    assert!(text.ends_with("\"\r\n"), "{text}");
}

#[test]
fn aborted_jobs_are_deleted_and_others_are_not() {
    let mut client = seeded(1, 10);
    let job = client.v2_job("query", r#"{"operation":"query","query":"SELECT Id FROM Contact"}"#);
    assert_eq!(client.send(client.request("DELETE", &job)).json()[0]["errorCode"], "API_ERROR");
    let aborted = client.json("PATCH", &job, r#"{"state":"Aborted"}"#);
    assert_eq!((aborted.status, aborted.json()["state"].as_str()), (200, Some("Aborted")));
    assert_eq!(client.send(client.request("DELETE", &job)).status, 204);
    assert_eq!(client.get(&job).status, 404);
}
