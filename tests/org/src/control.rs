//! The back door: `/control/…`, by which tests outside this process arrange the org.
//!
//! | request | body | effect or answer |
//! |---|---|---|
//! | `POST faults` | a [`Rule`], or an array of them | they hold from now on |
//! | `GET faults`, `DELETE faults` | | the rules that can still strike; none any more |
//! | `POST reset` | | no jobs, sessions, faults or log; first configuration, seeded rows |
//! | `POST advance` | `{"ms":1000}` | time passes |
//! | `POST seed` | `{"object":"Contact","rows":1000}` | made-up rows are added |
//! | `POST lock` | `{"id":"003…","times":2}` | the next writes to that row fail |
//! | `POST expire` | | every session ends |
//! | `GET config`, `POST config` | members of [`crate::Config`] to change | the whole configuration |
//! | `GET session` | | `{"instanceUrl":…,"accessToken":…}` |
//! | `GET log`, `DELETE log` | | `{"total":n,"requests":[{"method":…,"path":…,"status":…}]}` |

use serde::Deserialize;
use serde_json::{Value, json};

use crate::data::RecordId;
use crate::faults::Rule;
use crate::http::{Request, Response};
use crate::org::Org;

#[derive(Deserialize)]
struct Advance {
    ms: i64,
}

#[derive(Deserialize)]
struct Seed {
    object: String,
    rows: u64,
}

#[derive(Deserialize)]
struct Lock {
    id: String,
    #[serde(default)]
    times: Option<u32>,
}

/// Answers a request to `/control/…`; pages of any origin may ask.
pub fn handle(org: &mut Org, request: &Request) -> Response {
    let path = request.path().trim_end_matches('/');
    let action = path.strip_prefix("/control/").unwrap_or_default();
    let answer = match request.method.as_str() {
        "OPTIONS" => Ok(Value::Null),
        _ => act(org, request, action),
    };
    let response = match answer {
        Ok(value) => Response::json(200, &value),
        Err(message) => Response::json(400, &json!({ "error": message })),
    };
    response
        .with_header("Access-Control-Allow-Origin", "*")
        .with_header("Access-Control-Allow-Headers", "*")
        .with_header("Access-Control-Allow-Methods", "GET, POST, DELETE")
}

fn act(org: &mut Org, request: &Request, action: &str) -> Result<Value, String> {
    match (request.method.as_str(), action) {
        ("POST", "faults") => add_faults(org, request),
        ("GET", "faults") => Ok(json!(org.faults().rules())),
        ("DELETE", "faults") => done(|| org.faults().clear()),
        ("POST", "reset") => done(|| org.reset()),
        ("POST", "advance") => {
            org.advance(read::<Advance>(request)?.ms);
            Ok(json!({ "now": org.now() }))
        }
        ("POST", "seed") => {
            let Seed { object, rows } = read(request)?;
            let known = org.database().seed(&object, rows);
            if known { Ok(json!({})) } else { Err(format!("no object {object}")) }
        }
        ("POST", "lock") => {
            let Lock { id, times } = read(request)?;
            let id = RecordId::parse(&id).ok_or("not an id")?;
            done(|| org.database().lock(id, times))
        }
        ("POST", "expire") => done(|| org.expire_sessions()),
        ("POST", "config") => {
            let changes: Value = read(request)?;
            let config = org.config().merged(&changes).map_err(|error| error.to_string())?;
            *org.config() = config;
            Ok(json!(org.config()))
        }
        ("GET", "config") => Ok(json!(org.config())),
        ("GET", "session") => {
            let token = org.open_session();
            Ok(json!({ "instanceUrl": request.origin(), "accessToken": token }))
        }
        ("GET", "log") => Ok(org.log().json()),
        ("DELETE", "log") => done(|| org.log.clear()),
        (method, action) => Err(format!("nothing answers {method} /control/{action}")),
    }
}

fn add_faults(org: &mut Org, request: &Request) -> Result<Value, String> {
    let sent: Value = read(request)?;
    let rules = if let Value::Array(rules) = sent { rules } else { vec![sent] };
    let rules: Result<Vec<Rule>, _> = rules.into_iter().map(serde_json::from_value).collect();
    let rules = rules.map_err(|error| error.to_string())?;
    for rule in rules {
        org.faults().push(rule);
    }
    Ok(json!({}))
}

fn read<T: serde::de::DeserializeOwned>(request: &Request) -> Result<T, String> {
    serde_json::from_slice(&request.body).map_err(|error| error.to_string())
}

fn done(act: impl FnOnce()) -> Result<Value, String> {
    act();
    Ok(json!({}))
}
