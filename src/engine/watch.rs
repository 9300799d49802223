//! Looking again and again, through whatever trouble may pass: what a wait ends with is its job or its own time.

use super::failure::{Failure, Reason};
use super::host::Host;
use super::pace::{Pace, Poll};
use super::session::Session;
use crate::error::{Error, Result};

/// An answer that would end the wait, but that a server which lags behind may give by mistake, must come so often in a
/// row.
const CERTAIN: u32 = 3;

/// The looks of one wait.
pub struct Watch<'a, H> {
    session: &'a Session<H>,
    job_id: &'a str,
    pace: Pace,
    /// How often in a row something doubtful was said.
    doubtful: u32,
}

impl<'a, H: Host> Watch<'a, H> {
    /// Of this job.
    pub fn new(session: &'a Session<H>, job_id: &'a str, poll: Poll) -> Self {
        Watch { session, job_id, pace: Pace::new(poll), doubtful: 0 }
    }

    /// Lets a failure pass, and time with it.
    ///
    /// # Errors
    /// What does not pass.
    pub async fn pass(&mut self, failure: Failure) -> Result<()> {
        if failure.transient {
            let pause = self.pace.pause().max(failure.retry_after.unwrap_or_default());
            self.session.pause(pause, Some(self.job_id), &failure).await;
            return Ok(());
        }
        match failure.reason {
            Reason::Missing => self.doubt(failure.error).await,
            _ => Err(failure.error),
        }
    }

    /// Takes a doubtful answer for true when it comes once more and once more; until then, lets time pass.
    ///
    /// # Errors
    /// `error`, when there is no doubt any more.
    pub async fn doubt(&mut self, error: Error) -> Result<()> {
        self.doubtful += 1;
        if self.doubtful >= CERTAIN {
            return Err(error);
        }
        self.session.host.sleep(self.pace.pause()).await;
        Ok(())
    }

    /// Lets time pass after a good answer, and gives how much.
    pub async fn pause(&mut self) -> f64 {
        self.doubtful = 0;
        let pause = self.pace.pause();
        self.session.host.sleep(pause).await;
        pause
    }
}
