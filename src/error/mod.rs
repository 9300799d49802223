//! What can go wrong, as the caller comes to see it.

mod certainty;
mod kind;

use std::any::Any;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use crate::json::Value;

pub use certainty::{Certainty, RowEffect};
pub use kind::{Code, Count, Ending, Kind, Place, RecordFault, Refusal};

/// The result of all that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure. Its details stand behind a box, so that a `Result` stays small.
#[derive(Clone)]
pub struct Error(Box<Details>);

/// What is known of a failure.
#[derive(Clone)]
pub struct Details {
    /// The kind of failure, with what belongs to that kind.
    pub kind: Kind,
    /// What happened and what to do next. Never a token.
    pub message: String,
    /// Whether what caused it may pass, so that the same call could succeed later.
    pub transient: bool,
    /// What the call may have done to the org's rows.
    pub row_effect: RowEffect,
    /// The job.
    pub job_id: Option<String>,
    /// The batch.
    pub batch_id: Option<String>,
    /// What the host threw, kept as it is.
    pub cause: Option<Rc<dyn Any>>,
}

impl Error {
    /// A failure of a kind, with a message that tells the next step.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error(Box::new(Details {
            transient: matches!(kind, Kind::Network),
            kind,
            message: message.into(),
            row_effect: RowEffect::None,
            job_id: None,
            batch_id: None,
            cause: None,
        }))
    }

    /// A failure that another part describes in lower case and without a full stop.
    pub fn describing(kind: Kind, what: &dyn fmt::Display) -> Self {
        let text = what.to_string();
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        Error::new(kind, first.into_iter().chain(letters).chain(['.']).collect::<String>())
    }

    /// An answer that cannot be understood.
    pub fn response(message: impl Into<String>) -> Self {
        Error::new(Kind::Response(Place::default()), message)
    }

    /// Results that are asked for too early, of this job or batch.
    pub fn not_done(what: &str, id: &str, state: &str) -> Self {
        let message = format!("{what} {id} is {state}: its results are there when it is done.");
        Error::new(Kind::NotDone(Ending::new(state, None)), message)
    }

    /// A wrong argument.
    pub fn argument(message: impl Into<String>) -> Self {
        Error::new(Kind::Argument, message)
    }

    /// The same failure, of what may pass.
    pub fn transient(mut self) -> Self {
        self.transient = true;
        self
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

    /// The same failure, of a call that may have done this to rows.
    pub fn with_row_effect(mut self, effect: RowEffect) -> Self {
        self.row_effect = self.row_effect.max(effect);
        self
    }

    /// The same failure, with one more sentence.
    pub fn advise(mut self, sentence: &str) -> Self {
        let stop = if self.message.ends_with(['.', ')']) { "" } else { "." };
        self.message = format!("{}{stop} {sentence}", self.message);
        self
    }
}

impl Details {
    /// What a caller switches on.
    pub fn code(&self) -> Code {
        self.kind.code()
    }

    /// Whether the same call, made again, may succeed and can neither double nor lose a row.
    pub fn retryable(&self) -> bool {
        self.row_effect.retryable(self.transient)
    }

    /// As plain data: the names of the fields in camel case, what is not known left out, the cause too.
    pub fn to_value(&self) -> Value {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let mut members = vec![
            ("code", Some(self.code().name().into())),
            ("message", Some(self.message.as_str().into())),
            ("retryable", Some(Value::Bool(self.retryable()))),
            ("outcome", self.row_effect.outcome().map(Value::from)),
            ("jobId", text(&self.job_id)),
            ("batchId", text(&self.batch_id)),
        ];
        members.extend(self.kind.members());
        Value::known(members)
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
        write!(f, "{:?}: {} [{:?}]", self.kind, self.message, self.row_effect)
    }
}

impl std::error::Error for Error {}
