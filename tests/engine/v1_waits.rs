//! Bulk API 1.0: waiting for batches.

use salesforce_bulk::engine::v1;
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1::{ContentType, JobState};
use salesforce_bulk_org::{Config, Effect, Rule};

use super::support::client::{Client, POLL, accounts, payload, v1_batch, v1_job};
use super::support::clock::{Work, join, run};
use super::support::world::World;

async fn add(client: &Client, job: &str, prefix: &str) -> String {
    let (rows, _) = accounts(prefix, 2);
    let batch = v1::add_batch(client, job, ContentType::Csv, payload(&rows)).await;
    batch.expect("a batch").id().to_owned()
}

#[test]
fn waits_on_one_job_share_its_polls() {
    let mut lists = Vec::new();
    for waits in [1, 2, 20] {
        let world = World::new(Config { processing_ms: 5_000, ..Config::default() });
        let client = world.client();
        run(&world, async {
            let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
            let batch = add(&client, &job, "a").await;
            let wait = || -> Work<'_, _> { Box::pin(v1::wait_batch(&client, &job, &batch, POLL)) };
            for done in join((0..waits).map(|_| wait())).await {
                assert_eq!(done.expect("done").info.state(), "Completed");
            }
        });
        lists.push(world.count("GET", "/batch"));
    }
    assert!(lists.iter().all(|count| *count == lists[0]), "{lists:?}");
}

#[test]
fn waits_on_two_jobs_do_not() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let first = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        let second = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        let (a, b) = (add(&client, &first, "a").await, add(&client, &second, "b").await);
        let wait =
            |job, batch| -> Work<'_, _> { Box::pin(v1::wait_batch(&client, job, batch, POLL)) };
        let done = join([wait(&first, &a), wait(&second, &b)]).await;
        let ids: Vec<_> =
            done.into_iter().map(|done| done.expect("done").info.id().to_owned()).collect();
        assert_eq!(ids, [a.clone(), b.clone()]);
    });
}

#[test]
fn a_wait_that_fails_leaves_the_others_their_poll() {
    let world = World::new(Config { processing_ms: 2_000, ..Config::default() });
    let client = world.client();
    run(&world, async {
        let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        let batch = add(&client, &job, "a").await;
        let refuse = Effect::Status {
            status: 400,
            body: String::new(),
            content_type: "text/html".into(),
            headers: Vec::new(),
        };
        world.fault(Rule { skip: 3, ..Rule::once(&format!("{job}/batch"), refuse) }.on("GET"));
        let wait = || -> Work<'_, _> { Box::pin(v1::wait_batch(&client, &job, &batch, POLL)) };
        let results = join((0..3).map(|_| wait())).await;
        let failed = results.iter().filter(|result| result.is_err()).count();
        assert_eq!(failed, 1, "only the one whose request it was");
    });
}

#[test]
fn a_batch_that_fails_tells_why() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let at = v1_batch(&client, "insert", "Account", ContentType::Csv, "Nix__c\n1\n").await;
        let at = at.expect("a batch");
        for error in [
            v1::wait_batch(&client, &at.job, &at.batch, POLL).await.expect_err("it failed"),
            v1::wait_job(&client, &at.job, POLL).await.expect_err("it failed"),
            v1::is_done(&client, &at.job, &at.batch).await.expect_err("it failed"),
        ] {
            let ending = error.kind.ending().expect("an ending");
            assert_eq!((error.code(), ending.state.as_str()), (Code::JobFailed, "Failed"));
            assert_eq!(error.batch_id.as_deref(), Some(at.batch.as_str()));
            assert!(ending.state_message.as_deref().is_some_and(|text| text.contains("Nix__c")));
        }
    });
}

#[test]
fn whether_a_batch_is_done_is_asked_without_waiting() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let at = v1_batch(&client, "insert", "Account", ContentType::Csv, "Name\na\n").await;
        let at = at.expect("a batch");
        assert!(!v1::is_done(&client, &at.job, &at.batch).await.expect("an answer"));
        world.org(|org| org.advance(60_000));
        assert!(v1::is_done(&client, &at.job, &at.batch).await.expect("an answer"));
    });
}

#[test]
fn a_batch_of_another_job_is_no_wait_without_end() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let at = v1_batch(&client, "insert", "Account", ContentType::Csv, "Name\na\n").await;
        let at = at.expect("a batch");
        let wrong = v1::wait_batch(&client, &at.job, "751000000000099AAA", POLL).await;
        assert_eq!(wrong.expect_err("there is none").code(), Code::Request);
        let short = &at.batch[..15];
        let done = v1::wait_batch(&client, &at.job, short, POLL).await.expect("15 letters do");
        assert_eq!(done.info.id(), at.batch);
    });
}

/// Which batches of an aborted job were worked on before: one of them is waited for that was not.
#[test]
fn what_an_aborted_job_left_undone_is_told() {
    for done_before in 0..=2 {
        for undone in 1..=2 {
            let world = World::new(Config::default());
            let client = world.client();
            run(&world, async {
                let job =
                    v1_job(&client, "query", "Account", ContentType::Csv).await.expect("a job");
                let query = || payload("SELECT Id FROM Account");
                for _ in 0..done_before {
                    v1::add_batch(&client, &job, ContentType::Csv, query()).await.expect("a batch");
                }
                world.org(|org| org.advance(60_000));
                let mut last = String::new();
                for _ in 0..undone {
                    let batch = v1::add_batch(&client, &job, ContentType::Csv, query()).await;
                    last = batch.expect("a batch").id().to_owned();
                }
                v1::set_state(&client, &job, JobState::Aborted).await.expect("aborted");
                let case = format!("{done_before} done, {undone} not");
                for result in [
                    v1::wait_batch(&client, &job, &last, POLL).await.map(drop),
                    v1::is_done(&client, &job, &last).await.map(drop),
                    v1::wait_job(&client, &job, POLL).await.map(drop),
                ] {
                    assert_eq!(result.expect_err(&case).code(), Code::JobAborted, "{case}");
                }
            });
        }
    }
}
