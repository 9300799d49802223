//! Where a batch stands now, without waiting.

use super::batch::{batch, batches, result_ids};
use super::chunks::{Chunks, Standing, aborted, failed, of_chunks, standing};
use super::family::Family;
use super::whole::is_whole;
use crate::engine::failure::Failure;
use crate::engine::host::Host;
use crate::engine::session::Session;
use crate::error::{Ending, Error, Kind, Result};
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
/// [`Kind::NotDone`] where a chunk is still to be worked on: some ids would pass for all of them.
pub async fn all_result_ids<H: Host>(
    session: &Session<H>,
    job: &str,
    id: &str,
) -> Result<Vec<String>> {
    let list = batches(session, job).await?;
    let parts = match standing(&list, job, id)? {
        Standing::NotProcessed => match chunks_now(session, &list, job, id).await? {
            Chunks::Done(chunks) => chunks,
            Chunks::Pending | Chunks::None => return Err(not_done(job, id)),
        },
        Standing::Pending | Standing::Completed => vec![id.to_owned()],
    };
    let mut ids = Vec::new();
    for part in parts {
        ids.append(&mut certain_result_ids(session, job, &part).await?);
    }
    Ok(ids)
}

/// The ids of the results of one batch. A query that finds nothing has a result too: where there is none, the batch is
/// asked once more.
pub async fn certain_result_ids<H: Host>(
    session: &Session<H>,
    job: &str,
    part: &str,
) -> Result<Vec<String>, Failure> {
    let ids = result_ids(session, job, part).await?;
    if ids.is_empty() { result_ids(session, job, part).await } else { Ok(ids) }
}

fn not_done(job: &str, id: &str) -> Error {
    let message = "Not all chunks of the query are done yet: its results are there when they are.";
    let ending = Ending::new("NotProcessed", None);
    Error::new(Kind::NotDone(ending), message).transient().batch(job, id)
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
