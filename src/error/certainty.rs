//! How certain it is what a failed request did, and what follows from that.
//!
//! Every decision to send something again is made here: by the client itself ([`Certainty::may_send_again`]), and by
//! the caller, who is told whether it is safe ([`RowEffect::retryable`]).

use crate::planted::{self, Bug};

/// Whether a request that failed took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It did not: it never left.
    NotSent,
    /// It did not: the server said so.
    Refused,
    /// It may have, or may yet: a request whose answer was lost can still arrive.
    Unknown,
}

impl Certainty {
    /// Whether the same request may be sent once more. `repeatable` is one that does no harm when it takes effect twice.
    pub fn may_send_again(self, repeatable: bool) -> bool {
        repeatable || self != Certainty::Unknown
    }
}

/// What a call may have done to the org's rows by the time it failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowEffect {
    /// Nothing.
    #[default]
    None,
    /// Rows may be stored, now or later. Making the same call again does no more than that.
    Repeatable,
    /// Rows may be stored, now or later. Making the same call again may store them twice.
    Unknown,
}

impl RowEffect {
    /// What the caller is told of it; nothing where no row can be stored.
    pub fn outcome(self) -> Option<&'static str> {
        (self != RowEffect::None).then_some("unknown")
    }

    /// Whether the same call, made again, may succeed and can neither double nor lose a row. `transient` is a failure
    /// of what may pass.
    pub fn retryable(self, transient: bool) -> bool {
        transient && (self != RowEffect::Unknown || planted::is(Bug::RetryUnknownOutcome))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_again_that_may_have_taken_effect() {
        for (certainty, repeatable, again) in [
            (Certainty::NotSent, false, true),
            (Certainty::NotSent, true, true),
            (Certainty::Refused, false, true),
            (Certainty::Refused, true, true),
            (Certainty::Unknown, false, false),
            (Certainty::Unknown, true, true),
        ] {
            assert_eq!(certainty.may_send_again(repeatable), again, "{certainty:?} {repeatable}");
        }
    }

    #[test]
    fn a_caller_may_repeat_what_cannot_double() {
        for (effect, transient, retryable, outcome) in [
            (RowEffect::None, true, true, None),
            (RowEffect::None, false, false, None),
            (RowEffect::Repeatable, true, true, Some("unknown")),
            (RowEffect::Repeatable, false, false, Some("unknown")),
            (RowEffect::Unknown, true, false, Some("unknown")),
            (RowEffect::Unknown, false, false, Some("unknown")),
        ] {
            assert_eq!(effect.retryable(transient), retryable, "{effect:?} {transient}");
            assert_eq!(effect.outcome(), outcome, "{effect:?}");
        }
        assert!(RowEffect::Unknown > RowEffect::Repeatable, "the worse of two is the larger");
    }
}
