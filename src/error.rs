//! What can go wrong, as the caller comes to see it.

use std::any::Any;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use crate::json::Value;

/// The result of all that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kinds of failure: what a caller switches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// No answer: offline, refused, cut off, or forbidden by CORS.
    Network,
    /// The session has expired or is invalid, and could not be refreshed.
    Session,
    /// Signing in was refused.
    Login,
    /// The server refused the request.
    Request,
    /// The server could not serve the request.
    Server,
    /// A limit of the API or of the org.
    Limit,
    /// The job or batch failed.
    JobFailed,
    /// The job was aborted.
    JobAborted,
    /// The rows that came are not as many as the job's.
    Incomplete,
    /// CSV that cannot be read.
    Csv,
    /// A record or a value that cannot be written.
    Record,
    /// An answer that cannot be understood.
    Response,
    /// A wrong argument: JavaScript makes a `TypeError` of it.
    Argument,
    /// The operation was aborted: JavaScript rejects with the signal's reason.
    Aborted,
    /// A fault of this library.
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

/// A failure. Its details stand behind a box, so that a `Result` stays small.
#[derive(Clone)]
pub struct Error(Box<Details>);

/// What is known of a failure.
#[derive(Clone)]
pub struct Details {
    /// The kind.
    pub code: Code,
    /// What happened and what to do next. Never a token.
    pub message: String,
    /// Salesforce's own code.
    pub error_code: Option<String>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// The job.
    pub job_id: Option<String>,
    /// The batch.
    pub batch_id: Option<String>,
    /// The state of the job or batch.
    pub state: Option<String>,
    /// What Salesforce says of that state.
    pub state_message: Option<String>,
    /// The record, from 1 (of CSV, the header is 1).
    pub row: Option<u64>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// The byte, from the start of the data.
    pub byte: Option<u64>,
    /// How many rows there should have been.
    pub expected: Option<u64>,
    /// How many rows came.
    pub received: Option<u64>,
    /// What the host threw, kept as it is.
    pub cause: Option<Rc<dyn Any>>,
}

impl Error {
    /// A failure of a kind, with a message that tells the next step.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Error(Box::new(Details {
            code,
            message: message.into(),
            error_code: None,
            status: None,
            retryable: matches!(code, Code::Network | Code::Server),
            job_id: None,
            batch_id: None,
            state: None,
            state_message: None,
            row: None,
            column: None,
            byte: None,
            expected: None,
            received: None,
            cause: None,
        }))
    }

    /// A failure that another part has described, as a sentence.
    pub fn told(code: Code, what: &dyn fmt::Display) -> Self {
        let text = what.to_string();
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        Error::new(code, first.into_iter().chain(letters).chain(['.']).collect::<String>())
    }

    /// An answer that cannot be understood.
    pub fn response(message: impl Into<String>) -> Self {
        Error::new(Code::Response, message)
    }

    /// A wrong argument.
    pub fn argument(message: impl Into<String>) -> Self {
        Error::new(Code::Argument, message)
    }

    /// The same failure, of this job; one that is known already stays.
    pub fn job(mut self, id: &str) -> Self {
        self.job_id.get_or_insert_with(|| id.to_owned());
        self
    }

    /// The same failure, of this batch.
    pub fn batch(mut self, job: &str, id: &str) -> Self {
        self.batch_id.get_or_insert_with(|| id.to_owned());
        self.job(job)
    }

    /// The same failure, of a row count that differs.
    pub fn count(mut self, expected: u64, received: u64) -> Self {
        self.expected = Some(expected);
        self.received = Some(received);
        self
    }
}

impl Details {
    /// As plain data: the names of the fields in camel case, what is not known left out, the cause too.
    pub fn to_value(&self) -> Value {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let number = |number: Option<u64>| number.map(Value::from);
        let members = [
            ("code", Some(Value::from(self.code.name()))),
            ("message", Some(Value::from(self.message.as_str()))),
            ("retryable", Some(Value::Bool(self.retryable))),
            ("errorCode", text(&self.error_code)),
            ("status", number(self.status.map(u64::from))),
            ("jobId", text(&self.job_id)),
            ("batchId", text(&self.batch_id)),
            ("state", text(&self.state)),
            ("stateMessage", text(&self.state_message)),
            ("row", number(self.row)),
            ("column", number(self.column.map(u64::from))),
            ("byte", number(self.byte)),
            ("expected", number(self.expected)),
            ("received", number(self.received)),
        ];
        let known = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(known.collect())
    }
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}
