//! How jobs and batches are shown to one request: as they are, or not.

use crate::faults::Effect;

/// What one request gets to see of the jobs and batches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// The time.
    pub now: i64,
    /// Whether results shall be said not to be there yet.
    pub not_ready: bool,
    /// How old something must be to be listed.
    lag_ms: i64,
    /// How old what is told of a job or batch is.
    stale_ms: i64,
    /// The state that is told in place of the real one.
    state: Option<String>,
}

impl View {
    /// Everything as it is at this time.
    pub fn exact(now: i64) -> Self {
        Self { now, ..Self::default() }
    }

    /// Everything as these effects let it be seen.
    pub fn through(effects: &[Effect], now: i64) -> Self {
        effects.iter().fold(Self::exact(now), Self::and)
    }

    fn and(mut self, effect: &Effect) -> Self {
        match effect {
            Effect::NotReady => self.not_ready = true,
            Effect::Lag { ms } => self.lag_ms = self.lag_ms.max(*ms),
            Effect::Stale { ms } => self.stale_ms = self.stale_ms.max(*ms),
            Effect::Lie { state } => self.state = self.state.or_else(|| Some(state.clone())),
            _ => {}
        }
        self
    }

    /// The time as of which jobs and batches are told of.
    pub fn as_of(&self) -> i64 {
        self.now - self.stale_ms
    }

    /// Whether a list has what came to be at this time.
    pub fn lists(&self, since: i64) -> bool {
        self.now - since >= self.lag_ms
    }

    /// The state that is told.
    pub fn state(&self, real: &'static str) -> String {
        self.state.clone().unwrap_or_else(|| real.to_owned())
    }
}
