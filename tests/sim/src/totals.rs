//! What many scenarios came to, added up.

use std::collections::BTreeMap;
use std::fmt;

use crate::faults::Kind;
use crate::scenario::Scenario;
use crate::simulate::{Ending, Verdict};

/// What many scenarios came to.
#[derive(Default)]
pub struct Totals {
    scenarios: u64,
    requests: u64,
    kinds: BTreeMap<Kind, u64>,
    /// How often each kind of operation was done, and how often it was not.
    operations: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// The longest that a scenario went on after its faults had ended, in ms.
    longest: i64,
    /// Which seed that was.
    longest_seed: u64,
}

impl Totals {
    /// Adds one.
    pub fn add(&mut self, scenario: &Scenario, verdict: &Verdict) {
        self.scenarios += 1;
        self.requests += verdict.requests.values().map(|count| u64::from(*count)).sum::<u64>();
        for (kind, count) in &verdict.kinds {
            *self.kinds.entry(*kind).or_default() += u64::from(*count);
        }
        for (operation, ending) in scenario.operations.iter().zip(&verdict.endings) {
            let endings = self.operations.entry(operation.does.name()).or_default();
            *endings.entry(name(*ending)).or_default() += 1;
        }
        let after = verdict.age - scenario.faults.until;
        if after > self.longest {
            (self.longest, self.longest_seed) = (after, scenario.seed);
        }
    }

    /// Adds what another has added up.
    pub fn merge(&mut self, other: Totals) {
        self.scenarios += other.scenarios;
        self.requests += other.requests;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for (operation, endings) in other.operations {
            let all = self.operations.entry(operation).or_default();
            for (ending, count) in endings {
                *all.entry(ending).or_default() += count;
            }
        }
        if other.longest > self.longest {
            (self.longest, self.longest_seed) = (other.longest, other.longest_seed);
        }
    }

    /// How many scenarios there were.
    pub fn scenarios(&self) -> u64 {
        self.scenarios
    }
}

fn name(ending: Ending) -> String {
    match ending {
        Ending::Done => "done".to_owned(),
        Ending::Failed(code) => code.unwrap_or("timeout").to_owned(),
        Ending::GivenUp => "given up".to_owned(),
        Ending::Unended => "unended".to_owned(),
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let struck: u64 = self.kinds.values().sum();
        writeln!(
            f,
            "{} scenarios, {} requests, {struck} faults; the longest went on for {} s after its faults (seed {})",
            self.scenarios,
            self.requests,
            self.longest / 1000,
            self.longest_seed
        )?;
        let kinds = self.kinds.iter().map(|(kind, count)| format!("{kind:?} {count}"));
        writeln!(f, "faults: {}", kinds.collect::<Vec<_>>().join(", "))?;
        for (operation, endings) in &self.operations {
            let endings = endings.iter().map(|(ending, count)| format!("{ending} {count}"));
            writeln!(f, "{operation}: {}", endings.collect::<Vec<_>>().join(", "))?;
        }
        Ok(())
    }
}
