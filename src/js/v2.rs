//! Calls of Bulk API 2.0.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::call::{Call, Input};
use super::operation::Operation;
use crate::engine::v2::{self, Load};
use crate::error::Result;
use crate::json::Value;
use crate::wire::arguments::Arguments;
use crate::wire::v2::{IngestSpec, JobFilter, JobKind, JobState, QuerySpec};

#[wasm_bindgen]
impl Operation {
    /// Makes an ingest job, and gives its info. With `csv` in it, the job has its data and is started.
    #[wasm_bindgen(js_name = v2CreateIngest)]
    pub fn v2_create_ingest(&self, spec: JsValue) -> Promise {
        self.call(Input { options: spec, ..Input::default() }, |call| {
            Box::pin(async {
                let given = call.options()?;
                let spec = IngestSpec::read(&given)?;
                let info = match Arguments(&given).optional_text("csv")? {
                    Some(csv) => v2::create_ingest_with(&call.session, &spec, &csv).await?,
                    None => v2::create_ingest(&call.session, &spec).await?,
                };
                Ok(info.into())
            })
        })
    }

    /// Makes a query job, and gives its info.
    #[wasm_bindgen(js_name = v2CreateQuery)]
    pub fn v2_create_query(&self, spec: JsValue) -> Promise {
        self.call(Input { options: spec, ..Input::default() }, |call| {
            Box::pin(async {
                let spec = QuerySpec::read(&call.options()?)?;
                Ok(v2::create_query(&call.session, &spec).await?.into())
            })
        })
    }

    /// Reads a job's info.
    #[wasm_bindgen(js_name = v2Job)]
    pub fn v2_job(&self, kind: String, job: String) -> Promise {
        self.call(of_job(kind, job), |call| {
            Box::pin(async {
                Ok(v2::job(&call.session, call.job_kind()?, &call.input.job).await?.into())
            })
        })
    }

    /// Uploads an ingest job's data.
    #[wasm_bindgen(js_name = v2Upload)]
    pub fn v2_upload(&self, job: String, data: JsValue) -> Promise {
        self.call(Input { job, data, ..Input::default() }, |call| {
            Box::pin(async {
                v2::upload(&call.session, &call.input.job, call.body()).await?;
                Ok(Value::Null)
            })
        })
    }

    /// Starts an ingest job, and gives its info.
    #[wasm_bindgen(js_name = v2Start)]
    pub fn v2_start(&self, job: String) -> Promise {
        self.call(Input { job, ..Input::default() }, |call| {
            Box::pin(async { Ok(v2::start(&call.session, &call.input.job).await?.into()) })
        })
    }

    /// Aborts a job, and gives its info.
    #[wasm_bindgen(js_name = v2Abort)]
    pub fn v2_abort(&self, kind: String, job: String) -> Promise {
        self.call(of_job(kind, job), |call| {
            Box::pin(async {
                let (kind, state) = (call.job_kind()?, JobState::Aborted);
                Ok(v2::set_state(&call.session, kind, &call.input.job, state).await?.into())
            })
        })
    }

    /// Deletes a job that has ended.
    #[wasm_bindgen(js_name = v2Delete)]
    pub fn v2_delete(&self, kind: String, job: String) -> Promise {
        self.call(of_job(kind, job), |call| {
            Box::pin(async {
                v2::delete(&call.session, call.job_kind()?, &call.input.job).await?;
                Ok(Value::Null)
            })
        })
    }

    /// Waits for a job's end, and gives its info.
    #[wasm_bindgen(js_name = v2Wait)]
    pub fn v2_wait(&self, kind: String, job: String, poll: JsValue) -> Promise {
        self.call(Input { poll, ..of_job(kind, job) }, |call| {
            Box::pin(async {
                let (kind, poll) = (call.job_kind()?, call.poll()?);
                Ok(v2::wait(&call.session, kind, &call.input.job, poll).await?.into())
            })
        })
    }

    /// One page of the org's jobs: `{ records, locator }`.
    #[wasm_bindgen(js_name = v2List)]
    pub fn v2_list(&self, filter: JsValue) -> Promise {
        self.call(Input { options: filter, ..Input::default() }, |call| {
            Box::pin(async {
                let filter = JobFilter::read(&call.options()?)?;
                Ok(v2::jobs(&call.session, &filter).await?.into())
            })
        })
    }

    /// The locators of a query's result pages.
    #[wasm_bindgen(js_name = v2ResultPages)]
    pub fn v2_result_pages(&self, job: String) -> Promise {
        self.call(Input { job, ..Input::default() }, |call| {
            Box::pin(async { Ok(v2::result_pages(&call.session, &call.input.job).await?.into()) })
        })
    }

    /// Loads data that fits one job, and gives the summary. `records` is how many rows the data has: they are counted by
    /// who wrote them down.
    #[wasm_bindgen(js_name = v2Load)]
    pub fn v2_load(&self, spec: JsValue, poll: JsValue, records: f64, data: JsValue) -> Promise {
        let records = records as u64;
        self.call(Input { options: spec, poll, records, data, ..Input::default() }, |call| {
            Box::pin(async {
                let load = Load {
                    spec: IngestSpec::read(&call.options()?)?,
                    poll: call.poll()?,
                    records: call.input.records,
                    data: call.input.data.clone(),
                };
                Ok(v2::load(&call.session, load).await?.into())
            })
        })
    }
}

fn of_job(kind: String, job: String) -> Input {
    Input { job, text: kind, ..Input::default() }
}

impl Call {
    fn job_kind(&self) -> Result<JobKind> {
        JobKind::from_name(&self.input.text)
    }
}
