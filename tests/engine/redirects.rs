//! A server that points elsewhere: nothing follows, and nothing counts as done.

use salesforce_bulk::engine::login::login;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::{Code, Error, Result, RowEffect};
use salesforce_bulk::wire::soap::Credentials;
use salesforce_bulk::wire::v1::{ContentType, JobState};
use salesforce_bulk::wire::v2::{JobKind, JobState as V2State};
use salesforce_bulk_org::{Config, Effect, Rule};

use super::support::client::{
    Client, account_load, accounts, ingest_spec, payload, query, v1_batch, v1_job,
};
use super::support::clock::{Work, run};
use super::support::rows::records;
use super::support::world::World;

const AWAY: &str = "https://elsewhere.example/services?sid=SECRET";

fn redirect(status: u16, acts: bool) -> Effect {
    Effect::Redirect { status, location: AWAY.to_owned(), acts }
}

/// Each call with what it must be redirected at, and whether rows may be stored by it.
type Call = for<'a> fn(&'a World, &'a Client, Rule) -> Work<'a, Result<()>>;

const CALLS: [(&str, &str, &str, bool, Call); 9] = [
    ("create a job of 1.0", "POST", "/job", false, |world, client, rule| {
        world.fault(rule);
        Box::pin(async { v1_job(client, "insert", "Account", ContentType::Csv).await.map(drop) })
    }),
    ("add a batch", "POST", "/batch", true, |world, client, rule| {
        Box::pin(async {
            let job = v1_job(client, "insert", "Account", ContentType::Csv).await?;
            world.fault(rule);
            let rows = payload("Name\na\n");
            v1::add_batch(client, &job, ContentType::Csv, rows).await.map(drop)
        })
    }),
    ("close a job of 1.0", "POST", "/job/", false, |world, client, rule| {
        Box::pin(async {
            let job = v1_job(client, "insert", "Account", ContentType::Csv).await?;
            world.fault(rule);
            v1::set_state(client, &job, JobState::Closed).await?;
            Ok(())
        })
    }),
    ("create an ingest job", "POST", "/jobs/ingest", false, |world, client, rule| {
        world.fault(rule);
        Box::pin(async {
            v2::create_ingest(client, &ingest_spec("insert", "Account")).await?;
            Ok(())
        })
    }),
    ("upload", "PUT", "/batches", true, |world, client, rule| {
        Box::pin(async {
            let job = v2::create_ingest(client, &ingest_spec("insert", "Account")).await?;
            world.fault(rule);
            v2::upload(client, job.id(), payload("Name\na\n")).await
        })
    }),
    ("start", "PATCH", "/jobs/ingest/", true, |world, client, rule| {
        Box::pin(async {
            let job = v2::create_ingest(client, &ingest_spec("insert", "Account")).await?;
            v2::upload(client, job.id(), payload("Name\na\n")).await?;
            world.fault(rule);
            v2::start(client, job.id()).await.map(drop)
        })
    }),
    ("abort", "PATCH", "/jobs/ingest/", false, |world, client, rule| {
        Box::pin(async {
            let job = v2::create_ingest(client, &ingest_spec("insert", "Account")).await?;
            world.fault(rule);
            v2::set_state(client, JobKind::Ingest, job.id(), V2State::Aborted).await?;
            Ok(())
        })
    }),
    ("a load's start", "PATCH", "/jobs/ingest/", true, |world, client, rule| {
        world.fault(rule);
        let (rows, _) = accounts("a", 1);
        Box::pin(async move { v2::load(client, account_load(&rows, 1)).await.map(drop) })
    }),
    ("results", "GET", "/results", false, |world, client, rule| {
        world.fault(rule);
        Box::pin(async { records(client, query("SELECT Id FROM Contact")).await.map(drop) })
    }),
];

fn assert_told(error: &Error, case: &str) {
    assert_eq!(error.code(), Code::Response, "{case}: {error:?}");
    assert!(error.message.contains("redirected the request to elsewhere.example"), "{case}");
    assert!(!error.message.contains("SECRET"), "{case}: {error}");
}

#[test]
fn a_redirect_is_an_error_that_names_the_host_whatever_is_asked() {
    for (name, method, path, stores, call) in CALLS {
        for status in [301, 302, 303, 307, 308] {
            for acts in [false, true] {
                let world = World::new(Config::default()).seeded("Contact", 3);
                let client = world.client();
                let rule = Rule::every(path, redirect(status, acts)).on(method);
                let case = format!("{name}, {status}, acts: {acts}");
                let error = match run(&world, call(&world, &client, rule)) {
                    Err(error) => error,
                    // What took effect all the same may be found by a look.
                    Ok(()) => {
                        assert!(acts && matches!(method, "POST" | "PATCH"), "{case}");
                        continue;
                    }
                };
                assert_told(&error, &case);
                let may_store = error.row_effect != RowEffect::None;
                assert_eq!((may_store, error.retryable()), (stores, false), "{case}");
                assert!(world.violations.borrow().is_empty(), "{case}: left the origin");
            }
        }
    }
}

/// What a 303 asks for is a GET; that it was answered is no sign that the state was set.
#[test]
fn a_state_that_does_not_come_back_is_not_set() {
    let info = |state: &str, id: &str| {
        let body = format!(r#"{{"id":"{id}","state":"{state}","object":"Account"}}"#);
        Effect::Status {
            status: 200,
            body,
            content_type: "application/json".to_owned(),
            headers: Vec::new(),
        }
    };
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let job =
            v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
        world.fault(Rule::every("/jobs/ingest/", info("Open", job.id())).on("PATCH"));
        let aborted = v2::set_state(&client, JobKind::Ingest, job.id(), V2State::Aborted).await;
        assert_eq!(aborted.expect_err("not aborted").code(), Code::Response);
    });
    let at = run(
        &world,
        v1_batch(&client, "insert", "Account", ContentType::Json, "[{\"Name\":\"a\"}]"),
    )
    .expect("a batch");
    world.fault(Rule::every(&at.job, info("Open", &at.job)).on("POST"));
    let closed = run(&world, v1::set_state(&client, &at.job, JobState::Closed));
    assert_eq!(closed.expect_err("not closed").code(), Code::Response);
}

#[test]
fn a_password_goes_nowhere_else() {
    for status in [301, 307] {
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(Rule::every("/Soap", redirect(status, true)));
        let credentials = Credentials {
            username: "admin@acme.example".to_owned(),
            password: "SECRET".to_owned(),
            login_url: super::support::world::ORIGIN.to_owned(),
            security_token: None,
            organization_id: None,
        };
        let error = run(&world, login(&client, &credentials)).expect_err("elsewhere");
        assert_told(&error, "login");
        assert!(world.violations.borrow().is_empty());
    }
}
