//! Where a batch stands, PK chunking understood.
//!
//! Of a chunked query the batch that was added ends as `NotProcessed`, by design, and batches for its chunks appear
//! in the job's list a while later (Bulk API Developer Guide, "PK Chunking").

use crate::error::{Code, Error, Result};
use crate::wire::info::Info;

/// Where a batch stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is still to be worked on.
    Pending,
    /// It is completed, and its results are its own.
    Completed,
    /// Salesforce did not process it: it was chunked, or its job was aborted. Only the job tells.
    NotProcessed,
}

/// Where the chunks of a query stand.
#[derive(Debug, PartialEq, Eq)]
pub enum Chunks {
    /// None has appeared.
    None,
    /// Some are still to be worked on.
    Pending,
    /// All that have appeared are completed: these.
    Done(Vec<String>),
}

/// Where the batch stands in its job's list.
///
/// # Errors
/// [`Code::JobFailed`] where it failed; [`Code::Request`] where there is no such batch.
pub fn standing(batches: &[Info], job: &str, id: &str) -> Result<Standing> {
    let found = batches.iter().find(|batch| same_id(batch.id(), id));
    let batch = found.ok_or_else(|| missing(job, id))?;
    match batch.state() {
        "Completed" => Ok(Standing::Completed),
        "Failed" => Err(failed(job, batch)),
        _ if batch.not_processed() => Ok(Standing::NotProcessed),
        _ => Ok(Standing::Pending),
    }
}

/// Where the chunks of a query stand, in the list of a job that was not aborted.
///
/// # Errors
/// [`Code::JobFailed`] where one failed; [`Code::Request`] where several chunked queries share the job, so that nobody
/// can tell whose a chunk is.
pub fn chunks(batches: &[Info], job: &str, parent: &str) -> Result<Chunks> {
    let others = || batches.iter().filter(|batch| !same_id(batch.id(), parent));
    if let Some(broken) = others().find(|batch| batch.state() == "Failed") {
        return Err(failed(job, broken));
    }
    if others().any(Info::not_processed) {
        return Err(several(job, parent));
    }
    if others().any(Info::pending) {
        return Ok(Chunks::Pending);
    }
    let done: Vec<String> = others().map(|batch| batch.id().to_owned()).collect();
    Ok(if done.is_empty() { Chunks::None } else { Chunks::Done(done) })
}

fn several(job: &str, parent: &str) -> Error {
    let message = "Several queries of this job were chunked, and Salesforce does not tell whose a chunk is: \
                   read the chunks one by one from the job's batches, or give each query a job of its own.";
    Error::new(Code::Request, message).batch(job, parent)
}

/// The failure of an aborted job; none where the job goes on.
pub fn aborted(info: &Info, batch: &str) -> Result<()> {
    let code = match info.state() {
        "Aborted" => Code::JobAborted,
        "Failed" => Code::JobFailed,
        _ => return Ok(()),
    };
    let mut error =
        Error::new(code, format!("The job is {}: its batch was not processed.", info.state()));
    error.state = Some(info.state().to_owned());
    Err(error.batch(info.id(), batch))
}

/// The failure of a batch, in Salesforce's words.
pub fn failed(job: &str, batch: &Info) -> Error {
    let reason = batch.text("stateMessage").unwrap_or("Salesforce gave no reason");
    let mut error = Error::new(Code::JobFailed, format!("Batch {} failed: {reason}", batch.id()));
    error.error_code =
        reason.split(" : ").next().filter(|code| !code.contains(' ')).map(str::to_owned);
    error.state = Some(batch.state().to_owned());
    error.state_message = batch.text("stateMessage").map(str::to_owned);
    error.batch(job, batch.id())
}

fn missing(job: &str, id: &str) -> Error {
    Error::new(Code::Request, format!("Job {job} has no batch {id}.")).batch(job, id)
}

/// Ids come with 15 characters and with 18, the last three of which are a checksum of the case.
pub fn same_id(left: &str, right: &str) -> bool {
    let significant = |id: &str| id.get(..15).map(str::to_owned).unwrap_or_else(|| id.to_owned());
    left == right
        || (left.len() >= 15 && right.len() >= 15 && significant(left) == significant(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(id: &str, state: &str) -> Info {
        let json = format!(r#"{{"id":"{id}","jobId":"750","state":"{state}"}}"#);
        crate::wire::v1::read_batch(json.as_bytes()).expect("a batch")
    }

    fn list(states: &[(&str, &str)]) -> Vec<Info> {
        states.iter().map(|(id, state)| batch(id, state)).collect()
    }

    #[test]
    fn every_state_has_its_standing() {
        for (states, expected) in [
            (vec![("a", "Queued")], Standing::Pending),
            (vec![("a", "InProgress"), ("b", "Completed")], Standing::Pending),
            (vec![("a", "Completed"), ("b", "Failed")], Standing::Completed),
            (vec![("a", "NotProcessed")], Standing::NotProcessed),
            (vec![("a", "Not Processed"), ("b", "Completed")], Standing::NotProcessed),
        ] {
            assert_eq!(
                standing(&list(&states), "750", "a").expect("a standing"),
                expected,
                "{states:?}"
            );
        }
    }

    #[test]
    fn chunks_are_the_other_batches() {
        let done = |ids: &[&str]| Chunks::Done(ids.iter().map(|id| (*id).to_owned()).collect());
        for (states, expected) in [
            (vec![("a", "NotProcessed")], Chunks::None),
            (vec![("a", "NotProcessed"), ("b", "Queued"), ("c", "Completed")], Chunks::Pending),
            (
                vec![("a", "NotProcessed"), ("b", "Completed"), ("c", "Completed")],
                done(&["b", "c"]),
            ),
        ] {
            assert_eq!(chunks(&list(&states), "750", "a").expect("chunks"), expected, "{states:?}");
        }
    }

    #[test]
    fn failures_name_the_batch_that_failed() {
        for (states, code, culprit) in [
            (vec![("a", "Failed")], Code::JobFailed, "a"),
            (vec![("b", "Completed")], Code::Request, "a"),
        ] {
            let error = standing(&list(&states), "750", "a").expect_err("a failure");
            assert_eq!(
                (error.code, error.batch_id.as_deref()),
                (code, Some(culprit)),
                "{states:?}"
            );
        }
        for (states, code, culprit) in [
            (vec![("a", "NotProcessed"), ("b", "Failed")], Code::JobFailed, "b"),
            (
                vec![("a", "NotProcessed"), ("b", "NotProcessed"), ("c", "Completed")],
                Code::Request,
                "a",
            ),
        ] {
            let error = chunks(&list(&states), "750", "a").expect_err("a failure");
            assert_eq!(
                (error.code, error.batch_id.as_deref()),
                (code, Some(culprit)),
                "{states:?}"
            );
        }
    }

    #[test]
    fn ids_of_15_and_18_characters_are_the_same() {
        assert!(same_id("751Kf000018uaV7", "751Kf000018uaV7IAI"));
        assert!(!same_id("751Kf000018uaV7", "751Kf000018uav7"));
        assert!(!same_id("a", "b"));
    }
}
