//! What is printed of a scenario that fails.

use serde_json::Value;

use crate::scenario::Scenario;
use crate::shrink::shrink;
use crate::simulate::{Verdict, simulate};

/// So many of the last lines of a trace are printed.
const LAST: usize = 40;

/// The lines of a trace.
pub fn trace(verdict: &Verdict) -> Vec<String> {
    verdict.events.iter().map(ToString::to_string).collect()
}

/// Prints a failing scenario, what it has come to, and the smallest one that fails the same way.
pub fn print_failure(name: &str, scenario: &Scenario, verdict: &Verdict) {
    println!("\n━━━ {name} fails");
    for violation in &verdict.violations {
        println!("{violation}");
    }
    println!("scenario: {}", compact(scenario));
    print_last(verdict);
    let Some(violation) = verdict.violations.first() else { return };
    let case = shrink(scenario, violation);
    println!("\nshrunk; put it into tests/sim/pinned/ once it is mended:");
    println!("{}", serde_json::to_string_pretty(&case).unwrap_or_default());
    if let Ok(small) = serde_json::from_value::<Scenario>(case) {
        print_last(&simulate(&small));
    }
}

fn print_last(verdict: &Verdict) {
    let lines = trace(verdict);
    let from = lines.len().saturating_sub(LAST);
    if from > 0 {
        println!("… {from} lines before");
    }
    lines.iter().skip(from).for_each(|line| println!("{line}"));
}

fn compact(scenario: &Scenario) -> String {
    serde_json::to_string(scenario).unwrap_or_default()
}

/// Prints a scenario with its whole trace.
pub fn print_whole(scenario: &Scenario, verdict: &Verdict) {
    println!("{}", serde_json::to_string_pretty(scenario).unwrap_or_default());
    trace(verdict).iter().for_each(|line| println!("{line}"));
    for (operation, ending) in scenario.operations.iter().zip(&verdict.endings) {
        println!("{}: {ending:?}", operation.does.name());
    }
    for violation in &verdict.violations {
        println!("BROKEN: {violation}");
    }
}

/// A case as it was pinned.
///
/// # Errors
/// What is wrong with it.
pub fn read_case(text: &str) -> Result<Scenario, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::from_value(value).map_err(|error| error.to_string())
}
