//! A scenario, from its beginning until everything has come to rest and is judged.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;

use salesforce_bulk::engine;
use salesforce_bulk::engine::deadline::within;
use salesforce_bulk::engine::host::Clock;
use salesforce_bulk::error::Code;

use crate::clock::{Limits, Stall, Work, drop_after, join, try_run};
use crate::faults::{Kind, Strike, Struck, trouble};
use crate::flows::{Actor, Flow, Stopped, perform};
use crate::ledger::{Ledger, Rule, Violation, judge};
use crate::scenario::{Abort, Operation, Scenario, seeded_accounts};
use crate::world::{Event, What, World};

/// All operations are done so long after the faults have ended, in ms of the world's time.
pub const BOUND: i64 = 3_600_000;

/// And after so many steps.
const STEPS: u64 = 3_000_000;

/// What came of a scenario.
pub struct Verdict {
    /// The rules that were broken; none where all is well.
    pub violations: Vec<Violation>,
    /// What happened.
    pub events: Vec<Event>,
    /// The faults that struck.
    pub strikes: Vec<Strike>,
    /// How often each kind of fault struck.
    pub kinds: BTreeMap<Kind, u32>,
    /// How each operation ended.
    pub endings: Vec<Ending>,
    /// How many requests each operation has sent.
    pub requests: BTreeMap<u32, u32>,
    /// How old the world was when all were done, in ms.
    pub age: i64,
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// All of it was done.
    Done,
    /// It failed so; none where the caller's time was over.
    Failed(Option<&'static str>),
    /// The caller gave it up.
    GivenUp,
    /// It did not end.
    Unended,
}

impl Verdict {
    /// The first rule that was broken.
    pub fn rule(&self) -> Option<Rule> {
        self.violations.first().map(|violation| violation.rule)
    }
}

/// Runs a scenario.
pub fn simulate(scenario: &Scenario) -> Verdict {
    let world = World::with_chance(scenario.org.config(), scenario.seed);
    scenario.setup.furnish(&world);
    scenario.org.seed(&world);
    for rule in &scenario.work {
        world.fault(rule.clone());
    }
    let (trouble, struck) = trouble(&scenario.faults, scenario.seed);
    world.set_trouble(Some(trouble));
    let ledger = Ledger::new(scenario, &seeded_accounts(&world));
    let endings = RefCell::new(vec![Ending::Unended; scenario.operations.len()]);
    let run = AssertUnwindSafe(|| run_all(&world, scenario, &ledger, &struck, &endings));
    match catch_unwind(run) {
        Ok(Ok(())) => {}
        Ok(Err(stall)) => stalled(&world, stall, &endings.borrow()),
        Err(panic) => world.violation(Rule::Panic, message(&*panic)),
    }
    let age = world.age();
    if scenario.is_calm() && struck.is_empty() {
        calm(&world, scenario, &endings.borrow());
    }
    if world.violations.borrow().is_empty() {
        judge(&world, scenario, &ledger, &struck);
    }
    Verdict {
        violations: world.violations.take(),
        events: world.events.take(),
        strikes: struck.strikes(),
        kinds: struck.kinds(),
        requests: struck.requests(),
        endings: endings.into_inner(),
        age,
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?").to_owned()
}

fn stalled(world: &World, stall: Stall, endings: &[Ending]) {
    let rule = if stall == Stall::Hang { Rule::Hang } else { Rule::TooLong };
    let unended = |(at, ending): (usize, &Ending)| (*ending == Ending::Unended).then_some(at);
    let open: Vec<usize> = endings.iter().enumerate().filter_map(unended).collect();
    world.violation(rule, format!("{stall}: operations {open:?}"));
}

/// Where nothing has gone wrong, everything is done.
fn calm(world: &World, scenario: &Scenario, endings: &[Ending]) {
    for (operation, ending) in scenario.operations.iter().zip(endings) {
        if *ending != Ending::Done && !operation.may_fail(&scenario.setup) {
            let how = format!("{}: {ending:?}", operation.does.name());
            world.violation(Rule::NeedlessFailure, how);
        }
    }
}

fn run_all(
    world: &World,
    scenario: &Scenario,
    ledger: &Ledger,
    struck: &Struck,
    endings: &RefCell<Vec<Ending>>,
) -> Result<(), Stall> {
    let clients = clients(world, scenario);
    let until = world.org(|org| org.now()) + scenario.faults.until + BOUND;
    let operations = scenario.operations.iter().zip(0_u32..).map(|(operation, number)| {
        let (world, client) = &clients[operation.client as usize];
        let actor = Actor::new(
            world.for_operation(number),
            client.clone(),
            ledger,
            scenario,
            operation.conduct,
            struck.clone(),
        );
        let work: Work<'_, ()> = Box::pin(async move {
            let ending = operate(&actor, operation).await;
            actor.world.trace(What::Note(format!("{} ends: {ending:?}", operation.does.name())));
            endings.borrow_mut()[number as usize] = ending;
        });
        work
    });
    try_run(world, Limits { until, steps: STEPS }, join(operations)).map(drop)
}

/// The clients, each with what its operations share.
fn clients(world: &World, scenario: &Scenario) -> Vec<(World, Rc<engine::Client>)> {
    let count = scenario.operations.iter().map(|operation| operation.client).max().unwrap_or(0);
    let others = (0..count).map(|_| world.for_another_client());
    let all: Vec<World> = std::iter::once(world.clone()).chain(others).collect();
    all.into_iter()
        .map(|world| {
            world.caller.refresh.set(scenario.setup.refresh);
            (world, Rc::default())
        })
        .collect()
}

async fn operate(actor: &Actor<'_>, operation: &Operation) -> Ending {
    actor.world.sleep(f64::from(operation.begins)).await;
    let work = perform(actor, &operation.does);
    match given_up(&actor.world, operation.conduct.abort, work).await {
        None => Ending::GivenUp,
        Some(Ok(())) => Ending::Done,
        Some(Err(Stopped)) => {
            let code = actor.failure().and_then(|ended| ended.code);
            Ending::Failed(code.map(Code::name))
        }
    }
}

/// Does some work, unless the caller gives it up before.
async fn given_up(
    world: &World,
    abort: Option<Abort>,
    work: impl Future<Output = Flow<()>>,
) -> Option<Flow<()>> {
    match abort {
        None => Some(work.await),
        Some(Abort::AfterMs(ms)) => within(world, f64::from(ms), pin!(work)).await,
        Some(Abort::AfterPolls(polls)) => drop_after(polls as usize, work).await,
    }
}
