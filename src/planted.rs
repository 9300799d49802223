//! Known bugs, put in to show that the simulation finds them. Without the feature `planted-bugs` there are none.

#[cfg(feature = "planted-bugs")]
pub use planting::{is, plant};

/// A known bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A batch whose answer was lost is added again after one look.
    AddBatchAgain,
    /// The rows of a query are not counted against its job.
    SkipJobCount,
    /// The rows of a page are not counted against its head.
    SkipPageCount,
    /// Whoever finds the session expired refreshes it.
    RefreshEachForItself,
    /// A server that is unavailable has done nothing.
    UnavailableIsRefused,
    /// A job is in the state that was set, whatever the answer says.
    TrustAnyState,
    /// Every other batch of a job is a chunk of a query.
    EveryBatchIsChunk,
    /// A call whose outcome is unknown may be made again.
    RetryUnknownOutcome,
}

impl Bug {
    /// All of them.
    pub const ALL: [Bug; 8] = [
        Bug::AddBatchAgain,
        Bug::SkipJobCount,
        Bug::SkipPageCount,
        Bug::RefreshEachForItself,
        Bug::UnavailableIsRefused,
        Bug::TrustAnyState,
        Bug::EveryBatchIsChunk,
        Bug::RetryUnknownOutcome,
    ];
}

/// Whether a bug is in.
#[cfg(not(feature = "planted-bugs"))]
pub const fn is(_: Bug) -> bool {
    false
}

#[cfg(feature = "planted-bugs")]
mod planting {
    use super::Bug;
    use std::cell::Cell;

    thread_local! {
        static PLANTED: Cell<Option<Bug>> = const { Cell::new(None) };
    }

    /// Puts a bug in, for this thread, or takes it out.
    pub fn plant(bug: Option<Bug>) {
        PLANTED.set(bug);
    }

    /// Whether a bug is in.
    pub fn is(bug: Bug) -> bool {
        PLANTED.get() == Some(bug)
    }
}
