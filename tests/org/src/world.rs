//! What every part of the org shares.

use crate::auth::{self, Sessions};
use crate::config::Config;
use crate::data::Database;
use crate::faults::Faults;
use crate::mint::Mint;

/// The clock, the rows, the sessions, the rules: all but the jobs.
#[derive(Debug)]
pub struct World {
    /// Milliseconds since 1970.
    pub now: i64,
    /// The rows.
    pub db: Database,
    /// The switches.
    pub config: Config,
    /// The trouble to order.
    pub faults: Faults,
    /// New ids.
    pub mint: Mint,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Whether the request at hand is signed in, where that was settled when it came in.
    pub signed_in: Option<bool>,
    /// What was used up today.
    pub usage: Usage,
}

/// What a day's limits count.
#[derive(Debug, Default)]
pub struct Usage {
    /// API calls.
    pub requests: u64,
    /// Batches of either API.
    pub batches: u64,
    /// Query jobs of Bulk 2.0.
    pub query_jobs: u64,
}

impl World {
    /// A world in which nothing has happened.
    pub fn new(config: Config) -> Self {
        let mut db = Database::new();
        db.set_now(config.start_ms);
        auth::introduce(&mut db);
        Self {
            now: config.start_ms,
            db,
            config,
            faults: Faults::default(),
            mint: Mint::default(),
            sessions: Sessions::default(),
            signed_in: None,
            usage: Usage::default(),
        }
    }

    /// Whether a token is that of a session.
    pub fn is_alive(&self, token: &str) -> bool {
        self.signed_in.unwrap_or_else(|| self.sessions.is_alive(token, self.now))
    }

    /// Takes batches from the day's allowance, if it has as many left.
    pub fn take_batches(&mut self, count: u64) -> bool {
        let fits = self.usage.batches + count <= self.config.daily_batches;
        if fits {
            self.usage.batches += count;
        }
        fits
    }
}
