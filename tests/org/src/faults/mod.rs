//! Trouble to order: rules that match requests or work and spoil them.

mod deferred;
mod effect;
mod plan;
mod rule;

pub(crate) use deferred::{Deferred, Queue};
pub use effect::Effect;
pub(crate) use plan::{Acts, Ending, Plan};
pub use rule::Rule;

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

    /// The rules that can still strike, as far as requests and work up to now have shown.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The effects that strike this request, in the order of their rules.
    pub(crate) fn on_request(&mut self, method: &str, path: &str, now: i64) -> Vec<Effect> {
        self.strike(now, |rule| !rule.effect.is_of_work() && rule.matches(Some(method), path))
    }

    /// The effects that strike the work of this batch or job as it starts.
    pub(crate) fn on_work(&mut self, path: &str, now: i64) -> Vec<Effect> {
        self.strike(now, |rule| rule.effect.is_of_work() && rule.matches(None, path))
    }

    fn strike(&mut self, now: i64, matches: impl Fn(&Rule) -> bool) -> Vec<Effect> {
        self.rules.retain(|rule| !rule.is_over(now));
        let mut struck = Vec::new();
        for rule in self.rules.iter_mut().filter(|rule| matches(rule)) {
            if rule.strike() {
                struck.push(rule.effect.clone());
            }
        }
        self.rules.retain(|rule| !rule.is_over(now));
        struck
    }
}
