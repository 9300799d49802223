//! Readers of results. Nothing is sent before they are read.

use wasm_bindgen::prelude::*;

use super::convert::{error_to_js, value_from_js};
use super::operation::Operation;
use super::reader::Reader;
use crate::csv::Delimiter;
use crate::engine::download::{
    BatchRef, BatchResults, IngestResults, QueryResults, ResultPage, Source,
};
use crate::engine::pace::Poll;
use crate::engine::v2::PageRef;
use crate::error::Result;
use crate::json::Value;
use crate::wire::arguments::Arguments;
use crate::wire::v1;
use crate::wire::v2::{IngestResult, QuerySpec};

#[wasm_bindgen]
impl Operation {
    /// What was sent as a batch, of Bulk API 1.0.
    #[wasm_bindgen(js_name = v1Request)]
    pub fn v1_request(&self, job: &str, batch: &str) -> Reader {
        self.reader(Source::sent(v1::request(job, batch)))
    }

    /// One result of a query's batch, of Bulk API 1.0.
    #[wasm_bindgen(js_name = v1Result)]
    pub fn v1_result(&self, job: &str, batch: &str, result: &str) -> Reader {
        self.reader(Source::result(v1::result(job, batch, result)))
    }

    /// All records of a query's batch, of Bulk API 1.0.
    #[wasm_bindgen(js_name = v1Records)]
    pub fn v1_records(
        &self,
        job: String,
        batch: String,
        pauses: &JsValue,
    ) -> Result<Reader, JsValue> {
        let poll = self.poll(pauses)?;
        Ok(self.reader(Source::Batch(BatchResults::new(BatchRef { job, batch }, poll))))
    }

    /// The outcomes of a batch of records, of Bulk API 1.0.
    #[wasm_bindgen(js_name = v1Outcomes)]
    pub fn v1_outcomes(
        &self,
        job: String,
        batch: String,
        pauses: &JsValue,
    ) -> Result<Reader, JsValue> {
        let poll = self.poll(pauses)?;
        Ok(self.reader(Source::Outcomes(BatchRef { job, batch }, poll)))
    }

    /// A query of Bulk API 2.0, from its SOQL on: `{ query, operation, columnDelimiter, lineEnding, maxRecords, poll }`.
    #[wasm_bindgen(js_name = v2Query)]
    pub fn v2_query(&self, spec: &JsValue) -> Result<Reader, JsValue> {
        let query = value_from_js(spec).and_then(|given| self.query(&given));
        Ok(self.reader(Source::Query(query.map_err(error_to_js)?)))
    }

    /// All records of a query job, of Bulk API 2.0.
    #[wasm_bindgen(js_name = v2QueryRecords)]
    pub fn v2_query_records(&self, job: String, pauses: &JsValue) -> Result<Reader, JsValue> {
        let poll = self.poll(pauses)?;
        Ok(self.reader(Source::Query(QueryResults::of_job(job, poll))))
    }

    /// One page of a query's results, of Bulk API 2.0: `{ locator, maxRecords, columnDelimiter }`.
    #[wasm_bindgen(js_name = v2Results)]
    pub fn v2_results(&self, job: String, page: &JsValue) -> Result<Reader, JsValue> {
        let page = value_from_js(page).and_then(|given| result_page(job, &given));
        Ok(self.reader(Source::Page(Some(page.map_err(error_to_js)?))))
    }

    /// One of the three results of an ingest job, of Bulk API 2.0, by its name in the API's path.
    #[wasm_bindgen(js_name = v2IngestResults)]
    pub fn v2_ingest_results(&self, job: String, which: &str) -> Result<Reader, JsValue> {
        let which = IngestResult::from_name(which).map_err(error_to_js)?;
        Ok(self.reader(Source::Ingest(IngestResults::rows(job, which))))
    }

    /// What became of each of the rows that an ingest job, of Bulk API 2.0, was sent.
    #[wasm_bindgen(js_name = v2Outcomes)]
    pub fn v2_outcomes(&self, job: String, sent: f64) -> Reader {
        self.reader(Source::Ingest(IngestResults::outcomes(job).of_rows(sent as u64)))
    }
}

impl Operation {
    fn reader(&self, source: Source<JsValue>) -> Reader {
        Reader::new(self.session.clone(), self.running.clone(), source)
    }

    fn poll(&self, given: &JsValue) -> Result<Poll, JsValue> {
        let poll = value_from_js(given)
            .and_then(|given| self.session.settings.poll.with(Arguments(&given)));
        poll.map_err(error_to_js)
    }

    fn query(&self, given: &Value) -> Result<QueryResults> {
        let arguments = Arguments(given);
        let poll = self.session.settings.poll.with(arguments.within("poll"))?;
        let size = arguments.optional_number("maxRecords")?;
        Ok(QueryResults::of_query(QuerySpec::read(given)?, poll, size))
    }
}

fn result_page(job: String, given: &Value) -> Result<ResultPage> {
    let given = Arguments(given);
    let locator = given.optional_text("locator")?;
    let max_records = given.optional_number("maxRecords")?;
    let delimiter = given.optional_choice("columnDelimiter", Delimiter::from_name)?;
    Ok(ResultPage { job, page: PageRef { locator, max_records }, delimiter })
}
