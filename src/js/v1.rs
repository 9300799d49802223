//! Calls of Bulk API 1.0.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::call::{Input, value_of};
use super::operation::Operation;
use crate::engine::v1;
use crate::json::Value;
use crate::wire::v1::{ContentType, JobSpec, JobState};

#[wasm_bindgen]
impl Operation {
    /// Makes a job, and gives its info.
    #[wasm_bindgen(js_name = v1CreateJob)]
    pub fn v1_create_job(&self, spec: JsValue) -> Promise {
        self.call(Input { options: spec, ..Input::default() }, |call| {
            Box::pin(async {
                let spec = JobSpec::read(&call.options()?)?;
                #[cfg(feature = "test-panic")]
                fail_on_demand(&spec.object);
                Ok(v1::create_job(&call.session, &spec).await?.into())
            })
        })
    }

    /// Makes a job and adds the query to it: `{ job, batch }`, their infos.
    #[wasm_bindgen(js_name = v1StartQuery)]
    pub fn v1_start_query(&self, spec: JsValue, soql: String) -> Promise {
        self.call(Input { options: spec, text: soql, ..Input::default() }, |call| {
            Box::pin(async {
                let spec = JobSpec::read(&call.options()?)?;
                let started = v1::start_query(&call.session, &spec, &call.input.text).await?;
                let members = [("job", started.job.into()), ("batch", started.batch.into())];
                Ok(Value::object(members))
            })
        })
    }

    /// Reads a job's info.
    #[wasm_bindgen(js_name = v1Job)]
    pub fn v1_job(&self, job: String) -> Promise {
        let input = Input { job, ..Input::default() };
        self.call(input, |call| value_of(v1::job(&call.session, &call.input.job)))
    }

    /// Sets a job's state, `Closed` or `Aborted`, and gives its info.
    #[wasm_bindgen(js_name = v1SetState)]
    pub fn v1_set_state(&self, job: String, state: String) -> Promise {
        self.call(Input { job, text: state, ..Input::default() }, |call| {
            Box::pin(async {
                let state = JobState::from_name(&call.input.text)?;
                Ok(v1::set_state(&call.session, &call.input.job, state).await?.into())
            })
        })
    }

    /// Adds a batch, and gives its info.
    #[wasm_bindgen(js_name = v1AddBatch)]
    pub fn v1_add_batch(&self, job: String, content_type: String, data: JsValue) -> Promise {
        self.call(Input { job, text: content_type, data, ..Input::default() }, |call| {
            Box::pin(async {
                let format = ContentType::from_name(&call.input.text)?;
                let added = v1::add_batch(&call.session, &call.input.job, format, call.body());
                Ok(added.await?.into())
            })
        })
    }

    /// Maps columns to fields.
    #[wasm_bindgen(js_name = v1PostMapping)]
    pub fn v1_post_mapping(&self, job: String, spec: JsValue) -> Promise {
        let input = Input { job, data: spec, ..Input::default() };
        self.call(input, |call| {
            value_of(v1::post_mapping(&call.session, &call.input.job, call.body()))
        })
    }

    /// Lists a job's batches.
    #[wasm_bindgen(js_name = v1Batches)]
    pub fn v1_batches(&self, job: String) -> Promise {
        let input = Input { job, ..Input::default() };
        self.call(input, |call| value_of(v1::batches(&call.session, &call.input.job)))
    }

    /// Reads a batch's info.
    #[wasm_bindgen(js_name = v1Batch)]
    pub fn v1_batch(&self, job: String, batch: String) -> Promise {
        let input = Input { job, text: batch, ..Input::default() };
        self.call(input, |call| {
            value_of(v1::batch(&call.session, &call.input.job, &call.input.text))
        })
    }

    /// Whether a batch is done.
    #[wasm_bindgen(js_name = v1BatchDone)]
    pub fn v1_batch_done(&self, job: String, batch: String) -> Promise {
        self.call(Input { job, text: batch, ..Input::default() }, |call| {
            Box::pin(async {
                let done = v1::is_done(&call.session, &call.input.job, &call.input.text);
                Ok(done.await?.into())
            })
        })
    }

    /// Waits for a batch, and gives its info.
    #[wasm_bindgen(js_name = v1WaitBatch)]
    pub fn v1_wait_batch(&self, job: String, batch: String, poll: JsValue) -> Promise {
        self.call(Input { job, text: batch, poll, ..Input::default() }, |call| {
            Box::pin(async {
                let (job, batch) = (&call.input.job, &call.input.text);
                let done = v1::wait_batch(&call.session, job, batch, call.poll()?);
                Ok(done.await?.info.into())
            })
        })
    }

    /// Waits for all of a job's batches, and gives their infos.
    #[wasm_bindgen(js_name = v1WaitJob)]
    pub fn v1_wait_job(&self, job: String, poll: JsValue) -> Promise {
        self.call(Input { job, poll, ..Input::default() }, |call| {
            Box::pin(async {
                let done = v1::wait_job(&call.session, &call.input.job, call.poll()?);
                Ok(done.await?.to_vec().into())
            })
        })
    }

    /// The ids of a query's results.
    #[wasm_bindgen(js_name = v1ResultIds)]
    pub fn v1_result_ids(&self, job: String, batch: String) -> Promise {
        self.call(Input { job, text: batch, ..Input::default() }, |call| {
            Box::pin(async {
                let ids = v1::all_result_ids(&call.session, &call.input.job, &call.input.text);
                Ok(ids.await?.into())
            })
        })
    }
}

#[cfg(feature = "test-panic")]
#[allow(clippy::panic, reason = "built for the tests of panics only")]
fn fail_on_demand(object: &str) {
    match object {
        "__panic__" => panic!("on demand"),
        // As memory that is used up does: without a panic.
        "__trap__" => std::process::abort(),
        // As what JavaScript throws through the code here.
        "__throw__" => wasm_bindgen::throw_str("on demand"),
        _ => {}
    }
}
