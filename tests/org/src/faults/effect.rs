//! What can go wrong.

use serde::{Deserialize, Serialize};

/// What happens when a rule strikes.
///
/// Several may strike one request. Whether what was asked happens is settled first, then what is
/// answered, then what becomes of the answer on its way; where two of a kind disagree, the rule that
/// was ordered first holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Effect {
    /// Answers this instead, without any effect.
    Status {
        /// The status code.
        status: u16,
        /// The body.
        #[serde(default)]
        body: String,
        /// Its media type.
        #[serde(default = "html")]
        content_type: String,
        /// Further headers, as pairs of a name and a value.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// Does what was asked, then answers this instead.
    StatusAfter {
        /// The status code.
        status: u16,
        /// The body.
        #[serde(default)]
        body: String,
        /// Its media type.
        #[serde(default = "html")]
        content_type: String,
        /// Further headers, as pairs of a name and a value.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// Sends the client elsewhere.
    Redirect {
        /// The status code.
        status: u16,
        /// The header `Location`.
        location: String,
        /// Whether what was asked happens first.
        #[serde(default)]
        acts: bool,
    },
    /// Closes the connection before anything happened.
    DropBefore,
    /// Does what was asked, then closes the connection without an answer.
    DropAfter,
    /// Closes the connection without an answer, and does what was asked later.
    ///
    /// Whether the session is good is settled when the request comes in.
    Late {
        /// So many milliseconds later.
        ms: i64,
    },
    /// Does what was asked and answers it, and does it once more later.
    Duplicate {
        /// So many milliseconds later; 0 is at once, after the first.
        #[serde(default)]
        ms: i64,
    },
    /// Falls silent and leaves the connection open for ever.
    Silence {
        /// How many bytes of the body come first. When absent, not even the head comes; what was
        /// asked happens all the same, unless another effect prevents it.
        #[serde(default)]
        bytes: Option<usize>,
    },
    /// Breaks the response's body off: after so many bytes, or after this part of it.
    Cut {
        /// Bytes that still arrive.
        #[serde(default)]
        bytes: Option<usize>,
        /// The part of the body that still arrives, from 0 to 1; a streamed body is made whole first.
        #[serde(default)]
        fraction: Option<f64>,
    },
    /// Ends the response's body too early at a record's end, as if there were no more records.
    Short {
        /// The part of the records that is left, from 0 to 1.
        fraction: f64,
    },
    /// Sends the response's body twice, one after the other.
    Repeat,
    /// Delays the response.
    Latency {
        /// By so many milliseconds.
        ms: u64,
    },
    /// Slows the response's body down.
    Bandwidth {
        /// To so many bytes in a second.
        bytes_per_second: u64,
    },
    /// Lets the response's body come a little at a time.
    Drip {
        /// So many bytes at a time.
        bytes: usize,
        /// So many milliseconds between them.
        ms: u64,
    },
    /// Ends every session before the request is looked at.
    ExpireSession,
    /// Answers that the results of a batch or job are not there yet.
    NotReady,
    /// Leaves the header `Sforce-Locator` out.
    WithholdLocator,
    /// Leaves a header out.
    WithholdHeader {
        /// Its name, in any case.
        name: String,
    },
    /// Leaves out of a list of batches, jobs, result pages or result ids what is too young.
    Lag {
        /// Younger than so many milliseconds.
        ms: i64,
    },
    /// Tells of jobs and batches as they were some time ago, which may be before there were any.
    Stale {
        /// So many milliseconds ago.
        ms: i64,
    },
    /// Tells a false state of the jobs and batches that are asked for; the counts stay as they are.
    Lie {
        /// The state.
        state: String,
    },
    /// Work that starts never ends.
    Stuck,
    /// Work that starts takes so many times as long.
    Slow {
        /// How many times.
        factor: i64,
    },
    /// Work that starts fails with this message.
    Fail {
        /// The `stateMessage` or `errorMessage`.
        message: String,
    },
    /// Work that starts fails with this message once so many rows are done.
    FailAfter {
        /// How many rows.
        rows: usize,
        /// The `stateMessage` or `errorMessage`.
        message: String,
    },
    /// Rows of the work that starts cannot be locked.
    Lock {
        /// Every so manieth row, from the first.
        every: usize,
    },
}

fn html() -> String {
    "text/html; charset=UTF-8".to_owned()
}

impl Effect {
    /// Answers this page of HTML instead, without any effect.
    pub fn status(status: u16, body: &str) -> Self {
        let (body, content_type) = (body.to_owned(), html());
        Self::Status { status, body, content_type, headers: Vec::new() }
    }

    /// Does what was asked, then answers this page of HTML instead.
    pub fn status_after(status: u16, body: &str) -> Self {
        let (body, content_type) = (body.to_owned(), html());
        Self::StatusAfter { status, body, content_type, headers: Vec::new() }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Self::Status { headers, .. } | Self::StatusAfter { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Whether it spoils work, not a request.
    pub fn is_of_work(&self) -> bool {
        matches!(
            self,
            Self::Stuck
                | Self::Slow { .. }
                | Self::Fail { .. }
                | Self::FailAfter { .. }
                | Self::Lock { .. }
        )
    }
}
