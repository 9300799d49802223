//! The calls by name. One export serves all of them, because each export costs the user's download a kilobyte.

use wasm_bindgen::prelude::*;

use super::operation::Home;
use crate::csv::Delimiter;
use crate::engine::pace::Poll;
use crate::engine::source::{BatchRef, BatchResults, IngestResults, QueryResults, Source};
use crate::engine::{login, v1, v2};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::wire::document::Node;
use crate::wire::request::Body;
use crate::wire::soap::Credentials;
use crate::wire::v1 as wire;
use crate::wire::v1::{ContentType, JobSpec, JobState};
use crate::wire::v2::Kind;

/// What a call was given: plain data, and the body of an upload, which stays where JavaScript has it.
pub(super) struct Given {
    /// The arguments.
    pub args: Value,
    /// Text, bytes or a Blob.
    pub body: JsValue,
}

impl Given {
    fn value(&self, at: usize) -> &Value {
        self.args.items().get(at).unwrap_or(&Value::Null)
    }

    fn text(&self, at: usize) -> &str {
        self.value(at).as_str().unwrap_or_default()
    }

    fn count(&self, at: usize) -> u64 {
        self.value(at).as_u64().unwrap_or(0)
    }

    fn kind(&self) -> Result<Kind> {
        Kind::from_name(self.text(0))
    }

    /// Polling as the caller wants it; what is left out is the client's.
    fn poll(&self, home: &Home, at: usize) -> Poll {
        home.settings.poll.with(Some(self.value(at)))
    }

    /// Text is small and may be compared as it is.
    fn body(&self) -> Body<JsValue> {
        self.body.as_string().map_or_else(|| Body::Payload(self.body.clone()), Body::Text)
    }
}

/// Does what the name says, with the arguments that the package's `lib/` gives in that order.
pub(super) async fn call(home: Home, name: String, given: Given) -> Result<Value> {
    let (session, job, second) = (&*home, given.text(0), given.text(1));
    Ok(match name.as_str() {
        "login" => login::login(session, &Credentials::read(given.value(0))).await?.into(),
        "v1CreateJob" => create_v1(&home, given.value(0)).await?,
        "v1Job" => v1::job(session, job).await?.into(),
        "v1SetState" => v1::set_state(session, job, JobState::from_name(second)?).await?.into(),
        "v1AddBatch" => {
            v1::add_batch(session, job, ContentType::from_name(second)?, given.body()).await?.into()
        }
        "v1PostMapping" => done(v1::post_mapping(session, job, given.body()).await?),
        "v1Batches" => v1::batches(session, job).await?.into(),
        "v1Batch" => v1::batch(session, job, second).await?.into(),
        "v1BatchDone" => v1::is_done(session, job, second).await?.into(),
        "v1WaitBatch" => {
            v1::wait_batch(session, job, second, given.poll(&home, 2)).await?.info.into()
        }
        "v1WaitJob" => v1::wait_job(session, job, given.poll(&home, 1)).await?.to_vec().into(),
        "v1ResultIds" => v1::all_result_ids(session, job, second).await?.into(),
        "v2CreateIngest" => create_ingest(&home, given.value(0)).await?,
        "v2CreateQuery" => v2::create_query(session, given.value(0)).await?.into(),
        "v2Job" => v2::job(session, given.kind()?, second).await?.into(),
        "v2SetState" => v2::set_state(session, given.kind()?, second, given.text(2)).await?.into(),
        "v2Delete" => done(v2::delete(session, given.kind()?, second).await?),
        "v2Wait" => v2::wait(session, given.kind()?, second, given.poll(&home, 2)).await?.into(),
        "v2Upload" => done(v2::upload(session, job, given.body()).await?),
        "v2List" => v2::jobs(session, given.value(0)).await?.into(),
        "v2ResultPages" => v2::result_pages(session, job).await?.into(),
        "v2Load" => load(&home, &given).await?,
        unknown => return Err(Error::argument(format!("There is no call {unknown}."))),
    })
}

fn done((): ()) -> Value {
    Value::Null
}

async fn create_v1(home: &Home, spec: &Value) -> Result<Value> {
    let spec = JobSpec::read(spec)?;
    #[cfg(feature = "test-panic")]
    panic_on_demand(&spec.object);
    Ok(v1::create_job(home, &spec).await?.into())
}

async fn create_ingest(home: &Home, spec: &Value) -> Result<Value> {
    let info = match spec.get("csv").and_then(Value::as_str) {
        Some(csv) => v2::create_ingest_with(home, spec, csv).await,
        None => v2::create_ingest(home, spec).await,
    };
    Ok(info?.into())
}

/// The data's rows are counted by who wrote them down.
async fn load(home: &Home, given: &Given) -> Result<Value> {
    let spec = given.value(0);
    let poll = home.settings.poll.with(spec.get("poll"));
    Ok(v2::load(home, spec, poll, given.body.clone(), given.count(1)).await?.into())
}

/// The results that the name says.
pub(super) fn source(home: &Home, name: &str, given: &Given) -> Result<Source<JsValue>> {
    let (job, second) = (given.text(0), given.text(1));
    let batch = || BatchRef { job: job.to_owned(), batch: second.to_owned() };
    Ok(match name {
        "v1Request" => Source::One(Some(wire::request(job, second))),
        "v1Result" => Source::One(Some(wire::result(job, second, given.text(2)))),
        "v1Records" => Source::Batch(BatchResults::new(batch(), given.poll(home, 2))),
        "v1Outcomes" => Source::Outcomes(batch(), given.poll(home, 2)),
        "v2Results" => Source::Ingest(page(job, given.value(1))),
        "v2QueryRecords" => {
            Source::Query(QueryResults::of_job(job.to_owned(), given.poll(home, 1)))
        }
        "v2Query" => Source::Query(query(home, given.value(0))),
        "v2IngestResults" => Source::Ingest(IngestResults::rows(job.to_owned(), second.to_owned())),
        "v2Outcomes" => Source::Ingest(IngestResults::outcomes(job.to_owned())),
        unknown => return Err(Error::argument(format!("There are no results {unknown}."))),
    })
}

fn page(job: &str, page: &Value) -> IngestResults {
    let text = |name| Node::Json(page).text(name);
    let delimiter = text("columnDelimiter").and_then(|name| Delimiter::from_name(&name));
    IngestResults::page(job.to_owned(), text("locator"), size(page), delimiter)
}

fn query(home: &Home, spec: &Value) -> QueryResults {
    let poll = home.settings.poll.with(spec.get("poll"));
    QueryResults::of_query(spec.clone(), poll, size(spec))
}

fn size(given: &Value) -> Option<u32> {
    given.get("maxRecords").and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok())
}

#[cfg(feature = "test-panic")]
#[allow(clippy::panic, reason = "built for the tests of panics only")]
fn panic_on_demand(object: &str) {
    if object == "__panic__" {
        panic!("on demand");
    }
}
