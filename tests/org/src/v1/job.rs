//! A job of Bulk 1.0: how it is created, closed and counted.

use std::collections::BTreeMap;

use serde_json::Value;

use super::batch::Batch;
use super::chunking::Chunking;
use super::content::ContentType;
use super::error::AsyncError;
use super::spec::Spec;
use super::sums::Sums;
use crate::data::{Load, Operation, RecordId};
use crate::history::History;
use crate::http::Request;
use crate::operation::JobOperation;
use crate::summary::{Api, JobSummary, WorkSummary};
use crate::wire::xml;
use crate::world::World;

/// How long batches may be added.
const OPEN_MS: i64 = 24 * 60 * 60 * 1000;

/// The state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Batches may be added.
    Open,
    /// No more batches.
    Closed,
    /// Given up.
    Aborted,
}

impl JobState {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Closed => "Closed",
            Self::Aborted => "Aborted",
        }
    }
}

/// A job.
#[derive(Debug)]
pub struct Job {
    /// Its id.
    pub id: RecordId,
    /// What it does.
    pub operation: JobOperation,
    /// The object, in its own spelling.
    pub object: String,
    /// The field by which an upsert finds rows.
    pub external_id: Option<String>,
    /// Whether its batches run one after the other.
    pub serial: bool,
    /// The format of its batches.
    pub content: ContentType,
    /// The assignment rule for cases and leads.
    pub assignment_rule: Option<String>,
    /// The states it has been in since it was created.
    pub history: History<JobState>,
    /// The version in the URL it was created at.
    pub version: String,
    /// How its queries are split.
    pub chunking: Option<Chunking>,
    /// How its uploads are mapped.
    pub spec: Option<Spec>,
    /// Its batches, oldest first.
    pub batches: Vec<Batch>,
}

/// What a request says about a job, by the names of the fields.
pub type Fields = BTreeMap<String, String>;

/// Reads a job description, in JSON if the request says so and else in XML.
pub fn fields(request: &Request, body: &str) -> Result<Fields, AsyncError> {
    if request.content_type_is("application/json") {
        let value: Value = serde_json::from_str(body).map_err(|error| {
            AsyncError::new("InvalidJob", format!("Unable to parse Job: {error}"))
        })?;
        let members = value.as_object().into_iter().flatten();
        let kept = members.filter(|(_, value)| !value.is_null());
        return Ok(kept.map(|(name, value)| (name.clone(), plain(value))).collect());
    }
    let root = xml::parse(body)
        .map_err(|error| AsyncError::new("InvalidXml", format!("Unable to parse Job: {error}")))?;
    Ok(root.children.into_iter().map(|c| (c.name, c.text.trim().to_owned())).collect())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Job {
    /// Creates a job from its description.
    pub fn create(
        request: &Request,
        fields: &Fields,
        version: &str,
        world: &mut World,
    ) -> Result<Self, AsyncError> {
        let operation = operation(fields, world)?;
        let object = object(fields, world)?;
        let external_id = external_id(fields, operation, &object, world)?;
        let now = world.now;
        Ok(Self {
            id: world.mint.id("750"),
            operation,
            object,
            external_id,
            serial: serial(fields)?,
            content: content(fields)?,
            assignment_rule: fields.get("assignmentRuleId").cloned(),
            history: History::new(JobState::Open, now),
            version: version.to_owned(),
            chunking: request.header("sforce-enable-pkchunking").and_then(Chunking::parse),
            spec: None,
            batches: Vec::new(),
        })
    }

    /// Closes or aborts.
    pub fn change(&mut self, fields: &Fields, now: i64) -> Result<(), AsyncError> {
        if fields.keys().any(|name| name != "state" && name != "id") {
            return Err(AsyncError::new("InvalidJob", "Only the state of a job can be changed"));
        }
        let state = match fields.get("state").map(String::as_str) {
            Some("Closed") => JobState::Closed,
            Some("Aborted") => JobState::Aborted,
            _ => {
                return Err(AsyncError::new("InvalidJobState", "Unable to change the job's state"));
            }
        };
        if self.state() != JobState::Open {
            let (verb, was) = (verb(state), self.state().name().to_lowercase());
            let message = format!("{verb} already {was} Job not allowed");
            return Err(AsyncError::new("InvalidJobState", message));
        }
        self.history.enter(state, now);
        if state == JobState::Aborted {
            for batch in &mut self.batches {
                batch.abandon(now);
            }
        }
        Ok(())
    }

    /// Whether a batch may be added now.
    pub fn accepts_batches(&self, now: i64) -> Result<(), AsyncError> {
        if self.state() != JobState::Open {
            let message = format!("This job is already {}", self.state().name().to_lowercase());
            return Err(AsyncError::new("InvalidJobState", message));
        }
        if now - self.history.created() > OPEN_MS {
            return Err(AsyncError::new("InvalidJobState", "The job is too old for more batches"));
        }
        Ok(())
    }

    /// How rows are loaded, unless it is a query job.
    pub fn load(&self) -> Option<Load> {
        let operation = self.operation.load()?;
        Some(Load { object: self.object.clone(), operation, external_id: self.external_id.clone() })
    }

    /// Its state.
    pub fn state(&self) -> JobState {
        self.history.state()
    }

    /// It as tests in this process see it.
    pub fn summary(&self) -> JobSummary<'_> {
        let sums = Sums::of(self, i64::MAX);
        JobSummary {
            api: Api::V1,
            id: self.id,
            operation: self.operation.name(),
            object: &self.object,
            state: self.state().name(),
            created: self.history.created(),
            modified: self.history.modified(),
            work: WorkSummary { processed: sums.processed, failed: sums.failed, outcomes: &[] },
            batches: self.batches.iter().map(Batch::summary).collect(),
        }
    }
}

fn verb(state: JobState) -> &'static str {
    if state == JobState::Closed { "Closing" } else { "Aborting" }
}

fn invalid(message: impl Into<String>) -> AsyncError {
    AsyncError::new("InvalidJob", message)
}

fn operation(fields: &Fields, world: &World) -> Result<JobOperation, AsyncError> {
    let name = fields.get("operation").map(String::as_str).unwrap_or_default();
    let operation = JobOperation::parse(name)
        .ok_or_else(|| invalid(format!("Unable to parse Job: invalid operation '{name}'")))?;
    if operation.load() == Some(Operation::HardDelete) && !world.config.hard_delete {
        let message = "hardDelete operation requires special user profile permission, \
                       please contact your system administrator";
        return Err(AsyncError::new("FeatureNotEnabled", message));
    }
    Ok(operation)
}

fn object(fields: &Fields, world: &World) -> Result<String, AsyncError> {
    let name = fields.get("object").ok_or_else(|| invalid("Object must be specified"))?;
    let object = world.db.object(name).ok_or_else(|| {
        AsyncError::new("InvalidEntity", format!("Unable to find object: {name}"))
    })?;
    if !object.bulk {
        let message = format!("Entity '{}' is not supported by the Bulk API.", object.name);
        return Err(AsyncError::new("InvalidEntity", message));
    }
    Ok(object.name.clone())
}

fn external_id(
    fields: &Fields,
    operation: JobOperation,
    object: &str,
    world: &World,
) -> Result<Option<String>, AsyncError> {
    let name = fields.get("externalIdFieldName").filter(|name| !name.is_empty());
    let upserts = operation.load() == Some(Operation::Upsert);
    match name {
        None if upserts => Err(invalid(format!(
            "External ID was blank for {object}. An External ID must be specified for upsert."
        ))),
        Some(_) if !upserts => {
            Err(invalid(format!("External ID is not allowed for {}", operation.name())))
        }
        None => Ok(None),
        Some(name) => {
            let field = world.db.object(object).and_then(|object| object.field(name));
            let usable = field.filter(|f| f.external_id || f.id_lookup || f.name == "Id");
            let field = usable.ok_or_else(|| {
                invalid(format!(
                    "Field name provided, {name} does not match an External ID for {object}"
                ))
            })?;
            Ok(Some(field.name.clone()))
        }
    }
}

fn serial(fields: &Fields) -> Result<bool, AsyncError> {
    match fields.get("concurrencyMode").map(String::as_str) {
        None | Some("Parallel" | "0") => Ok(false),
        Some("Serial" | "1") => Ok(true),
        Some(other) => Err(invalid(format!("Unable to parse Job: concurrencyMode '{other}'"))),
    }
}

fn content(fields: &Fields) -> Result<ContentType, AsyncError> {
    match fields.get("contentType").map(String::as_str) {
        None => Ok(ContentType::Xml),
        Some(zip) if zip.starts_with("ZIP_") => {
            let message = format!("Content type {zip} is not enabled for this organization");
            Err(AsyncError::new("FeatureNotEnabled", message))
        }
        Some(name) => ContentType::parse(name)
            .ok_or_else(|| invalid(format!("Unable to parse Job: contentType '{name}'"))),
    }
}
