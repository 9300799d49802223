//! What becomes of an answer on its way to the client.

mod interrupt;
mod records;

use crate::faults::Effect;
use crate::http::{Body, Drip, Interruption, Response};

use interrupt::interrupt;

/// Spoils what is said, before it is compressed. What is left is whole, and its headers agree.
pub fn content(response: &mut Response, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Short { fraction } => {
                rewrite(response, |body, media| records::shortened(body, media, *fraction))
            }
            Effect::Repeat => rewrite(response, |body, _| Some(body.repeat(2))),
            _ => {}
        }
    }
}

/// Puts another body into a good answer, if there is another.
fn rewrite(response: &mut Response, change: impl FnOnce(&[u8], &str) -> Option<Vec<u8>>) {
    if !(200..300).contains(&response.status) {
        return;
    }
    let body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new()));
    let (whole, _) = body.collect();
    let media = response.header("content-type").unwrap_or_default();
    let changed = change(&whole, media);
    response.body = Body::Bytes(changed.unwrap_or(whole));
}

/// Announces the length of a body that was rewritten.
pub fn announce_length(response: &mut Response, effects: &[Effect]) {
    let rewritten = |effect| matches!(effect, &Effect::Short { .. } | &Effect::Repeat);
    if let (Body::Bytes(bytes), true) = (&response.body, effects.iter().any(rewritten)) {
        let length = bytes.len().to_string();
        response.set_header("Content-Length", &length);
    }
}

/// Spoils how it travels.
pub fn transfer(response: &mut Response, effects: &[Effect]) {
    for effect in effects {
        slow(response, effect);
        match effect {
            Effect::Cut { bytes, fraction } => {
                interrupt(response, *bytes, fraction.unwrap_or_default(), Interruption::Cut);
            }
            Effect::Silence { bytes: bytes @ Some(_) } => {
                interrupt(response, *bytes, 0.0, Interruption::Silence);
            }
            _ => {}
        }
    }
    for effect in effects {
        withhold(response, effect);
    }
}

fn slow(response: &mut Response, effect: &Effect) {
    let pace = &mut response.pace;
    match effect {
        Effect::Latency { ms } => pace.latency_ms += ms,
        Effect::Bandwidth { bytes_per_second } => pace.bytes_per_second = *bytes_per_second,
        Effect::Drip { bytes, ms } => pace.drip = Some(Drip { bytes: (*bytes).max(1), ms: *ms }),
        _ => {}
    }
}

fn withhold(response: &mut Response, effect: &Effect) {
    match effect {
        Effect::WithholdLocator => response.remove_header("Sforce-Locator"),
        Effect::WithholdHeader { name } => response.remove_header(name),
        _ => {}
    }
}
