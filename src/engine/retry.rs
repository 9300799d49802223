//! When to try again.

/// How often and how long.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// How many times a request is sent at the most.
    pub attempts: u32,
    /// The longest pause, in ms.
    pub max_delay: f64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy { attempts: 5, max_delay: 30_000.0 }
    }
}

/// The first pause, in ms. Each later one may be twice as long.
const FIRST: f64 = 500.0;

/// The tries of one request.
pub struct Retry {
    policy: RetryPolicy,
    made: u32,
}

impl Retry {
    /// No try made yet.
    pub fn new(policy: RetryPolicy) -> Self {
        Retry { policy, made: 0 }
    }

    /// The pause before the next try; none when there is to be no other.
    ///
    /// A server that names a time is kept to; where it names one beyond the longest pause, waiting is the caller's
    /// decision. `random` (0 to 1) spreads clients that failed together.
    pub fn next(&mut self, random: f64, retry_after: Option<f64>) -> Option<f64> {
        self.made += 1;
        if self.made >= self.policy.attempts {
            return None;
        }
        if let Some(named) = retry_after {
            return (named <= self.policy.max_delay).then_some(named);
        }
        let doubled = FIRST * f64::from(2_u32.saturating_pow(self.made - 1));
        Some(doubled.min(self.policy.max_delay) * (0.5 + random / 2.0))
    }

    /// Forgets the tries made: what was asked for is coming.
    pub fn reset(&mut self) {
        self.made = 0;
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

    #[test]
    fn pauses_grow_to_the_longest_and_end() {
        let mut retry = Retry::new(RetryPolicy { attempts: 5, max_delay: 1500.0 });
        let pauses: Vec<_> = std::iter::from_fn(|| retry.next(1.0, None)).collect();
        assert_eq!(pauses, [500.0, 1000.0, 1500.0, 1500.0]);
        assert_eq!(Retry::new(RetryPolicy { attempts: 1, max_delay: 1.0 }).next(0.0, None), None);
    }

    #[test]
    fn a_named_time_is_kept_to_or_left_to_the_caller() {
        let mut retry = Retry::new(RetryPolicy::default());
        assert_eq!(retry.next(0.0, retry_after(Some("7"))), Some(7000.0));
        assert_eq!(retry.next(0.0, retry_after(Some("3600"))), None);
        assert_eq!(retry_after(Some("Wed, 21 Oct 2026 07:28:00 GMT")), None);
    }
}
