//! Single calls that several flows make, and what their answers must be true of; lists, and signing in.

use salesforce_bulk::engine::download::BatchRef;
use salesforce_bulk::engine::login::login;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::wire::info::{Info, same_id};
use salesforce_bulk::wire::v1::{ContentType, JobSpec, JobState};
use salesforce_bulk::wire::v2::{JobFilter, JobKind, JobState as State2};
use salesforce_bulk_org::{PASSWORD, TOKEN};

use super::actor::Tried;
use super::{Actor, Flow};
use crate::ledger::Rule;
use crate::scenario::Format;
use crate::world::{ORIGIN, World, credentials};

/// A format as the engine knows it.
pub fn content_type(format: Format) -> ContentType {
    match format {
        Format::Csv => ContentType::Csv,
        Format::Json => ContentType::Json,
        Format::Xml => ContentType::Xml,
    }
}

/// The state of a job in the org; none where there is no such job.
fn state_of(world: &World, id: &str) -> Option<&'static str> {
    world.org(|org| {
        let jobs = org.jobs();
        jobs.iter().find(|job| same_id(&job.id.to_string(), id)).map(|job| job.state)
    })
}

/// The states of a job's batches in the org, by their ids.
fn batch_states(world: &World, id: &str) -> Vec<(String, &'static str)> {
    world.org(|org| {
        let jobs = org.jobs();
        let job = jobs.iter().find(|job| same_id(&job.id.to_string(), id));
        let batches = job.into_iter().flat_map(|job| &job.batches);
        batches.map(|batch| (batch.id.to_string(), batch.state)).collect()
    })
}

impl Actor<'_> {
    /// A job must be in one of these states.
    fn job_is(&self, what: &str, job: &str, states: &[&str]) {
        let state = state_of(&self.world, job);
        if !state.is_some_and(|state| states.contains(&state)) {
            self.state_is_wrong(format!("{what}: job {job} is {state:?}"));
        }
    }
}

impl Actor<'_> {
    /// A batch that was told to have been added must be in its job, and hold what was sent.
    pub fn holds(&self, job: &str, id: &str, data: &[u8]) {
        let found = self.world.org(|org| {
            let jobs = org.jobs();
            let of_job = jobs.iter().find(|other| same_id(&other.id.to_string(), job));
            let mut batches = of_job.into_iter().flat_map(|job| &job.batches);
            let batch = batches.find(|batch| same_id(&batch.id.to_string(), id));
            batch.map(|batch| batch.request == data)
        });
        match found {
            Some(true) => {}
            Some(false) => self.world.violation(Rule::WrongState, format!("{id} holds other rows")),
            None => self.world.violation(Rule::WrongState, format!("{job} has no batch {id}")),
        }
    }
}

/// Waits for a job of Bulk API 2.0.
pub async fn wait(actor: &Actor<'_>, kind: JobKind, job: &str) -> Tried<Info> {
    let poll = actor.poll();
    let info = actor
        .tries("wait for a job", |session| {
            let job = job.to_owned();
            Box::pin(async move { v2::wait(&session, kind, &job, poll).await })
        })
        .await?;
    actor.job_is("a wait has ended", job, &["JobComplete"]);
    Ok(info)
}

/// Aborts a job of Bulk API 2.0.
pub async fn abort(actor: &Actor<'_>, kind: JobKind, job: &str) -> Tried<()> {
    actor
        .tries("abort a job", |session| {
            let job = job.to_owned();
            let state = State2::Aborted;
            Box::pin(async move { Ok(v2::set_state(&session, kind, &job, state).await?) })
        })
        .await?;
    actor.job_is("aborted", job, &["Aborted"]);
    Ok(())
}

/// Deletes a job of Bulk API 2.0.
pub async fn delete(actor: &Actor<'_>, kind: JobKind, job: &str) -> Flow<()> {
    actor
        .must("delete a job", |session| {
            let job = job.to_owned();
            Box::pin(async move { v2::delete(&session, kind, &job).await })
        })
        .await?;
    if state_of(&actor.world, job).is_some() {
        actor.state_is_wrong(format!("job {job} is deleted, but still there"));
    }
    Ok(())
}

/// Makes a job of Bulk API 1.0.
pub async fn make_job1(actor: &Actor<'_>, spec: JobSpec) -> Flow<String> {
    let job = actor
        .must("make a job", |session| {
            let spec = spec.clone();
            Box::pin(async move { Ok(v1::create_job(&session, &spec).await?) })
        })
        .await?;
    actor.job_is("made", job.id(), &["Open"]);
    Ok(job.id().to_owned())
}

/// Closes or aborts a job of Bulk API 1.0.
pub async fn set_state1(actor: &Actor<'_>, job: &str, state: JobState) -> Flow<()> {
    actor
        .must("set a job's state", |session| {
            let job = job.to_owned();
            Box::pin(async move { Ok(v1::set_state(&session, &job, state).await?) })
        })
        .await?;
    actor.job_is("its state is set", job, &[state.name()]);
    Ok(())
}

/// Waits for a batch, and gives the batches that hold its results: itself, or its chunks.
pub async fn parts(actor: &Actor<'_>, at: &BatchRef) -> Flow<Vec<BatchRef>> {
    let poll = actor.poll();
    let done = actor
        .must("wait for a batch", |session| {
            let at = at.clone();
            Box::pin(async move { v1::wait_batch(&session, &at.job, &at.batch, poll).await })
        })
        .await?;
    let part = |batch: &Info| BatchRef { job: at.job.clone(), batch: batch.id().to_owned() };
    Ok(done.parts.iter().map(part).collect())
}

/// Waits for all batches of a job, among them those that were added.
pub async fn wait_job1(actor: &Actor<'_>, job: &str, added: &[String]) -> Tried<()> {
    let poll = actor.poll();
    actor
        .tries("wait for all batches", |session| {
            let job = job.to_owned();
            Box::pin(async move { v1::wait_job(&session, &job, poll).await })
        })
        .await?;
    for (batch, state) in batch_states(&actor.world, job) {
        let is_own = added.iter().any(|own| same_id(own, &batch));
        if is_own && matches!(state, "Queued" | "InProgress") {
            actor.state_is_wrong(format!("all batches are done, but {batch} is {state}"));
        }
    }
    Ok(())
}

/// Reads the list of jobs to its end.
pub async fn list(actor: &Actor<'_>, queries: bool) -> Flow<()> {
    let kind = if queries { JobKind::Query } else { JobKind::Ingest };
    let mut locator = None;
    loop {
        let filter = JobFilter {
            kind,
            pk_chunking: None,
            job_type: None,
            concurrency_mode: None,
            locator: locator.clone(),
        };
        let page = actor
            .must("list jobs", |session| {
                let filter = filter.clone();
                Box::pin(async move { Ok(v2::jobs(&session, &filter).await?) })
            })
            .await?;
        let Some(next) = page.locator else { return Ok(()) };
        locator = Some(next);
    }
}

/// Signs in.
pub async fn sign_in(actor: &Actor<'_>) -> Flow<()> {
    actor.world.caller.keep_secret(&format!("{PASSWORD}{TOKEN}"));
    let signed_in = actor
        .must("sign in", |session| Box::pin(async move { login(&session, &credentials()).await }))
        .await?;
    if signed_in.instance_url != ORIGIN || !signed_in.access_token.starts_with("00D") {
        let how = format!("a session of {}", signed_in.instance_url);
        actor.world.violation(Rule::WrongState, how);
    }
    Ok(())
}
