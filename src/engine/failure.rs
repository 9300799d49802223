//! A request that failed: what is certain of it, and what may come of trying again.

use std::fmt;
use std::ops::Deref;

use crate::error::{Certainty, Count, Error, Kind};
use crate::wire::fault::Fault;

/// Why a request had no success.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Whether it took effect.
    pub certainty: Certainty,
    /// After how many ms the server wants to be asked again.
    pub retry_after: Option<f64>,
    /// What else decides what to do next.
    pub reason: Reason,
    /// As the caller sees it.
    pub error: Error,
}

/// What a failure means for who sent the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The session has expired.
    SessionExpired,
    /// The results are not there yet.
    NotReady,
    /// The job is in a state that the request does not fit.
    WrongState,
    /// There is no such job or batch.
    Missing,
    /// The job was given data more than once, and will never start.
    DoubledUpload,
    /// Anything else.
    Other,
}

impl Failure {
    /// Of a request that never left.
    pub fn not_sent(error: Error) -> Self {
        Failure::new(Certainty::NotSent, error)
    }

    /// Of a request that may have taken effect, or may yet.
    pub fn unknown(error: Error) -> Self {
        Failure::new(Certainty::Unknown, error)
    }

    /// Of an answer that cannot be understood: a proxy's page, or a document cut short. Another may be better.
    pub fn unreadable(error: Error) -> Self {
        Failure::unknown(error.transient())
    }

    /// Of a request that was refused.
    pub fn refused(fault: Fault, retry_after: Option<f64>) -> Self {
        let reason = match &fault {
            fault if fault.expired() => Reason::SessionExpired,
            fault if fault.not_ready() => Reason::NotReady,
            fault if fault.wrong_state() => Reason::WrongState,
            fault if fault.missing() => Reason::Missing,
            fault if fault.doubled_upload() => Reason::DoubledUpload,
            _ => Reason::Other,
        };
        let certainty = fault.certainty();
        Failure { certainty, retry_after, reason, error: fault.into_error() }
    }

    /// Of results that were answered with nothing: 204 is what some versions say before the job is done, and never
    /// means that there are no rows (Bulk API 2.0 guide, versions 224.0 and 228.0).
    pub fn no_content() -> Self {
        let message = "The server gave no content where rows were to come. Read it again later.";
        let error = Error::new(Kind::Incomplete(Count::default()), message).transient();
        Failure { reason: Reason::NotReady, ..Failure::unknown(error) }
    }

    fn new(certainty: Certainty, error: Error) -> Self {
        Failure { certainty, retry_after: None, reason: Reason::Other, error }
    }

    /// Whether the request may be sent once more, and might have success.
    pub fn may_send_again(&self, repeatable: bool) -> bool {
        self.error.transient && self.certainty.may_send_again(repeatable)
    }
}

impl Deref for Failure {
    type Target = Error;

    fn deref(&self) -> &Error {
        &self.error
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        failure.error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_again_is_transient_and_safe() {
        let network = || Error::new(Kind::Network, "lost");
        let fault = |status| Failure::refused(Fault::parse(status, b""), None);
        for (failure, once, repeatable) in [
            (Failure::not_sent(network()), true, true),
            (Failure::unknown(network()), false, true),
            (Failure::unreadable(Error::response("x")), false, true),
            (Failure::unknown(Error::response("redirected")), false, false),
            (fault(503), false, true),
            (fault(429), true, true),
            (fault(404), false, false),
            (fault(501), false, false),
            (fault(412), true, true),
        ] {
            let found = (failure.may_send_again(false), failure.may_send_again(true));
            assert_eq!(found, (once, repeatable), "{failure:?}");
        }
    }

    #[test]
    fn reasons_are_told_apart() {
        let missing = r#"{"exceptionCode":"InvalidJob","exceptionMessage":"Invalid job id: x"}"#;
        let closed = r#"[{"errorCode":"INVALIDJOBSTATE","message":"Closing already closed Job"}]"#;
        let doubled =
            r#"[{"errorCode":"INVALIDJOB","message":"Found multipe contents for job: <7500H>"}]"#;
        for (status, body, reason) in [
            (400, doubled, Reason::DoubledUpload),
            (401, "", Reason::SessionExpired),
            (412, "", Reason::NotReady),
            (404, "", Reason::Missing),
            (400, missing, Reason::Missing),
            (400, closed, Reason::WrongState),
            (503, "", Reason::Other),
        ] {
            let failure = Failure::refused(Fault::parse(status, body.as_bytes()), None);
            assert_eq!(failure.reason, reason, "{status} {body}");
        }
    }
}
