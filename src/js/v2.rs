//! Bulk API 2.0.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::convert::{given, thrown};
use super::operation::Operation;
use super::reader::Reader;
use crate::csv::Delimiter;
use crate::engine::source::{IngestResults, QueryResults, Source};
use crate::engine::v2;
use crate::error::Result;
use crate::json::Value;
use crate::wire::document::Node;
use crate::wire::request::Body;
use crate::wire::v2::Kind;

#[wasm_bindgen]
impl Operation {
    /// Makes an ingest job; with `csv`, its data too.
    #[wasm_bindgen(js_name = v2CreateIngest)]
    pub fn v2_create_ingest(&self, spec: &JsValue) -> Promise {
        let spec = given(spec);
        self.answer(async move |home| {
            let spec = spec?;
            let info = match spec.get("csv").and_then(Value::as_str) {
                Some(csv) => v2::create_ingest_with(&home, &spec, csv).await,
                None => v2::create_ingest(&home, &spec).await,
            };
            Ok(info?.into())
        })
    }

    /// Makes a query job.
    #[wasm_bindgen(js_name = v2CreateQuery)]
    pub fn v2_create_query(&self, spec: &JsValue) -> Promise {
        let spec = given(spec);
        self.answer(async move |home| Ok(v2::create_query(&home, &spec?).await?.into()))
    }

    /// Reads a job.
    #[wasm_bindgen(js_name = v2Job)]
    pub fn v2_job(&self, kind: String, job: String) -> Promise {
        self.answer(async move |home| {
            Ok(v2::job(&home, Kind::from_name(&kind)?, &job).await?.into())
        })
    }

    /// Sets a job's state.
    #[wasm_bindgen(js_name = v2SetState)]
    pub fn v2_set_state(&self, kind: String, job: String, state: String) -> Promise {
        self.answer(async move |home| {
            Ok(v2::set_state(&home, Kind::from_name(&kind)?, &job, &state).await?.into())
        })
    }

    /// Deletes a job.
    #[wasm_bindgen(js_name = v2Delete)]
    pub fn v2_delete(&self, kind: String, job: String) -> Promise {
        self.answer(async move |home| {
            v2::delete(&home, Kind::from_name(&kind)?, &job).await?;
            Ok(Value::Null)
        })
    }

    /// Waits for a job's end.
    #[wasm_bindgen(js_name = v2Wait)]
    pub fn v2_wait(&self, kind: String, job: String, poll: &JsValue) -> Result<Promise, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.answer(async move |home| {
            Ok(v2::wait(&home, Kind::from_name(&kind)?, &job, poll).await?.into())
        }))
    }

    /// Uploads a job's data.
    #[wasm_bindgen(js_name = v2Upload)]
    pub fn v2_upload(&self, job: String, body: JsValue) -> Promise {
        self.answer(async move |home| {
            v2::upload(&home, &job, Body::Payload(body)).await?;
            Ok(Value::Null)
        })
    }

    /// Reads one page of the org's jobs.
    #[wasm_bindgen(js_name = v2List)]
    pub fn v2_list(&self, spec: &JsValue) -> Promise {
        let spec = given(spec);
        self.answer(async move |home| {
            let page = v2::jobs(&home, &spec?).await?;
            Ok(Value::object([("records", page.records.into()), ("locator", page.locator.into())]))
        })
    }

    /// The locators of a query's result pages.
    #[wasm_bindgen(js_name = v2ResultPages)]
    pub fn v2_result_pages(&self, job: String) -> Promise {
        self.answer(async move |home| Ok(v2::result_pages(&home, &job).await?.into()))
    }

    /// One page of a query's results.
    #[wasm_bindgen(js_name = v2Results)]
    pub fn v2_results(&self, job: String, page: &JsValue) -> Result<Reader, JsValue> {
        let page = given(page).map_err(thrown)?;
        let text = |name| Node::Json(&page).text(name);
        let delimiter = text("columnDelimiter").and_then(|name| Delimiter::from_name(&name));
        Ok(self.reader(Source::Ingest(IngestResults::page(
            job,
            text("locator"),
            size(&page),
            delimiter,
        ))))
    }

    /// All pages of a query job, when it is done.
    #[wasm_bindgen(js_name = v2QueryRecords)]
    pub fn v2_query_records(&self, job: String, poll: &JsValue) -> Result<Reader, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.reader(Source::Query(QueryResults::of_job(job, poll))))
    }

    /// A query from end to end.
    #[wasm_bindgen(js_name = v2Query)]
    pub fn v2_query(&self, spec: &JsValue) -> Result<Reader, JsValue> {
        let spec = given(spec).map_err(thrown)?;
        let poll = self.session.settings.poll.with(spec.get("poll"));
        let size = size(&spec);
        Ok(self.reader(Source::Query(QueryResults::of_query(spec, poll, size))))
    }

    /// One of the three results of an ingest job.
    #[wasm_bindgen(js_name = v2IngestResults)]
    pub fn v2_ingest_results(&self, job: String, which: String) -> Reader {
        self.reader(Source::Ingest(IngestResults::rows(job, which)))
    }

    /// What became of each row of an ingest job.
    #[wasm_bindgen(js_name = v2Outcomes)]
    pub fn v2_outcomes(&self, job: String) -> Reader {
        self.reader(Source::Ingest(IngestResults::outcomes(job)))
    }

    /// A load from end to end; `records` is how many rows the data has.
    #[wasm_bindgen(js_name = v2Load)]
    pub fn v2_load(&self, spec: &JsValue, body: JsValue, records: f64) -> Promise {
        let spec = given(spec);
        self.answer(async move |home| {
            let spec = spec?;
            let poll = home.settings.poll.with(spec.get("poll"));
            Ok(v2::load(&home, &spec, poll, body, records as u64).await?.into())
        })
    }
}

fn size(given: &Value) -> Option<u32> {
    given.get("maxRecords").and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok())
}
