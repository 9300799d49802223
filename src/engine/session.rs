//! A session with an org, as one operation has it.

use std::cell::Cell;
use std::rc::Rc;

use super::deadline::Timeouts;
use super::failure::Failure;
use super::host::{Host, Phase, Progress};
use super::pace::Poll;
use super::retry::{RetryBudget, RetryPolicy};
use super::single_flight::SingleFlight;
use super::v1::Polls;
use crate::error::{Certainty, Error, Result, RowEffect};
use crate::json::Value;
use crate::wire::arguments::Arguments;

/// What a client is set to.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The org's origin.
    pub instance_url: String,
    /// Such as `66.0`.
    pub api_version: String,
    /// The name in the org's API logs.
    pub client_name: Option<String>,
    /// What is tried again, and how often.
    pub retry: RetryPolicy,
    /// How long a server may be silent.
    pub timeouts: Timeouts,
    /// How often a job is asked for its state.
    pub poll: Poll,
}

impl Settings {
    /// Reads what the client was given; what it was not given is the default.
    ///
    /// # Errors
    /// [`Kind::Argument`](crate::error::Kind::Argument) that names the setting.
    pub fn read(given: &Value) -> Result<Settings> {
        let given = Arguments(given);
        Ok(Settings {
            instance_url: given.text("instanceUrl")?,
            api_version: given.text("apiVersion")?,
            client_name: given.optional_text("clientName")?,
            retry: retry(given.within("retry"))?,
            timeouts: timeouts(given.within("timeouts"))?,
            poll: Poll::default().with(given.within("poll"))?,
        })
    }
}

fn retry(given: Arguments<'_>) -> Result<RetryPolicy> {
    let usual = RetryPolicy::default();
    let number = |name| given.optional_number(name);
    let attempts = number("attempts")?.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Ok(RetryPolicy {
        attempts: attempts.unwrap_or(usual.attempts),
        max_delay: number("maxDelay")?.map_or(usual.max_delay, |ms| ms as f64),
        max_time: number("maxTime")?.map_or(usual.max_time, |ms| ms as f64),
    })
}

fn timeouts(given: Arguments<'_>) -> Result<Timeouts> {
    let usual = Timeouts::default();
    let number = |name| given.optional_number(name);
    Ok(Timeouts {
        head: number("head")?.map_or(usual.head, |ms| ms as f64),
        idle: number("idle")?.map_or(usual.idle, |ms| ms as f64),
    })
}

/// What all operations of one client share.
#[derive(Default)]
pub struct Client {
    /// The batch lists of the jobs that are waited on.
    pub polls: Polls,
    /// The session's token, while it is being refreshed.
    pub(super) tokens: SingleFlight<Option<String>>,
}

/// The session that an operation works in.
pub struct Session<H> {
    /// The world.
    pub host: H,
    /// What the client is set to.
    pub settings: Settings,
    /// What its operations share.
    pub client: Rc<Client>,
    row_effect: Cell<RowEffect>,
}

impl<H: Host> Session<H> {
    /// For one operation, which has done nothing yet.
    pub fn new(host: H, settings: Settings, client: Rc<Client>) -> Self {
        Session { host, settings, client, row_effect: Cell::default() }
    }

    /// What the operation may have done to rows so far.
    pub fn row_effect(&self) -> RowEffect {
        self.row_effect.get()
    }

    /// Says what the operation may have done to rows from here on; after a certain refusal, that it has done nothing.
    pub fn set_row_effect(&self, effect: RowEffect) {
        self.row_effect.set(effect);
        self.host.row_effect(effect);
    }

    /// The failure of what may have stored rows, as the caller sees it: whether it may have, and how to go on. A request
    /// whose failure is certain has stored nothing.
    pub fn may_have_stored(&self, failure: Failure, advice: &str) -> Error {
        if failure.certainty != Certainty::Unknown {
            self.set_row_effect(RowEffect::None);
        }
        self.has_stored(failure.error, advice)
    }

    /// The failure of what comes after rows were stored, as the caller sees it.
    pub fn has_stored(&self, error: Error, advice: &str) -> Error {
        match self.row_effect.get() {
            RowEffect::None => error,
            effect => error.with_row_effect(effect).advise(advice),
        }
    }

    /// The tries of a request that begins now.
    pub fn retry_budget(&self) -> RetryBudget {
        RetryBudget::new(self.settings.retry, self.host.now())
    }

    /// Lets so many ms pass, and tells the caller because of what nothing happens meanwhile.
    pub async fn pause(&self, ms: f64, job_id: Option<&str>, because: &Error) {
        let (phase, reason) = (Phase::Waiting(ms), Some(because.message.as_str()));
        self.host.report(&Progress { phase, job_id, reason, processed: None, failed: None });
        self.host.sleep(ms).await;
    }
}
