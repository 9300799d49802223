//! Bulk API 1.0.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::convert::given;
use super::operation::Operation;
use super::reader::Reader;
use crate::engine::source::{BatchRef, BatchResults, Source};
use crate::engine::v1;
use crate::json::Value;
use crate::wire::request::Body;
use crate::wire::v1 as wire;
use crate::wire::v1::{ContentType, JobSpec, JobState};

#[wasm_bindgen]
impl Operation {
    /// Makes a job.
    #[wasm_bindgen(js_name = v1CreateJob)]
    pub fn v1_create_job(&self, spec: &JsValue) -> Promise {
        let spec = given(spec);
        self.answer(async move |home| {
            let spec = JobSpec::read(&spec?)?;
            #[cfg(feature = "test-panic")]
            panic_on_demand(&spec.object);
            Ok(v1::create_job(&home, &spec).await?.into())
        })
    }

    /// Reads a job.
    #[wasm_bindgen(js_name = v1Job)]
    pub fn v1_job(&self, job: String) -> Promise {
        self.answer(async move |home| Ok(v1::job(&home, &job).await?.into()))
    }

    /// Closes or aborts a job.
    #[wasm_bindgen(js_name = v1SetState)]
    pub fn v1_set_state(&self, job: String, state: String) -> Promise {
        self.answer(async move |home| {
            Ok(v1::set_state(&home, &job, JobState::from_name(&state)?).await?.into())
        })
    }

    /// Adds a batch: text, bytes or a Blob.
    #[wasm_bindgen(js_name = v1AddBatch)]
    pub fn v1_add_batch(&self, job: String, content_type: String, body: JsValue) -> Promise {
        self.answer(async move |home| {
            let content_type = ContentType::from_name(&content_type)?;
            Ok(v1::add_batch(&home, &job, content_type, payload(body)).await?.into())
        })
    }

    /// Maps columns to fields.
    #[wasm_bindgen(js_name = v1PostMapping)]
    pub fn v1_post_mapping(&self, job: String, body: JsValue) -> Promise {
        self.answer(async move |home| {
            v1::post_mapping(&home, &job, payload(body)).await?;
            Ok(Value::Null)
        })
    }

    /// Lists a job's batches.
    #[wasm_bindgen(js_name = v1Batches)]
    pub fn v1_batches(&self, job: String) -> Promise {
        self.answer(async move |home| Ok(v1::batches(&home, &job).await?.into()))
    }

    /// Reads a batch.
    #[wasm_bindgen(js_name = v1Batch)]
    pub fn v1_batch(&self, job: String, batch: String) -> Promise {
        self.answer(async move |home| Ok(v1::batch(&home, &job, &batch).await?.into()))
    }

    /// Whether there is nothing left to wait for.
    #[wasm_bindgen(js_name = v1BatchDone)]
    pub fn v1_batch_done(&self, job: String, batch: String) -> Promise {
        self.answer(async move |home| Ok(v1::is_done(&home, &job, &batch).await?.into()))
    }

    /// Waits for a batch, and all its chunks.
    #[wasm_bindgen(js_name = v1WaitBatch)]
    pub fn v1_wait_batch(
        &self,
        job: String,
        batch: String,
        poll: &JsValue,
    ) -> Result<Promise, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.answer(async move |home| {
            Ok(v1::wait_batch(&home, &job, &batch, poll).await?.info.into())
        }))
    }

    /// Waits for all batches of a job.
    #[wasm_bindgen(js_name = v1WaitJob)]
    pub fn v1_wait_job(&self, job: String, poll: &JsValue) -> Result<Promise, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self
            .answer(async move |home| Ok(v1::wait_job(&home, &job, poll).await?.to_vec().into())))
    }

    /// The ids of the results of a query's batch, and of its chunks.
    #[wasm_bindgen(js_name = v1ResultIds)]
    pub fn v1_result_ids(&self, job: String, batch: String) -> Promise {
        self.answer(async move |home| Ok(v1::all_result_ids(&home, &job, &batch).await?.into()))
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
    pub fn v1_records(
        &self,
        job: String,
        batch: String,
        poll: &JsValue,
    ) -> Result<Reader, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.reader(Source::Batch(BatchResults::new(BatchRef { job, batch }, poll))))
    }

    /// The outcomes of a batch's rows, when it is done.
    #[wasm_bindgen(js_name = v1Outcomes)]
    pub fn v1_outcomes(
        &self,
        job: String,
        batch: String,
        poll: &JsValue,
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
