//! What nobody knows for certain, by its switches.

use salesforce_bulk_org::Config;
use salesforce_bulk_org::config::{EarlyResults, MaxRecords, ResultPages};
use serde_json::json;

use crate::support::{Client, LONG};

const QUERY: &str = r#"{"operation":"query","query":"SELECT Id FROM Contact"}"#;
const INSERT: &str = r#"{"object":"Contact","operation":"insert"}"#;

fn not_complete(status: &str) -> String {
    format!(
        "[{{\"errorCode\":\"JOB_NOT_COMPLETE\",\"message\":\"can only download query results of \
         successfully completed bulk job with status: JOB_COMPLETE. Current status: {status}\"}}]"
    )
}

#[test]
fn results_asked_for_before_the_end_are_refused_or_empty() {
    for (early_results, status) in
        [(EarlyResults::PreconditionFailed, 412), (EarlyResults::NoContent, 204)]
    {
        let mut client = Client::with(Config { early_results, ..Config::default() });
        let ingest = client.v2_job("ingest", INSERT);
        let query = client.v2_job("query", QUERY);
        let cases = [
            (format!("{ingest}/successfulResults"), "OPEN"),
            (format!("{ingest}/failedResults"), "OPEN"),
            (format!("{ingest}/unprocessedrecords"), "OPEN"),
            (format!("{query}/results"), "UPLOAD_COMPLETE"),
            (format!("{query}/resultPages"), "UPLOAD_COMPLETE"),
        ];
        for (path, state) in cases {
            let answer = client.get(&path);
            let text = if status == 412 { not_complete(state) } else { String::new() };
            assert_eq!((answer.status, answer.text), (status, text), "{path}");
        }
    }
}

#[test]
fn an_aborted_query_never_has_results_and_an_aborted_load_has() {
    let early_results = EarlyResults::NoContent;
    let mut client = Client::with(Config { early_results, ..Config::default() });
    let query = client.v2_job("query", QUERY);
    client.json("PATCH", &query, r#"{"state":"Aborted"}"#);
    let answer = client.get(&format!("{query}/results"));
    assert_eq!((answer.status, answer.text), (412, not_complete("ABORTED")));
    let ingest = client.v2_job("ingest", INSERT);
    client.json("PATCH", &ingest, r#"{"state":"Aborted"}"#);
    assert_eq!(client.get(&format!("{ingest}/successfulResults")).status, 200);
}

/// A complete query of 62 rows in pages of ten, without its locators.
fn pages_of(config: Config) -> (String, Vec<serde_json::Value>) {
    let mut client = Client::with(Config { page_size: 10, ..config });
    client.org.seed("Contact", 62);
    let job = client.v2_query("SELECT Id FROM Contact");
    let first = client.get(&format!("{job}/resultPages")).json();
    let next = first["nextRecordsUrl"].as_str().or(first["nextRecordUrl"].as_str());
    let next = next.expect("more pages").to_owned();
    let next = if next.starts_with("/jobs") { format!("/services/data/v66.0{next}") } else { next };
    let last = client.get(&next).json();
    (job, vec![first, last])
}

#[test]
fn result_pages_have_the_shape_of_the_guide_or_of_the_field_or_both() {
    let shapes = [
        (ResultPages::Guide, "resultPages", ["resultUrl", "resultUrl"], json!(null)),
        (ResultPages::Field, "resultChunks", ["resultLink", "resultLink"], json!(null)),
        (ResultPages::Mixed, "resultPages", ["resultLink", "resultUrl"], json!(null)),
    ];
    for (result_pages, list, links, last_next) in shapes {
        let (job, answers) = pages_of(Config { result_pages, ..Config::default() });
        let counts = answers.iter().map(|answer| answer[list].as_array().expect("pages").len());
        assert_eq!(counts.collect::<Vec<_>>(), [5, 2], "{result_pages:?}");
        for (page, link) in answers[0][list].as_array().expect("pages").iter().zip(links) {
            let url = page[link].as_str().expect(link);
            let root =
                if link == "resultLink" { &job["/services/data/v66.0".len()..] } else { &job };
            assert!(url.starts_with(&format!("{root}/results?locator=")), "{url}");
        }
        assert_eq!(answers[1]["done"], true);
        assert_eq!(answers[1]["nextRecordsUrl"], last_next);
    }
}

#[test]
fn only_the_shape_of_the_field_says_that_nothing_comes_next() {
    for (result_pages, said) in [(ResultPages::Guide, false), (ResultPages::Field, true)] {
        let (_, answers) = pages_of(Config { result_pages, ..Config::default() });
        let last = answers[1].as_object().expect("an object");
        assert_eq!(last.contains_key("nextRecordsUrl"), said, "{result_pages:?}");
    }
}

#[test]
fn max_records_with_result_pages_is_ignored_or_honoured_or_refused() {
    let cases = [
        (MaxRecords::Ignored, 200, 3),
        (MaxRecords::Honoured, 200, 5),
        (MaxRecords::Refused, 400, 0),
    ];
    for (max_records_with_result_pages, status, pages) in cases {
        let mut client = Client::with(Config {
            page_size: 10,
            max_records_with_result_pages,
            ..Config::default()
        });
        client.org.seed("Contact", 25);
        let job = client.v2_query("SELECT Id FROM Contact");
        let answer = client.get(&format!("{job}/resultPages?maxRecords=5"));
        let listed = answer.json()["resultPages"].as_array().map_or(0, Vec::len);
        assert_eq!((answer.status, listed), (status, pages), "{max_records_with_result_pages:?}");
        assert_eq!(client.get(&format!("{job}/resultPages")).status, 200);
    }
}

#[test]
fn results_wait_for_the_whole_load() {
    let mut client = Client::with(Config { row_us: 1_000_000, ..Config::default() });
    let job = client.v2_job("ingest", INSERT);
    client.put("PUT", &format!("{job}/batches"), "text/csv", "LastName\na\nb\n");
    client.json("PATCH", &job, r#"{"state":"UploadComplete"}"#);
    client.org.advance(1_000);
    let early = client.get(&format!("{job}/successfulResults"));
    assert_eq!((early.status, early.text), (412, not_complete("IN_PROGRESS")));
    client.org.advance(LONG);
    assert_eq!(client.get(&format!("{job}/successfulResults")).text.lines().count(), 3);
}
