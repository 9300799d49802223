//! Time and chance.

/// Knows the time, and waits.
#[allow(async_fn_in_trait, reason = "everything runs on one thread")]
pub trait Clock {
    /// Waits for so many ms. Dropping the future ends the timer.
    async fn sleep(&self, ms: f64);

    /// The time in ms, from wherever.
    fn now(&self) -> f64;

    /// A number from 0 up to 1.
    fn random(&self) -> f64;
}
