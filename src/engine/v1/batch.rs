//! Batches: the requests for them.

use crate::engine::exchange::Wanted;
use crate::engine::host::{Attempt, Host};
use crate::engine::session::Session;
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v1::{self, ContentType, check_job, read_batch, read_batches, read_result_ids};

/// Maps columns to fields, ahead of the batches.
pub fn post_mapping<'a, H: Host>(
    session: &'a Session<H>,
    job: &str,
    body: Body<H::Payload>,
) -> Attempt<'a, ()> {
    session.ask(v1::mapping(job, body), |_| Ok(()))
}

/// Adds a batch: once. An answer about another job's batch is none.
pub(super) fn add_once<'a, H: Host>(
    session: &'a Session<H>,
    job: &'a str,
    content_type: ContentType,
    body: Body<H::Payload>,
) -> Attempt<'a, Info> {
    Box::pin(async move {
        let mut batch = Info::default();
        let mut keep = |body: &[u8]| {
            batch = read_batch(body)?;
            check_job(&batch, job)
        };
        session.document(&v1::add(job, content_type, body), &mut keep).await?;
        Ok(batch)
    })
}

/// Lists a job's batches.
pub fn batches<'a, H: Host>(session: &'a Session<H>, job: &'a str) -> Attempt<'a, Vec<Info>> {
    Box::pin(async move {
        let mut list = Vec::new();
        let mut keep = |body: &[u8]| {
            list = read_batches(body)?;
            list.iter().try_for_each(|batch| check_job(batch, job))
        };
        session.document(&v1::batches(job), &mut keep).await?;
        Ok(list)
    })
}

/// Reads a batch.
pub fn batch<'a, H: Host>(session: &'a Session<H>, job: &str, id: &'a str) -> Attempt<'a, Info> {
    session.ask_info(v1::batch(job, id), read_batch, Wanted::of(id))
}

/// The ids of the results of a query's batch.
pub fn result_ids<'a, H: Host>(
    session: &'a Session<H>,
    job: &str,
    id: &str,
) -> Attempt<'a, Vec<String>> {
    session.ask(v1::result_list(job, id), read_result_ids)
}
