//! Known bugs, each of which must be found: the test of the test.

use salesforce_bulk::planted::{Bug, plant};

use crate::checks::Outcome;
use crate::pool::spread;
use crate::scenario::draw;
use crate::simulate::simulate;

/// Looks for each known bug with the seeds from 1 on, as many as `npm test` runs.
pub fn plants(seeds: u64, threads: usize) -> Outcome {
    let mut outcome = Outcome::default();
    for bug in Bug::ALL {
        match find(bug, seeds, threads) {
            Some(found) => {
                println!("{bug:?}: found by seed {found}");
                outcome.passed += 1;
            }
            None => {
                println!("{bug:?}: not found by {seeds} seeds");
                outcome.failed += 1;
            }
        }
    }
    outcome
}

/// The first seed that finds a bug, and what it says.
fn find(bug: Bug, seeds: u64, threads: usize) -> Option<String> {
    let run = |at: usize| {
        plant(Some(bug));
        let seed = at as u64 + 1;
        let verdict = simulate(&draw(seed));
        plant(None);
        let violation = verdict.violations.first()?;
        Some(format!("{seed}: {violation}"))
    };
    let found = spread(threads, seeds as usize, run, Option::is_some);
    found.into_iter().flatten().next()
}
