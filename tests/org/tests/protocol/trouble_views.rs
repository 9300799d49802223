//! Faults that let lists lag and let jobs and batches be seen as they were, or are not.

use salesforce_bulk_org::{Effect, Rule};

use crate::support::{Client, LONG};

fn states(client: &mut Client, job: &str) -> Vec<String> {
    let list = client.get(&format!("{job}/batch")).text;
    let parts = list.split("<state>").skip(1);
    parts.map(|part| part[..part.find('<').expect("an end")].to_owned()).collect()
}

fn order(client: &mut Client, path: &str, effect: Effect) {
    client.org.faults().clear();
    client.org.faults().push(Rule::every(path, effect).on("GET"));
}

#[test]
fn a_list_of_batches_lags() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    client.v1_batch(&job, "text/csv", "Name\na\n");
    client.org.advance(1_000);
    client.v1_batch(&job, "text/csv", "Name\nb\n");
    for (ms, listed) in [(0, 2), (1, 1), (1_000, 1), (1_001, 0)] {
        order(&mut client, "/batch", Effect::Lag { ms });
        assert_eq!(states(&mut client, &job).len(), listed, "{ms}");
    }
}

#[test]
fn lists_of_jobs_of_result_pages_and_of_results_lag() {
    let mut client = Client::new();
    client.org.seed("Contact", 10);
    let job = client.v2_query("SELECT Id FROM Contact");
    let classic = client.v1_job("query", "Contact", "JSON");
    let batch = client.v1_batch(&classic, "application/json", "SELECT Id FROM Contact");
    client.org.advance(LONG);
    let paths = [
        ("/services/data/v66.0/jobs/query".to_owned(), "/records", 2),
        (format!("{job}/resultPages"), "/resultPages", 1),
        (format!("{batch}/result"), "", 1),
    ];
    for (path, pointer, whole) in paths {
        for (ms, listed) in [(LONG / 2, whole), (3 * LONG, 0)] {
            order(&mut client, &path, Effect::Lag { ms });
            let list = client.get(&path).json();
            let length = list.pointer(pointer).and_then(|list| list.as_array()).map(Vec::len);
            assert_eq!(length, Some(listed), "{path} {ms}: {list}");
        }
    }
}

#[test]
fn batches_and_jobs_of_v1_are_seen_as_they_were() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    client.org.advance(1_000);
    let batch = client.v1_batch(&job, "text/csv", "Name\na\nb\n");
    client.org.advance(1_000);
    client.json("POST", &job, r#"{"state":"Closed"}"#);

    // How long ago, and then: the batch's state and rows, the job's state, batches and rows.
    let cases = [
        (0, Some(("Completed", "2")), Some(("Closed", "1", "2"))),
        (1, Some(("Completed", "2")), Some(("Open", "1", "2"))),
        (800, Some(("InProgress", "0")), Some(("Open", "1", "0"))),
        (960, Some(("Queued", "0")), Some(("Open", "1", "0"))),
        (1_001, None, Some(("Open", "0", "0"))),
        (2_001, None, None),
    ];
    for (ms, batch_then, job_then) in cases {
        order(&mut client, "/job/", Effect::Stale { ms });
        let info = client.get(&batch);
        match batch_then {
            Some((state, rows)) => {
                let found = ["state", "numberRecordsProcessed"].map(|name| info.element(name));
                assert_eq!(found, [state, rows], "{ms}");
                assert_eq!(states(&mut client, &job), [state], "{ms}");
            }
            None => {
                assert_eq!(
                    (info.status, info.element("exceptionCode").as_str()),
                    (400, "InvalidBatch")
                );
                assert!(states(&mut client, &job).is_empty(), "{ms}");
            }
        }
        let info = client.get(&job);
        match job_then {
            Some((state, batches, rows)) => {
                let names = ["state", "numberBatchesTotal", "numberRecordsProcessed"];
                assert_eq!(names.map(|name| info.element(name)), [state, batches, rows], "{ms}");
            }
            None => assert_eq!(info.element("exceptionCode"), "InvalidJob"),
        }
    }
}

#[test]
fn rows_that_failed_are_counted_as_they_were() {
    let mut client = Client::new();
    client.org.config().row_us = 1_000;
    let job = client.v1_job("insert", "Account", "CSV");
    // Every second row lacks its name; four chunks of 200 take a second.
    let rows: String = (0..800).map(|at| if at % 2 == 0 { "a,x\n" } else { ",x\n" }).collect();
    let batch = client.v1_batch(&job, "text/csv", &format!("Name,Description\n{rows}"));
    client.org.advance(50 + 1_000);
    for (ms, processed, failed) in [(0, "800", "400"), (400, "400", "200"), (900, "0", "0")] {
        order(&mut client, "/batch/", Effect::Stale { ms });
        let info = client.get(&batch);
        let found =
            ["numberRecordsProcessed", "numberRecordsFailed"].map(|name| info.element(name));
        assert_eq!(found, [processed, failed], "{ms}");
    }
}

#[test]
fn jobs_of_v2_are_seen_as_they_were() {
    let mut client = Client::new();
    client.org.seed("Account", 10);
    let query = client.v2_job("query", r#"{"operation":"query","query":"SELECT Id FROM Account"}"#);
    let ingest = client.v2_job("ingest", r#"{"object":"Contact","operation":"insert"}"#);
    client.put("PUT", &format!("{ingest}/batches"), "text/csv", "LastName\na\n");
    client.json("PATCH", &ingest, r#"{"state":"UploadComplete"}"#);
    client.org.advance(1_000);
    let cases =
        [(0, "JobComplete", true), (800, "InProgress", false), (1_000, "UploadComplete", false)];
    for (job, rows) in [(query, 10), (ingest, 1)] {
        for (ms, state, counted) in cases {
            order(&mut client, &job, Effect::Stale { ms });
            let info = client.get(&job).json();
            assert_eq!(info["state"], state, "{ms}");
            let processed = info["numberRecordsProcessed"].as_u64().unwrap_or_default();
            assert_eq!(processed, if counted { rows } else { 0 }, "{info}");
        }
        order(&mut client, &job, Effect::Stale { ms: 1_001 });
        assert_eq!(client.get(&job).status, 404);
    }
}

#[test]
fn a_failure_is_not_known_before_it_happened() {
    let mut client = Client::new();
    let message = "InvalidBatch : out of luck".to_owned();
    client.org.faults().push(Rule::once("/batch/", Effect::Fail { message: message.clone() }));
    let job = client.v1_job("insert", "Account", "JSON");
    let batch = client.v1_batch(&job, "application/json", r#"[{"Name":"a"}]"#);
    client.org.advance(1_000);
    assert_eq!(client.get(&batch).json()["stateMessage"], message);
    order(&mut client, "/batch/", Effect::Stale { ms: 900 });
    assert_eq!(client.get(&batch).json()["stateMessage"], serde_json::Value::Null);
}

#[test]
fn states_are_told_falsely_while_counts_stay() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let batch = client.v1_batch(&job, "text/csv", "Name\na\n");
    let query = client.v2_job("query", r#"{"operation":"query","query":"SELECT Id FROM Contact"}"#);
    let lie = |state: &str| Effect::Lie { state: state.to_owned() };

    order(&mut client, "/batch", lie("Completed"));
    assert_eq!(client.get(&batch).element("state"), "Completed");
    assert_eq!(client.get(&batch).element("numberRecordsProcessed"), "0");
    assert_eq!(states(&mut client, &job), ["Completed"]);

    order(&mut client, "/jobs/query", lie("JobComplete"));
    let info = client.get(&query).json();
    assert_eq!((info["state"].as_str(), &info["numberRecordsProcessed"]), {
        (Some("JobComplete"), &serde_json::Value::Null)
    });
    assert_eq!(client.get(&format!("{query}/results")).status, 412);

    order(&mut client, "/job/", lie("Aborted"));
    assert_eq!(client.get(&job).element("state"), "Aborted");
    let closed = client.json("POST", &job, r#"{"state":"Closed"}"#);
    assert_eq!(closed.json_or_element("state"), "Closed");
}
