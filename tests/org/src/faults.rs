//! Trouble to order: rules that match requests or work and spoil them.

use serde::{Deserialize, Serialize};

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
    /// What happens.
    pub effect: Effect,
}

impl Rule {
    /// A rule that strikes once, at the next request whose path contains this.
    pub fn once(path: &str, effect: Effect) -> Self {
        Self { method: None, path: Some(path.to_owned()), skip: 0, times: Some(1), effect }
    }

    /// The same rule for one method only.
    #[must_use]
    pub fn on(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    fn matches(&self, method: Option<&str>, path: &str) -> bool {
        let method_fits = match (&self.method, method) {
            (Some(wanted), Some(method)) => wanted.eq_ignore_ascii_case(method),
            (Some(_), None) => false,
            (None, _) => true,
        };
        method_fits && self.path.as_deref().is_none_or(|part| path.contains(part))
    }

    /// Counts one match, and tells whether it strikes.
    fn strike(&mut self) -> bool {
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

/// What happens when a rule strikes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Effect {
    /// Answers this instead, without any effect.
    Status {
        /// The status code.
        status: u16,
        /// The body.
        #[serde(default)]
        body: String,
        /// Its media type.
        #[serde(default = "html")]
        content_type: String,
    },
    /// Closes the connection before anything happened.
    DropBefore,
    /// Does what was asked, then closes the connection without an answer.
    DropAfter,
    /// Breaks the response's body off: after so many bytes, or after this part of it.
    Cut {
        /// Bytes that still arrive.
        #[serde(default)]
        bytes: Option<usize>,
        /// The part of the body that still arrives, from 0 to 1; a streamed body is made whole first.
        #[serde(default)]
        fraction: Option<f64>,
    },
    /// Delays the response.
    Latency {
        /// By so many milliseconds.
        ms: u64,
    },
    /// Slows the response's body down.
    Bandwidth {
        /// To so many bytes in a second.
        bytes_per_second: u64,
    },
    /// Ends every session before the request is looked at.
    ExpireSession,
    /// Answers that the results of a batch or job are not there yet.
    NotReady,
    /// Leaves the header `Sforce-Locator` out.
    WithholdLocator,
    /// Work that starts never ends.
    Stuck,
    /// Work that starts takes so many times as long.
    Slow {
        /// How many times.
        factor: i64,
    },
    /// Work that starts fails with this message.
    Fail {
        /// The `stateMessage` or `errorMessage`.
        message: String,
    },
    /// Work that starts fails with this message once so many rows are done.
    FailAfter {
        /// How many rows.
        rows: usize,
        /// The `stateMessage` or `errorMessage`.
        message: String,
    },
    /// Rows of the work that starts cannot be locked.
    Lock {
        /// Every so manieth row, from the first.
        every: usize,
    },
}

fn html() -> String {
    "text/html; charset=UTF-8".to_owned()
}

impl Effect {
    /// Whether it spoils work, not a request.
    pub fn is_of_work(&self) -> bool {
        matches!(
            self,
            Self::Stuck
                | Self::Slow { .. }
                | Self::Fail { .. }
                | Self::FailAfter { .. }
                | Self::Lock { .. }
        )
    }
}

/// The rules in force.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Vec<Rule>,
}

impl Faults {
    /// Adds a rule.
    pub fn push(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    /// Forgets all rules.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules that can still strike.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The effects that strike this request.
    pub(crate) fn on_request(&mut self, method: &str, path: &str) -> Vec<Effect> {
        self.strike(|rule| !rule.effect.is_of_work() && rule.matches(Some(method), path))
    }

    /// The effects that strike the work of this batch or job as it starts.
    pub(crate) fn on_work(&mut self, path: &str) -> Vec<Effect> {
        self.strike(|rule| rule.effect.is_of_work() && rule.matches(None, path))
    }

    fn strike(&mut self, matches: impl Fn(&Rule) -> bool) -> Vec<Effect> {
        let mut struck = Vec::new();
        for rule in self.rules.iter_mut().filter(|rule| matches(rule)) {
            if rule.strike() {
                struck.push(rule.effect.clone());
            }
        }
        self.rules.retain(|rule| rule.times != Some(0));
        struck
    }
}
