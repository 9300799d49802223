//! Lists of jobs, of both APIs.

use serde_json::{Value, json};

use super::fields::{Description, Head};
use super::{Jobs, Kind};
use crate::data::RecordId;
use crate::http::{Request, Response};
use crate::rest::Rest;
use crate::v1;
use crate::view::View;

/// A job in a list, with what lists can be narrowed by.
struct Item {
    kind: &'static str,
    chunked: bool,
    serial: bool,
    created: (i64, String),
    json: String,
}

/// Answers a page of a list, the newest jobs first.
pub fn of(rest: &Rest<'_>, request: &Request, version: &str, kind: Kind) -> Response {
    let mut items = items(rest.v2, rest.v1, rest.view, kind);
    items.retain(|item| rest.view.lists(item.created.0) && fits(item, request));
    items.sort_by(|a, b| b.created.cmp(&a.created));
    let locator = request.query("queryLocator");
    let from = locator.and_then(|text| text.rsplit_once('-')?.1.parse().ok()).unwrap_or(0);
    let size = rest.world.config.list_page_size.max(1);
    let page = items.iter().skip(from).take(size).map(|item| item.json.as_str());
    let records = page.collect::<Vec<_>>().join(",");
    let to = from + size;
    let done = to >= items.len();
    let next = if done { Value::Null } else { json!(next_url(version, to)) };
    let body = format!("{{\"done\":{done},\"records\":[{records}],\"nextRecordsUrl\":{next}}}");
    Response::of(200, "application/json;charset=UTF-8", body)
}

/// The list of query jobs points at `/jobs/ingest` too, so either takes the other's locator.
fn next_url(version: &str, from: usize) -> String {
    let id = RecordId::new("01g", 1);
    format!("/services/data/v{version}/jobs/ingest?queryLocator={id}-{from}")
}

fn fits(item: &Item, request: &Request) -> bool {
    let asked = |name| request.query(name).filter(|value| !value.is_empty());
    asked("jobType").is_none_or(|kind| kind == item.kind)
        && asked("isPkChunkingEnabled").is_none_or(|flag| (flag == "true") == item.chunked)
        && asked("concurrencyMode")
            .is_none_or(|mode| mode.eq_ignore_ascii_case("serial") == item.serial)
}

/// The jobs that there were when the list is seen as of.
fn items(jobs: &Jobs, classic: &v1::Jobs, view: &View, kind: Kind) -> Vec<Item> {
    let item = |kind, created: i64, id: RecordId, description: Description| Item {
        kind,
        chunked: false,
        serial: false,
        created: (created, id.to_string()),
        json: description.json(),
    };
    let ingest =
        jobs.ingest.values().filter(|_| kind == Kind::Ingest).filter_map(|job| {
            Some(item("V2Ingest", job.history.created(), job.id, job.listed(view)?))
        });
    let query =
        jobs.query.values().filter(|_| kind == Kind::Query).filter_map(|job| {
            Some(item("V2Query", job.history.created(), job.id, job.listed(view)?))
        });
    // The list of queries has every job of Bulk 1.0, that of ingest jobs only those that load.
    let shown = classic.iter().filter(|job| kind == Kind::Query || !job.operation.is_query());
    let classic = shown.filter_map(|job| {
        Some(Item {
            chunked: job.chunking.is_some(),
            serial: job.serial,
            ..item("Classic", job.history.created(), job.id, describe(job, view)?)
        })
    });
    ingest.chain(query).chain(classic).collect()
}

fn describe(job: &v1::Job, view: &View) -> Option<Description> {
    let entry = job.history.at(view.as_of())?;
    let mut description = Description::new(Head {
        id: job.id,
        operation: job.operation.name(),
        object: &job.object,
        dates: [job.history.created(), entry.since],
        state: &view.state(entry.state.name()),
    });
    description
        .maybe("externalIdFieldName", job.external_id.as_deref())
        .push("concurrencyMode", v1::concurrency(job))
        .push("contentType", job.content.name())
        .push("apiVersion", job.version.parse::<f64>().unwrap_or_default())
        .push("jobType", "Classic");
    Some(description)
}
