//! Signing in by SOAP, and what can come between.

use salesforce_bulk::engine::login::login;
use salesforce_bulk::engine::v2;
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::soap::Credentials;
use salesforce_bulk_org::{Config, Effect};

use super::support::client::ingest_jobs;
use super::support::clock::run;
use super::support::trouble::{at, passing, status};
use super::support::world::{ORIGIN, World, credentials};

#[test]
fn a_session_is_opened_and_works() {
    for soap_fault_prefix in [true, false] {
        let world = World::new(Config { soap_fault_prefix, ..Config::default() });
        let client = world.client();
        let session = run(&world, login(&client, &credentials())).expect("a session");
        assert_eq!(session.instance_url, ORIGIN);
        assert!(session.user_id.is_some_and(|id| id.starts_with("005")));
        assert!(session.organization_id.is_some_and(|id| id.starts_with("00D")));
        world.sign_in(&session.access_token);
        let all = ingest_jobs();
        run(&world, v2::jobs(&client, &all)).expect("a list");
        let sent = world.sent.borrow();
        let named = |name: &str| sent[0].headers.iter().any(|(header, _)| *header == name);
        assert!(named("SOAPAction") && !named("Authorization") && !named("X-SFDC-Session"));
    }
}

#[test]
fn a_passing_trouble_is_overcome() {
    for effect in passing() {
        for times in [1, 2] {
            let world = World::new(Config::default());
            let client = world.client();
            world.fault(at(0, times, effect.clone()));
            let session = run(&world, login(&client, &credentials()));
            session.unwrap_or_else(|error| panic!("{effect:?} x {times}: {error}"));
        }
    }
}

#[test]
fn a_trouble_that_stays_is_told() {
    for (effect, code) in [
        (status(503), Code::Server),
        (status(404), Code::Request),
        (Effect::DropBefore, Code::Network),
    ] {
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(at(0, 50, effect.clone()));
        let error = run(&world, login(&client, &credentials())).expect_err("down");
        assert_eq!(error.code(), code, "{effect:?}: {error}");
        assert!(world.sent.borrow().len() <= 5);
    }
}

#[test]
fn a_refusal_is_told_in_salesforces_words_and_never_repeated() {
    for soap_fault_prefix in [true, false] {
        let wrong = Credentials { password: "s3cret".to_owned(), ..credentials() };
        let strange = Credentials { username: "nobody".to_owned(), ..credentials() };
        for who in [wrong, strange] {
            let world = World::new(Config { soap_fault_prefix, ..Config::default() });
            let client = world.client();
            let error = run(&world, login(&client, &who)).expect_err("refused");
            assert_eq!(
                (error.code(), error.kind.error_code()),
                (Code::Login, Some("INVALID_LOGIN"))
            );
            assert!(!error.retryable());
            assert_eq!(world.sent.borrow().len(), 1, "a second try might lock the user out");
            assert!(!format!("{error:?} {}", error.to_value()).contains("s3cret"), "{error}");
        }
    }
}

#[test]
fn an_org_without_soap_login_says_so() {
    let world = World::new(Config { soap_login: false, ..Config::default() });
    let client = world.client();
    let error = run(&world, login(&client, &credentials())).expect_err("not enabled");
    assert_eq!((error.code(), world.sent.borrow().len()), (Code::Login, 1), "{error}");
}
