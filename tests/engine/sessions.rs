//! Sessions that expire: refreshed once, shared by all that are in flight; and told where nothing helps.

use salesforce_bulk::engine::failure::Failure;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::{Code, Result, RowEffect};
use salesforce_bulk::wire::info::Info;
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk::wire::v2::{JobKind, JobState as V2State};
use salesforce_bulk_org::{Config, Effect, Rule};

use super::support::client::{
    Client, POLL, accounts, ingest_jobs, ingest_spec, payload, query, v1_job,
};
use super::support::clock::{Work, drop_after, join, run};
use super::support::rows::records;
use super::support::trouble::{at, cut};
use super::support::world::{Refresh, World};

/// How an expired session shows: 400 in XML, 400 in JSON, 401.
type Call = for<'a> fn(&'a Client, &'a str) -> Work<'a, Result<()>>;

const CALLS: [(&str, Call); 3] = [
    ("400 in XML", |client, job| {
        Box::pin(async { v1::job(client, job).await.map(drop).map_err(Into::into) })
    }),
    ("400 in JSON", |client, job| {
        Box::pin(async {
            let data = payload(r#"[{"Name":"a"}]"#);
            v1::add_batch(client, job, ContentType::Json, data).await.map(drop)
        })
    }),
    ("401", |client, _| {
        Box::pin(async {
            let all = ingest_jobs();
            v2::jobs(client, &all).await.map(drop).map_err(Into::into)
        })
    }),
];

/// A world whose session has just expired, and a job from before.
fn expired() -> (World, Client, String) {
    let world = World::new(Config::default());
    let client = world.client();
    let job = run(&world, v1_job(&client, "insert", "Account", ContentType::Json)).expect("a job");
    world.org(|org| org.expire_sessions());
    (world, client, job)
}

#[test]
fn an_expired_session_is_refreshed_and_the_call_goes_on() {
    for (name, call) in CALLS {
        let (world, client, job) = expired();
        let before = world.sent.borrow().len();
        run(&world, call(&client, &job)).expect(name);
        assert_eq!(world.caller.refreshes.get(), 1, "{name}");
        assert_eq!(world.sent.borrow().len() - before, 2, "{name}: asked and asked again");
    }
    let (world, client, job) = expired();
    run(&world, CALLS[1].1(&client, &job)).expect("a batch");
    assert_eq!(run(&world, v1::batches(&client, &job)).expect("a list").len(), 1, "added once");
}

/// Only the whole of a refusal tells that it is an expired session.
#[test]
fn a_refusal_that_breaks_off_is_not_the_last_word() {
    for (name, call) in CALLS {
        for part in [0.0, 0.5, 0.9] {
            let (world, client, job) = expired();
            world.fault(at(0, 1, cut(part)));
            let done = run(&world, call(&client, &job));
            if name == "400 in JSON" {
                // It was not to be sent twice, and what was said to it is not known.
                let error = done.expect_err("who knows");
                assert_eq!(error.row_effect, RowEffect::Unknown, "{part}: {error}");
                continue;
            }
            done.unwrap_or_else(|error| panic!("{name} {part}: {error:?}"));
            assert_eq!(world.caller.refreshes.get(), 1, "{name} {part}");
        }
    }
}

#[test]
fn without_a_refresh_the_caller_is_told_to_sign_in() {
    for (name, call) in CALLS {
        let (world, client, job) = expired();
        world.caller.refresh.set(Refresh::None);
        let before = world.sent.borrow().len();
        let error = run(&world, call(&client, &job)).expect_err(name);
        assert_eq!((error.code(), error.retryable()), (Code::Session, false), "{name}");
        assert!(error.message.contains("Sign in again"), "{name}: {error}");
        assert_eq!(world.sent.borrow().len() - before, 1, "{name}: nothing more is sent");
    }
}

#[test]
fn a_refresh_that_fails_is_the_callers_failure() {
    for (name, call) in CALLS {
        let (world, client, job) = expired();
        world.caller.refresh.set(Refresh::Fails);
        let error = run(&world, call(&client, &job)).expect_err(name);
        assert_eq!((error.code(), error.message.as_str()), (Code::Session, "refreshing failed"));
    }
}

#[test]
fn many_calls_in_flight_share_one_refresh() {
    for (name, call) in CALLS {
        let (world, client, job) = expired();
        let results = join((0..20).map(|_| call(&client, &job)));
        for result in run(&world, results) {
            result.expect(name);
        }
        assert_eq!(world.caller.refreshes.get(), 1, "{name}");
    }
}

#[test]
fn a_refresh_that_is_dropped_leaves_the_others_theirs() {
    for polls in 1..12 {
        let (world, client, job) = expired();
        let quitter = || -> Work<'_, Option<Result<Info, Failure>>> {
            Box::pin(drop_after(polls, v1::job(&client, &job)))
        };
        let other = || -> Work<'_, Option<Result<Info, Failure>>> {
            Box::pin(async { Some(v1::job(&client, &job).await) })
        };
        let results = run(&world, join([quitter(), other(), other()]));
        assert!(results[1..].iter().flatten().all(Result::is_ok), "dropped after {polls}");
    }
}

#[test]
fn a_session_that_expires_again_and_again_does_not_loop() {
    for (name, call) in CALLS {
        let (world, client, job) = expired();
        world.fault(Rule { times: None, ..at(0, 1, Effect::ExpireSession) });
        let before = world.sent.borrow().len();
        let error = run(&world, call(&client, &job)).expect_err(name);
        assert_eq!(error.code(), Code::Session, "{name}");
        assert!(world.sent.borrow().len() - before <= 3, "{name}");
        assert!(world.caller.refreshes.get() <= 2, "{name}");
    }
}

/// Two refusals look like an expired session, and are none.
#[test]
fn a_refusal_that_no_refresh_mends_is_told_as_it_is() {
    let words = "This session is not valid for use with the REST API";
    let effect = Effect::Status {
        status: 401,
        body: format!(r#"[{{"errorCode":"INVALID_SESSION_ID","message":"{words}"}}]"#),
        content_type: "application/json".to_owned(),
        headers: Vec::new(),
    };
    let world = World::new(Config::default());
    let client = world.client();
    world.fault(at(0, 1, effect));
    let all = ingest_jobs();
    let error = run(&world, v2::jobs(&client, &all)).expect_err("refused");
    assert!(error.message.contains(words), "{error}");
    assert_eq!((error.code(), world.caller.refreshes.get()), (Code::Session, 0));
}

/// Sessions that are shorter than the work: hours of polling, each with its own refresh.
#[test]
fn work_that_outlives_sessions_is_done() {
    let hours =
        Config { session_ms: 30_000, processing_ms: 400_000, row_us: 0, ..Config::default() };
    let world = World::new(hours).seeded("Contact", 40);
    let client = world.client();
    let (rows, names) = accounts("a", 10);
    run(&world, async {
        let got = records(&client, query("SELECT Id FROM Contact")).await.expect("rows");
        assert_eq!(got.rows.len(), 40);
        let job =
            v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
        v2::upload(&client, job.id(), payload(&rows)).await.expect("uploaded");
        v2::set_state(&client, JobKind::Ingest, job.id(), V2State::UploadComplete)
            .await
            .expect("started");
        v2::wait(&client, JobKind::Ingest, job.id(), POLL).await.expect("done");
    });
    assert!((10..40).contains(&world.caller.refreshes.get()), "{}", world.caller.refreshes.get());
    world.org(|org| {
        let config = org.config();
        (config.session_ms, config.processing_ms) = (i64::from(i32::MAX), 0);
    });
    assert_eq!(world.stored("Account", "Name"), names);
}
