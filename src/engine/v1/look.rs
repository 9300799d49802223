//! Where a batch stands now, without waiting.

use super::batch::{batch, batches, result_ids};
use super::chunks::{Chunks, Standing, aborted, failed, of_chunks, standing};
use super::family::Family;
use super::whole::is_whole;
use crate::engine::host::Host;
use crate::engine::session::Session;
use crate::error::{Error, Result};
use crate::wire::info::Info;

/// Whether there is nothing left to wait for.
///
/// # Errors
/// [`Kind::JobFailed`](crate::error::Kind::JobFailed), [`Kind::JobAborted`](crate::error::Kind::JobAborted).
pub async fn is_done<H: Host>(session: &Session<H>, job_id: &str, id: &str) -> Result<bool> {
    let info = batch(session, job_id, id).await?;
    if info.state() == "Failed" {
        return Err(failed(job_id, &info));
    }
    if !info.not_processed() {
        return Ok(!info.pending());
    }
    let batches = batches(session, job_id).await?;
    let chunks = chunks_now(session, &batches, job_id, id).await?;
    Ok(matches!(chunks, Chunks::Done(_)))
}

/// The ids of the results of a query's batch; of one that was chunked, those of all its chunks.
///
/// # Errors
/// [`Kind::NotDone`](crate::error::Kind::NotDone) where a chunk is still to be worked on: some ids would pass for all of them.
pub async fn all_result_ids<H: Host>(
    session: &Session<H>,
    job: &str,
    id: &str,
) -> Result<Vec<String>> {
    let list = batches(session, job).await?;
    let parts = match standing(&list, job, id)? {
        Standing::NotProcessed => match chunks_now(session, &list, job, id).await? {
            Chunks::Done(chunks) => chunks,
            Chunks::Pending | Chunks::None => {
                return Err(Error::not_done("Batch", id, "InProgress").transient().batch(job, id));
            }
        },
        Standing::Pending | Standing::Completed => vec![id.to_owned()],
    };
    let mut ids = Vec::new();
    for part in parts {
        ids.append(&mut result_ids(session, job, &part).await?);
    }
    Ok(ids)
}

/// Where the chunks of a batch that was not processed stand, as of this list.
///
/// # Errors
/// [`Kind::JobAborted`](crate::error::Kind::JobAborted) where that is why; [`Kind::JobFailed`](crate::error::Kind::JobFailed)
/// of a chunk.
async fn chunks_now<H: Host>(
    session: &Session<H>,
    batches: &[Info],
    job_id: &str,
    id: &str,
) -> Result<Chunks> {
    let mut family = Family::new(session, job_id, id);
    let info = family.look(batches).await?;
    aborted(&info, id)?;
    Ok(match of_chunks(job_id, family.chunks(batches)?)? {
        Chunks::Done(_) if !is_whole(&info, batches, 0.0)? => Chunks::Pending,
        chunks => chunks,
    })
}
