//! Bulk API 1.0.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::convert::{given, thrown};
use super::operation::Operation;
use super::reader::Reader;
use crate::engine::pace::Poll;
use crate::engine::source::{BatchRef, BatchResults, Source};
use crate::engine::v1;
use crate::wire::request::Body;
use crate::wire::v1 as wire;
use crate::wire::v1::{ContentType, JobSpec, JobState};

/// Polling as the caller wants it; what is left out is the client's.
#[derive(Default, Deserialize)]
pub(super) struct PollOverride {
    first: Option<f64>,
    max: Option<f64>,
}

impl PollOverride {
    pub(super) fn over(self, client: Poll) -> Poll {
        Poll { first: self.first.unwrap_or(client.first), max: self.max.unwrap_or(client.max) }
    }
}

impl Operation {
    pub(super) fn poll(&self, given_poll: JsValue) -> Result<Poll, JsValue> {
        let own: Option<PollOverride> = given(given_poll)?;
        Ok(own.unwrap_or_default().over(self.session.settings.poll))
    }
}

#[wasm_bindgen]
impl Operation {
    /// Makes a job.
    #[wasm_bindgen(js_name = v1CreateJob)]
    pub async fn v1_create_job(&self, spec: JsValue) -> Result<JsValue, JsValue> {
        let spec: JobSpec = given(spec)?;
        #[cfg(feature = "test-panic")]
        panic_on_demand(&spec.object);
        self.answer(v1::create_job(&self.session, &spec)).await
    }

    /// Reads a job.
    #[wasm_bindgen(js_name = v1Job)]
    pub async fn v1_job(&self, job: String) -> Result<JsValue, JsValue> {
        self.answer(v1::job(&self.session, &job)).await
    }

    /// Closes or aborts a job.
    #[wasm_bindgen(js_name = v1SetState)]
    pub async fn v1_set_state(&self, job: String, state: String) -> Result<JsValue, JsValue> {
        let state = JobState::from_name(&state).map_err(thrown)?;
        self.answer(v1::set_state(&self.session, &job, state)).await
    }

    /// Adds a batch: text, bytes or a Blob.
    #[wasm_bindgen(js_name = v1AddBatch)]
    pub async fn v1_add_batch(
        &self,
        job: String,
        content_type: JsValue,
        body: JsValue,
    ) -> Result<JsValue, JsValue> {
        let content_type: ContentType = given(content_type)?;
        self.answer(v1::add_batch(&self.session, &job, content_type, payload(body))).await
    }

    /// Maps columns to fields.
    #[wasm_bindgen(js_name = v1PostMapping)]
    pub async fn v1_post_mapping(&self, job: String, body: JsValue) -> Result<JsValue, JsValue> {
        self.answer(v1::post_mapping(&self.session, &job, payload(body))).await
    }

    /// Lists a job's batches.
    #[wasm_bindgen(js_name = v1Batches)]
    pub async fn v1_batches(&self, job: String) -> Result<JsValue, JsValue> {
        self.answer(v1::batches(&self.session, &job)).await
    }

    /// Reads a batch.
    #[wasm_bindgen(js_name = v1Batch)]
    pub async fn v1_batch(&self, job: String, batch: String) -> Result<JsValue, JsValue> {
        self.answer(v1::batch(&self.session, &job, &batch)).await
    }

    /// Whether there is nothing left to wait for.
    #[wasm_bindgen(js_name = v1BatchDone)]
    pub async fn v1_batch_done(&self, job: String, batch: String) -> Result<JsValue, JsValue> {
        self.answer(v1::is_done(&self.session, &job, &batch)).await
    }

    /// Waits for a batch, and all its chunks.
    #[wasm_bindgen(js_name = v1WaitBatch)]
    pub async fn v1_wait_batch(
        &self,
        job: String,
        batch: String,
        poll: JsValue,
    ) -> Result<JsValue, JsValue> {
        let poll = self.poll(poll)?;
        let wait = async { Ok(v1::wait_batch(&self.session, &job, &batch, poll).await?.info) };
        self.answer(wait).await
    }

    /// Waits for all batches of a job.
    #[wasm_bindgen(js_name = v1WaitJob)]
    pub async fn v1_wait_job(&self, job: String, poll: JsValue) -> Result<JsValue, JsValue> {
        let poll = self.poll(poll)?;
        let wait = async { Ok(v1::wait_job(&self.session, &job, poll).await?.to_vec()) };
        self.answer(wait).await
    }

    /// The ids of the results of a query's batch, and of its chunks.
    #[wasm_bindgen(js_name = v1ResultIds)]
    pub async fn v1_result_ids(&self, job: String, batch: String) -> Result<JsValue, JsValue> {
        self.answer(v1::all_result_ids(&self.session, &job, &batch)).await
    }

    /// What was sent as a batch.
    #[wasm_bindgen(js_name = v1Request)]
    pub fn v1_request(&self, job: &str, batch: &str) -> Reader {
        self.reader(Source::One(Some(wire::request(job, batch))))
    }

    /// One result of a query.
    #[wasm_bindgen(js_name = v1Result)]
    pub fn v1_result(&self, job: &str, batch: &str, result: &str) -> Reader {
        self.reader(Source::One(Some(wire::result(job, batch, result))))
    }

    /// All results of a query's batch, when it is done.
    #[wasm_bindgen(js_name = v1Records)]
    pub fn v1_records(&self, job: String, batch: String, poll: JsValue) -> Result<Reader, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.reader(Source::Batch(BatchResults::new(BatchRef { job, batch }, poll))))
    }

    /// The outcomes of a batch's rows, when it is done.
    #[wasm_bindgen(js_name = v1Outcomes)]
    pub fn v1_outcomes(
        &self,
        job: String,
        batch: String,
        poll: JsValue,
    ) -> Result<Reader, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.reader(Source::Outcomes(BatchRef { job, batch }, poll)))
    }
}

/// Text is small and may be compared as it is; the rest stays where JavaScript has it.
fn payload(body: JsValue) -> Body<JsValue> {
    body.as_string().map_or(Body::Payload(body), Body::Text)
}

#[cfg(feature = "test-panic")]
#[allow(clippy::panic, reason = "built for the tests of panics only")]
fn panic_on_demand(object: &str) {
    if object == "__panic__" {
        panic!("on demand");
    }
}
