//! Troubles by name.

use salesforce_bulk_org::{Effect, Rule};

/// A server that cannot.
pub fn status(status: u16) -> Effect {
    let body = "<html><head><title>Service Unavailable</title></head></html>".to_owned();
    Effect::Status {
        status,
        body,
        content_type: "text/html; charset=UTF-8".to_owned(),
        headers: Vec::new(),
    }
}

/// A body that breaks off after this part of it.
pub fn cut(fraction: f64) -> Effect {
    Effect::Cut { bytes: None, fraction: Some(fraction) }
}

/// A body that breaks off after so many bytes.
pub fn cut_at(bytes: usize) -> Effect {
    Effect::Cut { bytes: Some(bytes), fraction: None }
}

/// Troubles that pass: whoever meets one of them once must not fail.
pub fn passing() -> Vec<Effect> {
    vec![
        Effect::DropBefore,
        Effect::DropAfter,
        status(503),
        status(500),
        status(429),
        cut(0.0),
        cut(0.5),
        cut(0.99),
        Effect::ExpireSession,
        Effect::Latency { ms: 90_000 },
        Effect::Silence { bytes: None },
        Effect::Silence { bytes: Some(5) },
        Effect::Late { ms: 250 },
        Effect::Late { ms: 7_000 },
    ]
}

/// Strikes the requests after the first `skip`, so many times, whatever they are.
pub fn at(skip: u32, times: u32, effect: Effect) -> Rule {
    Rule { method: None, path: None, skip, times: Some(times), until_ms: None, effect }
}

/// Strikes a request of this method and path once.
pub fn once(method: &str, path: &str, effect: Effect) -> Rule {
    Rule::once(path, effect).on(method)
}
