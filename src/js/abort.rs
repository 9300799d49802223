//! Ending what is in flight.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use crate::engine::host::Work;
use crate::error::{Code, Error, Result};

/// The switch of one operation. Whatever races against it ends at once when it is thrown, and is dropped.
#[derive(Clone, Default)]
pub struct Abort(Rc<State>);

#[derive(Default)]
struct State {
    thrown: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Abort {
    /// Throws the switch.
    pub fn now(&self) {
        self.0.thrown.set(true);
        let waiting = self.0.waiting.take();
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Runs the work until it ends or the switch is thrown.
    pub async fn race<T>(&self, mut work: Work<'_, T>) -> Result<T> {
        poll_fn(|context| {
            if self.0.thrown.get() {
                return Poll::Ready(Err(Error::new(Code::Aborted, "the operation was aborted")));
            }
            self.hear(context.waker());
            work.as_mut().poll(context)
        })
        .await
    }

    fn hear(&self, waker: &Waker) {
        let mut waiting = self.0.waiting.borrow_mut();
        if !waiting.iter().any(|known| known.will_wake(waker)) {
            waiting.push(waker.clone());
        }
    }
}
