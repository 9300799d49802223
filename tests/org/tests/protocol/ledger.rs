//! What a test in this process may know without asking as a client.

use salesforce_bulk_org::data::Value;
use salesforce_bulk_org::{Api, Effect, Rule};

use crate::support::{Client, LONG};

#[test]
fn jobs_and_batches_tell_what_they_have_done() {
    let mut client = Client::new();
    let start = client.org.now();
    let job = client.v1_job("insert", "Account", "CSV");
    client.org.advance(10);
    client.v1_batch(&job, "text/csv", "Name\na\n\"\"\n");
    let load = client.v2_job("ingest", r#"{"object":"Contact","operation":"insert"}"#);
    client.v2_load(&load, "LastName\nb\n");
    client.v2_query("SELECT Id FROM Account");

    let jobs = client.org.jobs();
    let told: Vec<_> = jobs
        .iter()
        .map(|job| (job.api, job.operation, job.object, job.state, job.work.processed))
        .collect();
    assert_eq!(
        told,
        [
            (Api::V1, "insert", "Account", "Open", 2),
            (Api::V2, "insert", "Contact", "JobComplete", 1),
            (Api::V2, "query", "Account", "JobComplete", 1),
        ]
    );
    let [batch] = jobs[0].batches.as_slice() else { panic!("one batch") };
    assert_eq!((batch.state, batch.created - start), ("Completed", 10));
    assert_eq!((batch.work.processed, batch.work.failed), (2, 1));
    assert_eq!(batch.request, b"Name\na\n\"\"\n");
    let ids = batch.work.outcomes.iter().map(|outcome| outcome.id.is_some());
    assert_eq!(ids.collect::<Vec<_>>(), [true, false]);
    assert_eq!(jobs[1].work.outcomes.len(), 1);
}

#[test]
fn stuck_work_has_done_nothing_yet() {
    let mut client = Client::new();
    client.org.faults().push(Rule::once("/jobs/ingest", Effect::Stuck));
    let load = client.v2_job("ingest", r#"{"object":"Contact","operation":"insert"}"#);
    client.v2_load(&load, "LastName\nb\n");
    let jobs = client.org.jobs();
    assert_eq!((jobs[0].state, jobs[0].work.processed), ("InProgress", 0));
}

#[test]
fn rows_are_read_without_a_query() {
    let mut client = Client::new();
    client.v1_csv("insert", "Account", "Name,NumberOfEmployees\na,1\nb,2\nc,3\n");
    let id = client.org.database().rows("Account", &["Id"]).expect("rows").nth(1).expect("a row");
    client.v1_csv("delete", "Account", &format!("Id\n{}\n", id[0].csv_text()));
    client.org.advance(LONG);
    let database = client.org.database();
    let rows = database.rows("account", &["name", "NumberOfEmployees"]).expect("rows");
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [[Value::text("a"), Value::Int(1)], [Value::text("c"), Value::Int(3)]]
    );
    assert!(database.rows("Nothing", &["Id"]).is_none());
    assert!(database.rows("Account", &["Nothing"]).is_none());
}
