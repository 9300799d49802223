//! An ingest job of Bulk 2.0: from the upload to the last row.

use super::fields::Fields;
use super::format::Format;
use super::state::{State, check_abort, check_close};
use crate::config::SecondUpload;
use crate::data::{Load, Operation, RecordId};
use crate::error::ApiError;
use crate::history::History;
use crate::loading::Loading;
use crate::operation::JobOperation;
use crate::wire::csv;
use crate::work::{Task, Work};
use crate::world::World;

const KNOWN: [&str; 7] = [
    "object",
    "operation",
    "externalIdFieldName",
    "contentType",
    "columnDelimiter",
    "lineEnding",
    "assignmentRuleId",
];
const MAX_UPLOAD: usize = 150_000_000;
const MAX_HEADER: usize = 32_000;
/// Rows that one of the day's batches holds.
const BATCH_ROWS: usize = 10_000;

/// An ingest job.
#[derive(Debug)]
pub struct IngestJob {
    /// Its id.
    pub id: RecordId,
    /// What is done to which rows.
    pub load: Load,
    /// The dialect of its CSV.
    pub format: Format,
    /// The states it has been in since it was created.
    pub history: History<State>,
    /// The version in the URL it was created at.
    pub version: String,
    /// The header of the upload as it was sent.
    pub header_line: String,
    /// The work, once it began.
    pub work: Option<Work>,
    /// The assignment rule for cases and leads.
    pub assignment_rule: Option<String>,
    upload: Option<Vec<u8>>,
    uploads: usize,
    /// Why it failed.
    pub error: Option<String>,
}

impl IngestJob {
    /// Creates a job from its description.
    pub fn create(body: &[u8], version: &str, world: &mut World) -> Result<Self, ApiError> {
        let fields = Fields::parse(body, &KNOWN)?;
        let load = load(&fields, world)?;
        let format = Format::of(&fields)?;
        Ok(Self {
            id: world.mint.id("750"),
            load,
            format,
            history: History::new(State::Open, world.now),
            version: version.to_owned(),
            header_line: String::new(),
            work: None,
            assignment_rule: fields.text("assignmentRuleId").map(str::to_owned),
            upload: None,
            uploads: 0,
            error: None,
        })
    }

    /// Its state.
    pub fn state(&self) -> State {
        self.history.state()
    }

    /// Takes the upload; a job has one, and no one looks into it yet.
    pub fn upload(&mut self, body: Vec<u8>, world: &World) -> Result<(), ApiError> {
        if self.state() != State::Open {
            let message = format!("This job is already {}", self.state().name());
            return Err(ApiError::bad("INVALIDJOBSTATE", message));
        }
        if body.len() > MAX_UPLOAD {
            let message =
                format!("Failed to read request. Exceeded max size limit of {MAX_UPLOAD}");
            return Err(ApiError::bad("CLIENTINPUTERROR", message));
        }
        if self.uploads > 0 && world.config.second_upload == SecondUpload::AtUpload {
            return Err(self.multiple());
        }
        self.uploads += 1;
        self.upload = Some(body);
        Ok(())
    }

    /// `Found multipe contents`: the spelling is Salesforce's.
    fn multiple(&self) -> ApiError {
        let message = format!(
            "Found multipe contents for job: <{}>, please 'Close' / 'Abort' / 'Delete' the current \
             Job then create a new Job and make sure you only do 'PUT' once on a given Job.",
            self.id.short()
        );
        ApiError::bad("INVALIDJOB", message)
    }

    /// Closes or aborts.
    pub fn change(&mut self, body: &[u8], now: i64) -> Result<(), ApiError> {
        let fields = Fields::parse(body, &["state"])?;
        match fields.required("state")? {
            "UploadComplete" => {
                check_close(self.state())?;
                if self.uploads > 1 {
                    return Err(self.multiple());
                }
                if self.upload.as_ref().is_none_or(Vec::is_empty) {
                    let message = "Unable to find any data to create batch";
                    return Err(ApiError::bad("INVALIDJOB", message));
                }
                self.history.enter(State::UploadComplete, now);
            }
            "Aborted" => {
                check_abort(self.state())?;
                self.history.enter(State::Aborted, now);
            }
            other => {
                let message = format!("Unable to change the state to {other}");
                return Err(ApiError::bad("INVALIDJOBSTATE", message));
            }
        }
        Ok(())
    }

    /// Brings the job to where it should be now.
    pub fn tick(&mut self, world: &mut World) {
        let due = self.history.modified() + world.config.queue_ms;
        if self.state() == State::UploadComplete && due <= world.now {
            let task = self.task(world);
            let path = format!("/services/data/v{}/jobs/ingest/{}", self.version, self.id);
            self.work = Some(Work::start(due, task, &path, world));
            self.history.enter(State::InProgress, due);
        }
        if self.state() != State::InProgress {
            return;
        }
        let Some(work) = self.work.as_mut() else { return };
        let Some(ended) = work.advance(world) else { return };
        self.error = work.failure().map(str::to_owned);
        let failed = self.error.is_some();
        self.history.enter(if failed { State::Failed } else { State::JobComplete }, ended);
    }

    /// Looks into the upload at last.
    fn task(&mut self, world: &mut World) -> Task {
        let upload = self.upload.take().unwrap_or_default();
        let text = String::from_utf8_lossy(&upload);
        let sheet = match csv::parse(&text, self.format.delimiter, self.format.ending) {
            Ok(sheet) => sheet,
            Err(message) => return Task::Fail(format!("ClientInputError : {message}")),
        };
        self.header_line.clone_from(&sheet.header_line);
        if sheet.header_line.chars().count() > MAX_HEADER {
            let message = format!("The header row has more than {MAX_HEADER} characters");
            return Task::Fail(format!("ClientInputError : {message}"));
        }
        if !world.take_batches(sheet.rows.len().div_ceil(BATCH_ROWS) as u64) {
            return Task::Fail("ExceededQuota : ApiBatchItems Limit exceeded.".to_owned());
        }
        Loading::of_sheet(sheet, self.load.clone(), &world.db)
    }
}

fn load(fields: &Fields, world: &World) -> Result<Load, ApiError> {
    let name = fields.required("operation")?;
    let operation = JobOperation::parse(name).and_then(JobOperation::load).ok_or_else(|| {
        ApiError::bad("INVALIDJOB", format!("Unable to parse Job: invalid operation '{name}'"))
    })?;
    if operation == Operation::HardDelete && !world.config.hard_delete {
        let message = "hardDelete operation requires special user profile permission, \
                       please contact your system administrator";
        return Err(ApiError::bad("FEATURENOTENABLED", message));
    }
    let object = object(fields.required("object")?, world)?;
    let external_id = external_id(fields, operation, &object, world)?;
    Ok(Load { object, operation, external_id })
}

fn object(name: &str, world: &World) -> Result<String, ApiError> {
    let object = world
        .db
        .object(name)
        .ok_or_else(|| ApiError::bad("INVALIDENTITY", format!("Unable to find object: {name}")))?;
    if object.bulk {
        return Ok(object.name.clone());
    }
    let message = format!("Entity '{}' is not supported by the Bulk API.", object.name);
    Err(ApiError::bad("INVALIDENTITY", message))
}

fn external_id(
    fields: &Fields,
    operation: Operation,
    object: &str,
    world: &World,
) -> Result<Option<String>, ApiError> {
    let invalid = |message: String| ApiError::bad("INVALIDJOB", message);
    match (fields.text("externalIdFieldName"), operation == Operation::Upsert) {
        (None, false) => Ok(None),
        (None, true) => Err(invalid(format!(
            "External ID was blank for {object}. An External ID must be specified for upsert."
        ))),
        (Some(_), false) => Err(invalid("External ID is allowed for upsert only".to_owned())),
        (Some(name), true) => {
            let field = world.db.object(object).and_then(|object| object.field(name));
            let usable = field.filter(|f| f.external_id || f.id_lookup || f.name == "Id");
            usable.map(|field| Some(field.name.clone())).ok_or_else(|| {
                invalid(format!(
                    "Field name provided, {name} does not match an External ID for {object}"
                ))
            })
        }
    }
}
