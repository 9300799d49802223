//! Results that are not what they should be: every kind of result, read every way, spoiled every way.

use std::rc::Rc;

use salesforce_bulk::engine::download::{
    BatchRef, IngestResults, QueryResults, ResultPage, Source,
};
use salesforce_bulk::engine::v1;
use salesforce_bulk::engine::v2::{self, PageRef};
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk::wire::v2::IngestResult;
use salesforce_bulk_org::{Config, Effect, Rule};

use super::support::client::{
    Client, FORMATS, POLL, account_load, accounts, batch_outcomes, batch_records, payload,
    query_spec, spec,
};
use super::support::clock::run;
use super::support::rows::{bytes, records};
use super::support::world::World;

const ROWS: usize = 12;
const SOQL: &str = "SELECT Id, LastName FROM Contact";

type Made = Source<Rc<[u8]>>;

/// What is read, and the path of its bodies.
struct Read {
    name: String,
    path: &'static str,
    make: Box<dyn Fn() -> Made>,
}

/// Every kind of result that an org may have, once it is there.
async fn results(client: &Client) -> Vec<Read> {
    let mut all = Vec::new();
    let mut push = |name: String, path, make: Box<dyn Fn() -> Made>| {
        all.push(Read { name, path, make });
    };
    for format in FORMATS {
        let started = v1::start_query(client, &spec("query", "Contact", format), SOQL).await;
        let started = started.expect("a query");
        let (job, batch) = (started.job.id().to_owned(), started.batch.id().to_owned());
        let at = BatchRef { job, batch };
        v1::wait_batch(client, &at.job, &at.batch, POLL).await.expect("done");
        push(
            format!("records of 1.0, {format:?}"),
            "/result/",
            Box::new(move || batch_records(&at)),
        );
        let at = added(client, format).await;
        push(
            format!("outcomes of 1.0, {format:?}"),
            "/result",
            Box::new(move || batch_outcomes(&at)),
        );
    }
    let job = v2::create_query(client, &query_spec(SOQL)).await.expect("a job").id().to_owned();
    v2::wait(client, salesforce_bulk::wire::v2::JobKind::Query, &job, POLL).await.expect("done");
    for size in [None, Some(5)] {
        let job = job.clone();
        let whole = move || match size {
            None => Source::Query(QueryResults::of_job(job.clone(), POLL)),
            Some(rows) => Source::Page(Some(ResultPage {
                job: job.clone(),
                page: PageRef { locator: None, max_records: Some(rows) },
                delimiter: None,
            })),
        };
        let name = if size.is_some() { "one page of a query" } else { "a query of 2.0" };
        push(name.to_owned(), "/results", Box::new(whole));
    }
    let emails = ["a@b.de", "bad"].into_iter().cycle().take(ROWS);
    let rows: Vec<String> = emails.map(|email| format!("Doe,{email}\n")).collect();
    let mut load = account_load(&format!("LastName,Email\n{}", rows.join("")), ROWS);
    load.spec.object = "Contact".to_owned();
    let job = v2::load(client, load).await.expect("loaded").job;
    for which in [IngestResult::Successful, IngestResult::Failed] {
        let job = job.clone();
        let source = move || Source::Ingest(IngestResults::rows(job.clone(), which));
        push(format!("{which:?} of a load"), "Results", Box::new(source));
    }
    let outcomes =
        move || Source::Ingest(IngestResults::outcomes(job.clone()).of_rows(ROWS as u64));
    push("outcomes of a load".to_owned(), "Results", Box::new(outcomes));
    all
}

async fn added(client: &Client, format: ContentType) -> BatchRef {
    let (csv, names) = accounts("batch", ROWS);
    let data = match format {
        ContentType::Csv => csv,
        ContentType::Json => {
            let records: Vec<String> =
                names.iter().map(|name| format!("{{\"Name\":\"{name}\"}}")).collect();
            format!("[{}]", records.join(","))
        }
        ContentType::Xml => {
            let records: Vec<String> = names
                .iter()
                .map(|name| format!("<sObject><Name>{name}</Name></sObject>"))
                .collect();
            let space = "http://www.force.com/2009/06/asyncapi/dataload";
            format!("<sObjects xmlns=\"{space}\">{}</sObjects>", records.join(""))
        }
    };
    let job = v1::create_job(client, &spec("insert", "Account", format)).await.expect("a job");
    let batch = v1::add_batch(client, job.id(), format, payload(&data)).await.expect("a batch");
    v1::wait_batch(client, job.id(), batch.id(), POLL).await.expect("done");
    BatchRef { job: job.id().to_owned(), batch: batch.id().to_owned() }
}

fn answer(status: u16, content_type: &str, body: &str) -> Effect {
    Effect::Status {
        status,
        body: body.to_owned(),
        content_type: content_type.to_owned(),
        headers: Vec::new(),
    }
}

/// What may come in place of a result, with 2xx.
fn spoils() -> Vec<Effect> {
    let page = "<html><body>Please sign in</body></html>";
    let error = r#"{"exceptionCode":"InternalServerError","exceptionMessage":"x"}"#;
    vec![
        answer(200, "text/html", page),
        answer(200, "text/csv", page),
        answer(200, "application/json", error),
        answer(200, "text/csv", "Please sign in, and try again\n"),
        answer(200, "text/csv", ""),
        answer(200, "text/csv", " \r\n"),
        answer(204, "text/csv", ""),
        answer(200, "text/csv", "\"Id\",\"Success\",\"Created\",\"Error\"\n"),
        answer(200, "application/json", "[]"),
        Effect::Short { fraction: 0.5 },
        Effect::Repeat,
    ]
}

/// What was delivered, in a form that can be compared.
async fn read(client: &Client, source: Made, as_bytes: bool) -> Result<String, Code> {
    if as_bytes {
        return bytes(client, source).await.map_err(|error| error.code());
    }
    let delivered = records(client, source).await.map_err(|error| error.code())?;
    Ok(format!("{delivered:?}"))
}

#[test]
fn what_is_not_the_result_is_never_taken_for_it() {
    let world = World::new(Config { results_per_batch: 1, ..Config::default() });
    let world = world.seeded("Contact", ROWS as u64);
    let client = world.client();
    let all = run(&world, results(&client));
    let mut spoiled = 0;
    for result in &all {
        for as_bytes in [false, true] {
            let whole = run(&world, read(&client, (result.make)(), as_bytes));
            for effect in spoils() {
                let case = format!("{}, bytes: {as_bytes}: {effect:?}", result.name);
                world.fault(Rule::every(result.path, effect.clone()).on("GET"));
                let stays = run(&world, read(&client, (result.make)(), as_bytes));
                world.org(|org| org.faults().clear());
                let passes_for_it = may_be(result, &effect);
                match &stays {
                    Ok(_) => assert!(stays == whole || passes_for_it, "{case}: {stays:?}"),
                    Err(Code::Incomplete | Code::Response) => spoiled += 1,
                    Err(code) => panic!("{case}: {code:?}"),
                }
                world.fault(Rule::once(result.path, effect).on("GET"));
                let passes = run(&world, read(&client, (result.make)(), as_bytes));
                world.org(|org| org.faults().clear());
                assert!(passes.is_err() || passes == whole || passes_for_it, "{case}: once");
            }
        }
    }
    assert!(spoiled > 150, "{spoiled}");
}

/// A header alone may be a page of any query: who reads one page without its count has nothing to hold against it.
fn may_be(result: &Read, effect: &Effect) -> bool {
    let header =
        matches!(effect, Effect::Status { body, .. } if body.starts_with("\"Id\",\"Success\""));
    header && result.name == "one page of a query"
}
