//! Polls that are shared: however many wait on one job, its batch list is asked for once.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Poll as Step, Waker};

use super::host::{Host, Work};
use super::session::Session;
use super::v1::batches;
use crate::wire::info::Info;

/// The jobs that are waited on. A job is forgotten with its last wait.
#[derive(Default)]
pub struct Polls {
    jobs: RefCell<Vec<(String, Weak<JobPoll>)>>,
}

impl Polls {
    /// The poll of this job: the one that others wait on, where there is one.
    pub fn of(&self, key: String) -> Rc<JobPoll> {
        let mut jobs = self.jobs.borrow_mut();
        jobs.retain(|(_, poll)| poll.strong_count() > 0);
        let known =
            jobs.iter().find(|(known, _)| *known == key).and_then(|(_, poll)| poll.upgrade());
        known.unwrap_or_else(|| {
            let fresh = Rc::new(JobPoll::default());
            jobs.push((key, Rc::downgrade(&fresh)));
            fresh
        })
    }
}

/// One job's batch list, as of the last poll.
#[derive(Default)]
pub struct JobPoll {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    latest: Option<Snapshot>,
    asking: bool,
    waiting: Vec<Waker>,
}

#[derive(Clone)]
struct Snapshot {
    batches: Rc<Vec<Info>>,
    asked_at: f64,
}

impl JobPoll {
    /// The batch list, asked for no earlier than `since`: from the last poll where it is young enough, else from the
    /// one in flight, else from a new one. A wait that is dropped in the middle of its poll leaves it to the others.
    pub fn batches<'a, H: Host>(
        &'a self,
        session: &'a Session<H>,
        job: &'a str,
        since: f64,
    ) -> Work<'a, Rc<Vec<Info>>> {
        Box::pin(async move {
            loop {
                if let Some(young) = self.younger(since) {
                    return Ok(young);
                }
                let Some(turn) = Turn::take(self) else {
                    self.asked().await;
                    continue;
                };
                let asked_at = session.host.now();
                let batches = Rc::new(batches(session, job).await?);
                self.state.borrow_mut().latest =
                    Some(Snapshot { batches: batches.clone(), asked_at });
                drop(turn);
                return Ok(batches);
            }
        })
    }

    fn younger(&self, since: f64) -> Option<Rc<Vec<Info>>> {
        let state = self.state.borrow();
        state
            .latest
            .as_ref()
            .filter(|latest| latest.asked_at >= since)
            .map(|latest| latest.batches.clone())
    }

    /// Waits until nobody is asking.
    async fn asked(&self) {
        poll_fn(|context| {
            let mut state = self.state.borrow_mut();
            if !state.asking {
                return Step::Ready(());
            }
            state.waiting.push(context.waker().clone());
            Step::Pending
        })
        .await;
    }
}

/// The right to ask. However it ends, the others hear of it.
struct Turn<'a>(&'a JobPoll);

impl<'a> Turn<'a> {
    fn take(poll: &'a JobPoll) -> Option<Self> {
        let taken = std::mem::replace(&mut poll.state.borrow_mut().asking, true);
        // Not `then_some`: a turn that is made and not given out would end the other's.
        (!taken).then(|| Turn(poll))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.0.state.borrow_mut();
            state.asking = false;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}
