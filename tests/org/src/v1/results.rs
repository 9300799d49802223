//! What batches of Bulk 1.0 leave behind.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::batch::Batch;
use super::content::ContentType;
use super::error::AsyncError;
use super::job::Job;
use super::render::{JSON, NAMESPACE, XML, document};
use crate::data::Outcome;
use crate::http::Response;
use crate::results::{csv, error_cell, id_cell};
use crate::rows::{self, Dates};
use crate::view::View;
use crate::wire::csv::{LineEnding, line};
use crate::wire::xml::escape;
use crate::work::Task;
use crate::world::World;

/// What a CSV job answers for a query without rows: no header, just this.
const NO_ROWS: &str = "Records not found for this query";

/// The results of a batch of rows, or the list of results of a query.
pub fn of_batch(job: &Job, batch: &Batch, view: &View) -> Result<Response, AsyncError> {
    if !batch.state().is_terminal() || batch.work.is_none() {
        return Err(not_ready());
    }
    if job.operation.is_query() {
        return Ok(list(job, batch, view));
    }
    let outcomes = match batch.work.as_ref().map(|work| &work.task) {
        Some(Task::Load(loading)) => loading.outcomes.as_slice(),
        _ => return Err(AsyncError::new("InvalidBatch", "Records not found for this batch")),
    };
    Ok(match job.content {
        ContentType::Csv => Response::of(200, "text/csv", outcomes_csv(outcomes)),
        ContentType::Xml => Response::of(200, XML, outcomes_xml(outcomes)),
        ContentType::Json => Response::of(200, JSON, outcomes_json(outcomes).to_string()),
    })
}

/// What is answered before a batch is done.
pub fn not_ready() -> AsyncError {
    AsyncError::new("InvalidBatch", "Records not processed")
}

fn list(job: &Job, batch: &Batch, view: &View) -> Response {
    let listed = view.lists(batch.history.modified());
    let ids = batch.results.iter().filter(|_| listed).map(|(id, _)| id);
    if job.content.speaks_json() {
        return Response::of(200, JSON, json!(ids.collect::<Vec<_>>()).to_string());
    }
    let inner: String = ids.map(|id| format!(" <result>{id}</result>\n")).collect();
    Response::of(200, XML, document("result-list", &inner))
}

/// The rows of one result of a query.
pub fn of_query(job: &Job, batch: &Batch, id: &str, world: &World) -> Result<Response, AsyncError> {
    let found = batch.work.as_ref().and_then(|work| work.found.clone());
    let range = batch.results.iter().find(|(known, _)| id.starts_with(known));
    let (Some(found), Some((_, range))) = (found, range) else {
        return Err(AsyncError::new("InvalidBatch", format!("Invalid result id: {id}")));
    };
    let range: Range<usize> = range.clone();
    let pieces = match job.content {
        ContentType::Csv if range.is_empty() => {
            return Ok(Response::of(200, "text/csv", NO_ROWS));
        }
        ContentType::Csv => csv(found, range, ',', LineEnding::Lf),
        ContentType::Xml => rows::xml(found, range),
        ContentType::Json => {
            rows::json(found, range, &job.version, Dates::of_bulk(world.config.json_dates))
        }
    };
    Ok(Response::stream(job.content.media(), pieces))
}

fn outcomes_csv(outcomes: &[Outcome]) -> String {
    let head = line(["Id", "Success", "Created", "Error"], ',', LineEnding::Lf);
    let rows = outcomes.iter().map(|outcome| {
        let (success, created) = (outcome.success.to_string(), outcome.created.to_string());
        let error = error_cell(&outcome.errors);
        line([id_cell(outcome), &success, &created, &error], ',', LineEnding::Lf)
    });
    std::iter::once(head).chain(rows).collect()
}

fn outcomes_xml(outcomes: &[Outcome]) -> String {
    let rows: String = outcomes.iter().map(outcome_xml).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<results xmlns=\"{NAMESPACE}\">\n{rows}</results>\n"
    )
}

fn outcome_xml(outcome: &Outcome) -> String {
    let errors: String = outcome
        .errors
        .iter()
        .map(|error| {
            let fields = error.fields.iter().map(|field| format!("<fields>{field}</fields>"));
            format!(
                "<errors>{}<message>{}</message><statusCode>{}</statusCode></errors>",
                fields.collect::<String>(),
                escape(&error.message),
                error.code
            )
        })
        .collect();
    let id = outcome.id.iter().map(|id| format!("<id>{id}</id>")).collect::<String>();
    format!(
        " <result>{errors}{id}<success>{}</success><created>{}</created></result>\n",
        outcome.success, outcome.created
    )
}

fn outcomes_json(outcomes: &[Outcome]) -> Json {
    let outcome = |outcome: &Outcome| {
        let errors = outcome.errors.iter().map(|error| {
            json!({
                "statusCode": error.code, "message": error.message, "fields": error.fields,
                "extendedErrorDetails": null,
            })
        });
        json!({
            "success": outcome.success, "created": outcome.created, "id": outcome.id,
            "errors": errors.collect::<Vec<_>>(),
        })
    };
    Json::Array(outcomes.iter().map(outcome).collect())
}
