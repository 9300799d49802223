//! Adding a batch: never twice.
//!
//! A request whose answer was lost may have arrived, or may arrive yet, however often one looks. So it is not sent again
//! to a job that stays open; a look can only show that it has arrived. Where the job may be closed, nothing can enter it
//! any more, and what is not in it then never will be.

use super::batch::{add_once, batches};
use super::job::{job, set_state};
use crate::engine::failure::Failure;
use crate::engine::host::{Host, Ownership};
use crate::engine::pace::Pace;
use crate::engine::session::Session;
use crate::error::{Certainty, Error, Result, RowEffect};
use crate::planted::{self, Bug};
use crate::wire::info::{Info, significant};
use crate::wire::request::Body;
use crate::wire::v1::{self, ContentType, JobState};

/// A list that has not changed for so long, in ms, and over three looks, stands still.
const STANDS_STILL: f64 = 10_000.0;
const LOOKS: u32 = 3;

/// Adds a batch to a job that stays open.
///
/// # Errors
/// Those of the request. Where its answer was lost and the job's list does not show it, whether it was added stays
/// unknown.
pub async fn add_batch<H: Host>(
    session: &Session<H>,
    job: &str,
    content_type: ContentType,
    body: Body<H::Payload>,
) -> Result<Info> {
    session.set_row_effect(RowEffect::Unknown);
    let failure = match add_once(session, job, content_type, body.clone()).await {
        Ok(batch) if session.host.claim(batch.id()) => return Ok(batch),
        // Another call with the same data has found it and taken it for its own: that call's is this one's.
        Ok(_) => taken(),
        Err(failure) => failure,
    };
    if failure.certainty == Certainty::Unknown
        && let Some(batch) = find(session, job, &body).await
    {
        return Ok(batch);
    }
    if planted::is(Bug::AddBatchAgain) {
        return Ok(add_once(session, job, content_type, body).await?);
    }
    Err(session.may_have_stored(failure, ADDED).job(job))
}

const ADDED: &str = "Whether the batch was added is not known. Close its job, so that nothing can enter it any more, \
                     look through the job's batches, and add to a new job what none of them holds.";

fn taken() -> Failure {
    let message = "Another call with the same data has taken this batch for its own.";
    Failure::unknown(Error::response(message))
}

/// Looks for the batch in the job's list until that stands still. Where there is none it may come yet, and where one cannot
/// be read it may be the one: nothing is known then.
async fn find<H: Host>(session: &Session<H>, job: &str, body: &Body<H::Payload>) -> Option<Info> {
    Search::new(session, job, body).await.ok()?.until_still().await.ok()?
}

/// Closes the job, and gives the batch that a lost request has added, or the certainty that it has added none.
///
/// # Errors
/// Where the job cannot be closed, or what is in it cannot be learnt.
pub(super) async fn fence<H: Host>(
    session: &Session<H>,
    job_id: &str,
    body: &Body<H::Payload>,
) -> Result<Option<Info>, Failure> {
    set_state(session, job_id, JobState::Closed).await?;
    let mut search = Search::new(session, job_id, body).await?;
    if let Some(batch) = search.until_still().await? {
        return Ok(Some(batch));
    }
    let total = job(session, job_id).await?.count("numberBatchesTotal").unwrap_or(0);
    if total > search.listed as u64 {
        return Err(Failure::unknown(Error::response("The job has more batches than its list.")));
    }
    Ok(None)
}

/// A search through a job's batches for one that holds this data and belongs to nobody.
struct Search<'a, H: Host> {
    session: &'a Session<H>,
    job: &'a str,
    data: Vec<u8>,
    /// Batches that hold something else.
    others: Vec<String>,
    /// How many batches the last list had.
    listed: usize,
}

impl<'a, H: Host> Search<'a, H> {
    async fn new(
        session: &'a Session<H>,
        job: &'a str,
        body: &Body<H::Payload>,
    ) -> Result<Self, Failure> {
        let data = match body {
            Body::None => Vec::new(),
            Body::Text(text) => text.clone().into_bytes(),
            Body::Payload(payload) => {
                session.host.bytes(payload).await.map_err(Failure::unknown)?
            }
        };
        Ok(Search { session, job, data, others: Vec::new(), listed: 0 })
    }

    /// Looks until the list stands still.
    ///
    /// # Errors
    /// Where the list, or a batch in it that could be the one, cannot be read.
    async fn until_still(&mut self) -> Result<Option<Info>, Failure> {
        let mut pace = Pace::new(self.session.settings.poll);
        let mut since = self.session.host.now();
        let mut looks = 0;
        loop {
            let before = self.listed;
            if let Some(batch) = self.look().await? {
                return Ok(Some(batch));
            }
            let now = self.session.host.now();
            looks += 1;
            if self.listed != before {
                (since, looks) = (now, 1);
            }
            if looks >= LOOKS && now - since >= STANDS_STILL {
                return Ok(None);
            }
            self.session.host.sleep(pace.pause()).await;
        }
    }

    async fn look(&mut self) -> Result<Option<Info>, Failure> {
        let batches = batches(self.session, self.job).await?;
        self.listed = batches.len();
        for batch in batches {
            if self.may_be_it(&batch)
                && self.holds_the_data(&batch).await?
                && self.session.host.claim(batch.id())
            {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    /// What belongs to another call, or holds something else, is not read.
    fn may_be_it(&self, batch: &Info) -> bool {
        let known = self.session.host.ownership(batch.id()) != Ownership::Unknown;
        !known && !self.others.iter().any(|other| other == significant(batch.id()))
    }

    /// Whether the batch was given exactly this data.
    async fn holds_the_data(&mut self, batch: &Info) -> Result<bool, Failure> {
        let mut same = false;
        let mut compare = |body: &[u8]| {
            same = body == self.data;
            Ok(())
        };
        let request = v1::request(self.job, batch.id());
        self.session.document(&request, &mut compare).await?;
        if !same {
            self.others.push(significant(batch.id()).to_owned());
        }
        Ok(same)
    }
}
