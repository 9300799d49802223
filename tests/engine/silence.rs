//! A server that says nothing, or next to nothing: everything ends, and what can go on goes on.

use salesforce_bulk::engine::host::Phase;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk::wire::v2::JobKind;
use salesforce_bulk_org::{Config, Effect, Rule};

use super::flows::{READING, STORING};
use super::support::client::{
    POLL, account_load, accounts, ingest_jobs, ingest_spec, payload, query, v1_batch, v1_job,
};
use super::support::clock::{join, run};
use super::support::rows::records;
use super::support::trouble::status;
use super::support::world::World;

const SILENT: Effect = Effect::Silence { bytes: None };
const MINUTE: i64 = 60_000;

/// How long something took, in ms.
fn took<T>(world: &World, work: impl Future<Output = T>) -> (T, i64) {
    let before = world.age();
    let result = run(world, work);
    (result, world.age() - before)
}

#[test]
fn nothing_waits_for_ever_for_a_server_that_has_fallen_silent() {
    let load = STORING.into_iter().take(1);
    for (name, flow) in READING.into_iter().chain(load) {
        for effect in [SILENT, Effect::Silence { bytes: Some(3) }] {
            // A wait rides through trouble until its own time, so that only requests are struck that are none of a wait.
            for (method, path) in [("POST", "/"), ("PUT", "/"), ("PATCH", "/"), ("GET", "/result")]
            {
                let world = World::new(Config::default()).seeded("Contact", 10);
                world.fault(Rule::every(path, effect.clone()).on(method));
                let client = world.client();
                let (result, took) = took(&world, flow(&client));
                let case = format!("{name}: {effect:?} at {method} {path}");
                assert!(took < 30 * MINUTE, "{case}: {took} ms");
                if let Err(error) = result {
                    assert!(error.message.contains("within"), "{case}: {error}");
                }
            }
        }
    }
}

#[test]
fn the_head_of_an_answer_has_a_deadline_and_so_has_silence_within_its_body() {
    for (effect, tries, limit) in
        [(SILENT, 5, 120_000), (Effect::Silence { bytes: Some(3) }, 5, 60_000)]
    {
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(Rule::every("/jobs/ingest", effect));
        let (result, took) = took(&world, v2::jobs(&client, &ingest_jobs()));
        let error = result.expect_err("silence");
        assert_eq!((error.code(), error.retryable()), (Code::Network, true), "{error:?}");
        assert!(error.message.contains(&format!("within {limit} ms")), "{error}");
        let pauses = 0..15_000;
        assert!(pauses.contains(&(took - tries * limit)) || took >= 10 * MINUTE, "{took}");
    }
}

/// `fetch` says nothing of an upload's progress: a large one may take its time before the head comes.
#[test]
fn a_large_upload_is_given_more_time_than_a_small_one() {
    for (bytes, latency, sent) in
        [(1 << 10, 130_000, 2), (8 << 20, 130_000, 1), (8 << 20, 400_000, 2)]
    {
        let world = World::new(Config::default());
        let client = world.client();
        let data = format!("Name\n{}\n", "x".repeat(bytes));
        run(&world, async {
            let job = v2::create_ingest(&client, &ingest_spec("insert", "Account")).await;
            let job = job.expect("a job");
            let latency = Effect::Latency { ms: latency };
            world.fault(Rule::once("/batches", latency).on("PUT"));
            let uploaded = v2::upload(&client, job.id(), payload(&data)).await;
            let in_time = sent == 1;
            assert_eq!(uploaded.is_ok(), in_time, "{bytes} {latency:?}", latency = sent);
        });
        assert_eq!(world.count("PUT", "/batches"), 1, "never twice to one job");
    }
}

/// A byte now and then would hold whoever reads a small document; a result may take as long as it likes.
#[test]
fn a_trickle_holds_no_document_and_breaks_no_result() {
    let drip = |ms| Effect::Drip { bytes: 1, ms };
    let world = World::new(Config::default());
    let client = world.client();
    world.fault(Rule::every("/jobs/ingest", drip(50_000)));
    let (result, took) = took(&world, v2::jobs(&client, &ingest_jobs()));
    assert_eq!(result.expect_err("a trickle").code(), Code::Network);
    assert!(took < 60 * MINUTE, "{took}");

    let world = World::new(Config::default()).seeded("Contact", 20);
    let client = world.client();
    world.fault(Rule::every("/results", drip(50_000)));
    let rows = run(&world, records(&client, query("SELECT Id FROM Contact"))).expect("rows").rows;
    assert_eq!(rows.len(), 20);
}

/// Whatever the trouble, and however long: the job is done one day.
#[test]
fn a_wait_rides_through_an_hour_of_trouble_and_tells_of_it() {
    let sense = |body: &str| Effect::Status {
        status: 200,
        body: body.to_owned(),
        content_type: "text/html".to_owned(),
        headers: Vec::new(),
    };
    for effect in [
        Effect::DropBefore,
        SILENT,
        Effect::Silence { bytes: Some(3) },
        status(503),
        status(429),
        sense("<html>Please sign in</html>"),
        sense(""),
        Effect::Cut { bytes: Some(7), fraction: None },
        Effect::Drip { bytes: 1, ms: 50_000 },
    ] {
        for api in ["1.0", "2.0"] {
            let world = World::new(Config::default());
            let client = world.client();
            let trouble = |world: &World| {
                let until = world.org(|org| org.now()) + 60 * MINUTE;
                let rule = Rule { until_ms: Some(until), ..Rule::every("/", effect.clone()) };
                world.fault(rule.on("GET"));
            };
            let (rows, names) = accounts("a", 3);
            let case = format!("{api}: {effect:?}");
            run(&world, async {
                if api == "1.0" {
                    let at = v1_batch(&client, "insert", "Account", ContentType::Csv, &rows).await;
                    let at = at.expect("a batch");
                    trouble(&world);
                    v1::wait_batch(&client, &at.job, &at.batch, POLL).await.expect(&case);
                } else {
                    let job = v2::create_ingest(&client, &ingest_spec("insert", "Account")).await;
                    let job = job.expect("a job");
                    v2::upload(&client, job.id(), payload(&rows)).await.expect("uploaded");
                    v2::start(&client, job.id()).await.expect("started");
                    trouble(&world);
                    v2::wait(&client, JobKind::Ingest, job.id(), POLL).await.expect(&case);
                }
            });
            assert_eq!(world.stored("Account", "Name"), names, "{case}");
            let told = world.progress.borrow();
            assert!(told.iter().any(|(phase, _, _)| matches!(phase, Phase::Waiting(_))), "{case}");
        }
    }
}

#[test]
fn a_load_whose_polls_fail_for_a_while_is_loaded_once() {
    let world = World::new(Config::default());
    let client = world.client();
    let (rows, names) = accounts("a", 3);
    world.fault(Rule::every("/jobs/ingest/", status(503)).on("GET").times(40));
    let summary = run(&world, v2::load(&client, account_load(&rows, 3))).expect("loaded");
    assert_eq!((summary.processed, world.stored("Account", "Name")), (3, names));
}

/// What the server asks for is kept to, whatever is asked of it, and the caller hears why nothing happens.
#[test]
fn a_retry_after_is_kept_to_by_every_request_and_told() {
    let busy = || status(429).with_header("Retry-After", "90");
    let world = World::new(Config::default());
    let client = world.client();
    let (rows, names) = accounts("a", 2);
    run(&world, async {
        let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        for (method, path) in [("POST", "/batch"), ("PUT", "/batches"), ("PATCH", "/jobs/")] {
            world.fault(Rule::once(path, busy()).on(method));
        }
        v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await.expect("a batch");
        v1::wait_job(&client, &job, POLL).await.expect("done");
        v2::load(&client, account_load("Name\nb\n", 1)).await.expect("loaded");
    });
    assert_eq!(world.stored("Account", "Name").len(), names.len() + 1);
    let told = world.progress.borrow();
    let waits = told.iter().filter_map(|(phase, ..)| match phase {
        Phase::Waiting(ms) => Some(*ms),
        _ => None,
    });
    assert_eq!(waits.collect::<Vec<_>>(), [90_000.0; 3]);
}

/// One budget a request, whatever a try fails by: five tries are five requests.
#[test]
fn tries_do_not_multiply() {
    let effects = [status(503), Effect::DropBefore, Effect::Cut { bytes: Some(1), fraction: None }];
    for first in &effects {
        for second in &effects {
            let world = World::new(Config::default());
            let client = world.client();
            for at in 0..6 {
                let effect = if at % 2 == 0 { first } else { second };
                world.fault(Rule::once("/jobs/ingest", effect.clone()).skip(at));
            }
            run(&world, v2::jobs(&client, &ingest_jobs())).expect_err("no more tries");
            assert_eq!(world.count("GET", "/jobs/ingest"), 5, "{first:?} {second:?}");
        }
    }
}

/// A wait that hangs, or is aborted, holds nobody else's.
#[test]
fn a_poll_that_hangs_holds_its_own_wait_alone() {
    let world = World::new(Config::default());
    let client = world.client();
    let (rows, _) = accounts("a", 3);
    let at = run(&world, v1_batch(&client, "insert", "Account", ContentType::Csv, &rows));
    let at = at.expect("a batch");
    world.fault(Rule::once("/batch", SILENT).on("GET"));
    let other = world.for_another_client();
    let other = other.client();
    let (both, took) = took(
        &world,
        join([
            Box::pin(v1::wait_job(&client, &at.job, POLL)) as super::support::clock::Work<'_, _>,
            Box::pin(async {
                let before = world.age();
                let done = v1::wait_job(&other, &at.job, POLL).await;
                assert!(world.age() - before < MINUTE, "another client's poll is its own");
                done
            }),
        ]),
    );
    assert!(both.iter().all(Result::is_ok));
    assert!(took >= 2 * MINUTE, "the first poll was silent: {took}");
}
