//! Whole flows, and every passing trouble at every request of them: nothing is lost, nothing doubled.

use salesforce_bulk::engine::download::BatchRef;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::{Result, RowEffect};
use salesforce_bulk::wire::v1::{ContentType, JobState};
use salesforce_bulk::wire::v2::{JobKind, JobState as V2State};
use salesforce_bulk_org::{Config, Effect};
use serde_json::json;

use super::support::client::{
    Client, POLL, account_load, accounts, batch_outcomes, batch_records, ingest_spec, payload,
    query, query_by, spec, v1_job,
};
use super::support::clock::{Work, run};
use super::support::rows::{bytes, records};
use super::support::trouble::{at, passing};
use super::support::world::World;

/// A street may have line breaks.
pub const SOQL: &str = "SELECT Id, LastName, MailingStreet FROM Contact";
const ROWS: usize = 60;

/// Does a flow and gives what it told: the rows that were read, or the names whose outcome was told as stored.
type Flow = for<'a> fn(&'a Client) -> Work<'a, Result<Vec<Vec<String>>>>;

/// The flows that read contacts.
pub const READING: [(&str, Flow); 5] = [
    ("query by list", |client| Box::pin(async { Ok(records(client, query(SOQL)).await?.rows) })),
    ("query by locator", |client| {
        Box::pin(async { Ok(records(client, query_by(SOQL, Some(25))).await?.rows) })
    }),
    ("query as bytes", |client| {
        Box::pin(async {
            let csv = bytes(client, query(SOQL)).await?;
            Ok(super::support::rows::parse_csv(&csv).1)
        })
    }),
    ("batch of CSV", |client| {
        Box::pin(async {
            let at = v1_query(client, ContentType::Csv).await?;
            Ok(records(client, batch_records(&at)).await?.rows)
        })
    }),
    ("batch of JSON", |client| Box::pin(json_batch(client))),
];

async fn v1_query(client: &Client, content_type: ContentType) -> Result<BatchRef> {
    let started = v1::start_query(client, &spec("query", "Contact", content_type), SOQL).await?;
    let (job, batch) = (started.job.id().to_owned(), started.batch.id().to_owned());
    Ok(BatchRef { job, batch })
}

async fn json_batch(client: &Client) -> Result<Vec<Vec<String>>> {
    let at = v1_query(client, ContentType::Json).await?;
    let got = records(client, batch_records(&at)).await?;
    let names = ["Id", "LastName", "MailingStreet"];
    let text = |row: &serde_json::Value, name| row[name].as_str().unwrap_or_default().to_owned();
    Ok(got.json.iter().map(|row| names.map(|name| text(row, name)).to_vec()).collect())
}

/// The flows that store accounts.
pub const STORING: [(&str, Flow); 3] = [
    ("load", |client| Box::pin(load(client))),
    ("steps", |client| Box::pin(steps(client))),
    ("batches", |client| Box::pin(batches(client))),
];

async fn load(client: &Client) -> Result<Vec<Vec<String>>> {
    let (rows, names) = accounts("load", ROWS);
    let summary = v2::load(client, account_load(&rows, ROWS)).await?;
    assert_eq!((summary.processed, summary.failed), (ROWS as u64, 0));
    Ok(vec![names])
}

/// Everything but the upload, whose ambiguity is the caller's to judge: it is tried on another job.
async fn steps(client: &Client) -> Result<Vec<Vec<String>>> {
    let (rows, names) = accounts("steps", ROWS);
    let id = loop {
        let job = v2::create_ingest(client, &ingest_spec("insert", "Account")).await?;
        match v2::upload(client, job.id(), payload(&rows)).await {
            Ok(()) => break job.id().to_owned(),
            Err(_) => v2::set_state(client, JobKind::Ingest, job.id(), V2State::Aborted).await?,
        };
    };
    v2::set_state(client, JobKind::Ingest, &id, V2State::UploadComplete).await?;
    v2::wait(client, JobKind::Ingest, &id, POLL).await?;
    v2::delete(client, JobKind::Ingest, &id).await?;
    Ok(vec![names])
}

/// Adds a batch, and does what the failure of a lost one says: closes its job, looks through it, and adds to another what
/// is not there.
async fn add_somewhere(client: &Client, rows: &str) -> Result<BatchRef> {
    loop {
        let job = v1_job(client, "insert", "Account", ContentType::Csv).await?;
        let error = match v1::add_batch(client, &job, ContentType::Csv, payload(rows)).await {
            Ok(batch) => return Ok(BatchRef { batch: batch.id().to_owned(), job }),
            Err(error) => error,
        };
        if error.row_effect != RowEffect::Unknown {
            return Err(error);
        }
        v1::set_state(client, &job, JobState::Closed).await?;
        if let Some(batch) = v1::batches(client, &job).await?.first() {
            return Ok(BatchRef { batch: batch.id().to_owned(), job });
        }
    }
}

async fn batches(client: &Client) -> Result<Vec<Vec<String>>> {
    let mut all = Vec::new();
    let mut added = Vec::new();
    for prefix in ["one", "two"] {
        let (rows, names) = accounts(prefix, ROWS / 2);
        added.push(add_somewhere(client, &rows).await?);
        all.extend(names);
    }
    for at in added {
        v1::set_state(client, &at.job, JobState::Closed).await?;
        v1::wait_job(client, &at.job, POLL).await?;
        let told = records(client, batch_outcomes(&at)).await?.json;
        assert_eq!(told.len(), ROWS / 2);
        assert!(told.iter().all(|row| row["success"] == json!(true)));
    }
    Ok(vec![all])
}

fn config() -> Config {
    Config { page_size: 25, results_per_batch: 2, ..Config::default() }
}

/// Twice in a row is passing too; but a new session that is rejected at once is the caller's to know.
fn often(effect: &Effect) -> u32 {
    if *effect == Effect::ExpireSession { 1 } else { 2 }
}

#[test]
fn a_trouble_at_any_request_of_a_read_costs_no_row() {
    for (name, flow) in READING {
        for effect in passing() {
            for times in 1..=often(&effect) {
                for skip in 0.. {
                    let world = World::new(config()).seeded("Contact", ROWS as u64);
                    world.piece.set(100);
                    let (_, mut expected) = world.table(SOQL);
                    let client = world.client();
                    world.fault(at(skip, times, effect.clone()));
                    let case = format!("{name}: {effect:?} x {times} at {skip}");
                    let mut rows = run(&world, flow(&client)).expect(&case);
                    expected.sort();
                    rows.sort();
                    assert!(rows == expected, "{case}: {} rows", rows.len());
                    if world.org(|org| !org.faults().rules().is_empty()) {
                        break;
                    }
                }
            }
        }
    }
}

#[test]
fn a_trouble_at_any_request_of_a_load_neither_loses_nor_doubles_a_row() {
    for (name, flow) in STORING {
        for effect in passing() {
            for times in 1..=often(&effect) {
                for skip in 0.. {
                    let world = World::new(config());
                    let client = world.client();
                    world.fault(at(skip, times, effect.clone()));
                    let case = format!("{name}: {effect:?} x {times} at {skip}");
                    let mut names = run(&world, flow(&client)).expect(&case).concat();
                    let over = world.org(|org| !org.faults().rules().is_empty());
                    names.sort();
                    assert!(world.stored("Account", "Name") == names, "{case}");
                    if over {
                        break;
                    }
                }
            }
        }
    }
}
