//! Queries of Bulk API 2.0.

use salesforce_bulk::csv::LineEnding;
use salesforce_bulk::engine::download::{QueryResults, ResultPage, Source};
use salesforce_bulk::engine::v2::{self, PageRef};
use salesforce_bulk::wire::v2::{JobKind, QuerySpec};

use super::reading::{Delivered, How, Truth};
use super::{Actor, Flow, Stopped, other};
use crate::scenario::{Format, Query2, Reading, Way2};

/// Does a query, and looks at its rows.
pub async fn query(actor: &Actor<'_>, query: &Query2) -> Flow<()> {
    let truth = Truth::of(&actor.world, &query.soql, Format::Csv)
        .in_dialect(query.delimiter.letter(), query.crlf);
    if query.way == Way2::Whole {
        return whole(actor, query, &truth).await;
    }
    let spec = spec(query);
    let job = actor
        .must("make a query job", |session| {
            let spec = spec.clone();
            Box::pin(async move { Ok(v2::create_query(&session, &spec).await?) })
        })
        .await?;
    let job = job.id().to_owned();
    other::wait(actor, JobKind::Query, &job).await.map_err(|_| Stopped)?;
    match query.way {
        Way2::PagesByLocator => by_locator(actor, query, &job, &truth).await?,
        Way2::PagesByList => by_list(actor, query, &job, &truth).await?,
        Way2::Whole | Way2::Job => {
            let source = || Source::Query(QueryResults::of_job(job.clone(), actor.poll()));
            let check = |delivered: &_| {
                truth.check_counted_by_page(actor, "records of a query job", delivered)
            };
            let read = actor.reads("read a query job", &source, how(query), check).await;
            read.map_err(|_| Stopped)?;
        }
    }
    if query.delete { other::delete(actor, JobKind::Query, &job).await } else { Ok(()) }
}

fn spec(query: &Query2) -> QuerySpec {
    QuerySpec {
        query: query.soql.text(),
        operation: "query".to_owned(),
        column_delimiter: Some(query.delimiter.of_engine()),
        line_ending: query.crlf.then_some(LineEnding::Crlf),
    }
}

fn how(query: &Query2) -> How {
    How { reading: query.reading, opens: false }
}

async fn whole(actor: &Actor<'_>, query: &Query2, truth: &Truth) -> Flow<()> {
    let source = || {
        let results = QueryResults::of_query(spec(query), actor.poll(), query.max_records);
        Source::Query(results)
    };
    let check = |delivered: &_| truth.check_counted_by_page(actor, "records of a query", delivered);
    let read = actor.reads("query", &source, how(query), check).await;
    read.map(drop).map_err(|_| Stopped)
}

/// Page after page, each of which says where the next one is.
async fn by_locator(actor: &Actor<'_>, query: &Query2, job: &str, truth: &Truth) -> Flow<()> {
    let mut locator = None;
    let mut rows = 0;
    loop {
        let page = PageRef { locator: locator.clone(), max_records: query.max_records };
        let read = one_page(actor, query, job, page).await?;
        let count = read.rows;
        read.check(actor, &truth.part(rows, count));
        rows += count;
        match read.next.as_deref() {
            Some("null" | "") => break,
            Some(next) => locator = Some(next.to_owned()),
            // It was hidden: nobody can go on, nor tell whether it was the last.
            None => return Ok(()),
        }
    }
    whole_is(actor, rows, truth)
}

struct PageRead {
    delivered: Delivered,
    rows: usize,
    next: Option<String>,
}

impl PageRead {
    /// Nothing but its head says how many rows a page has. Behind one that did not say it, others are out of place.
    fn check(&self, actor: &Actor<'_>, truth: &Truth) {
        let counted = self.delivered.head.as_ref().and_then(|head| head.number_of_records);
        match counted {
            Some(_) if !actor.counts_are_hidden() => {
                truth.check(actor, "a page", &self.delivered);
            }
            _ => truth.check_uncounted(actor, "a page", &self.delivered),
        }
    }
}

async fn one_page(actor: &Actor<'_>, query: &Query2, job: &str, page: PageRef) -> Flow<PageRead> {
    let source = || {
        Source::Page(Some(ResultPage {
            job: job.to_owned(),
            page: page.clone(),
            delimiter: Some(query.delimiter.of_engine()),
        }))
    };
    let how = How { reading: Reading::Records, opens: true };
    let delivered = actor.reads("read a page", &source, how, |_| {}).await.map_err(|_| Stopped)?;
    let next = delivered.head.as_ref().and_then(|head| head.locator.clone());
    Ok(PageRead { rows: delivered.rows.len(), delivered, next })
}

/// All the pages that are listed.
async fn by_list(actor: &Actor<'_>, query: &Query2, job: &str, truth: &Truth) -> Flow<()> {
    let id = job.to_owned();
    let locators = actor
        .must("list the pages", |session| {
            let id = id.clone();
            Box::pin(async move { v2::result_pages(&session, &id).await })
        })
        .await?;
    let mut rows = 0;
    for locator in locators {
        let locator = Some(locator).filter(|locator| !locator.is_empty());
        let read = one_page(actor, query, job, PageRef { locator, max_records: None }).await?;
        read.check(actor, &truth.part(rows, read.rows));
        rows += read.rows;
    }
    whole_is(actor, rows, truth)
}

fn whole_is(actor: &Actor<'_>, rows: usize, truth: &Truth) -> Flow<()> {
    if rows != truth.len() {
        actor.uncounted(format!("all pages have {rows} rows in place of {}", truth.len()));
    }
    Ok(())
}
