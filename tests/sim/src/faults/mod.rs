//! What goes wrong on the way between the engine and the org.

mod answers;
mod kind;
mod place;
mod swarm;

use salesforce_bulk_org::Effect;
use serde::{Deserialize, Serialize};

pub use kind::{Kind, LONGEST};
pub use place::Place;
pub use swarm::{Struck, trouble};

/// All that goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Faults {
    /// How old the world is, in ms, when nothing goes wrong any more.
    pub until: i64,
    /// What goes wrong until then.
    pub weather: Weather,
}

/// What goes wrong, request by request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Weather {
    /// Each kind strikes so many requests in a thousand.
    Swarm(Vec<(Kind, u32)>),
    /// These requests are struck.
    Strikes(Vec<Strike>),
    /// These kinds strike the requests of the first operation.
    Placed(Vec<Placed>),
}

/// A kind of trouble for one request.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Placed {
    /// Which request it is, from 0.
    pub request: u32,
    /// The kind.
    pub kind: Kind,
    /// Which of its forms.
    pub form: u32,
}

/// Trouble for one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Strike {
    /// Whose operation sends it.
    pub operation: u32,
    /// Which of the operation's requests it is, from 0.
    pub request: u32,
    /// What strikes it.
    pub effects: Vec<Effect>,
}
