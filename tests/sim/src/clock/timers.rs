//! Timers of a clock that jumps.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// The timers that are set, by when they are due.
#[derive(Default)]
pub struct Timers {
    set: RefCell<BTreeMap<(i64, u64), Waker>>,
    next: Cell<u64>,
}

impl Timers {
    /// When the first is due.
    pub fn next(&self) -> Option<i64> {
        self.set.borrow().keys().next().map(|(due, _)| *due)
    }

    /// Wakes all that are due by now.
    pub fn wake(&self, now: i64) {
        let later = self.set.borrow_mut().split_off(&(now + 1, 0));
        let due = self.set.replace(later);
        due.into_values().for_each(Waker::wake);
    }

    /// Waits until a timer is due. Dropping it clears the timer.
    pub async fn sleep(&self, due: i64, is_due: impl Fn() -> bool) {
        let key = (due, self.next.replace(self.next.get() + 1));
        let _timer = Timer { timers: self, key };
        poll_fn(|context| {
            if is_due() {
                return Poll::Ready(());
            }
            self.set.borrow_mut().insert(key, context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

struct Timer<'a> {
    timers: &'a Timers,
    key: (i64, u64),
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.timers.set.borrow_mut().remove(&self.key);
    }
}
