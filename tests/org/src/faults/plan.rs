//! What the effects that strike one request come to.

use super::effect::Effect;
use crate::http::Response;

/// When what was asked happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// It does not.
    Never,
    /// At once.
    Now,
    /// So many milliseconds later.
    Later(i64),
}

/// How the connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With an answer.
    Answered,
    /// It is closed without one.
    Dropped,
    /// It stays open without one.
    Silent,
}

/// What the effects that strike one request come to.
#[derive(Debug)]
pub struct Plan {
    /// Whether every session ends first.
    pub expires_sessions: bool,
    /// When what was asked happens.
    pub acts: Acts,
    /// How long after that it happens once more.
    pub again: Option<i64>,
    /// What is answered in place of the org's own answer.
    pub instead: Option<Response>,
    /// How the connection ends.
    pub ending: Ending,
}

impl Plan {
    /// Reads the effects, in the order of their rules.
    pub fn of(effects: &[Effect]) -> Self {
        let replacement = effects.iter().find_map(replacement);
        let prevented = effects.contains(&Effect::DropBefore)
            || replacement.as_ref().is_some_and(|(_, acts)| !acts);
        let acts = if prevented { Acts::Never } else { acts(effects) };
        Self {
            expires_sessions: effects.contains(&Effect::ExpireSession),
            acts,
            again: effects.iter().find_map(again).filter(|_| acts != Acts::Never),
            instead: replacement.map(|(response, _)| response),
            ending: ending(effects),
        }
    }
}

fn acts(effects: &[Effect]) -> Acts {
    let late = effects.iter().find_map(|effect| match effect {
        Effect::Late { ms } => Some(*ms),
        _ => None,
    });
    late.map_or(Acts::Now, Acts::Later)
}

fn again(effect: &Effect) -> Option<i64> {
    if let Effect::Duplicate { ms } = effect { Some(*ms) } else { None }
}

fn ending(effects: &[Effect]) -> Ending {
    let drops =
        |effect| matches!(effect, &Effect::DropBefore | &Effect::DropAfter | &Effect::Late { .. });
    if effects.contains(&Effect::Silence { bytes: None }) {
        return Ending::Silent;
    }
    if effects.iter().any(drops) { Ending::Dropped } else { Ending::Answered }
}

/// The answer that an effect puts in place of the org's own, and whether what was asked happens.
fn replacement(effect: &Effect) -> Option<(Response, bool)> {
    match effect {
        Effect::Status { status, body, content_type, headers } => {
            Some((response(*status, content_type, body, headers), false))
        }
        Effect::StatusAfter { status, body, content_type, headers } => {
            Some((response(*status, content_type, body, headers), true))
        }
        Effect::Redirect { status, location, acts } => {
            Some((Response::new(*status, "").with_header("Location", location), *acts))
        }
        _ => None,
    }
}

fn response(status: u16, media: &str, body: &str, headers: &[(String, String)]) -> Response {
    let mut response = Response::of(status, media, body);
    response.headers.extend(headers.iter().cloned());
    response
}
