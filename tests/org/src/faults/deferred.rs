//! Requests that are carried out later than they came in.

use crate::http::Request;

/// A request that came in, and waits.
#[derive(Debug)]
pub struct Deferred {
    /// When it is carried out.
    pub due: i64,
    /// What was asked.
    pub request: Request,
    /// Whether its session was good when it came in.
    pub signed_in: bool,
}

/// The requests that wait, in the order in which they are carried out.
#[derive(Debug, Default)]
pub struct Queue(Vec<Deferred>);

impl Queue {
    /// Adds a request behind those that are due as early.
    pub fn push(&mut self, deferred: Deferred) {
        let at = self.0.partition_point(|waiting| waiting.due <= deferred.due);
        self.0.insert(at, deferred);
    }

    /// When the next one is due, if that is by then.
    pub fn next_due(&self, by: i64) -> Option<i64> {
        self.0.first().map(|deferred| deferred.due).filter(|due| *due <= by)
    }

    /// Takes the next one, if it is due.
    pub fn take_due(&mut self, now: i64) -> Option<Deferred> {
        self.next_due(now).map(|_| self.0.remove(0))
    }
}
