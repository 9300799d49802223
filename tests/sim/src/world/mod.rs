//! The world in which the engine runs natively: an org in the same process, a network, callers, and a clock that jumps.

mod body;
mod caller;
mod sessions;
mod trace;
mod transport;
mod truth;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use salesforce_bulk::engine::host::{Clock, Phase};
use salesforce_bulk::error::RowEffect;
use salesforce_bulk::wire::soap::Credentials;
use salesforce_bulk_org::config::CorsMode;
use salesforce_bulk_org::{Config, Effect, Org, PASSWORD, Rule as FaultRule, TOKEN, USERNAME};

pub use body::Incoming;
pub use caller::{Caller, Refresh};
pub use sessions::{Client, POLL, settings};
pub use trace::{Event, What};
pub use transport::{Asked, Sent};
pub use truth::LONG;

use crate::clock::Timers;
use crate::ledger::{Rule, Violation};
use crate::random::Random;

/// Where the org is.
pub const ORIGIN: &str = "https://acme.my.salesforce.com";

/// Those of the org's one user.
pub fn credentials() -> Credentials {
    Credentials {
        username: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        security_token: Some(TOKEN.to_owned()),
        organization_id: None,
        login_url: ORIGIN.to_owned(),
    }
}

/// The world, as one operation of one client sees it; a clone is the same one.
#[derive(Clone)]
pub struct World {
    surroundings: Rc<Surroundings>,
    /// The client, beyond its operations.
    pub caller: Rc<Caller>,
    /// The operation.
    pub operation: u32,
    /// The call of the operation.
    call: u32,
}

/// What is the same for all clients.
pub struct Surroundings {
    org: RefCell<Org>,
    /// When the world began, in ms since 1970.
    began: i64,
    timers: Timers,
    chance: RefCell<Random>,
    trouble: RefCell<Option<Trouble>>,
    /// Whether requests come from a web page, where headers are filtered.
    pub browser: Cell<bool>,
    /// How many bytes a body's pieces have; 0 leaves them as the org made them.
    pub piece: Cell<usize>,
    /// The `Retry-After` that comes with 429 and 503.
    pub retry_after: RefCell<Option<String>>,
    /// The progress told so far: phase, job, processed.
    pub progress: RefCell<Vec<(Phase, String, Option<u64>)>>,
    /// What each call said last that it may have done to rows.
    row_effects: RefCell<BTreeMap<u32, RowEffect>>,
    /// How many calls there were.
    calls: Cell<u32>,
    /// The requests sent: those that took the host's time, not only the org's.
    pub sent: RefCell<Vec<Sent>>,
    /// What happened.
    pub events: RefCell<Vec<Event>>,
    /// The rules that were broken.
    pub violations: RefCell<Vec<Violation>>,
}

/// Chooses the trouble that strikes a request.
pub type Trouble = Box<dyn FnMut(&Asked<'_>) -> Vec<Effect>>;

impl std::ops::Deref for World {
    type Target = Surroundings;

    fn deref(&self) -> &Surroundings {
        &self.surroundings
    }
}

impl World {
    /// An org like this, and one client with a session.
    pub fn new(config: Config) -> Self {
        Self::with_chance(config, 1)
    }

    /// The same, with numbers of its own where the engine asks for chance.
    pub fn with_chance(config: Config, seed: u64) -> Self {
        let began = config.start_ms;
        let mut org = Org::new(config);
        let caller = Rc::new(Caller::new(org.open_session()));
        let surroundings = Rc::new(Surroundings {
            org: RefCell::new(org),
            began,
            timers: Timers::default(),
            chance: RefCell::new(Random::new(seed)),
            trouble: RefCell::default(),
            browser: Cell::new(false),
            piece: Cell::new(0),
            retry_after: RefCell::default(),
            progress: RefCell::default(),
            row_effects: RefCell::default(),
            calls: Cell::new(0),
            sent: RefCell::default(),
            events: RefCell::default(),
            violations: RefCell::default(),
        });
        World { surroundings, caller, operation: 0, call: 0 }
    }

    /// The same world, as another client sees it, with a session of its own.
    pub fn for_another_client(&self) -> Self {
        let caller = Rc::new(Caller::new(self.org(Org::open_session)));
        World { caller, ..self.clone() }
    }

    /// The same world, as another operation sees it.
    pub fn for_operation(&self, operation: u32) -> Self {
        World { operation, ..self.clone() }
    }

    /// Does something to the org.
    pub fn org<T>(&self, act: impl FnOnce(&mut Org) -> T) -> T {
        act(&mut self.org.borrow_mut())
    }

    /// Orders trouble.
    pub fn fault(&self, rule: FaultRule) {
        self.org(|org| org.faults().push(rule));
    }

    /// From now on, has each request struck by what is chosen for it.
    pub fn set_trouble(&self, trouble: Option<Trouble>) {
        *self.trouble.borrow_mut() = trouble;
    }

    /// Seeds made-up rows.
    pub fn seeded(self, object: &str, rows: u64) -> Self {
        assert!(self.org(|org| org.seed(object, rows)), "{object}");
        self
    }

    /// From now on as from a web page that the org lets in.
    pub fn in_browser(&self, expose: bool, v1: bool) {
        self.browser.set(true);
        self.org(|org| {
            let cors = &mut org.config().cors;
            (cors.mode, cors.expose, cors.v1) = (CorsMode::Any, expose, v1);
        });
    }

    /// How many requests of this method and path the org has seen, dropped ones too.
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.org(|org| org.log().count(method, path))
    }

    /// The same world, as another call of the operation sees it.
    pub fn for_call(&self) -> Self {
        self.calls.set(self.calls.get() + 1);
        World { call: self.calls.get(), ..self.clone() }
    }

    /// What the call said last that it may have done to rows.
    pub fn told_row_effect(&self) -> RowEffect {
        self.row_effects.borrow().get(&self.call).copied().unwrap_or_default()
    }

    /// How many ms the world is old.
    pub fn age(&self) -> i64 {
        self.org(|org| org.now()) - self.began
    }

    /// Writes down what happened.
    pub fn trace(&self, what: What) {
        let (at, operation) = (self.age(), self.operation);
        self.events.borrow_mut().push(Event { at, operation, what });
    }

    /// Writes down a rule that was broken.
    pub fn violation(&self, rule: Rule, how: String) {
        let violation = Violation { rule, how };
        self.trace(What::Note(format!("BROKEN: {violation}")));
        self.violations.borrow_mut().push(violation);
    }

    /// When the next timer is due; none where none is set.
    pub fn next_timer(&self) -> Option<i64> {
        self.timers.next()
    }

    /// Lets time pass until then, and wakes who waited for it.
    pub fn jump(&self, due: i64) {
        self.org(|org| org.advance((due - org.now()).max(0)));
        self.timers.wake(due);
    }
}

impl Clock for World {
    async fn sleep(&self, ms: f64) {
        let now = self.org(|org| org.now());
        let due = now + ms.ceil() as i64;
        self.timers.sleep(due, || self.org(|org| org.now()) >= due).await;
    }

    fn now(&self) -> f64 {
        self.org(|org| org.now()) as f64
    }

    fn random(&self) -> f64 {
        self.chance.borrow_mut().below(1000) as f64 / 1000.0
    }
}
