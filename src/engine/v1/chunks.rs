//! Where a batch stands, PK chunking understood.
//!
//! Of a chunked query the batch that was added ends as `NotProcessed`, by design, and batches for its chunks appear
//! in the job's list a while later (Bulk API Developer Guide, "PK Chunking").

use crate::error::{Code, Error, Result};
use crate::wire::info::Info;

/// Where a batch stands.
#[derive(Debug, PartialEq)]
pub enum Standing {
    /// It is still to be worked on, or its chunks are.
    Pending,
    /// It is completed, and its results are its own.
    Completed,
    /// It was cut into these batches, all completed; more may be to come unless the job counts no others.
    Chunked(Vec<String>),
    /// Salesforce did not process it: a chunked query's whose chunks are to come, or its job's was aborted.
    Unclear,
}

/// Where the batch stands in its job's list.
///
/// # Errors
/// [`Code::JobFailed`] where it or one of its chunks failed, and where there is no such batch;
/// [`Code::Request`] where several chunked queries share a job, so that nobody can tell whose a chunk is.
pub fn standing(batches: &[Info], job: &str, id: &str) -> Result<Standing> {
    let found = batches.iter().find(|batch| same_id(batch.id(), id));
    let batch = found.ok_or_else(|| missing(job, id))?;
    match batch.state() {
        "Completed" => Ok(Standing::Completed),
        "Failed" => Err(failed(job, batch)),
        _ if batch.not_processed() => chunks(batches, job, batch),
        _ => Ok(Standing::Pending),
    }
}

fn chunks(batches: &[Info], job: &str, parent: &Info) -> Result<Standing> {
    let others = || batches.iter().filter(|batch| batch.id() != parent.id());
    if let Some(broken) = others().find(|batch| batch.state() == "Failed") {
        return Err(failed(job, broken));
    }
    if others().any(Info::not_processed) && others().any(|batch| !batch.not_processed()) {
        return Err(Error::new(
            Code::Request,
            "several queries of this job were chunked, and Salesforce does not tell whose a chunk is: \
             read the chunks one by one from the job's batches, or give each query a job of its own",
        )
        .batch(job, parent.id()));
    }
    if others().any(Info::pending) {
        return Ok(Standing::Pending);
    }
    let done: Vec<String> = others()
        .filter(|batch| !batch.not_processed())
        .map(|batch| batch.id().to_owned())
        .collect();
    Ok(if done.is_empty() { Standing::Unclear } else { Standing::Chunked(done) })
}

/// The failure of an aborted job; none where the job goes on.
pub fn aborted(info: &Info, batch: &str) -> Result<()> {
    let code = match info.state() {
        "Aborted" => Code::JobAborted,
        "Failed" => Code::JobFailed,
        _ => return Ok(()),
    };
    let mut error =
        Error::new(code, format!("the job is {}: its batch was not processed", info.state()));
    error.state = Some(info.state().to_owned());
    Err(error.batch(info.id(), batch))
}

/// The failure of a batch, in Salesforce's words.
pub fn failed(job: &str, batch: &Info) -> Error {
    let reason = batch.text("stateMessage").unwrap_or("Salesforce gave no reason");
    let mut error = Error::new(Code::JobFailed, format!("batch {} failed: {reason}", batch.id()));
    error.error_code =
        reason.split(" : ").next().filter(|code| !code.contains(' ')).map(str::to_owned);
    error.state = Some(batch.state().to_owned());
    error.state_message = batch.text("stateMessage").map(str::to_owned);
    error.batch(job, batch.id())
}

fn missing(job: &str, id: &str) -> Error {
    Error::new(Code::Request, format!("job {job} has no batch {id}")).batch(job, id)
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
        let chunked =
            |ids: &[&str]| Standing::Chunked(ids.iter().map(|id| (*id).to_owned()).collect());
        for (states, expected) in [
            (vec![("a", "Queued")], Standing::Pending),
            (vec![("a", "InProgress"), ("b", "Completed")], Standing::Pending),
            (vec![("a", "Completed"), ("b", "Failed")], Standing::Completed),
            (vec![("a", "NotProcessed")], Standing::Unclear),
            (vec![("a", "Not Processed")], Standing::Unclear),
            (vec![("a", "NotProcessed"), ("b", "NotProcessed")], Standing::Unclear),
            (vec![("a", "NotProcessed"), ("b", "Queued"), ("c", "Completed")], Standing::Pending),
            (
                vec![("a", "NotProcessed"), ("b", "Completed"), ("c", "Completed")],
                chunked(&["b", "c"]),
            ),
        ] {
            assert_eq!(
                standing(&list(&states), "750", "a").expect("a standing"),
                expected,
                "{states:?}"
            );
        }
    }

    #[test]
    fn failures_name_the_batch_that_failed() {
        for (states, code, culprit) in [
            (vec![("a", "Failed")], Code::JobFailed, "a"),
            (vec![("a", "NotProcessed"), ("b", "Failed")], Code::JobFailed, "b"),
            (
                vec![("a", "NotProcessed"), ("b", "NotProcessed"), ("c", "Completed")],
                Code::Request,
                "a",
            ),
            (vec![("b", "Completed")], Code::Request, "a"),
        ] {
            let error = standing(&list(&states), "750", "a").expect_err("a failure");
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
