//! Batches.

use super::chunks::{Chunks, Standing, chunks, standing};
use crate::engine::host::{Host, Work};
use crate::engine::reconcile::send_once;
use crate::engine::session::Session;
use crate::error::{Error, Result};
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v1::{self, ContentType, read_batch, read_batches};

/// Adds a batch: once. Where the answer was lost, the job's batches are looked through for one that nobody has
/// claimed and that holds the same data.
pub async fn add_batch<H: Host>(
    session: &Session<H>,
    job: &str,
    content_type: ContentType,
    body: Body<H::Payload>,
) -> Result<Info> {
    let request = v1::add(job, content_type, body.clone());
    let look = || -> Work<'_, _> { Box::pin(stored(session, job, body.clone())) };
    send_once(session, request, &|answer| claimed(session, read_batch(answer)?), &look).await
}

/// A batch may be claimed once. Where another call with the same data has taken it for its own, this call's data is
/// not stored yet: an ambiguity like any other.
fn claimed<H: Host>(session: &Session<H>, batch: Info) -> Result<Info> {
    if session.host.claim(batch.id()) {
        return Ok(batch);
    }
    Err(Error::response("Another call with the same data has taken this batch for its own."))
}

/// The newest unclaimed batch with the same data.
async fn stored<H: Host>(
    session: &Session<H>,
    job: &str,
    body: Body<H::Payload>,
) -> Result<Option<Info>> {
    let sent = match body {
        Body::None => Vec::new(),
        Body::Text(text) => text.into_bytes(),
        Body::Payload(payload) => session.host.bytes(&payload).await?,
    };
    for batch in batches(session, job).await?.into_iter().rev() {
        let same = session.read(v1::request(job, batch.id())).await? == sent;
        if same && session.host.claim(batch.id()) {
            return Ok(Some(batch));
        }
    }
    Ok(None)
}

/// Maps columns to fields, ahead of the batches.
pub fn post_mapping<'a, H: Host>(
    session: &'a Session<H>,
    job: &str,
    body: Body<H::Payload>,
) -> Work<'a, ()> {
    session.ask(v1::mapping(job, body), |_| Ok(()))
}

/// Lists a job's batches.
pub fn batches<'a, H: Host>(session: &'a Session<H>, job: &str) -> Work<'a, Vec<Info>> {
    session.ask(v1::batches(job), read_batches)
}

/// Reads a batch.
pub fn batch<'a, H: Host>(session: &'a Session<H>, job: &str, id: &str) -> Work<'a, Info> {
    session.ask(v1::batch(job, id), read_batch)
}

/// The ids of the results of a query's batch.
pub fn result_ids<'a, H: Host>(
    session: &'a Session<H>,
    job: &str,
    id: &str,
) -> Work<'a, Vec<String>> {
    session.ask(v1::result_list(job, id), v1::result_ids)
}

/// The ids of the results of a query's batch; of one that was chunked, those of all its chunks.
pub async fn all_result_ids<H: Host>(
    session: &Session<H>,
    job: &str,
    id: &str,
) -> Result<Vec<String>> {
    let list = batches(session, job).await?;
    let parts = match standing(&list, job, id)? {
        Standing::NotProcessed => match chunks(&list, job, id)? {
            Chunks::Done(chunks) => chunks,
            Chunks::Pending | Chunks::None => Vec::new(),
        },
        Standing::Pending | Standing::Completed => vec![id.to_owned()],
    };
    let mut ids = Vec::new();
    for part in parts {
        ids.append(&mut result_ids(session, job, &part).await?);
    }
    Ok(ids)
}
