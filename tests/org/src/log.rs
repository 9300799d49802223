//! The requests that were seen, so that tests can count them.

use serde::Serialize;
use serde_json::{Value, json};

/// As many as are kept; later ones are only counted.
const KEPT: usize = 100_000;

/// One request that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub path: String,
    /// The status it was answered with; 0 when the client got no answer.
    pub status: u16,
    /// When it was carried out, in milliseconds since 1970.
    pub at: i64,
    /// Whether no client sent it just then: a fault put it off, or does it once more.
    pub by_fault: bool,
}

/// The requests that were seen, oldest first.
#[derive(Debug, Default)]
pub struct Log {
    entries: Vec<Seen>,
    total: u64,
}

impl Log {
    pub(crate) fn push(&mut self, seen: Seen) {
        self.total += 1;
        if self.entries.len() < KEPT {
            self.entries.push(seen);
        }
    }

    /// The requests that clients sent whose method is this and whose path contains that.
    pub fn count(&self, method: &str, path: &str) -> usize {
        let fits =
            |seen: &&Seen| !seen.by_fault && seen.method == method && seen.path.contains(path);
        self.entries.iter().filter(fits).count()
    }

    /// The requests, oldest first.
    pub fn entries(&self) -> &[Seen] {
        &self.entries
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn json(&self) -> Value {
        json!({ "total": self.total, "requests": self.entries })
    }
}
