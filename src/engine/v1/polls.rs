//! Batch lists that are shared: however many calls of a client wait on one job, its list is asked for once.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::engine::failure::Failure;
use crate::engine::single_flight::SingleFlight;
use crate::wire::info::Info;

/// The jobs that are waited on. A job is forgotten with its last wait.
#[derive(Default)]
pub struct Polls {
    jobs: RefCell<Vec<(String, Weak<JobPoll>)>>,
}

impl Polls {
    /// The poll of this job: the one that others wait on, where there is one.
    pub fn of(&self, job: &str) -> Rc<JobPoll> {
        let mut jobs = self.jobs.borrow_mut();
        jobs.retain(|(_, poll)| poll.strong_count() > 0);
        let known = jobs.iter().find(|(known, _)| known == job);
        let known = known.and_then(|(_, poll)| poll.upgrade());
        known.unwrap_or_else(|| {
            let fresh = Rc::new(JobPoll::default());
            jobs.push((job.to_owned(), Rc::downgrade(&fresh)));
            fresh
        })
    }
}

/// One job's batch list, as of the last poll.
#[derive(Default)]
pub struct JobPoll(SingleFlight<Snapshot>);

/// A batch list, and when it was asked for.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub batches: Rc<Vec<Info>>,
    pub asked_at: f64,
}

impl JobPoll {
    /// The batch list, asked for no earlier than `since`; `ask` asks for it now.
    pub(super) async fn batches(
        &self,
        since: f64,
        ask: impl Future<Output = Result<Snapshot, Failure>>,
    ) -> Result<Rc<Vec<Info>>, Failure> {
        Ok(self.0.get(|latest| latest.asked_at >= since, ask).await?.batches)
    }
}
