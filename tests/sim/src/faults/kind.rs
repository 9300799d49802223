//! The kinds of trouble, and what one comes to for a request.

use salesforce_bulk_org::Effect;
use serde::{Deserialize, Serialize};

use super::Place;
use super::answers::{HTML, JSON, PAGE, instead, of_another_job, other_json, unchanged};
use crate::scenario::Dice;
use crate::world::Asked;

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A server that cannot, and has done nothing.
    Unable,
    /// A server that has done it and says that it cannot.
    UnableAfter,
    /// Too much at once, sometimes with a time named.
    Throttled,
    /// Salesforce's own limit of requests at once, or its own trouble.
    Troubled,
    /// The connection closes before anything happens.
    DropBefore,
    /// The connection closes after it has happened.
    DropAfter,
    /// The connection closes, and it happens later.
    Late,
    /// It happens once more, at once or later.
    Duplicate,
    /// The session ends.
    ExpireSession,
    /// The client is sent elsewhere.
    Redirect,
    /// A good status, and a page of HTML.
    HtmlPage,
    /// A good status, and nothing.
    Empty,
    /// A good status, and other JSON.
    OtherJson,
    /// A good status, and another job's answer.
    OtherJob,
    /// 204.
    NoContent,
    /// A change of a job's state that is answered as if it had been asked for, and not done.
    Unchanged,
    /// The body breaks off.
    Cut,
    /// The body ends too early, at a record's end.
    Short,
    /// The body comes twice.
    Repeat,
    /// No head of an answer comes.
    SilentHead,
    /// The body falls silent.
    SilentBody,
    /// The body comes a little at a time.
    Drip,
    /// The answer is late.
    Latency,
    /// Headers are left out.
    WithholdHeaders,
    /// Lists lag behind.
    Lag,
    /// Jobs and batches are told of as they were.
    Stale,
    /// False states are told.
    Lie,
    /// Results are said not to be there yet.
    NotReady,
    /// A page that repeats what was sent.
    Echo,
}

/// The longest that anything happens later, lags behind or is out of date, in ms.
pub const LONGEST: usize = 60_000;

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 29] = [
        Kind::Unable,
        Kind::UnableAfter,
        Kind::Throttled,
        Kind::Troubled,
        Kind::DropBefore,
        Kind::DropAfter,
        Kind::Late,
        Kind::Duplicate,
        Kind::ExpireSession,
        Kind::Redirect,
        Kind::HtmlPage,
        Kind::Empty,
        Kind::OtherJson,
        Kind::OtherJob,
        Kind::NoContent,
        Kind::Unchanged,
        Kind::Cut,
        Kind::Short,
        Kind::Repeat,
        Kind::SilentHead,
        Kind::SilentBody,
        Kind::Drip,
        Kind::Latency,
        Kind::WithholdHeaders,
        Kind::Lag,
        Kind::Stale,
        Kind::Lie,
        Kind::NotReady,
        Kind::Echo,
    ];

    /// What it comes to for this request; none where it makes no sense for it.
    pub fn effect(self, asked: &Asked<'_>, dice: &mut Dice) -> Option<Effect> {
        let place = Place::of(asked.request);
        Some(match self {
            Kind::Unable => instead(false, *dice.pick(&UNABLE), HTML, "<html>Down</html>"),
            Kind::UnableAfter => instead(true, *dice.pick(&UNABLE), HTML, "<html>Down</html>"),
            Kind::Throttled => throttled(dice),
            Kind::Troubled => troubled(place, dice),
            Kind::DropBefore => Effect::DropBefore,
            Kind::DropAfter => Effect::DropAfter,
            Kind::Late => Effect::Late { ms: dice.any_size(LONGEST) as i64 },
            Kind::Duplicate if dice.percent(50) => Effect::Duplicate { ms: 0 },
            Kind::Duplicate => Effect::Duplicate { ms: dice.any_size(LONGEST) as i64 },
            Kind::ExpireSession => Effect::ExpireSession,
            Kind::Redirect => redirect(dice),
            Kind::HtmlPage => instead(dice.percent(50), 200, HTML, PAGE),
            Kind::Empty => instead(dice.percent(50), 200, JSON, ""),
            Kind::OtherJson => instead(dice.percent(50), 200, JSON, other_json(dice)),
            Kind::OtherJob => {
                let (media, body) = of_another_job(place)?;
                instead(dice.percent(50), 200, media, body)
            }
            // To a deletion it is the right answer: nobody could tell that nothing was done.
            Kind::NoContent if place == Place::Delete => return None,
            Kind::NoContent => instead(dice.percent(50), 204, JSON, ""),
            Kind::Unchanged => {
                let (media, body) = unchanged(asked.request)?;
                instead(false, 200, media, &body)
            }
            Kind::Cut => cut(dice),
            // What was sent as a batch comes back as it was, or broken: nothing else could tell whose a batch is.
            Kind::Short | Kind::Repeat if place == Place::BatchRequest => return None,
            Kind::Short => Effect::Short { fraction: dice.below(100) as f64 / 100.0 },
            Kind::Repeat => Effect::Repeat,
            Kind::SilentHead => Effect::Silence { bytes: None },
            Kind::SilentBody => Effect::Silence { bytes: Some(dice.any_size(20_000) - 1) },
            Kind::Drip => {
                Effect::Drip { bytes: dice.between(200, 2_000), ms: dice.any_size(1_000) as u64 }
            }
            Kind::Latency => Effect::Latency { ms: dice.any_size(200_000) as u64 },
            Kind::WithholdHeaders => withhold(dice),
            Kind::Lag if place.is_list() => Effect::Lag { ms: dice.any_size(LONGEST) as i64 },
            Kind::Stale if place.tells_states() => {
                Effect::Stale { ms: dice.any_size(LONGEST) as i64 }
            }
            Kind::Lie => Effect::Lie { state: lie(place, dice)?.to_owned() },
            Kind::NotReady if place.is_result() => Effect::NotReady,
            Kind::Lag | Kind::Stale | Kind::NotReady => return None,
            Kind::Echo => echo(asked, dice),
        })
    }
}

const UNABLE: [u16; 6] = [500, 502, 503, 503, 504, 408];

fn throttled(dice: &mut Dice) -> Effect {
    let status = *dice.pick(&[429, 429, 503]);
    let effect = Effect::status(status, "<html>Too many requests</html>");
    match *dice.pick(&["", "0", "1", "7", "30", "120", "900", "soon"]) {
        "" => effect,
        named => effect.with_header("Retry-After", named),
    }
}

fn troubled(place: Place, dice: &mut Dice) -> Effect {
    let v1 = matches!(
        place,
        Place::CreateJob | Place::Job | Place::AddBatch | Place::Batches | Place::Batch
    );
    if v1 && dice.percent(50) {
        let body = r#"{"exceptionCode":"InternalServerError","exceptionMessage":"Try again"}"#;
        return instead(dice.percent(50), 400, "application/json", body);
    }
    let limit = *dice.pick(&["ConcurrentRequests", "ConcurrentPerOrgLongTxn"]);
    let body = format!(
        r#"[{{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"{limit} Limit exceeded."}}]"#
    );
    instead(false, 403, JSON, &body)
}

fn redirect(dice: &mut Dice) -> Effect {
    let status = *dice.pick(&[301, 302, 303, 307, 308]);
    let places = ["https://evil.example/x", "//evil.example", "/services/data", ""];
    let location = (*dice.pick(&places)).to_owned();
    Effect::Redirect { status, location, acts: dice.percent(50) }
}

fn cut(dice: &mut Dice) -> Effect {
    match dice.percent(50) {
        true => Effect::Cut { bytes: Some(dice.any_size(20_000) - 1), fraction: None },
        false => Effect::Cut { bytes: None, fraction: Some(dice.below(100) as f64 / 100.0) },
    }
}

fn withhold(dice: &mut Dice) -> Effect {
    match dice.percent(50) {
        true => Effect::WithholdLocator,
        false => Effect::WithholdHeader { name: "Sforce-NumberOfRecords".to_owned() },
    }
}

/// A false state of work that goes on or is over. That a job is closed is never told falsely: it is the fence, and
/// nothing else could be relied on.
fn lie(place: Place, dice: &mut Dice) -> Option<&'static str> {
    let states: &[&str] = match place {
        Place::Batch | Place::Batches => {
            &["Queued", "InProgress", "Completed", "NotProcessed", "Failed", "Unknown"]
        }
        Place::Job => &["Open", "Unknown"],
        Place::JobInfo => &["Open", "UploadComplete", "InProgress", "JobComplete", "Failed"],
        _ => return None,
    };
    Some(*dice.pick(states))
}

/// A page that repeats the request's headers and the beginning of its body.
fn echo(asked: &Asked<'_>, dice: &mut Dice) -> Effect {
    let request = asked.request;
    let headers: String =
        request.headers.iter().map(|(name, value)| format!("{name}: {value} ")).collect();
    let body = String::from_utf8_lossy(&request.body[..request.body.len().min(1_000)]);
    let (status, acts) = *dice.pick(&[(400, false), (403, false), (500, true), (200, true)]);
    instead(acts, status, HTML, &format!("<html>Bad request: {headers} {body}</html>"))
}
