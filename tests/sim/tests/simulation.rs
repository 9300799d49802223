//! A little of the simulation, for those who run the Rust tests alone; `npm run sim` runs all of it.

use salesforce_bulk_sim::checks::{Outcome, pinned, seeds, twice};
use salesforce_bulk_sim::report::read_case;
use salesforce_bulk_sim::scenario::draw;

#[test]
fn what_was_found_before_stays_mended() {
    let outcome = pinned();
    assert!(outcome.passed > 0 && outcome.failed == 0, "{outcome:?}");
}

#[test]
fn the_same_seed_gives_the_same_trace_twice() {
    assert_eq!(twice(1, 20, 1), Outcome { passed: 20, failed: 0 });
}

#[test]
fn a_few_seeds_break_no_rule() {
    assert_eq!(seeds(1, 60, 1), Outcome { passed: 60, failed: 0 });
}

/// A scenario is data: what is written down is the scenario itself.
#[test]
fn a_scenario_can_be_written_down_and_read_again() {
    for seed in 1..200 {
        let scenario = draw(seed);
        let text = serde_json::to_string(&scenario).expect("JSON");
        assert_eq!(read_case(&text).as_ref(), Ok(&scenario), "{seed}");
    }
}
