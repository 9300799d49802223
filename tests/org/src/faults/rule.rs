//! A rule: one kind of trouble, and when it strikes.

use serde::{Deserialize, Serialize};

use super::effect::Effect;

/// One kind of trouble, and when it strikes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Rule {
    /// Only requests with this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only requests whose path and query contain this.
    ///
    /// Work is matched by the path of its batch (1.0) or job (2.0), and by no method.
    #[serde(default)]
    pub path: Option<String>,
    /// How many matches go by unharmed first.
    #[serde(default)]
    pub skip: u32,
    /// How many matches it strikes; forever when absent.
    #[serde(default)]
    pub times: Option<u32>,
    /// From when on, by the org's clock, it does not strike any more.
    #[serde(default)]
    pub until_ms: Option<i64>,
    /// What happens.
    pub effect: Effect,
}

impl Rule {
    /// A rule that strikes every request whose path contains this.
    pub fn every(path: &str, effect: Effect) -> Self {
        let path = Some(path.to_owned());
        Self { method: None, path, skip: 0, times: None, until_ms: None, effect }
    }

    /// A rule that strikes once, at the next request whose path contains this.
    pub fn once(path: &str, effect: Effect) -> Self {
        Self::every(path, effect).times(1)
    }

    /// The same rule for one method only.
    #[must_use]
    pub fn on(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// The same rule after so many unharmed matches.
    #[must_use]
    pub fn skip(mut self, matches: u32) -> Self {
        self.skip = matches;
        self
    }

    /// The same rule for so many matches.
    #[must_use]
    pub fn times(mut self, matches: u32) -> Self {
        self.times = Some(matches);
        self
    }

    /// The same rule until a time of the org's clock.
    #[must_use]
    pub fn until(mut self, ms: i64) -> Self {
        self.until_ms = Some(ms);
        self
    }

    pub(super) fn matches(&self, method: Option<&str>, path: &str) -> bool {
        let method_fits = match (&self.method, method) {
            (Some(wanted), Some(method)) => wanted.eq_ignore_ascii_case(method),
            (Some(_), None) => false,
            (None, _) => true,
        };
        method_fits && self.path.as_deref().is_none_or(|part| path.contains(part))
    }

    /// Whether it cannot strike any more.
    pub(super) fn is_over(&self, now: i64) -> bool {
        self.times == Some(0) || self.until_ms.is_some_and(|until| until <= now)
    }

    /// Counts one match, and tells whether it strikes.
    pub(super) fn strike(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        match &mut self.times {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}
