//! The org behind a lock, its time bound to that of the machine.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::http::{Exchange, Request};
use crate::org::Org;

/// What all connections share.
#[derive(Debug)]
pub struct App {
    /// The folder served at `/`.
    pub www: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    org: Org,
    /// Until when the machine's time was passed on to the org.
    seen: Instant,
}

impl App {
    /// An org to be served, and a folder of files beside it.
    pub fn new(org: Org, www: Option<PathBuf>) -> Self {
        Self { www, state: Mutex::new(State { org, seen: Instant::now() }) }
    }

    /// Does something with the org, after the time that has passed has passed there too.
    pub fn with_org<T>(&self, act: impl FnOnce(&mut Org) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Whole milliseconds only, so that frequent calls do not lose the rest.
        let passed = state.seen.elapsed().as_millis();
        state.seen += std::time::Duration::from_millis(passed as u64);
        state.org.advance(passed as i64);
        act(&mut state.org)
    }

    /// Answers a request.
    pub fn handle(&self, request: Request) -> Exchange {
        self.with_org(|org| org.handle(request))
    }
}
