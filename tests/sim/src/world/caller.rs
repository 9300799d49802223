//! Clients: their sessions, what they have claimed, and what they are told.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::pending;

use salesforce_bulk::engine::host::{Caller as Host, Clock, Ownership, Progress};
use salesforce_bulk::error::{Error, Kind, Refusal, Result, RowEffect};
use salesforce_bulk_org::Org;
use serde::{Deserialize, Serialize};

use super::World;
use super::trace::What;
use crate::clock::step;
use crate::ledger::Rule;

/// What a client keeps beyond its operations.
pub struct Caller {
    token: RefCell<String>,
    /// Every secret there ever was: none may be told.
    secrets: RefCell<Vec<String>>,
    owners: RefCell<BTreeMap<String, Ownership>>,
    /// How many refreshes are under way.
    refreshing: Cell<u32>,
    /// How often the session was refreshed.
    pub refreshes: Cell<u32>,
    /// What becomes of a refresh.
    pub refresh: Cell<Refresh>,
}

/// What becomes of a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refresh {
    /// There is none.
    None,
    /// It gives a new session after so many ms.
    After(u32),
    /// It fails.
    Fails,
    /// It gives the session that was rejected.
    Useless,
    /// It never ends.
    Hangs,
}

impl Caller {
    /// A client with this session.
    pub(super) fn new(token: String) -> Self {
        Caller {
            token: RefCell::new(token.clone()),
            secrets: RefCell::new(vec![token]),
            owners: RefCell::default(),
            refreshing: Cell::new(0),
            refreshes: Cell::new(0),
            refresh: Cell::new(Refresh::After(100)),
        }
    }

    /// Knows one more text that may not be told.
    pub fn keep_secret(&self, secret: &str) {
        self.secrets.borrow_mut().push(secret.to_owned());
    }

    /// The secret that a text tells.
    pub fn secret_in(&self, text: &str) -> Option<String> {
        self.secrets.borrow().iter().find(|secret| text.contains(secret.as_str())).cloned()
    }

    fn ownership(&self, batch: &str) -> Ownership {
        self.owners.borrow().get(batch).copied().unwrap_or(Ownership::Unknown)
    }
}

impl World {
    /// Fails where a text holds a token.
    pub fn assert_no_token(&self, text: &str) {
        assert_eq!(self.caller.secret_in(text), None, "a token is told: {text}");
    }

    /// Forgets who has added what, as another process would not know it.
    pub fn forget_owners(&self) {
        self.caller.owners.borrow_mut().clear();
    }

    /// Opens a session as signing in would, without telling anyone.
    pub fn renew(&self) -> String {
        let token = self.org(Org::open_session);
        self.caller.keep_secret(&token);
        token
    }

    /// Takes a token for the session's.
    pub fn sign_in(&self, token: &str) {
        self.caller.keep_secret(token);
        *self.caller.token.borrow_mut() = token.to_owned();
    }

    /// No client may use another's session.
    pub(super) fn check_token(&self, headers: &[(String, String)]) {
        let session = headers.iter().find_map(|(name, value)| match name.as_str() {
            "X-SFDC-Session" => Some(value.as_str()),
            "Authorization" => value.strip_prefix("Bearer "),
            _ => None,
        });
        if session.is_some_and(|token| !self.caller.secrets.borrow().iter().any(|own| own == token))
        {
            self.violation(Rule::SessionMixed, "a client uses the session of another".to_owned());
        }
    }

    async fn refreshed(&self, rejected: &str) -> Result<Option<String>> {
        let _refreshing = Refreshing::begin(self);
        match self.caller.refresh.get() {
            Refresh::None => return Ok(None),
            Refresh::Useless => return Ok(Some(rejected.to_owned())),
            Refresh::Hangs => pending().await,
            Refresh::Fails => {
                self.sleep(100.0).await;
                return Err(Error::new(Kind::Session(Refusal::default()), "refreshing failed"));
            }
            Refresh::After(ms) => self.sleep(f64::from(ms)).await,
        }
        *self.caller.token.borrow_mut() = self.renew();
        Ok(Some(self.caller.token.borrow().clone()))
    }
}

impl Host for World {
    async fn token(&self, rejected: Option<&str>) -> Result<Option<String>> {
        step().await;
        let current = self.caller.token.borrow().clone();
        match rejected {
            Some(rejected) if rejected == current => self.refreshed(rejected).await,
            _ => Ok(Some(current)),
        }
    }

    fn claim(&self, batch: &str) -> bool {
        if self.caller.ownership(batch) != Ownership::Unknown {
            return false;
        }
        self.caller.owners.borrow_mut().insert(batch.to_owned(), Ownership::Added);
        true
    }

    fn ownership(&self, batch: &str) -> Ownership {
        self.caller.ownership(batch)
    }

    fn report(&self, progress: &Progress<'_>) {
        let told = progress.to_value().to_string();
        if self.caller.secret_in(&told).is_some() {
            self.violation(Rule::SecretTold, format!("progress: {told}"));
        }
        let Progress { phase, job_id, processed, .. } = *progress;
        let job = job_id.unwrap_or_default().to_owned();
        self.progress.borrow_mut().push((phase, job, processed));
    }

    fn row_effect(&self, effect: RowEffect) {
        self.row_effects.borrow_mut().insert(self.call, effect);
    }
}

/// A refresh under way; over when dropped, too.
struct Refreshing<'a>(&'a World);

impl<'a> Refreshing<'a> {
    fn begin(world: &'a World) -> Self {
        let caller = &world.caller;
        if caller.refresh.get() != Refresh::None {
            world.trace(What::Refreshing);
            caller.refreshes.set(caller.refreshes.get() + 1);
        }
        caller.refreshing.set(caller.refreshing.get() + 1);
        if caller.refreshing.get() > 1 {
            world.violation(Rule::SessionMixed, "it is refreshed twice at once".to_owned());
        }
        Refreshing(world)
    }
}

impl Drop for Refreshing<'_> {
    fn drop(&mut self) {
        let caller = &self.0.caller;
        caller.refreshing.set(caller.refreshing.get() - 1);
    }
}
