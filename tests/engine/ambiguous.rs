//! Requests that must not be sent twice, when their answer is lost: what counts is what the org holds afterwards.

use std::collections::BTreeSet;

use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::{Code, Error, RowEffect};
use salesforce_bulk::wire::v1::{ContentType, JobState};
use salesforce_bulk::wire::v2::{JobKind, JobState as V2State};
use salesforce_bulk_org::{Config, Effect};

use super::support::client::{POLL, account_load, accounts, ingest_spec, payload, v1_job};
use super::support::clock::{Work, join, run};
use super::support::trouble::{cut, once, status};
use super::support::world::World;

/// Whether the server acted: not, though it said so; not; and twice that it did.
fn losses() -> [(Effect, bool); 4] {
    [(status(503), false), (Effect::DropBefore, false), (Effect::DropAfter, true), (cut(0.5), true)]
}

#[test]
fn a_job_of_bulk_1_is_made_again_and_its_orphan_stays_empty() {
    for (effect, acted) in losses() {
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(once("POST", "/job", effect.clone()));
        let (rows, names) = accounts("a", 5);
        run(&world, async {
            let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
            v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await.expect("a batch");
            v1::wait_job(&client, &job, POLL).await.expect("done");
        });
        assert_eq!(world.stored("Account", "Name"), names, "{effect:?} {acted}");
        assert_eq!(world.count("POST", "/async/66.0/job"), 3, "{effect:?}");
    }
}

/// A failure after which nobody may send the rows again before looking.
fn assert_unknown(error: &Error, job: &str) {
    assert_eq!((error.row_effect, error.retryable()), (RowEffect::Unknown, false), "{error:?}");
    assert_eq!(error.row_effect.outcome(), Some("unknown"));
    assert_eq!(error.job_id.as_deref(), Some(job));
    assert!(error.message.contains("Close its job"), "{error}");
}

#[test]
fn a_batch_is_sent_once_and_found_if_it_arrived() {
    for content_type in [ContentType::Csv, ContentType::Json, ContentType::Xml] {
        for (effect, acted) in losses() {
            let world = World::new(Config::default());
            let client = world.client();
            let data = match content_type {
                ContentType::Csv => "Name\na\n",
                ContentType::Json => r#"[{"Name":"a"}]"#,
                ContentType::Xml => {
                    "<sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><sObject><Name>a</Name></sObject></sObjects>"
                }
            };
            run(&world, async {
                let job = v1_job(&client, "insert", "Account", content_type).await.expect("a job");
                world.fault(once("POST", "/batch", effect.clone()));
                let batch = v1::add_batch(&client, &job, content_type, payload(data)).await;
                let list = v1::wait_job(&client, &job, POLL).await.expect("done");
                let ids: Vec<&str> = list.iter().map(|batch| batch.id()).collect();
                match batch {
                    Ok(batch) => assert_eq!((ids, acted), (vec![batch.id()], true), "{effect:?}"),
                    Err(error) => {
                        assert_unknown(&error, &job);
                        assert!(ids.is_empty() && !acted, "{effect:?}");
                    }
                }
            });
            let stored = world.stored("Account", "Name").len();
            assert_eq!(stored, usize::from(acted), "{effect:?}");
            assert_eq!(world.count("POST", "/batch"), 1, "{effect:?}");
        }
    }
}

/// The same rows on purpose, several times at once: each call has a batch of its own, whichever of them is lost, and
/// however late the answers to the others come.
#[test]
fn equal_batches_at_once_are_all_stored() {
    const CALLS: usize = 4;
    for (effect, acted) in losses() {
        for late in 0..CALLS as u32 {
            for lost in 0..CALLS as u32 {
                let world = World::new(Config::default());
                let client = world.client();
                let (rows, names) = accounts("a", 3);
                let ids = run(&world, async {
                    let job = v1_job(&client, "insert", "Account", ContentType::Csv)
                        .await
                        .expect("a job");
                    let mut rule = once("POST", "/batch", effect.clone());
                    rule.skip = lost;
                    world.fault(rule);
                    let mut rule = once("POST", "/batch", Effect::Latency { ms: 5_000 });
                    (rule.skip, rule.times) = (late, Some(2));
                    world.fault(rule);
                    let add = || -> Work<'_, _> {
                        Box::pin(v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)))
                    };
                    let added = join((0..CALLS).map(|_| add())).await;
                    v1::wait_job(&client, &job, POLL).await.expect("done");
                    let ids = added.into_iter().filter_map(|batch| {
                        batch.map_err(|error| assert_unknown(&error, &job)).ok()
                    });
                    ids.map(|batch| batch.id().to_owned()).collect::<BTreeSet<String>>()
                });
                let case = format!("{effect:?} of call {lost}, answers late from {late} on");
                let arrived = if acted { CALLS } else { CALLS - 1 };
                assert_eq!(ids.len(), arrived, "{case}: a batch of its own for each call");
                let stored = world.stored("Account", "Name");
                assert_eq!(stored.len(), arrived * names.len(), "{case}");
            }
        }
    }
}

#[test]
fn a_batch_whose_fate_cannot_be_learnt_is_an_error() {
    let world = World::new(Config::default());
    let client = world.client();
    let (rows, names) = accounts("a", 3);
    let error = run(&world, async {
        let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        world.fault(once("POST", "/batch", Effect::DropAfter));
        world.org(|org| {
            org.faults().push(salesforce_bulk_org::Rule {
                times: None,
                ..once("GET", "/batch", Effect::DropBefore)
            })
        });
        v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await.expect_err("unknown")
    });
    assert_eq!(error.code(), Code::Network);
    world.org(|org| org.advance(60_000));
    assert_eq!((world.stored("Account", "Name"), world.count("POST", "/batch")), (names, 1));
}

#[test]
fn a_job_of_bulk_1_is_closed_or_aborted_whatever_is_lost() {
    for (state, name) in [(JobState::Closed, "Closed"), (JobState::Aborted, "Aborted")] {
        for (effect, _) in losses() {
            for content_type in [ContentType::Csv, ContentType::Json] {
                let world = World::new(Config::default());
                let client = world.client();
                run(&world, async {
                    let job =
                        v1_job(&client, "insert", "Account", content_type).await.expect("a job");
                    world.fault(once("POST", &job, effect.clone()));
                    let told = v1::set_state(&client, &job, state).await.expect("its state");
                    let read = v1::job(&client, &job).await.expect("a job");
                    assert_eq!((told.state(), read.state()), (name, name), "{effect:?}");
                });
            }
        }
    }
}

#[test]
fn a_load_is_stored_once_whatever_is_lost() {
    for (method, path) in [("POST", "/ingest"), ("PUT", "/batches"), ("PATCH", "/ingest")] {
        for (effect, acted) in losses() {
            let world = World::new(Config::default());
            let client = world.client();
            let (rows, names) = accounts("a", 30);
            world.fault(once(method, path, effect.clone()));
            let summary = run(&world, v2::load(&client, account_load(&rows, 30)));
            let summary = summary.expect("done");
            assert_eq!((summary.processed, summary.failed), (30, 0), "{method} {effect:?} {acted}");
            assert_eq!(world.stored("Account", "Name"), names, "{method} {effect:?}");
            let mut states: Vec<String> =
                world.jobs("ingest").into_iter().map(|(_, state)| state).collect();
            states.retain(|state| state != "Aborted" && state != "Open");
            assert_eq!(states, ["JobComplete"], "{method} {effect:?}");
        }
    }
}

#[test]
fn an_upload_is_never_sent_twice_to_one_job() {
    for (effect, _) in losses() {
        let world = World::new(Config::default());
        let client = world.client();
        let (rows, _) = accounts("a", 3);
        run(&world, async {
            let job =
                v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
            world.fault(once("PUT", "/batches", effect.clone()));
            let error = v2::upload(&client, job.id(), payload(&rows)).await.expect_err("who knows");
            assert!(matches!(error.code(), Code::Network | Code::Server), "{error:?}");
            assert_eq!(error.job_id.as_deref(), Some(job.id()));
            assert_eq!((error.row_effect, error.retryable()), (RowEffect::Unknown, false));
        });
        assert_eq!(world.count("PUT", "/batches"), 1, "{effect:?}");
    }
}

#[test]
fn a_load_in_one_request_is_never_sent_twice() {
    for (effect, acted) in losses() {
        let world = World::new(Config::default());
        let client = world.client();
        let (rows, names) = accounts("a", 3);
        world.fault(once("POST", "/ingest", effect.clone()));
        let spec = ingest_spec("insert", "Account");
        let error =
            run(&world, v2::create_ingest_with(&client, &spec, &rows)).expect_err("who knows");
        assert_eq!((error.row_effect, error.retryable()), (RowEffect::Unknown, false), "{error}");
        assert!(error.message.contains("list the org's ingest jobs"), "{error}");
        world.org(|org| org.advance(60_000));
        let stored = if acted { names } else { Vec::new() };
        assert_eq!((world.stored("Account", "Name"), world.count("POST", "/ingest")), (stored, 1));
    }
}

#[test]
fn a_job_of_bulk_2_is_started_aborted_or_deleted_whatever_is_lost() {
    for (effect, _) in losses() {
        for wanted in [V2State::UploadComplete, V2State::Aborted] {
            // The job may have ended before the client looks.
            for busy in [10, 100_000] {
                let world =
                    World::new(Config { queue_ms: busy, processing_ms: busy, ..Config::default() });
                let client = world.client();
                let (rows, _) = accounts("a", 3);
                run(&world, async {
                    let job = v2::create_ingest(&client, &ingest_spec("insert", "Account"))
                        .await
                        .expect("a job");
                    v2::upload(&client, job.id(), payload(&rows)).await.expect("uploaded");
                    world.fault(once("PATCH", "/ingest", effect.clone()));
                    let told = v2::set_state(&client, JobKind::Ingest, job.id(), wanted)
                        .await
                        .expect("a state");
                    assert!(
                        told.state() == wanted.name() || told.state() == "JobComplete",
                        "{effect:?} {told:?}"
                    );
                });
                assert_eq!(world.count("PATCH", "/ingest"), 2, "doing it twice does no harm");
            }
        }
        let world = World::new(Config::default());
        let client = world.client();
        run(&world, async {
            let job =
                v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
            v2::set_state(&client, JobKind::Ingest, job.id(), V2State::Aborted)
                .await
                .expect("aborted");
            world.fault(once("DELETE", "/ingest", effect.clone()));
            v2::delete(&client, JobKind::Ingest, job.id()).await.expect("deleted");
        });
        assert_eq!(world.jobs("ingest"), []);
    }
}

#[test]
fn a_query_job_may_be_made_twice_and_is_read_once() {
    for (effect, _) in losses() {
        let world = World::new(Config::default()).seeded("Contact", 10);
        let client = world.client();
        world.fault(once("POST", "/query", effect));
        let got = run(
            &world,
            super::support::rows::records(
                &client,
                super::support::client::query("SELECT Id FROM Contact"),
            ),
        );
        assert_eq!(got.expect("rows").rows.len(), 10);
    }
}
