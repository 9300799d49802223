//! Where a batch stands, PK chunking understood.
//!
//! Of a chunked query the batch that was added ends as `NotProcessed`, by design, and batches for its chunks appear
//! in the job's list a while later (Bulk API Developer Guide, "PK Chunking"). What tells them from the job's other
//! batches is their request: the query, with a range of ids at its end.

use crate::error::{Ending, Error, Kind, Refusal, Result};
use crate::planted::{self, Bug};
use crate::wire::info::{Info, same_id};

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
/// [`Kind::JobFailed`] where it failed; [`Kind::Request`] where there is no such batch.
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

/// Where these chunks of a query stand.
///
/// # Errors
/// [`Kind::JobFailed`] where one failed.
pub(super) fn of_chunks<'a>(
    job: &str,
    chunks: impl IntoIterator<Item = &'a Info>,
) -> Result<Chunks> {
    let mut done = Vec::new();
    let mut pending = false;
    for chunk in chunks {
        match chunk.state() {
            "Failed" => return Err(failed(job, chunk)),
            "Completed" => done.push(chunk.id().to_owned()),
            _ => pending = true,
        }
    }
    Ok(match (pending, done.is_empty()) {
        (true, _) => Chunks::Pending,
        (false, true) => Chunks::None,
        (false, false) => Chunks::Done(done),
    })
}

/// What a batch's request is to a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// The whole query, and then a range of ids: a chunk of it.
    Chunk,
    /// The query itself.
    SameQuery,
    /// Another query.
    None,
}

/// What this request is to the query.
pub(super) fn kinship(request: &str, query: &str) -> Kinship {
    if planted::is(Bug::EveryBatchIsChunk) && request != query {
        return Kinship::Chunk;
    }
    let Some(range) = request.strip_prefix(query.trim_end()) else { return Kinship::None };
    let mut words = range.split_whitespace();
    let is = |word: Option<&str>, wanted: &str| {
        word.is_some_and(|word| word.trim_start_matches('(').eq_ignore_ascii_case(wanted))
    };
    match words.next() {
        None => Kinship::SameQuery,
        joint if (is(joint, "WHERE") || is(joint, "AND")) && is(words.next(), "Id") => {
            Kinship::Chunk
        }
        _ => Kinship::None,
    }
}

/// The failure of an aborted job; none where the job goes on.
pub(super) fn aborted(info: &Info, batch: &str) -> Result<()> {
    let kind: fn(Ending) -> Kind = match info.state() {
        "Aborted" => Kind::JobAborted,
        "Failed" => Kind::JobFailed,
        _ => return Ok(()),
    };
    let message = format!("The job is {}: its batch was not processed.", info.state());
    let error = Error::new(kind(Ending::new(info.state(), None)), message);
    Err(error.batch(info.id(), batch))
}

/// The failure of a batch, in Salesforce's words.
pub(super) fn failed(job: &str, batch: &Info) -> Error {
    let reason = batch.text("stateMessage");
    let ending = Ending::new(batch.state(), reason);
    let reason = reason.unwrap_or("Salesforce gave no reason");
    let message = format!("Batch {} failed: {reason}", batch.id());
    Error::new(Kind::JobFailed(ending), message).batch(job, batch.id())
}

pub(super) fn missing(job: &str, id: &str) -> Error {
    let kind = Kind::Request(Refusal::default());
    Error::new(kind, format!("Job {job} has no batch {id}.")).batch(job, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

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
            (vec![("a", "Strange")], Standing::Pending),
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
    fn chunks_are_done_when_all_are() {
        let done = |ids: &[&str]| Chunks::Done(ids.iter().map(|id| (*id).to_owned()).collect());
        for (states, expected) in [
            (vec![], Chunks::None),
            (vec![("b", "Queued"), ("c", "Completed")], Chunks::Pending),
            (vec![("b", "Completed"), ("c", "Completed")], done(&["b", "c"])),
        ] {
            let found = of_chunks("750", &list(&states)).expect("chunks");
            assert_eq!(found, expected, "{states:?}");
        }
    }

    #[test]
    fn failures_name_the_batch_that_failed() {
        for (states, code, culprit) in [
            (vec![("a", "Failed")], Code::JobFailed, "a"),
            (vec![("b", "Completed")], Code::Request, "a"),
        ] {
            let error = standing(&list(&states), "750", "a").expect_err("a failure");
            let found = (error.code(), error.batch_id.as_deref());
            assert_eq!(found, (code, Some(culprit)), "{states:?}");
        }
        let states = list(&[("b", "Completed"), ("c", "Failed")]);
        let error = of_chunks("750", &states).expect_err("a failure");
        assert_eq!((error.code(), error.batch_id.as_deref()), (Code::JobFailed, Some("c")));
    }

    #[test]
    fn a_chunk_begins_with_the_query_and_ends_with_a_range() {
        let query = "SELECT Id FROM Contact";
        for (request, expected) in [
            ("SELECT Id FROM Contact WHERE Id >= 001A AND Id < 001B", Kinship::Chunk),
            ("SELECT Id FROM Contact where id < '001B'", Kinship::Chunk),
            ("SELECT Id FROM Contact  AND (Id >= 001A)", Kinship::Chunk),
            ("SELECT Id FROM Contact\n", Kinship::SameQuery),
            ("SELECT Id FROM Contact WHERE Name = 'x'", Kinship::None),
            ("SELECT Id FROM Contact__c WHERE Id >= 001A", Kinship::None),
            ("SELECT Name FROM Contact WHERE Id >= 001A", Kinship::None),
            ("", Kinship::None),
        ] {
            assert_eq!(kinship(request, query), expected, "{request}");
        }
    }
}
