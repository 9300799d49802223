//! Work that is dropped, at every await: nothing is left broken, and what others wait for goes on.

use salesforce_bulk::engine::login::login;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::Result;
use salesforce_bulk::wire::v1::{ContentType, JobState};
use salesforce_bulk::wire::v2::{JobKind, JobState as V2State};
use salesforce_bulk_org::{Config, Effect};

use super::flows::{READING, STORING};
use super::support::client::{
    Client, POLL, accounts, ingest_jobs, ingest_spec, payload, v1_batch, v1_job,
};
use super::support::clock::{Work, drop_after, join, run};
use super::support::trouble::once;
use super::support::world::{World, credentials};

/// One call on jobs that are there: of Bulk API 1.0, and of Bulk API 2.0.
type Call = for<'a> fn(&'a Client, &'a Jobs) -> Work<'a, Result<()>>;

struct Jobs {
    v1: String,
    batch: String,
    v2: String,
}

const CALLS: [(&str, Call); 9] = [
    ("add a batch", |client, jobs| {
        Box::pin(async {
            let data = payload("Name\na\n");
            v1::add_batch(client, &jobs.v1, ContentType::Csv, data).await.map(drop)
        })
    }),
    ("close", |client, jobs| {
        Box::pin(async {
            v1::set_state(client, &jobs.v1, JobState::Closed).await.map(drop).map_err(Into::into)
        })
    }),
    ("list", |client, jobs| {
        Box::pin(async { v1::batches(client, &jobs.v1).await.map(drop).map_err(Into::into) })
    }),
    ("wait for a batch", |client, jobs| {
        Box::pin(async { v1::wait_batch(client, &jobs.v1, &jobs.batch, POLL).await.map(drop) })
    }),
    ("wait for a job", |client, jobs| {
        Box::pin(async { v1::wait_job(client, &jobs.v1, POLL).await.map(drop) })
    }),
    ("upload", |client, jobs| {
        Box::pin(async { v2::upload(client, &jobs.v2, payload("Name\nb\n")).await })
    }),
    ("abort", |client, jobs| {
        Box::pin(async {
            v2::set_state(client, JobKind::Ingest, &jobs.v2, V2State::Aborted)
                .await
                .map(drop)
                .map_err(Into::into)
        })
    }),
    ("list jobs", |client, _| {
        Box::pin(async {
            let all = ingest_jobs();
            v2::jobs(client, &all).await.map(drop).map_err(Into::into)
        })
    }),
    ("sign in", |client, _| Box::pin(async { login(client, &credentials()).await.map(drop) })),
];

async fn jobs(client: &Client) -> Jobs {
    let at = v1_batch(client, "insert", "Account", ContentType::Csv, "Name\nc\n").await;
    let at = at.expect("a batch");
    let v2 = v2::create_ingest(client, &ingest_spec("insert", "Account")).await.expect("a job");
    Jobs { v1: at.job, batch: at.batch, v2: v2.id().to_owned() }
}

/// Each call is dropped after one poll, after two, and so on until it is done by then. Then the jobs can be worked
/// on: what was dropped has happened or has not, and nothing in between.
#[test]
fn a_call_can_be_dropped_anywhere() {
    for (name, call) in CALLS {
        for trouble in [None, Some(Effect::DropAfter), Some(Effect::ExpireSession)] {
            for polls in 1.. {
                let world = World::new(Config::default());
                let client = world.client();
                let jobs = run(&world, jobs(&client));
                if let Some(effect) = &trouble {
                    world.fault(super::support::trouble::at(0, 1, effect.clone()));
                }
                let done = run(&world, drop_after(polls, call(&client, &jobs)));
                world.org(|org| org.faults().clear());
                run(&world, async {
                    let case = format!("{name} after {polls} polls, {trouble:?}");
                    let list = v1::wait_job(&client, &jobs.v1, POLL).await.expect(&case);
                    assert!((1..=2).contains(&list.len()), "{case}");
                    v2::job(&client, JobKind::Ingest, &jobs.v2).await.expect(&case);
                });
                if let Some(result) = done {
                    let spoilt = name == "upload" && trouble == Some(Effect::DropAfter);
                    assert_eq!(result.is_err(), spoilt, "{name}: {result:?}");
                    assert!(polls > 2, "{name} has awaits");
                    break;
                }
                assert!(polls < 200, "{name}");
            }
        }
    }
}

/// A flow that was dropped somewhere leaves the session good for the whole flow again.
#[test]
fn a_flow_can_be_dropped_anywhere_and_done_again() {
    for (name, flow) in READING.into_iter().chain(STORING) {
        let mut polls = 1;
        loop {
            let world =
                World::new(Config { page_size: 25, ..Config::default() }).seeded("Contact", 60);
            let client = world.client();
            let done = run(&world, drop_after(polls, flow(&client)));
            let again = run(&world, flow(&client))
                .unwrap_or_else(|error| panic!("{name} {polls}: {error}"));
            assert_eq!(again.concat().len() % 60, 0, "{name}");
            if done.is_some() {
                break;
            }
            // Every one of the first awaits, and then some.
            polls += if polls < 40 { 1 } else { 3 };
        }
    }
}

#[test]
fn waits_go_on_when_the_one_that_polls_is_dropped() {
    for polls in 1..60 {
        let world = World::new(Config { processing_ms: 3_000, ..Config::default() });
        let client = world.client();
        run(&world, async {
            let at = v1_batch(&client, "insert", "Account", ContentType::Csv, "Name\nc\n").await;
            let at = at.expect("a batch");
            let wait = |polls| -> Work<'_, _> {
                Box::pin(drop_after(polls, v1::wait_batch(&client, &at.job, &at.batch, POLL)))
            };
            let results =
                join([wait(polls), wait(polls + 3), wait(usize::MAX), wait(usize::MAX)]).await;
            let done = results.into_iter().flatten().filter(|result| result.is_ok()).count();
            assert!(done >= 2, "dropped after {polls}: {done} are done");
        });
    }
}

/// The one that asks is dropped while its request is in flight and slow: the others ask for themselves.
#[test]
fn a_slow_poll_that_is_dropped_is_taken_over() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let at = v1_batch(&client, "insert", "Account", ContentType::Csv, "Name\nc\n").await;
        let at = at.expect("a batch");
        world.fault(once("GET", "/batch", Effect::Latency { ms: 3_600_000 }));
        let before = world.org(|org| org.now());
        let wait = |polls| -> Work<'_, _> {
            Box::pin(drop_after(polls, v1::wait_batch(&client, &at.job, &at.batch, POLL)))
        };
        let results = join([wait(4), wait(usize::MAX)]).await;
        assert!(results[0].is_none() && results[1].as_ref().is_some_and(Result::is_ok));
        assert!(world.org(|org| org.now()) - before < 60_000, "nobody waits for the dropped one");
    });
}

/// Adding a batch can be dropped before or after the org has it; the same data added again is a batch of its own.
#[test]
fn a_dropped_batch_is_there_once_or_not_at_all() {
    for polls in 1..8 {
        let world = World::new(Config::default());
        let client = world.client();
        let (rows, names) = accounts("a", 3);
        run(&world, async {
            let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
            let add = || v1::add_batch(&client, &job, ContentType::Csv, payload(&rows));
            drop_after(polls, add()).await;
            let sent = world.count("POST", "/batch");
            assert_eq!(v1::batches(&client, &job).await.expect("a list").len(), sent);
            add().await.expect("a batch");
            v1::wait_job(&client, &job, POLL).await.expect("done");
            assert_eq!(v1::batches(&client, &job).await.expect("a list").len(), sent + 1);
        });
        let stored = world.stored("Account", "Name");
        assert_eq!(stored.len() % names.len(), 0);
    }
}
