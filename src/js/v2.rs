//! Bulk API 2.0.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::convert::given;
use super::operation::Operation;
use super::reader::Reader;
use super::v1::PollOverride;
use crate::csv::Delimiter;
use crate::engine::source::{IngestResults, QueryResults, Source};
use crate::engine::v2::{self, LoadSpec};
use crate::wire::list::ListSpec;
use crate::wire::request::Body;
use crate::wire::v2::{IngestSpec, Kind, QuerySpec};

/// An ingest job, with its data where that is small.
#[derive(Deserialize)]
struct IngestWith {
    #[serde(flatten)]
    job: IngestSpec,
    csv: Option<String>,
}

/// A query from end to end.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct QueryWith {
    #[serde(flatten)]
    job: QuerySpec,
    max_records: Option<u32>,
    poll: Option<PollOverride>,
}

/// One page of a query's results.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageSpec {
    locator: Option<String>,
    max_records: Option<u32>,
    column_delimiter: Option<Delimiter>,
}

#[wasm_bindgen]
impl Operation {
    /// Makes an ingest job.
    #[wasm_bindgen(js_name = v2CreateIngest)]
    pub async fn v2_create_ingest(&self, spec: JsValue) -> Result<JsValue, JsValue> {
        let IngestWith { job, csv } = given(spec)?;
        match csv {
            Some(csv) => self.answer(v2::create_ingest_with(&self.session, &job, &csv)).await,
            None => self.answer(v2::create_ingest(&self.session, &job)).await,
        }
    }

    /// Makes a query job.
    #[wasm_bindgen(js_name = v2CreateQuery)]
    pub async fn v2_create_query(&self, spec: JsValue) -> Result<JsValue, JsValue> {
        let spec: QuerySpec = given(spec)?;
        self.answer(v2::create_query(&self.session, &spec)).await
    }

    /// Reads a job.
    #[wasm_bindgen(js_name = v2Job)]
    pub async fn v2_job(&self, kind: JsValue, job: String) -> Result<JsValue, JsValue> {
        let kind: Kind = given(kind)?;
        self.answer(v2::job(&self.session, kind, &job)).await
    }

    /// Sets a job's state.
    #[wasm_bindgen(js_name = v2SetState)]
    pub async fn v2_set_state(
        &self,
        kind: JsValue,
        job: String,
        state: String,
    ) -> Result<JsValue, JsValue> {
        let kind: Kind = given(kind)?;
        self.answer(v2::set_state(&self.session, kind, &job, &state)).await
    }

    /// Deletes a job.
    #[wasm_bindgen(js_name = v2Delete)]
    pub async fn v2_delete(&self, kind: JsValue, job: String) -> Result<JsValue, JsValue> {
        let kind: Kind = given(kind)?;
        self.answer(v2::delete(&self.session, kind, &job)).await
    }

    /// Waits for a job's end.
    #[wasm_bindgen(js_name = v2Wait)]
    pub async fn v2_wait(
        &self,
        kind: JsValue,
        job: String,
        poll: JsValue,
    ) -> Result<JsValue, JsValue> {
        let kind: Kind = given(kind)?;
        let poll = self.poll(poll)?;
        self.answer(v2::wait(&self.session, kind, &job, poll)).await
    }

    /// Uploads a job's data.
    #[wasm_bindgen(js_name = v2Upload)]
    pub async fn v2_upload(&self, job: String, body: JsValue) -> Result<JsValue, JsValue> {
        self.answer(v2::upload(&self.session, &job, Body::Payload(body))).await
    }

    /// Reads one page of the org's jobs.
    #[wasm_bindgen(js_name = v2List)]
    pub async fn v2_list(&self, spec: JsValue) -> Result<JsValue, JsValue> {
        let spec: ListSpec = given(spec)?;
        self.answer(v2::jobs(&self.session, &spec)).await
    }

    /// The locators of a query's result pages.
    #[wasm_bindgen(js_name = v2ResultPages)]
    pub async fn v2_result_pages(&self, job: String) -> Result<JsValue, JsValue> {
        self.answer(v2::result_pages(&self.session, &job)).await
    }

    /// One page of a query's results.
    #[wasm_bindgen(js_name = v2Results)]
    pub fn v2_results(&self, job: String, page: JsValue) -> Result<Reader, JsValue> {
        let PageSpec { locator, max_records, column_delimiter } = given(page)?;
        Ok(self.reader(Source::Ingest(IngestResults::page(
            job,
            locator,
            max_records,
            column_delimiter,
        ))))
    }

    /// All pages of a query job, when it is done.
    #[wasm_bindgen(js_name = v2QueryRecords)]
    pub fn v2_query_records(&self, job: String, poll: JsValue) -> Result<Reader, JsValue> {
        let poll = self.poll(poll)?;
        Ok(self.reader(Source::Query(QueryResults::of_job(job, Some(poll)))))
    }

    /// A query from end to end.
    #[wasm_bindgen(js_name = v2Query)]
    pub fn v2_query(&self, spec: JsValue) -> Result<Reader, JsValue> {
        let QueryWith { job, max_records, poll } = given(spec)?;
        let poll = poll.map(|poll| poll.over(self.session.settings.poll));
        Ok(self.reader(Source::Query(QueryResults::of_query(job, poll, max_records))))
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
    pub async fn v2_load(
        &self,
        spec: JsValue,
        body: JsValue,
        records: f64,
    ) -> Result<JsValue, JsValue> {
        let LoadWith { job, poll } = given(spec)?;
        let poll = poll.map(|poll| poll.over(self.session.settings.poll));
        self.answer(v2::load(&self.session, &LoadSpec { job, poll }, body, records as u64)).await
    }
}

/// A load from end to end.
#[derive(Deserialize)]
struct LoadWith {
    #[serde(flatten)]
    job: IngestSpec,
    poll: Option<PollOverride>,
}
