//! Everything that is run: seeds, small worlds, pinned cases, and the same seeds twice.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use crate::faults::Placed;
use crate::pool::spread;
use crate::report::{print_failure, read_case};
use crate::scenario::{Scenario, draw};
use crate::simulate::{Verdict, simulate};
use crate::small::{Extent, Small, worlds};
use crate::totals::Totals;

/// What a check came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What passed.
    pub passed: u64,
    /// What failed.
    pub failed: u64,
}

impl Outcome {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Outcome) -> Outcome {
        Outcome { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// After so many failures it is enough.
const ENOUGH: usize = 20;

/// A scenario that fails.
struct Failure {
    name: String,
    scenario: Scenario,
    verdict: Verdict,
}

/// Runs the seeds from one on; what fails is printed, the first of them shrunk.
pub fn seeds(from: u64, count: u64, threads: usize) -> Outcome {
    let (totals, failures) = (Mutex::new(Totals::default()), Mutex::new(Vec::new()));
    let run = |at: usize| {
        let scenario = draw(from + at as u64);
        let verdict = simulate(&scenario);
        totals.lock().expect("a lock").add(&scenario, &verdict);
        keep(&failures, format!("seed {}", scenario.seed), scenario, verdict)
    };
    spread(threads, count as usize, run, |failed| *failed >= ENOUGH);
    let totals = totals.into_inner().expect("a lock");
    print!("{totals}");
    tell(totals.scenarios(), failures.into_inner().expect("a lock"))
}

/// Keeps a scenario if it failed, and gives how many have.
fn keep(
    failures: &Mutex<Vec<Failure>>,
    name: String,
    scenario: Scenario,
    verdict: Verdict,
) -> usize {
    let mut failures = failures.lock().expect("a lock");
    if !verdict.violations.is_empty() {
        failures.push(Failure { name, scenario, verdict });
    }
    failures.len()
}

fn tell(run: u64, mut failures: Vec<Failure>) -> Outcome {
    failures.sort_by_key(|failure| failure.scenario.seed);
    if let Some(first) = failures.first() {
        print_failure(&first.name, &first.scenario, &first.verdict);
        println!("\nall that failed:");
    }
    for Failure { name, verdict, .. } in &failures {
        println!("{name}: {}", verdict.violations[0]);
    }
    let failed = failures.len() as u64;
    Outcome { passed: run - failed, failed }
}

/// Runs every placement of one and of two faults in the small worlds.
pub fn small_worlds(extent: Extent, threads: usize) -> Outcome {
    let each = worlds(extent).into_iter().map(|small| small_world(&small, extent, threads));
    each.fold(Outcome::default(), Outcome::and)
}

fn small_world(small: &Small, extent: Extent, threads: usize) -> Outcome {
    let singles = small.singles();
    let (totals, failures) = (Mutex::new(Totals::default()), Mutex::new(Vec::new()));
    let run = |at: usize| {
        let first: Placed = singles[at];
        let mut own = Totals::default();
        let mut failed = 0;
        for scenario in std::iter::once(small.with(vec![first])).chain(small.pairs(first, extent)) {
            let verdict = simulate(&scenario);
            own.add(&scenario, &verdict);
            failed = keep(&failures, small.name.to_owned(), scenario, verdict);
            if failed >= ENOUGH {
                break;
            }
        }
        totals.lock().expect("a lock").merge(own);
        failed
    };
    spread(threads, singles.len(), run, |failed| *failed >= ENOUGH);
    let totals = totals.into_inner().expect("a lock");
    println!("{}: {} placements of one and two faults", small.name, totals.scenarios());
    tell(totals.scenarios(), failures.into_inner().expect("a lock"))
}

/// Runs the same seeds twice: what happens is the same.
pub fn twice(from: u64, count: u64, threads: usize) -> Outcome {
    let run = |at: usize| {
        let scenario = draw(from + at as u64);
        let (first, second) = (simulate(&scenario), simulate(&scenario));
        let same = first.events == second.events
            && first.violations == second.violations
            && first.endings == second.endings;
        if !same {
            let other = first.events.iter().zip(&second.events).find(|(a, b)| a != b);
            println!("seed {} is not the same twice: {other:?}", scenario.seed);
        }
        same
    };
    let same = spread(threads, count as usize, run, |same| !same);
    let failed = same.iter().filter(|same| !**same).count() as u64;
    Outcome { passed: same.len() as u64 - failed, failed }
}

/// Runs the pinned cases.
pub fn pinned() -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pinned");
    let mut files: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let mut outcome = Outcome::default();
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        let text = fs::read_to_string(file.path()).expect("a case");
        let scenario = read_case(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let verdict = simulate(&scenario);
        if verdict.violations.is_empty() {
            outcome.passed += 1;
        } else {
            print_failure(&name, &scenario, &verdict);
            outcome.failed += 1;
        }
    }
    outcome
}
