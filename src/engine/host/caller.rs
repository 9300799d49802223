//! Who calls: the client's session, what it has claimed, and who hears of progress.

use crate::error::{Result, RowEffect};
use crate::json::Value;

/// What the client keeps beyond one operation, and what the operation's caller wants to hear.
#[allow(async_fn_in_trait, reason = "everything runs on one thread")]
pub trait Caller {
    /// The session's token. Given the one that the server has rejected, the next one: where another call has
    /// refreshed the session meanwhile, that one's; none where it cannot be refreshed.
    ///
    /// # Errors
    /// [`Kind::Session`](crate::error::Kind::Session) where refreshing failed.
    async fn token(&self, rejected: Option<&str>) -> Result<Option<String>>;

    /// Takes a batch for the call that asks, which has added it: false where the client knows whose it is already.
    fn claim(&self, batch: &str) -> bool;

    /// Whose a batch is.
    fn ownership(&self, batch: &str) -> Ownership;

    /// Tells the caller how far an operation has come.
    fn report(&self, progress: &Progress<'_>);

    /// Says what the operation may have done to rows from here on: what ends it from outside cannot ask it any more.
    fn row_effect(&self, effect: RowEffect);
}

/// Whose a batch is, as far as a client knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// Nothing is known of it.
    Unknown,
    /// A call of this client has added it.
    Added,
    /// It was there before this client came to the job.
    Foreign,
}

/// How far an operation has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is being done.
    pub phase: Phase,
    /// The job.
    pub job_id: Option<&'a str>,
    /// Records processed so far, failed ones too.
    pub processed: Option<u64>,
    /// Records that failed so far.
    pub failed: Option<u64>,
    /// What is waited for to pass.
    pub reason: Option<&'a str>,
}

/// What an operation is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// Sends the data.
    Uploading,
    /// Waits for Salesforce.
    Processing,
    /// Reads results.
    Downloading,
    /// Waits for so many ms, because of a failure that may pass or because the server asks for it.
    Waiting(f64),
}

impl<'a> Progress<'a> {
    /// A phase of a job.
    pub fn of(phase: Phase, job_id: &'a str) -> Self {
        Progress { phase, job_id: Some(job_id), processed: None, failed: None, reason: None }
    }

    /// As plain data; what is not known left out.
    pub fn to_value(&self) -> Value {
        let count = |count: Option<u64>| count.map(Value::from);
        let (phase, delay) = match self.phase {
            Phase::Uploading => ("uploading", None),
            Phase::Processing => ("processing", None),
            Phase::Downloading => ("downloading", None),
            Phase::Waiting(ms) => ("waiting", Some(ms.ceil() as u64)),
        };
        Value::known(vec![
            ("phase", Some(phase.into())),
            ("jobId", self.job_id.map(Value::from)),
            ("processed", count(self.processed)),
            ("failed", count(self.failed)),
            ("delay", count(delay)),
            ("reason", self.reason.map(Value::from)),
        ])
    }
}
