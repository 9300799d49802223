//! The kinds of failure, each with the facts that belong to it.

use crate::json::Value;
use crate::text::{contains, split_once};

/// A kind of failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No answer: offline, refused, cut off, silent for too long, or forbidden by CORS.
    Network,
    /// The session has expired or is invalid, and could not be refreshed.
    Session(Refusal),
    /// Signing in was refused.
    Login(Refusal),
    /// The server refused the request.
    Request(Refusal),
    /// The server could not serve the request.
    Server(Refusal),
    /// A limit of the API or of the org.
    Limit(Refusal),
    /// The job has not come to the state that the call needs.
    NotDone(Ending),
    /// The job or batch failed.
    JobFailed(Ending),
    /// The job was aborted.
    JobAborted(Ending),
    /// The rows that came are not as many as they must be.
    Incomplete(Count),
    /// CSV that cannot be read.
    Csv(Place),
    /// A record or a value that cannot be written.
    Record(RecordFault),
    /// An answer that cannot be understood.
    Response(Place),
    /// A wrong argument: JavaScript makes a `TypeError` of it.
    Argument,
    /// The operation was aborted: JavaScript rejects with the signal's reason.
    Aborted,
    /// A fault of this library.
    Internal,
}

/// What the server said when it refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: Option<u16>,
    /// Salesforce's own code.
    pub error_code: Option<String>,
}

/// The state that a job or batch is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// Its name.
    pub state: String,
    /// What Salesforce says of it.
    pub state_message: Option<String>,
    /// Salesforce's own code in that message.
    pub error_code: Option<String>,
}

impl Ending {
    /// A state and its message, which begins with a code where it is of Salesforce's own making: `InvalidBatch : …`.
    pub fn new(state: &str, message: Option<&str>) -> Self {
        let first = message.map(|text| split_once(text, " : ").map_or(text, |(code, _)| code));
        Ending {
            state: state.to_owned(),
            state_message: message.map(str::to_owned),
            error_code: first.filter(|code| !contains(code, " ")).map(str::to_owned),
        }
    }
}

/// Two numbers of rows that should be the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many there must be.
    pub expected: Option<u64>,
    /// How many came.
    pub received: Option<u64>,
}

/// Where in the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The record, from 1 (of CSV, the header is 1).
    pub row: Option<u64>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// The byte, from the start of the data.
    pub byte: Option<u64>,
}

/// Which record, and which of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFault {
    /// The record, from 1.
    pub row: Option<u64>,
    /// The field.
    pub field: Option<String>,
}

/// What a caller switches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the kinds, without their facts")]
pub enum Code {
    Network,
    Session,
    Login,
    Request,
    Server,
    Limit,
    JobFailed,
    JobAborted,
    Incomplete,
    Csv,
    Record,
    Response,
    Argument,
    Aborted,
    Internal,
}

impl Code {
    /// As the caller sees it.
    pub const fn name(self) -> &'static str {
        match self {
            Code::Network => "network",
            Code::Session => "session",
            Code::Login => "login",
            Code::Request => "request",
            Code::Server => "server",
            Code::Limit => "limit",
            Code::JobFailed => "job-failed",
            Code::JobAborted => "job-aborted",
            Code::Incomplete => "incomplete",
            Code::Csv => "csv",
            Code::Record => "record",
            Code::Response => "response",
            Code::Argument => "argument",
            Code::Aborted => "aborted",
            Code::Internal => "internal",
        }
    }
}

/// A named fact of a failure.
pub(super) type Member = (&'static str, Option<Value>);

impl Kind {
    /// What a caller switches on.
    pub fn code(&self) -> Code {
        match self {
            Kind::Network => Code::Network,
            Kind::Session(_) => Code::Session,
            Kind::Login(_) => Code::Login,
            Kind::Request(_) | Kind::NotDone(_) => Code::Request,
            Kind::Server(_) => Code::Server,
            Kind::Limit(_) => Code::Limit,
            Kind::JobFailed(_) => Code::JobFailed,
            Kind::JobAborted(_) => Code::JobAborted,
            Kind::Incomplete(_) => Code::Incomplete,
            Kind::Csv(_) => Code::Csv,
            Kind::Record(_) => Code::Record,
            Kind::Response(_) => Code::Response,
            Kind::Argument => Code::Argument,
            Kind::Aborted => Code::Aborted,
            Kind::Internal => Code::Internal,
        }
    }

    /// The server's refusal, where it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Kind::Session(refusal)
            | Kind::Login(refusal)
            | Kind::Request(refusal)
            | Kind::Server(refusal)
            | Kind::Limit(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The HTTP status of a refusal.
    pub fn status(&self) -> Option<u16> {
        self.refusal()?.status
    }

    /// The state that a job or batch is in.
    pub fn ending(&self) -> Option<&Ending> {
        match self {
            Kind::NotDone(ending) | Kind::JobFailed(ending) | Kind::JobAborted(ending) => {
                Some(ending)
            }
            _ => None,
        }
    }

    /// Salesforce's own code.
    pub fn error_code(&self) -> Option<&str> {
        let refusal = self.refusal().and_then(|refusal| refusal.error_code.as_deref());
        refusal.or_else(|| self.ending()?.error_code.as_deref())
    }

    pub(super) fn members(&self) -> Vec<Member> {
        match self {
            Kind::Incomplete(count) => count.members(),
            Kind::Csv(place) | Kind::Response(place) => place.members(),
            Kind::Record(fault) => fault.members(),
            other => {
                let refusal = other.refusal().map(Refusal::members);
                refusal.or_else(|| other.ending().map(Ending::members)).unwrap_or_default()
            }
        }
    }
}

impl Refusal {
    fn members(&self) -> Vec<Member> {
        vec![
            ("errorCode", self.error_code.clone().map(Value::Text)),
            ("status", self.status.map(u64::from).map(Value::from)),
        ]
    }
}

impl Ending {
    fn members(&self) -> Vec<Member> {
        vec![
            ("errorCode", self.error_code.clone().map(Value::Text)),
            ("state", Some(self.state.as_str().into())),
            ("stateMessage", self.state_message.clone().map(Value::Text)),
        ]
    }
}

impl RecordFault {
    fn members(&self) -> Vec<Member> {
        vec![("row", self.row.map(Value::from)), ("field", self.field.clone().map(Value::Text))]
    }
}

impl Count {
    fn members(self) -> Vec<Member> {
        let number = |number: Option<u64>| number.map(Value::from);
        vec![("expected", number(self.expected)), ("received", number(self.received))]
    }
}

impl Place {
    fn members(self) -> Vec<Member> {
        let number = |number: Option<u64>| number.map(Value::from);
        vec![
            ("row", number(self.row)),
            ("column", number(self.column.map(u64::from))),
            ("byte", number(self.byte)),
        ]
    }
}
