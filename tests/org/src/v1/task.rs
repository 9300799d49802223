//! What a batch asks for, found out only when it is taken up.

use std::sync::Arc;

use super::batch::Batch;
use super::content::ContentType;
use super::job::Job;
use super::records;
use crate::data::{Dialect, Query, SoqlError};
use crate::loading::Loading;
use crate::operation::JobOperation;
use crate::wire::csv::{self, LineEnding};
use crate::work::Task;
use crate::world::World;

const MAX_RECORDS: usize = 10_000;

/// Reads a batch; what is wrong with it becomes its failure.
pub fn of(job: &Job, batch: &Batch, world: &World) -> Task {
    let task = match job.operation {
        JobOperation::Query { all } => query(job, batch, all, world).map(Task::Query),
        JobOperation::Load(_) => rows(job, batch, world),
    };
    task.unwrap_or_else(Task::Fail)
}

fn query(job: &Job, batch: &Batch, all: bool, world: &World) -> Result<Arc<Query>, String> {
    if let Some(query) = &batch.query {
        return Ok(Arc::clone(query));
    }
    let dialect = match job.content {
        ContentType::Xml => Dialect::V1Xml,
        ContentType::Csv => Dialect::V1Csv,
        ContentType::Json => Dialect::V1Json,
    };
    let text = text(batch);
    let query = world.db.prepare(text.trim(), dialect, all).map_err(failure)?;
    if query.object == job.object {
        return Ok(Arc::new(query));
    }
    Err(format!(
        "InvalidBatch : Failed to process query: INVALID_TYPE_FOR_OPERATION: The root entity of \
         the requested query ({}) does not match the entity of the requested Bulk API Job ({}).",
        query.object, job.object
    ))
}

fn failure(error: SoqlError) -> String {
    if error.code == "FeatureNotEnabled" {
        return format!("FeatureNotEnabled : {}", error.message);
    }
    format!("InvalidBatch : Failed to process query: {}: {}", error.code, error.message)
}

fn rows(job: &Job, batch: &Batch, world: &World) -> Result<Task, String> {
    let load = job.load().ok_or("InvalidBatch : Not a load")?;
    let text = text(batch);
    let task = match job.content {
        ContentType::Csv => {
            let sheet = csv::parse(&text, ',', LineEnding::Any).map_err(unreadable)?;
            let sheet = match &job.spec {
                Some(spec) => spec.apply(sheet),
                None => sheet,
            };
            limit(sheet.rows.len())?;
            Loading::of_sheet(sheet, load, &world.db)
        }
        ContentType::Xml | ContentType::Json => {
            let as_json = job.content == ContentType::Json;
            let parse = if as_json { records::of_json } else { records::of_xml };
            let records = parse(&text).map_err(unreadable)?;
            limit(records.len())?;
            let header = records::header(&records);
            Loading::of_records(records, &header, load, &world.db)
        }
    };
    Ok(task)
}

fn unreadable(message: String) -> String {
    format!("ClientInputError : {message}")
}

fn limit(records: usize) -> Result<(), String> {
    if records <= MAX_RECORDS {
        return Ok(());
    }
    Err(format!("InvalidBatch : Batch contains {records} records, more than {MAX_RECORDS}"))
}

/// The text of a batch; Latin-1 when that was named, and else UTF-8.
fn text(batch: &Batch) -> String {
    let latin = batch.charset.as_deref().is_some_and(|charset| {
        ["iso-8859-1", "latin1", "windows-1252"].contains(&charset.to_lowercase().as_str())
    });
    if latin {
        return batch.body.iter().map(|byte| char::from(*byte)).collect();
    }
    String::from_utf8_lossy(&batch.body).into_owned()
}
