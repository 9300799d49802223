//! When to try again.

use crate::error::Certainty;

/// How often and for how long.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// How many times a request is sent at the most.
    pub attempts: u32,
    /// The longest pause, in ms, that the client chooses by itself.
    pub max_delay: f64,
    /// For how long, in ms from the first try, a request may be tried again. A server that names a time is kept to, up
    /// to this.
    pub max_time: f64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy { attempts: 5, max_delay: 30_000.0, max_time: 600_000.0 }
    }
}

/// The first pause, in ms. Each later one may be twice as long.
const FIRST: f64 = 500.0;

/// What one request has left of tries and time, its head, its body and its reading together.
#[derive(Debug)]
pub struct RetryBudget {
    policy: RetryPolicy,
    started: f64,
    failures: u32,
    /// Pauses that cost no try.
    free: u32,
    /// Whether a try may have taken effect.
    unknown: bool,
}

impl RetryBudget {
    /// Nothing tried yet, at this time.
    pub fn new(policy: RetryPolicy, now: f64) -> Self {
        RetryBudget { policy, started: now, failures: 0, free: 0, unknown: false }
    }

    /// What is certain of all tries together, the last of which ended so: one that may have taken effect is not undone by
    /// a later refusal.
    pub fn certainty(&mut self, last: Certainty) -> Certainty {
        self.unknown |= last == Certainty::Unknown;
        if self.unknown { Certainty::Unknown } else { last }
    }

    /// The pause before the next try; none when there is to be no other. `random` (0 to 1) spreads clients that failed
    /// together; `named` is the time that the server asks for.
    pub fn next(&mut self, now: f64, random: f64, named: Option<f64>) -> Option<f64> {
        self.failures += 1;
        if self.failures >= self.policy.attempts {
            return None;
        }
        let pause = named.unwrap_or_else(|| self.pause(self.failures, random));
        // A machine that slept through the time still gets a second try.
        let fits = match self.failures {
            1 => pause <= self.policy.max_time,
            _ => now + pause <= self.started + self.policy.max_time,
        };
        fits.then_some(pause)
    }

    /// The pause before asking again for what is not there yet: that is no failure, and bounded by time alone. So it is no
    /// shorter than the first one, whatever the longest may be: a server is not to be asked without a pause.
    pub fn not_ready(&mut self, now: f64, random: f64) -> Option<f64> {
        self.free += 1;
        let pause = self.pause(self.free, random).max(FIRST);
        (now + pause <= self.started + self.policy.max_time).then_some(pause)
    }

    /// All tries again from now on: what was asked for is coming.
    pub fn refill(&mut self, now: f64) {
        *self = RetryBudget::new(self.policy, now);
    }

    fn pause(&self, failures: u32, random: f64) -> f64 {
        let doubled = FIRST * f64::from(2_u32.saturating_pow(failures - 1));
        doubled.min(self.policy.max_delay) * (0.5 + random / 2.0)
    }
}

/// A `Retry-After` of seconds, in ms. The other form, a date, needs a clock that agrees with the server's.
pub fn retry_after(value: Option<&str>) -> Option<f64> {
    let seconds: u32 = value?.trim().parse().ok()?;
    Some(f64::from(seconds) * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(attempts: u32, max_delay: f64, max_time: f64) -> RetryPolicy {
        RetryPolicy { attempts, max_delay, max_time }
    }

    #[test]
    fn pauses_grow_to_the_longest_and_end() {
        let mut budget = RetryBudget::new(policy(5, 1500.0, 1e9), 0.0);
        let pauses: Vec<_> = std::iter::from_fn(|| budget.next(0.0, 1.0, None)).collect();
        assert_eq!(pauses, [500.0, 1000.0, 1500.0, 1500.0]);
        assert_eq!(RetryBudget::new(policy(1, 1.0, 1e9), 0.0).next(0.0, 0.0, None), None);
    }

    #[test]
    fn tries_end_with_the_time() {
        let mut budget = RetryBudget::new(policy(100, 1000.0, 10_000.0), 5_000.0);
        assert_eq!(budget.next(14_000.0, 1.0, None), Some(500.0));
        assert_eq!(budget.next(14_000.0, 1.0, None), Some(1000.0));
        assert_eq!(budget.next(14_001.0, 1.0, None), None);
        budget.refill(20_000.0);
        assert_eq!(budget.next(99_000.0, 1.0, None), Some(500.0), "after a long sleep, once");
        assert_eq!(budget.next(99_500.0, 1.0, None), None);
    }

    #[test]
    fn a_named_time_is_kept_to_where_it_fits() {
        let budget = || RetryBudget::new(RetryPolicy::default(), 0.0);
        assert_eq!(budget().next(0.0, 0.0, retry_after(Some("7"))), Some(7000.0));
        assert_eq!(budget().next(0.0, 0.0, retry_after(Some("120"))), Some(120_000.0));
        assert_eq!(budget().next(0.0, 0.0, retry_after(Some("3600"))), None);
        assert_eq!(retry_after(Some("Wed, 21 Oct 2026 07:28:00 GMT")), None);
    }

    #[test]
    fn a_refusal_after_an_unknown_try_leaves_it_unknown() {
        let mut budget = RetryBudget::new(RetryPolicy::default(), 0.0);
        for (last, all) in [
            (Certainty::Refused, Certainty::Refused),
            (Certainty::NotSent, Certainty::NotSent),
            (Certainty::Unknown, Certainty::Unknown),
            (Certainty::Refused, Certainty::Unknown),
        ] {
            assert_eq!(budget.certainty(last), all);
        }
    }

    #[test]
    fn what_is_not_ready_costs_time_and_no_try() {
        let mut budget = RetryBudget::new(policy(2, 1000.0, 10_000.0), 0.0);
        for _ in 0..50 {
            assert!(budget.not_ready(5_000.0, 1.0).is_some());
        }
        assert!(budget.next(5_000.0, 1.0, None).is_some());
        assert_eq!(budget.not_ready(9_500.0, 1.0), None);
    }
}
