//! No failure tells a token, whatever the server or a proxy says.

use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::{Error, Result};
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk_org::{Config, Effect, Rule};

use super::flows::{READING, STORING};
use super::support::client::{ingest_spec, spec};
use super::support::clock::run;
use super::support::trouble::{at, cut, status};
use super::support::world::{Refresh, World};

fn assert_silent(world: &World, error: &Error) {
    world.assert_no_token(&format!("{error} {error:?} {}", error.to_value()));
}

#[test]
fn no_failure_of_a_flow_tells_a_token() {
    let troubles = [
        status(400),
        status(401),
        status(503),
        Effect::DropBefore,
        cut(0.5),
        Effect::ExpireSession,
    ];
    let mut failures = 0;
    for (name, flow) in READING.into_iter().chain(STORING) {
        for effect in &troubles {
            for skip in 0..8 {
                let world = World::new(Config::default()).seeded("Contact", 10);
                let client = world.client();
                world.fault(at(skip, 100, effect.clone()));
                if name == "steps" && skip > 0 {
                    // It tries for ever by itself.
                    continue;
                }
                if let Err(error) = run(&world, flow(&client)) {
                    assert_silent(&world, &error);
                    failures += 1;
                }
            }
        }
    }
    assert!(failures > 100, "{failures}");
}

/// A proxy's page that repeats the request's headers.
#[test]
fn a_page_that_repeats_the_token_is_told_without_it() {
    for shape in [
        "<html>Bad header: TOKEN</html>",
        "TOKEN",
        "[{\"errorCode\":\"X\",\"message\":\"no TOKEN\"}]",
    ] {
        for number in [400, 401, 500] {
            let world = World::new(Config::default());
            world.caller.refresh.set(Refresh::None);
            let client = world.client();
            let token = run(&world, salesforce_bulk::engine::host::Caller::token(&world, None));
            let token = token.expect("a session").expect("a token");
            let body = shape.replace("TOKEN", &token);
            let effect = Effect::Status {
                status: number,
                body,
                content_type: "text/html".to_owned(),
                headers: Vec::new(),
            };
            world.fault(Rule { times: None, ..at(0, 1, effect) });
            let v1: Result<_> =
                run(&world, v1::create_job(&client, &spec("insert", "Account", ContentType::Csv)))
                    .map_err(Into::into);
            assert_silent(&world, &v1.expect_err("refused"));
            let v2 = run(&world, v2::create_ingest(&client, &ingest_spec("insert", "Account")));
            assert_silent(&world, &v2.expect_err("refused"));
        }
    }
}
