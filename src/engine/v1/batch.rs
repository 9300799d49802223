//! Batches, read.

use super::chunks::{Chunks, Standing, standing};
use super::wait::chunks_now;
use crate::engine::exchange::Wanted;
use crate::engine::host::{Attempt, Host};
use crate::engine::session::Session;
use crate::error::Result;
use crate::wire::info::Info;
use crate::wire::request::Body;
use crate::wire::v1::{self, read_batch, read_batches, read_result_ids};

/// Maps columns to fields, ahead of the batches.
pub fn post_mapping<'a, H: Host>(
    session: &'a Session<H>,
    job: &str,
    body: Body<H::Payload>,
) -> Attempt<'a, ()> {
    session.ask(v1::mapping(job, body), |_| Ok(()))
}

/// Lists a job's batches.
pub fn batches<'a, H: Host>(session: &'a Session<H>, job: &str) -> Attempt<'a, Vec<Info>> {
    session.ask(v1::batches(job), read_batches)
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

/// The ids of the results of a query's batch; of one that was chunked, those of all its chunks. Where a chunk is not done
/// yet, there are none.
pub async fn all_result_ids<H: Host>(
    session: &Session<H>,
    job: &str,
    id: &str,
) -> Result<Vec<String>> {
    let list = batches(session, job).await?;
    let parts = match standing(&list, job, id)? {
        Standing::NotProcessed => match chunks_now(session, &list, job, id).await? {
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
