//! One request for many who want to know the same.

use std::cell::RefCell;
use std::future::Future;

use futures_util::lock::Mutex;

/// An answer that is shared: whoever needs a newer one asks, and the others wait for that.
///
/// # Cancellation
/// Where the one who asks is dropped in the middle, the next one in line asks.
pub struct SingleFlight<T> {
    /// Held by the one who asks.
    asking: Mutex<()>,
    latest: RefCell<Option<T>>,
}

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        SingleFlight { asking: Mutex::new(()), latest: RefCell::new(None) }
    }
}

impl<T: Clone> SingleFlight<T> {
    /// The latest answer if it will do, else the one in flight if that will do, else one that is asked for now. A failure
    /// is only the asker's: the others ask for themselves.
    ///
    /// # Errors
    /// Those of `ask`.
    pub async fn get<E, F>(&self, will_do: impl Fn(&T) -> bool, ask: F) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>>,
    {
        if let Some(latest) = self.latest(&will_do) {
            return Ok(latest);
        }
        let _asking = self.asking.lock().await;
        if let Some(latest) = self.latest(&will_do) {
            return Ok(latest);
        }
        let answer = ask.await?;
        *self.latest.borrow_mut() = Some(answer.clone());
        Ok(answer)
    }

    fn latest(&self, will_do: impl Fn(&T) -> bool) -> Option<T> {
        self.latest.borrow().as_ref().filter(|latest| will_do(latest)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use futures_util::future::{join3, pending, ready};
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn an_answer_serves_all_for_whom_it_will_do() {
        let flight = SingleFlight::<u32>::default();
        let asked = Cell::new(0);
        let ask = |answer| {
            let asked = &asked;
            async move {
                asked.set(asked.get() + 1);
                Ok::<_, ()>(answer)
            }
        };
        let all = join3(
            flight.get(|_| true, ask(1)),
            flight.get(|_| true, ask(2)),
            flight.get(|answer| *answer > 2, ask(3)),
        );
        assert_eq!(all.now_or_never(), Some((Ok(1), Ok(1), Ok(3))));
        assert_eq!(asked.get(), 2);
    }

    #[test]
    fn a_failure_is_only_the_askers() {
        let flight = SingleFlight::<u32>::default();
        let failed = flight.get(|_| true, ready(Err(7))).now_or_never();
        assert_eq!(failed, Some(Err(7)));
        assert_eq!(flight.get(|_| true, ready(Ok::<_, ()>(1))).now_or_never(), Some(Ok(1)));
    }

    #[test]
    fn where_the_asker_is_dropped_the_next_asks() {
        let flight = SingleFlight::<u32>::default();
        let mut second = pin!(flight.get(|_| true, ready(Ok::<_, ()>(2))));
        {
            let mut first = pin!(flight.get(|_| true, pending::<Result<u32, ()>>()));
            assert!(poll(first.as_mut()).is_pending());
            assert!(poll(second.as_mut()).is_pending(), "it waits for the first");
        }
        assert_eq!(poll(second.as_mut()), Poll::Ready(Ok(2)));
    }
}
