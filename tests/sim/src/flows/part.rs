//! A part of a load, and the batch that has it.

use std::cell::RefCell;
use std::rc::Rc;

use salesforce_bulk::engine::download::BatchRef;
use salesforce_bulk::engine::v1;
use salesforce_bulk::error::RowEffect;
use salesforce_bulk::wire::request::Body;

use super::Actor;
use super::other::content_type;
use crate::ledger::Sending;
use crate::scenario::Load1;

/// A part of the rows, and the batch that has it, once that is known.
pub struct Part<'a> {
    /// Its rows.
    pub sending: Sending<'a>,
    /// As it is sent.
    pub data: Rc<[u8]>,
    /// Where it is.
    pub at: RefCell<Option<BatchRef>>,
}

impl Part<'_> {
    /// Adds it to a job. Whether it was, is known afterwards or not.
    pub async fn add(&self, actor: &Actor<'_>, load: &Load1, job: &str) {
        let format = content_type(load.format);
        let added = actor
            .tries_to_send("add a batch", Some(&self.sending), |session| {
                let (job, body) = (job.to_owned(), Body::Payload(self.data.clone()));
                Box::pin(async move { v1::add_batch(&session, &job, format, body).await })
            })
            .await;
        if let Ok(batch) = added {
            self.is_in(actor, job, batch.id());
        }
    }

    /// Its batch is known.
    pub fn is_in(&self, actor: &Actor<'_>, job: &str, batch: &str) {
        self.sending.may_have(RowEffect::Unknown);
        actor.holds(job, batch, &self.data);
        *self.at.borrow_mut() = Some(BatchRef { job: job.to_owned(), batch: batch.to_owned() });
    }

    /// Whether it may have been sent, and nobody knows where it is.
    pub fn is_unknown(&self) -> bool {
        self.at.borrow().is_none() && self.sending.effect() != RowEffect::None
    }
}
