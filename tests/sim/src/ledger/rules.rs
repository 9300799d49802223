//! What may never be.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What may never be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// An operation waits for nothing.
    Hang,
    /// An operation is not done long after the faults have ended, or after too many steps.
    TooLong,
    /// The engine panics.
    Panic,
    /// A request goes to another origin.
    OtherOrigin,
    /// A token or a password is told.
    SecretTold,
    /// A client uses the session of another, or refreshes its own twice at once.
    SessionMixed,
    /// A row that was told to be stored is not.
    RowLost,
    /// A row is stored more often than it can be by what was told.
    RowDoubled,
    /// A row has no outcome, or several, or another than it has in the org.
    WrongOutcome,
    /// What was delivered is not what the org has: rows are missing, doubled, out of order, or another's.
    WrongRows,
    /// A failure of unknown outcome does not name the job.
    NamelessFailure,
    /// A call has told of a state that is not so.
    WrongState,
    /// A call fails although nothing has gone wrong.
    NeedlessFailure,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::Hang => "an operation hangs",
            Rule::TooLong => "an operation takes too long",
            Rule::Panic => "the engine panics",
            Rule::OtherOrigin => "a request goes elsewhere",
            Rule::SecretTold => "a secret is told",
            Rule::SessionMixed => "sessions are mixed up",
            Rule::RowLost => "a row is lost",
            Rule::RowDoubled => "a row is doubled",
            Rule::WrongOutcome => "an outcome is wrong",
            Rule::WrongRows => "wrong rows are delivered",
            Rule::NamelessFailure => "a failure of unknown outcome names no job",
            Rule::WrongState => "a state is told that is not so",
            Rule::NeedlessFailure => "a call fails for no reason",
        })
    }
}

/// A rule that was broken, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// How.
    pub how: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.how)
    }
}
