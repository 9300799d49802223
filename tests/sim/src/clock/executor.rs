//! An executor of one thread whose time jumps: when nothing can go on, the next timer is due.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use crate::world::World;

/// How long something may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The org's time by which it must be done, in ms since 1970.
    pub until: i64,
    /// How often it may be polled.
    pub steps: u64,
}

impl Limits {
    /// More steps than any test takes, and no limit of time.
    pub const STEPS: Limits = Limits { until: i64::MAX, steps: 2_000_000 };
}

/// Why something did not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stall {
    /// No timer is set, and nobody will wake it.
    Hang,
    /// Its time is over.
    TooLong,
    /// It was polled too often.
    TooManySteps,
}

impl fmt::Display for Stall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stall::Hang => "it hangs: no timer is set, and nobody will wake it",
            Stall::TooLong => "it is not done in time",
            Stall::TooManySteps => "it is not done after too many steps",
        })
    }
}

/// Runs a future to its end.
///
/// # Panics
/// Where it does not come to one, and where the world has seen what may not be.
pub fn run<T>(world: &World, future: impl Future<Output = T>) -> T {
    let value = try_run(world, Limits::STEPS, future).unwrap_or_else(|stall| panic!("{stall}"));
    let violations = world.violations.borrow();
    assert!(violations.is_empty(), "{violations:?}");
    value
}

/// Runs a future to its end, if it comes to one within limits.
///
/// # Errors
/// Why it does not.
pub fn try_run<T>(
    world: &World,
    limits: Limits,
    future: impl Future<Output = T>,
) -> Result<T, Stall> {
    let mut future = pin!(future);
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(bell.clone());
    for _ in 0..limits.steps {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ok(value);
        }
        while !bell.answered() {
            match world.next_timer() {
                None => return Err(Stall::Hang),
                Some(due) if due > limits.until => return Err(Stall::TooLong),
                Some(due) => world.jump(due),
            }
        }
    }
    Err(Stall::TooManySteps)
}

/// Whether a future has been woken. It is polled only then, so that a lost wake shows as a hang.
#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    parent: Mutex<Option<Waker>>,
}

impl Bell {
    fn answered(&self) -> bool {
        self.rung.swap(false, Ordering::Relaxed)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::Relaxed);
        let parent = self.parent.lock().expect("a lock").clone();
        parent.into_iter().for_each(Waker::wake);
    }
}

/// One of the futures that run at once.
enum Child<'a, T> {
    Running(Pin<Box<dyn Future<Output = T> + 'a>>, Arc<Bell>),
    Done(Option<T>),
}

/// Runs futures at once, and gives their results in their order.
pub async fn join<'a, T>(futures: impl IntoIterator<Item = Work<'a, T>>) -> Vec<T> {
    let bell = || Arc::new(Bell { rung: AtomicBool::new(true), parent: Mutex::default() });
    let running = futures.into_iter().map(|future| Child::Running(future, bell()));
    let mut children: Vec<Child<'a, T>> = running.collect();
    std::future::poll_fn(|context| {
        children.iter_mut().for_each(|child| child.advance(context.waker()));
        if children.iter().all(|child| matches!(child, Child::Done(_))) {
            return Poll::Ready(());
        }
        Poll::Pending
    })
    .await;
    children.into_iter().map(Child::value).collect()
}

/// What can be joined.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

impl<T> Child<'_, T> {
    fn advance(&mut self, parent: &Waker) {
        let Child::Running(future, bell) = self else { return };
        *bell.parent.lock().expect("a lock") = Some(parent.clone());
        // Once a round, so that the steps of all take turns.
        if bell.answered() {
            let waker = Waker::from(bell.clone());
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                *self = Child::Done(Some(value));
            }
        }
    }

    fn value(self) -> T {
        match self {
            Child::Done(Some(value)) => value,
            _ => panic!("a child is not done"),
        }
    }
}

/// Polls a future so many times; then it is dropped wherever it stands, and there is no result.
pub async fn drop_after<T>(polls: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = Box::pin(future);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Goes on at the next step, so that a future can be dropped here.
pub async fn step() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
