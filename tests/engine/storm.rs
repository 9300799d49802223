//! Storms of troubles, the same in every run: what comes out is an error or exactly the right rows, and it comes.

use salesforce_bulk::error::{Code, Error};
use salesforce_bulk_org::{Config, Effect, Rule};

use super::flows::{READING, SOQL, STORING};
use super::support::clock::{Work, join, run};
use super::support::random::Random;
use super::support::trouble::{cut, cut_at, status};
use super::support::world::World;

const STORMS: u64 = 400;

/// Some trouble for some requests.
fn rule(random: &mut Random) -> Rule {
    let effect = match random.below(11) {
        0 | 1 => Effect::DropBefore,
        2 | 3 => Effect::DropAfter,
        4 => cut_at(random.below(4_000)),
        5 => cut(random.below(100) as f64 / 100.0),
        6 => status(*random.pick(&[429, 500, 502, 503])),
        7 => Effect::ExpireSession,
        8 => Effect::Latency { ms: random.below(40_000) as u64 },
        9 => Effect::NotReady,
        _ => Effect::Slow { factor: 1 + random.below(50) as i64 },
    };
    let method = *random.pick(&[None, None, Some("GET"), Some("POST"), Some("PUT"), Some("PATCH")]);
    let path =
        *random.pick(&[None, None, Some("/batch"), Some("/result"), Some("/jobs/"), Some("/job/")]);
    let work = effect.is_of_work();
    Rule {
        method: method.filter(|_| !work).map(str::to_owned),
        path: path.map(str::to_owned),
        skip: random.below(25) as u32,
        times: Some(1 + random.below(4) as u32),
        until_ms: None,
        effect,
    }
}

fn world_of(random: &mut Random) -> World {
    let config = Config {
        page_size: 10 + random.below(40),
        results_per_batch: 1 + random.below(4),
        processing_ms: random.below(3_000) as i64,
        session_ms: *random.pick(&[20_000, 7_200_000]),
        ..Config::default()
    };
    let world = World::new(config).seeded("Contact", 60);
    world.piece.set(*random.pick(&[0, 7, 500]));
    world
}

/// A storm may cost the call, but only in ways that tell what happened.
fn assert_told(world: &World, error: &Error, case: &str) {
    world.assert_no_token(&format!("{error} {error:?} {}", error.to_value()));
    let told = [Code::Network, Code::Server, Code::Session, Code::Incomplete, Code::Request];
    assert!(told.contains(&error.code()), "{case}: {error:?}");
    let unready =
        error.message.contains("not processed") || error.message.contains("JOB_NOT_COMPLETE");
    assert!(error.code() != Code::Request || unready, "{case}: {error:?}");
}

#[test]
fn a_storm_costs_no_row_and_doubles_none() {
    let (mut whole, mut failed) = (0, 0);
    for seed in 1..=STORMS {
        let mut random = Random::new(seed);
        let world = world_of(&mut random);
        let (_, mut expected) = world.table(SOQL);
        expected.sort();
        let client = world.client();
        let (reading, read) = READING[random.below(READING.len())];
        let (storing, store) = STORING[random.below(STORING.len())];
        for _ in 0..1 + random.below(6) {
            world.fault(rule(&mut random));
        }
        let case = format!("storm {seed}: {reading} and {storing}");
        let works: [Work<'_, _>; 2] = [read(&client), store(&client)];
        let mut results = run(&world, join(works));
        let (stored, read) = (results.pop().expect("two"), results.pop().expect("two"));
        world.org(|org| org.config().session_ms = i64::from(i32::MAX));
        match read {
            Ok(mut rows) => {
                rows.sort();
                assert!(rows == expected, "{case}: {} rows", rows.len());
                whole += 1;
            }
            Err(error) => {
                assert_told(&world, &error, &case);
                failed += 1;
            }
        }
        let held = world.stored("Account", "Name");
        match stored {
            Ok(names) => {
                let mut names = names.concat();
                names.sort();
                assert!(held == names, "{case}: {} of {}", held.len(), names.len());
                whole += 1;
            }
            Err(error) => {
                assert_told(&world, &error, &case);
                assert!(held.windows(2).all(|pair| pair[0] != pair[1]), "{case}: doubled");
                failed += 1;
            }
        }
    }
    assert!(whole > 400 && failed > 20, "{whole} came through, {failed} did not");
}
