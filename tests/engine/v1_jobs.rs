//! Bulk API 1.0: jobs and batches.

use salesforce_bulk::csv::LineEnding;
use salesforce_bulk::engine::v1;
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1::{ContentType, JobSpec, JobState};
use salesforce_bulk_org::Config;

use super::support::client::{POLL, accounts, payload, spec, v1_job};
use super::support::clock::run;
use super::support::world::World;

#[test]
fn jobs_are_what_was_asked_for_whatever_their_format() {
    for (operation, external_id, content_type) in [
        ("insert", None, ContentType::Csv),
        ("upsert", Some("Email"), ContentType::Json),
        ("query", None, ContentType::Xml),
    ] {
        let world = World::new(Config::default());
        let client = world.client();
        let asked = JobSpec {
            external_id_field_name: external_id.map(str::to_owned),
            concurrency_mode: Some("Serial".to_owned()),
            line_ending: Some(LineEnding::Crlf),
            ..spec(operation, "Contact", content_type)
        };
        let made = run(&world, v1::create_job(&client, &asked)).expect("a job");
        let read = run(&world, v1::job(&client, made.id())).expect("a job");
        for (name, value) in [
            ("state", Some("Open")),
            ("operation", Some(operation)),
            ("object", Some("Contact")),
            ("externalIdFieldName", external_id),
            ("contentType", Some(content_type.name())),
            ("concurrencyMode", Some("Serial")),
        ] {
            assert_eq!((made.text(name), read.text(name)), (value, value), "{operation} {name}");
        }
        assert_eq!(world.count("POST", "/job"), 1);
    }
}

#[test]
fn a_job_is_closed_and_aborted_as_often_as_one_likes() {
    for (state, name) in [(JobState::Closed, "Closed"), (JobState::Aborted, "Aborted")] {
        let world = World::new(Config::default());
        let client = world.client();
        run(&world, async {
            let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
            let info = v1::set_state(&client, &job, state).await.expect("its new state");
            assert_eq!(info.state(), name);
            let again = v1::set_state(&client, &job, state).await.expect("it is so already");
            assert_eq!(again.state(), name);
            let other = [JobState::Closed, JobState::Aborted].into_iter().find(|one| *one != state);
            let other = v1::set_state(&client, &job, other.expect("another")).await;
            if state == JobState::Aborted {
                let error = other.expect_err("what is aborted cannot be closed");
                assert_eq!(error.kind.error_code(), Some("InvalidJobState"), "{error}");
                assert_eq!(error.job_id.as_deref(), Some(job.as_str()));
            }
            let (rows, _) = accounts("a", 1);
            let late = v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await;
            assert_eq!(late.expect_err("no batch either").code(), Code::Request);
        });
    }
}

#[test]
fn batches_are_added_listed_and_read() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        assert_eq!(v1::batches(&client, &job).await.expect("none yet"), []);
        let mut ids = Vec::new();
        for prefix in ["a", "b", "c"] {
            let (rows, _) = accounts(prefix, 3);
            let batch = v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await;
            let batch = batch.expect("a batch");
            assert_eq!((batch.state(), batch.text("jobId")), ("Queued", Some(job.as_str())));
            ids.push(batch.id().to_owned());
        }
        v1::wait_job(&client, &job, POLL).await.expect("all are done");
        let list = v1::batches(&client, &job).await.expect("all three");
        assert_eq!(list.iter().map(|batch| batch.id()).collect::<Vec<_>>(), ids);
        for id in &ids {
            let batch = v1::batch(&client, &job, id).await.expect("a batch");
            assert_eq!(
                (batch.state(), batch.count("numberRecordsProcessed")),
                ("Completed", Some(3))
            );
        }
    });
    assert_eq!(world.stored("Account", "Name").len(), 9);
}

#[test]
fn columns_are_mapped_ahead_of_the_batches() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        let mapping = payload("Salesforce Field,Csv Header,Value,Hint\nName,Company,,\n");
        v1::post_mapping(&client, &job, mapping).await.expect("a mapping");
        let rows = payload("Company\nAcme\n");
        v1::add_batch(&client, &job, ContentType::Csv, rows).await.expect("a batch");
        v1::wait_job(&client, &job, POLL).await.expect("it is done");
        let late = v1::post_mapping(&client, &job, payload("Salesforce Field,Csv Header\n")).await;
        assert_eq!(late.expect_err("too late").code(), Code::Request);
    });
    assert_eq!(world.stored("Account", "Name"), ["Acme"]);
}

#[test]
fn refusals_tell_salesforces_words_in_either_format() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        for (operation, object, content_type, code, words) in [
            ("insert", "Nothing__c", ContentType::Csv, "InvalidEntity", "Nothing__c"),
            ("upsert", "Contact", ContentType::Json, "InvalidJob", "External ID"),
            ("explode", "Contact", ContentType::Xml, "InvalidJob", "explode"),
        ] {
            let error =
                v1_job(&client, operation, object, content_type).await.expect_err("refused");
            assert_eq!(
                (error.code(), error.kind.status(), error.kind.error_code(), error.retryable()),
                (Code::Request, Some(400), Some(code), false)
            );
            assert!(error.message.contains(words), "{error}");
        }
        for content_type in [ContentType::Csv, ContentType::Json] {
            let job = v1_job(&client, "insert", "Account", content_type).await.expect("a job");
            let error = v1::batch(&client, &job, "751000000000001AAA").await.expect_err("none");
            assert_eq!(error.kind.error_code(), Some("InvalidBatch"));
            assert_eq!(error.job_id.as_deref(), Some(job.as_str()));
            assert_eq!(error.batch_id.as_deref(), Some("751000000000001AAA"));
        }
    });
    assert_eq!(world.count("POST", "/job"), 5, "what is refused is not asked again");
}
