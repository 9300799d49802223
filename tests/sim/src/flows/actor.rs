//! A caller: it makes calls, gives them up, makes them again, and keeps what it was told.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use salesforce_bulk::engine::deadline::within;
use salesforce_bulk::engine::host::Clock;
use salesforce_bulk::engine::pace::Poll;
use salesforce_bulk::engine::{self, Session, Settings};
use salesforce_bulk::error::{Code, Error, Result, RowEffect};

use salesforce_bulk_org::Effect;

use super::Flow;
use crate::clock::Work;
use crate::faults::Struck;
use crate::ledger::{Ledger, Rule, Sending};
use crate::scenario::{Conduct, Scenario};
use crate::world::{What, World};

/// A session of the engine, for one call.
pub type CallSession = Rc<Session<World>>;

/// A caller in the midst of its operation.
pub struct Actor<'a> {
    /// The world as its operation sees it.
    pub world: World,
    /// What its client's operations share.
    pub client: Rc<engine::Client>,
    /// What was told.
    pub ledger: &'a Ledger,
    settings: Settings,
    conduct: Conduct,
    struck: Struck,
    /// The last failure.
    failure: RefCell<Option<Ended>>,
}

/// How a call failed.
#[derive(Clone, Debug)]
pub struct Ended {
    /// What a caller switches on; none when its time was over.
    pub code: Option<Code>,
    /// What it may have done to rows.
    pub effect: RowEffect,
    /// Whether it may be made again.
    pub retryable: bool,
    /// The job.
    pub job: Option<String>,
    /// As the caller sees it.
    pub message: String,
}

/// An operation that does not go on, because of a failure that its ledger knows of.
#[derive(Debug)]
pub struct Stopped;

/// What came of a call, made as often as its failures allowed.
pub type Tried<T> = std::result::Result<T, Ended>;

impl<'a> Actor<'a> {
    /// A caller that has done nothing yet.
    pub fn new(
        world: World,
        client: Rc<engine::Client>,
        ledger: &'a Ledger,
        scenario: &Scenario,
        conduct: Conduct,
        struck: Struck,
    ) -> Self {
        let settings = scenario.setup.settings();
        let failure = RefCell::default();
        Actor { world, client, ledger, settings, conduct, struck, failure }
    }

    /// Whether the network has made an answer to this operation shorter or longer, or put another in its place.
    pub fn may_be_miscounted(&self) -> bool {
        self.struck.any(Some(self.world.operation), |effect| {
            matches!(
                effect,
                Effect::Short { .. }
                    | Effect::Repeat
                    | Effect::Lag { .. }
                    | Effect::Status { status: 200, .. }
                    | Effect::StatusAfter { status: 200, .. }
            )
        })
    }

    /// Whether a page of a query may not have told how many rows it has, or a list which pages there are.
    pub fn counts_are_hidden(&self) -> bool {
        let hides = |effect: &Effect| match effect {
            Effect::WithholdHeader { .. } | Effect::Short { .. } | Effect::Lag { .. } => true,
            Effect::Status { status, .. } | Effect::StatusAfter { status, .. } => *status == 200,
            _ => false,
        };
        self.world.browser.get() || self.struck.any(Some(self.world.operation), hides)
    }

    /// Rows that nothing counts are not as many as they must be.
    pub fn uncounted(&self, how: String) {
        if !self.may_be_miscounted() && !self.is_lied_to() {
            self.world.violation(Rule::WrongRows, how);
        }
    }

    /// Whether this operation was told a false state.
    pub fn is_lied_to(&self) -> bool {
        self.struck.any(Some(self.world.operation), |effect| matches!(effect, Effect::Lie { .. }))
    }

    /// Whether rows may be missing and others come twice, so that no count over all of them finds it out.
    pub fn counts_may_cancel_out(&self) -> bool {
        let own = Some(self.world.operation);
        let shorter = |effect: &Effect| matches!(effect, Effect::Short { .. } | Effect::Lag { .. });
        self.struck.any(own, shorter) && self.struck.any(own, |effect| *effect == Effect::Repeat)
    }

    /// A call has told of a state, and it is not so. Where the network has told lies, nobody can know.
    pub fn state_is_wrong(&self, how: String) {
        let lies = |effect: &Effect| matches!(effect, Effect::Lie { .. } | Effect::Stale { .. });
        if !self.struck.any(None, lies) {
            self.world.violation(Rule::WrongState, how);
        }
    }

    /// How often it asks.
    pub fn poll(&self) -> Poll {
        self.settings.poll
    }

    /// Whether it does what failures of unknown outcome advise.
    pub fn heeds_advice(&self) -> bool {
        self.conduct.heeds_advice
    }

    /// How the last call failed that did.
    pub fn failure(&self) -> Option<Ended> {
        self.failure.borrow().clone()
    }

    /// Writes something down.
    pub fn note(&self, text: String) {
        self.world.trace(What::Note(text));
    }

    /// Makes a call, again where its failure says that it may be made again and the caller is persistent.
    pub async fn tries<T>(
        &self,
        what: &str,
        call: impl Fn(CallSession) -> Work<'a, Result<T>>,
    ) -> Tried<T> {
        self.tries_to_send(what, None, call).await
    }

    /// The same, of a call that may store rows.
    pub async fn tries_to_send<T>(
        &self,
        what: &str,
        sending: Option<&Sending<'_>>,
        call: impl Fn(CallSession) -> Work<'a, Result<T>>,
    ) -> Tried<T> {
        let mut patience = self.conduct.timeout.map(f64::from);
        let mut pause = FIRST_PAUSE;
        loop {
            let ended = match self.once(what, sending, patience, &call).await {
                Ok(value) => return Ok(value),
                Err(ended) => ended,
            };
            if !(self.conduct.persistent && ended.retryable) {
                *self.failure.borrow_mut() = Some(ended.clone());
                return Err(ended);
            }
            self.world.sleep(pause).await;
            pause = (pause * 1.5).min(LONGEST_PAUSE);
            // Else a call that takes longer than the caller waits would never be done.
            patience = patience.map(|ms| (ms * 2.0).min(LONGEST_PATIENCE));
        }
    }

    /// The same, of a call without which the operation does not go on.
    pub async fn must<T>(
        &self,
        what: &str,
        call: impl Fn(CallSession) -> Work<'a, Result<T>>,
    ) -> Flow<T> {
        self.tries(what, call).await.map_err(|_| Stopped)
    }

    async fn once<T>(
        &self,
        what: &str,
        sending: Option<&Sending<'_>>,
        patience: Option<f64>,
        call: impl Fn(CallSession) -> Work<'a, Result<T>>,
    ) -> Tried<T> {
        let world = self.world.for_call();
        let session = Session::new(world.clone(), self.settings.clone(), self.client.clone());
        let in_flight = InFlight { world: &world, sending, told: Cell::default() };
        self.note(format!("{what} …"));
        let mut work = call(Rc::new(session));
        let done = match patience {
            Some(ms) => within(&world, ms, work.as_mut()).await,
            None => Some(work.await),
        };
        let ended = match done {
            Some(Ok(value)) => {
                self.note(format!("{what}: done"));
                return Ok(value);
            }
            Some(Err(error)) => self.examine(what, &error),
            None => out_of_time(world.told_row_effect()),
        };
        in_flight.told.set(Some(ended.effect));
        self.note(format!("{what}: {} [{:?}]", ended.message, ended.effect));
        Err(ended)
    }

    /// A failure, which tells no secret, and whose job it is where rows may be stored.
    fn examine(&self, what: &str, error: &Error) -> Ended {
        let texts = format!("{error} {error:?} {}", error.to_value());
        if self.world.caller.secret_in(&texts).is_some() {
            self.world.violation(Rule::SecretTold, format!("{what}: {error}"));
        }
        let nameless = error.job_id.is_none() && what != MAKING_WITH_DATA;
        if error.row_effect != RowEffect::None && nameless {
            self.world.violation(Rule::NamelessFailure, format!("{what}: {error}"));
        }
        Ended {
            code: Some(error.code()),
            effect: error.row_effect,
            retryable: error.retryable(),
            job: error.job_id.clone(),
            message: error.message.clone(),
        }
    }
}

/// A call that makes a job with its data has no job to name.
pub const MAKING_WITH_DATA: &str = "make a job with its data";

/// The first pause of a persistent caller, in ms.
const FIRST_PAUSE: f64 = 2_000.0;

/// Its longest one.
const LONGEST_PAUSE: f64 = 60_000.0;

/// How long a caller waits at the most, in ms.
const LONGEST_PATIENCE: f64 = 1e9;

fn out_of_time(effect: RowEffect) -> Ended {
    Ended {
        code: None,
        effect,
        retryable: effect.retryable(true),
        job: None,
        message: "the caller's time is over".to_owned(),
    }
}

/// A call under way: however it ends, be it that it is dropped, the ledger knows what it may have done.
struct InFlight<'a> {
    world: &'a World,
    sending: Option<&'a Sending<'a>>,
    /// What its failure says.
    told: Cell<Option<RowEffect>>,
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        let told = self.told.get().unwrap_or_else(|| self.world.told_row_effect());
        if let Some(sending) = self.sending {
            sending.may_have(told);
        }
    }
}
