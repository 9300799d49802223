//! A seed draws a scenario.

use salesforce_bulk_org::{Effect, Rule};
use serde_json::{Map, Value, json};

use super::draw_operations::operations;
use super::{Dice, OrgSetup, PageSetup, Scenario, Setup};
use crate::faults::{Faults, Kind, Weather};
use crate::world::Refresh;

/// The scenario of a seed.
pub fn draw(seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let (mut config, page_size) = config(&mut dice);
    let setup = setup(&mut dice);
    // A list that stands still for ten first pauses is whole: nobody can wait for ever for one chunk more.
    let step = setup.poll_first * dice.pick(&[0, 0, 1, 5]);
    config.insert("chunkingStepMs".to_owned(), json!(step));
    let org = OrgSetup {
        config,
        contacts: dice.rows(page_size),
        leads: dice.rows(page_size),
        accounts: 0,
    };
    let operations = operations(&mut dice, &org, &setup, page_size);
    let work = if dice.percent(15) { work(&mut dice) } else { Vec::new() };
    let org = OrgSetup { accounts: 300, ..org };
    Scenario { seed, org, setup, work, operations, faults: faults(&mut dice) }
}

fn config(dice: &mut Dice) -> (Map<String, Value>, usize) {
    let page_size = *dice.pick(&[1, 2, 5, 10, 25, 100, 200, 1_000, 1_000]);
    let mut config = Map::new();
    let mut set = |name: &str, value: Value| drop(config.insert(name.to_owned(), value));
    set("pageSize", json!(page_size));
    set("queueMs", json!(dice.pick(&[0, 50, 50, 2_000])));
    set("processingMs", json!(dice.pick(&[0, 200, 200, 3_000, 60_000])));
    set("rowUs", json!(dice.pick(&[0, 0, 500, 5_000])));
    set("listPageSize", json!(dice.pick(&[1, 2, 1_000])));
    set("resultsPerBatch", json!(dice.pick(&[1, 1, 2, 3, 7])));
    set("chunkingMs", json!(dice.pick(&[0, 200, 200, 30_000])));
    set("emptyResults", json!(dice.pick(&["noContent", "zeroBytes", "headerOnly"])));
    set("earlyResults", json!(dice.pick(&["preconditionFailed", "noContent"])));
    set("resultPages", json!(dice.pick(&["guide", "field", "mixed"])));
    set("secondUpload", json!(dice.pick(&["atUpload", "atClose"])));
    set("batchesTotalCountsParent", json!(dice.percent(50)));
    set("queryErrorMessage", json!(dice.percent(50)));
    set("completedStateMessage", json!(dice.percent(20)));
    set("sessionMs", json!(dice.pick(&[7_200_000, 7_200_000, 7_200_000, 20_000])));
    if dice.percent(5) {
        set("failingChunk", json!(dice.below(3)));
    }
    (config, page_size)
}

fn setup(dice: &mut Dice) -> Setup {
    let usual = Setup::default();
    let patient = dice.percent(40);
    let refresh = refresh(dice);
    let (first, most) = *dice.pick(&[(100, 2_000), (100, 2_000), (1_000, 20_000), (50, 1_000)]);
    Setup {
        api_version: (*dice.pick(&["66.0", "66.0", "66.0", "57.0"])).to_owned(),
        page: dice.percent(20).then(|| PageSetup { exposed: dice.percent(60) }),
        piece: piece(dice),
        refresh,
        attempts: if patient { usual.attempts } else { dice.between(1, 6) as u32 },
        max_delay: if patient { usual.max_delay } else { dice.any_size(30_000) as u32 },
        max_time: if patient { usual.max_time } else { dice.any_size(600_000) as u32 },
        head: if patient { usual.head } else { *dice.pick(&[2_000, 10_000, 120_000]) },
        idle: match refresh {
            // So that what it holds up is done some time.
            Refresh::Hangs => 2_000,
            _ if patient => usual.idle,
            _ => *dice.pick(&[2_000, 10_000, 60_000]),
        },
        poll_first: first,
        poll_max: most,
    }
}

fn refresh(dice: &mut Dice) -> Refresh {
    match dice.below(12) {
        0 => Refresh::None,
        1 => Refresh::Fails,
        2 => Refresh::Useless,
        3 => Refresh::Hangs,
        _ => Refresh::After(dice.any_size(30_000) as u32),
    }
}

fn piece(dice: &mut Dice) -> usize {
    if dice.percent(30) { 0 } else { dice.any_size(64 << 10) }
}

/// What becomes of work in the org.
fn work(dice: &mut Dice) -> Vec<Rule> {
    let message = || "InvalidBatch : It was not to be".to_owned();
    let effect = match dice.below(5) {
        0 => Effect::Fail { message: message() },
        1 => Effect::FailAfter { rows: dice.any_size(300), message: message() },
        2 => Effect::Lock { every: dice.between(1, 7) },
        _ => Effect::Slow { factor: dice.between(2, 10) as i64 },
    };
    let skip = dice.below(3) as u32;
    vec![Rule::every("", effect).skip(skip).times(dice.between(1, 3) as u32)]
}

/// Which kinds strike at all, and how often each.
fn faults(dice: &mut Dice) -> Faults {
    let until = *dice.pick(&[2_000, 20_000, 60_000, 300_000, 1_200_000]);
    let share = *dice.pick(&[0, 30, 100, 100, 200, 400]);
    let mut rates: Vec<(Kind, u32)> = Vec::new();
    for kind in Kind::ALL {
        if dice.per_mille(share) {
            rates.push((kind, *dice.pick(&[5, 20, 50, 100, 200, 400])));
        }
    }
    Faults { until, weather: Weather::Swarm(rates) }
}
