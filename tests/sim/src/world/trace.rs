//! What happened, in order: the same in every run of the same scenario.

use std::fmt;

use salesforce_bulk_org::Effect;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When, in ms since the world began.
    pub at: i64,
    /// Whose operation it belongs to.
    pub operation: u32,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A request was sent.
    Sent {
        /// Its number among all.
        number: u32,
        /// Its method.
        method: &'static str,
        /// Its path and query.
        target: String,
        /// How many bytes it carried.
        bytes: u64,
        /// The trouble that struck it.
        struck: Vec<Effect>,
    },
    /// The head of an answer came.
    Answered {
        /// The request's number.
        number: u32,
        /// The HTTP status.
        status: u16,
    },
    /// The connection was closed without an answer.
    Dropped {
        /// The request's number.
        number: u32,
    },
    /// No answer comes, and the connection stays open.
    Silent {
        /// The request's number.
        number: u32,
    },
    /// A body came to its end.
    Ended {
        /// The request's number.
        number: u32,
        /// How many bytes came.
        bytes: usize,
    },
    /// A body broke off, or fell silent.
    Broke {
        /// The request's number.
        number: u32,
        /// How many bytes had come.
        bytes: usize,
    },
    /// The session is being refreshed.
    Refreshing,
    /// What the caller does or learns.
    Note(String),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10} ms  #{} {}", self.at, self.operation, self.what)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Sent { number, method, target, bytes, struck } => {
                write!(f, "{number:>4} → {method} {target}")?;
                if *bytes > 0 {
                    write!(f, " ({bytes} bytes)")?;
                }
                struck.iter().try_for_each(|effect| write!(f, "\n{:>24}! {effect:?}", ""))
            }
            What::Answered { number, status } => write!(f, "{number:>4} ← {status}"),
            What::Dropped { number } => write!(f, "{number:>4} ← dropped"),
            What::Silent { number } => write!(f, "{number:>4} ← silence"),
            What::Ended { number, bytes } => write!(f, "{number:>4}   end after {bytes} bytes"),
            What::Broke { number, bytes } => write!(f, "{number:>4}   broke at byte {bytes}"),
            What::Refreshing => f.write_str("       refreshes the session"),
            What::Note(text) => write!(f, "     * {text}"),
        }
    }
}
