//! Bulk API 2.0: loading rows.

use std::collections::BTreeMap;
use std::rc::Rc;

use salesforce_bulk::csv::{Delimiter, LineEnding};
use salesforce_bulk::engine::download::{IngestResults, Source};
use salesforce_bulk::engine::host::Phase;
use salesforce_bulk::engine::v2::{self, Load};
use salesforce_bulk::error::{Code, Error};
use salesforce_bulk::wire::v2::{IngestResult, JobFilter, JobKind, JobState as V2State};
use salesforce_bulk_org::config::EmptyResults;
use salesforce_bulk_org::{Config, Effect, Rule};
use serde_json::{Value, json};

use super::support::client::{POLL, account_load, accounts, ingest_jobs, ingest_spec, payload};
use super::support::clock::run;
use super::support::rows::{Delivered, records};
use super::support::world::World;

fn contact_load(data: &str, records: u64) -> Load<Rc<[u8]>> {
    Load { spec: ingest_spec("insert", "Contact"), records, ..account_load(data, 0) }
}

fn state_of(error: &Error) -> Option<&str> {
    error.kind.ending().map(|ending| ending.state.as_str())
}

fn rows_of(job: &str, which: &str) -> Source<std::rc::Rc<[u8]>> {
    let which = IngestResult::from_name(which).expect("a result");
    Source::Ingest(IngestResults::rows(job.to_owned(), which))
}

#[test]
fn a_job_goes_step_by_step_from_its_making_to_its_end() {
    let world = World::new(Config::default());
    let client = world.client();
    let (rows, names) = accounts("a", 450);
    run(&world, async {
        let job =
            v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
        let id = job.id().to_owned();
        assert_eq!((job.state(), job.text("object")), ("Open", Some("Account")));
        let open =
            v2::wait(&client, JobKind::Ingest, &id, POLL).await.expect_err("nothing happens");
        assert_eq!((open.code(), state_of(&open)), (Code::Request, Some("Open")));
        v2::upload(&client, &id, payload(&rows)).await.expect("uploaded");
        let state = v2::set_state(&client, JobKind::Ingest, &id, V2State::UploadComplete)
            .await
            .expect("started");
        assert_eq!(state.state(), "UploadComplete");
        let done = v2::wait(&client, JobKind::Ingest, &id, POLL).await.expect("done");
        assert_eq!(
            (done.state(), done.count("numberRecordsProcessed")),
            ("JobComplete", Some(450))
        );
        let got = records(&client, rows_of(&id, "successfulResults")).await.expect("rows");
        assert_eq!(
            (got.header.as_slice(), got.rows.len()),
            (&["sf__Id", "sf__Created", "Name"].map(str::to_owned)[..], 450)
        );
        v2::delete(&client, JobKind::Ingest, &id).await.expect("deleted");
        let gone = v2::job(&client, JobKind::Ingest, &id).await.expect_err("gone");
        assert_eq!(gone.kind.status(), Some(404));
        let twice = v2::delete(&client, JobKind::Ingest, &id).await.expect_err("there is none");
        assert_eq!((twice.kind.status(), twice.job_id.as_deref()), (Some(404), Some(id.as_str())));
    });
    assert_eq!(world.stored("Account", "Name"), names);
    let (last, ..) = world.progress.borrow().last().cloned().expect("progress");
    assert_eq!(last, Phase::Processing);
}

#[test]
fn an_open_job_is_aborted_and_a_wait_for_it_says_so() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let job =
            v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
        let info = v2::set_state(&client, JobKind::Ingest, job.id(), V2State::Aborted)
            .await
            .expect("aborted");
        assert_eq!(info.state(), "Aborted");
        let error = v2::wait(&client, JobKind::Ingest, job.id(), POLL).await.expect_err("aborted");
        assert_eq!((error.code(), error.job_id.as_deref()), (Code::JobAborted, Some(job.id())));
    });
}

#[test]
fn a_job_that_fails_tells_salesforces_words() {
    let world = World::new(Config::default());
    let client = world.client();
    let error = run(&world, v2::load(&client, account_load("Nix__c\n1\n", 1))).expect_err("failed");
    assert_eq!((error.code(), state_of(&error)), (Code::JobFailed, Some("Failed")));
    assert!(error.message.contains("Nix__c"), "{error}");
    assert_eq!(error.kind.error_code(), Some("InvalidBatch"));
}

fn mixed() -> (String, [usize; 2]) {
    let rows: Vec<String> = (0..30)
        .map(|at| format!("\"n \"\"{at}\"\"\n\",{}", if at % 3 == 0 { "bad" } else { "a@b.de" }))
        .collect();
    (format!("LastName,Email\n{}\n", rows.join("\n")), [20, 10])
}

#[test]
fn every_row_has_one_outcome() {
    for empty_results in
        [EmptyResults::NoContent, EmptyResults::ZeroBytes, EmptyResults::HeaderOnly]
    {
        for piece in [0, 3] {
            let world = World::new(Config { empty_results, ..Config::default() });
            world.piece.set(piece);
            let client = world.client();
            let (data, [good, bad]) = mixed();
            let (summary, got) = run(&world, async {
                let summary = v2::load(&client, contact_load(&data, 30)).await.expect("done");
                let outcomes = Source::Ingest(IngestResults::outcomes(summary.job.clone()));
                let got = records(&client, outcomes).await.expect("outcomes");
                (summary, got)
            });
            assert_eq!((summary.processed, summary.failed, summary.unprocessed), (30, 10, 0));
            let mut told: BTreeMap<(bool, bool), usize> = BTreeMap::new();
            let mut names: Vec<&str> = Vec::new();
            for row in &got.json {
                let success = row["success"] == json!(true);
                *told.entry((success, row["id"].is_string())).or_default() += 1;
                names.push(row["fields"]["LastName"].as_str().expect("a name"));
                let code = row["errors"][0]["code"].as_str();
                assert_eq!(code, (!success).then_some("INVALID_EMAIL_ADDRESS"));
            }
            assert_eq!(told, BTreeMap::from([((true, true), good), ((false, false), bad)]));
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), 30, "each row once");
        }
    }
}

#[test]
fn results_without_rows_are_empty_in_every_form() {
    for (empty_results, header) in
        [(EmptyResults::NoContent, 0), (EmptyResults::ZeroBytes, 0), (EmptyResults::HeaderOnly, 3)]
    {
        let world = World::new(Config { empty_results, ..Config::default() });
        let client = world.client();
        run(&world, async {
            let (rows, _) = accounts("a", 2);
            let job = v2::load(&client, account_load(&rows, 2)).await.expect("done").job;
            let failed = records(&client, rows_of(&job, "failedResults")).await.expect("none");
            assert_eq!((failed.header.len(), failed.rows.len()), (header, 0));
            let unprocessed =
                records(&client, rows_of(&job, "unprocessedrecords")).await.expect("none");
            assert_eq!((unprocessed.rows, unprocessed.json), (vec![], Vec::<Value>::new()));
            let outcomes = Source::Ingest(IngestResults::outcomes(job));
            assert_eq!(records(&client, outcomes).await.expect("two").json.len(), 2);
        });
    }
}

#[test]
fn what_an_aborted_job_did_not_come_to_is_told() {
    let world = World::new(Config { row_us: 10_000, ..Config::default() });
    let client = world.client();
    let (rows, names) = accounts("a", 1_000);
    let got = run(&world, async {
        let job =
            v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
        v2::upload(&client, job.id(), payload(&rows)).await.expect("uploaded");
        v2::set_state(&client, JobKind::Ingest, job.id(), V2State::UploadComplete)
            .await
            .expect("started");
        world.org(|org| org.advance(5_000));
        v2::set_state(&client, JobKind::Ingest, job.id(), V2State::Aborted).await.expect("aborted");
        let outcomes = Source::Ingest(IngestResults::outcomes(job.id().to_owned()));
        records(&client, outcomes).await.expect("outcomes")
    });
    let stored = world.stored("Account", "Name").len();
    let told = |got: &Delivered, flag: &str| {
        got.json.iter().filter(|row| row[flag] == json!(true)).count()
    };
    assert!(stored > 0 && stored < 1_000, "{stored}");
    assert_eq!((told(&got, "success"), told(&got, "processed")), (stored, stored));
    let mut fields: Vec<&str> =
        got.json.iter().filter_map(|row| row["fields"]["Name"].as_str()).collect();
    fields.sort_unstable();
    assert!(fields == names, "every row once");
}

/// A job that fails after some of its rows: each row still has its one outcome.
#[test]
fn a_job_that_failed_in_the_middle_tells_of_every_row() {
    let world = World::new(Config::default());
    let client = world.client();
    let message = "InternalServerError : out of luck".to_owned();
    world.fault(Rule::once("/jobs/ingest/", Effect::FailAfter { rows: 12, message }));
    let (data, _) = mixed();
    let got = run(&world, async {
        let error = v2::load(&client, contact_load(&data, 30)).await;
        let error = error.expect_err("it failed");
        assert_eq!(error.code(), Code::JobFailed);
        let job = error.job_id.clone().expect("its id");
        records(&client, Source::Ingest(IngestResults::outcomes(job))).await.expect("outcomes")
    });
    let told = |flag: &str| got.json.iter().filter(|row| row[flag] == json!(true)).count();
    assert_eq!((got.json.len(), told("processed"), told("success")), (30, 12, 8));
    assert_eq!(world.stored("Contact", "LastName").len(), 8);
}

#[test]
fn a_delimiter_of_the_jobs_own_is_read_back() {
    let world = World::new(Config::default());
    let client = world.client();
    let data = "LastName;Description\r\na;\"x;y,\r\nz\"\r\n";
    let mut load = contact_load(data, 1);
    load.spec.column_delimiter = Some(Delimiter::Semicolon);
    load.spec.line_ending = Some(LineEnding::Crlf);
    run(&world, async {
        let job = v2::load(&client, load).await.expect("done").job;
        let outcomes = Source::Ingest(IngestResults::outcomes(job));
        let got = records(&client, outcomes).await.expect("one");
        assert_eq!(got.json[0]["fields"], json!({ "LastName": "a", "Description": "x;y,\r\nz" }));
    });
}

#[test]
fn a_small_load_goes_in_one_request() {
    let world = World::new(Config::default());
    let client = world.client();
    let (rows, names) = accounts("a", 5);
    run(&world, async {
        let spec = ingest_spec("insert", "Account");
        let job = v2::create_ingest_with(&client, &spec, &rows).await.expect("a job");
        let done = v2::wait(&client, JobKind::Ingest, job.id(), POLL).await.expect("done");
        assert_eq!(done.count("numberRecordsProcessed"), Some(5));
    });
    assert_eq!(world.stored("Account", "Name"), names);
    assert_eq!((world.count("POST", "/ingest"), world.count("PUT", "/ingest")), (1, 0));
}

#[test]
fn jobs_are_listed_page_by_page() {
    let world = World::new(Config { list_page_size: 3, ..Config::default() });
    let client = world.client();
    run(&world, async {
        let mut made = Vec::new();
        for _ in 0..7 {
            let spec = ingest_spec("insert", "Account");
            made.push(v2::create_ingest(&client, &spec).await.expect("a job").id().to_owned());
            world.org(|org| org.advance(10));
        }
        let (mut listed, mut locator, mut pages) = (Vec::new(), None, 0);
        loop {
            let filter = JobFilter { locator, ..ingest_jobs() };
            let page = v2::jobs(&client, &filter).await.expect("a page");
            listed.extend(page.records.iter().map(|job| job.id().to_owned()));
            pages += 1;
            let Some(next) = page.locator else { break };
            locator = Some(next);
        }
        listed.sort();
        made.sort();
        assert_eq!((listed, pages), (made, 3));
        let none = JobFilter { kind: JobKind::Query, ..ingest_jobs() };
        assert_eq!(v2::jobs(&client, &none).await.expect("a page").records.len(), 0);
    });
}
