//! Runs the simulation: `salesforce-bulk-sim --help`.

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use salesforce_bulk_sim::checks::{Outcome, pinned, seeds, small_worlds, twice};
use salesforce_bulk_sim::report::{print_whole, read_case};
use salesforce_bulk_sim::scenario::{Scenario, draw};
use salesforce_bulk_sim::shrink::shrink;
use salesforce_bulk_sim::simulate;
use salesforce_bulk_sim::small::Extent;

const HELP: &str = "\
The engine in a world of faults, on a clock that jumps, and a ledger that judges it.

  (nothing)      seeds 1 to 2000
  --seeds N      so many seeds
  --from N       from this one on
  --seed N       one seed, with its whole trace
  --case FILE    a pinned case, with its whole trace
  --shrink       with --seed or --case: the smallest scenario that fails the same way
  --small        every placement of one and of two faults in small worlds, in all forms
  --plants       known bugs, put into the engine, are found by seeds 1 to 2000
  --all          2,000 seeds, the small worlds in fewer forms, the pinned cases, some seeds twice
  --threads N    so many threads, in place of one a processor";

#[derive(Default)]
struct Options {
    seeds: Option<u64>,
    from: Option<u64>,
    seed: Option<u64>,
    case: Option<String>,
    threads: Option<usize>,
    shrink: bool,
    small: bool,
    plants: bool,
    all: bool,
    help: bool,
}

fn main() -> ExitCode {
    match options(std::env::args().skip(1)) {
        Ok(options) => run(&options),
        Err(problem) => {
            eprintln!("{problem}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn options(mut given: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{name} takes a value"));
        match name.as_str() {
            "--seeds" => options.seeds = Some(number(&value()?)?),
            "--from" => options.from = Some(number(&value()?)?),
            "--seed" => options.seed = Some(number(&value()?)?),
            "--threads" => options.threads = Some(number(&value()?)? as usize),
            "--case" => options.case = Some(value()?),
            "--shrink" => options.shrink = true,
            "--small" => options.small = true,
            "--plants" => options.plants = true,
            "--all" => options.all = true,
            "--help" => options.help = true,
            other => return Err(format!("{other} is not known")),
        }
    }
    Ok(options)
}

fn number(text: &str) -> Result<u64, String> {
    text.replace([',', '_'], "").parse().map_err(|_| format!("{text} is no number"))
}

fn run(options: &Options) -> ExitCode {
    if options.help {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    quiet_panics();
    if let Some(seed) = options.seed {
        return one(&draw(seed), options.shrink);
    }
    if let Some(file) = &options.case {
        return match fs::read_to_string(file).map_err(|error| format!("{file}: {error}")) {
            Ok(text) => read_case(&text).map_or_else(wrong, |case| one(&case, options.shrink)),
            Err(problem) => wrong(problem),
        };
    }
    many(options)
}

/// A panic is a finding like any other.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

fn wrong(problem: String) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::from(2)
}

fn one(scenario: &Scenario, shrinks: bool) -> ExitCode {
    let verdict = simulate(scenario);
    match (shrinks, verdict.violations.first()) {
        (true, Some(violation)) => {
            let case = shrink(scenario, violation);
            println!("{}", serde_json::to_string_pretty(&case).unwrap_or_default());
        }
        _ => print_whole(scenario, &verdict),
    }
    if verdict.violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn many(options: &Options) -> ExitCode {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = options.threads.unwrap_or(processors);
    let (from, count) = (options.from.unwrap_or(1), options.seeds.unwrap_or(2_000));
    let mut outcome = Outcome::default();
    let mut check = |name: &str, check: &dyn Fn() -> Outcome| {
        let begun = Instant::now();
        let result = check();
        let (Outcome { passed, failed }, seconds) = (&result, begun.elapsed().as_secs_f64());
        println!("{name}: {passed} passed, {failed} failed, {seconds:.1} s");
        outcome = std::mem::take(&mut outcome).and(result);
    };
    if options.all {
        check("pinned cases", &pinned);
        check("seeds twice", &|| twice(1_000_000, 100, threads));
    }
    if options.all || options.plants {
        check("known bugs", &|| known_bugs(threads));
    }
    if options.all || !(options.small || options.plants) {
        check("seeds", &|| seeds(from, count, threads));
    }
    if options.all || options.small {
        let extent = if options.small { Extent::Whole } else { Extent::Short };
        check("small worlds", &|| small_worlds(extent, threads));
    }
    println!("sim: {} passed; {} failed", outcome.passed, outcome.failed);
    if outcome.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(feature = "planted-bugs")]
fn known_bugs(threads: usize) -> Outcome {
    salesforce_bulk_sim::plants::plants(2_000, threads)
}

#[cfg(not(feature = "planted-bugs"))]
fn known_bugs(_: usize) -> Outcome {
    println!("known bugs are not compiled in: --features planted-bugs");
    Outcome { passed: 0, failed: 1 }
}
