//! Bulk API 1.0: queries that PK chunking cuts into many.

use salesforce_bulk::engine::download::BatchRef;
use salesforce_bulk::engine::v1;
use salesforce_bulk::error::{Code, Result};
use salesforce_bulk::wire::v1::{ContentType, JobSpec, JobState};
use salesforce_bulk_org::Config;

use super::support::client::{Client, POLL, batch_records, payload, spec};
use super::support::clock::run;
use super::support::rows::{bytes, records};
use super::support::world::World;

const SOQL: &str = "SELECT Id, LastName FROM Contact";

/// A query of contacts, 300 ids a chunk.
async fn chunked(client: &Client, content_type: ContentType) -> Result<BatchRef> {
    let asked = JobSpec {
        pk_chunking: Some("chunkSize=300".to_owned()),
        ..spec("query", "Contact", content_type)
    };
    let job = v1::create_job(client, &asked).await?.id().to_owned();
    let batch = v1::add_batch(client, &job, content_type, payload(SOQL)).await?.id().to_owned();
    Ok(BatchRef { job, batch })
}

/// The children are all there at once, or long after the batch was taken up; the last of them is always empty.
#[test]
fn all_chunks_are_read_whenever_they_appear() {
    for chunking_ms in [0, 200, 30_000] {
        for results_per_batch in [1, 3] {
            let config = Config { chunking_ms, results_per_batch, ..Config::default() };
            let world = World::new(config).seeded("Contact", 1_000);
            let (header, mut expected) = world.table(SOQL);
            let client = world.client();
            let mut got = run(&world, async {
                let at = chunked(&client, ContentType::Csv).await.expect("a batch");
                records(&client, batch_records(&at)).await.expect("all rows")
            });
            expected.sort();
            got.rows.sort();
            assert_eq!(got.header, header);
            assert!(got.rows == expected, "{chunking_ms} {results_per_batch}: {}", got.rows.len());
        }
    }
}

/// A chunk without rows has no header, only a sentence: it is no part of the whole.
#[test]
fn the_bytes_of_all_chunks_are_one_document() {
    for gone in [0, 1, 500] {
        let world = World::new(Config::default()).seeded("Contact", 1_000);
        let oldest = &world.stored("Contact", "CreatedDate")[gone];
        let soql = format!("{SOQL} WHERE CreatedDate >= {oldest}");
        let mut expected: Vec<String> = lines(&world.truth(&soql));
        let client = world.client();
        let csv = run(&world, async {
            let asked = JobSpec {
                pk_chunking: Some("chunkSize=300".to_owned()),
                ..spec("query", "Contact", ContentType::Csv)
            };
            let job = v1::create_job(&client, &asked).await.expect("a job").id().to_owned();
            let batch = v1::add_batch(&client, &job, ContentType::Csv, payload(&soql)).await;
            let batch = batch.expect("a batch").id().to_owned();
            bytes(&client, batch_records(&BatchRef { job, batch })).await.expect("CSV")
        });
        assert!(world.count("GET", "/result/") > 1, "it was chunked");
        let mut got = lines(&csv);
        assert_eq!(got[0], expected[0], "the header first");
        got.sort();
        expected.sort();
        assert!(got == expected, "{gone}: {} and {} lines", got.len(), expected.len());
    }
}

fn lines(csv: &str) -> Vec<String> {
    csv.lines().map(str::to_owned).collect()
}

#[test]
fn chunks_of_json_and_xml_are_read_too() {
    for content_type in [ContentType::Json, ContentType::Xml] {
        let world = World::new(Config::default()).seeded("Contact", 1_000);
        let mut expected = world.stored("Contact", "Id");
        let client = world.client();
        let got = run(&world, async {
            let at = chunked(&client, content_type).await.expect("a batch");
            records(&client, batch_records(&at)).await.expect("all rows")
        });
        let id = |row: &serde_json::Value| row["Id"].as_str().expect("an id").to_owned();
        let mut ids: Vec<String> = got.json.iter().map(id).collect();
        ids.sort();
        expected.sort();
        assert!(ids == expected, "{} rows", ids.len());
    }
}

#[test]
fn a_wait_ends_with_the_last_chunk() {
    let world =
        World::new(Config { chunking_ms: 5_000, ..Config::default() }).seeded("Contact", 1_000);
    let client = world.client();
    run(&world, async {
        let at = chunked(&client, ContentType::Csv).await.expect("a batch");
        assert!(!v1::is_done(&client, &at.job, &at.batch).await.expect("an answer"));
        client.host.org(|org| org.advance(1_000));
        assert!(!v1::is_done(&client, &at.job, &at.batch).await.expect("not before its chunks"));
        let early = v1::all_result_ids(&client, &at.job, &at.batch).await.expect_err("too early");
        assert!(early.message.contains("are done yet") && early.retryable(), "{early}");
        let done = v1::wait_batch(&client, &at.job, &at.batch, POLL).await.expect("done");
        assert_eq!((done.info.id(), done.parts.len()), (at.batch.as_str(), 5));
        assert_eq!(done.records(), 1_000);
        assert!(v1::is_done(&client, &at.job, &at.batch).await.expect("an answer"));
        let batches = v1::wait_job(&client, &at.job, POLL).await.expect("the job too");
        assert_eq!(batches.len(), 6);
        let ids = v1::all_result_ids(&client, &at.job, &at.batch).await.expect("ids");
        assert_eq!(ids.len(), 5);
    });
}

#[test]
fn a_chunk_that_fails_fails_the_query() {
    let config = Config { failing_chunk: Some(1), ..Config::default() };
    let world = World::new(config).seeded("Contact", 1_000);
    let client = world.client();
    run(&world, async {
        let at = chunked(&client, ContentType::Csv).await.expect("a batch");
        let error = records(&client, batch_records(&at)).await.expect_err("a chunk failed");
        assert_eq!(error.code(), Code::JobFailed);
        assert!(error.message.contains("QUERY_TIMEOUT"), "{error}");
        assert_ne!(error.batch_id.as_deref(), Some(at.batch.as_str()), "it is the chunk's failure");
        let job = v1::wait_job(&client, &at.job, POLL).await.expect_err("the job too");
        assert_eq!(job.code(), Code::JobFailed);
    });
}

/// Aborted before the chunks are there, while some are worked on, and when all are done.
#[test]
fn an_abort_while_chunked_is_told_or_all_is_there() {
    for wait in [0, 60, 200, 300, 400, 60_000] {
        let world = World::new(Config::default()).seeded("Contact", 1_000);
        let client = world.client();
        run(&world, async {
            let at = chunked(&client, ContentType::Csv).await.expect("a batch");
            world.org(|org| org.advance(wait));
            v1::set_state(&client, &at.job, JobState::Aborted).await.expect("aborted");
            match records(&client, batch_records(&at)).await {
                Err(error) => assert_eq!(error.code(), Code::JobAborted, "after {wait}: {error}"),
                Ok(got) => assert_eq!((got.rows.len(), wait), (1_000, 60_000)),
            }
        });
    }
}

#[test]
fn chunks_that_never_appear_are_an_error_at_last() {
    let config = Config { chunking_ms: i64::from(i32::MAX), ..Config::default() };
    let world = World::new(config).seeded("Contact", 10);
    let client = world.client();
    run(&world, async {
        let at = chunked(&client, ContentType::Csv).await.expect("a batch");
        let error = v1::wait_batch(&client, &at.job, &at.batch, POLL).await.expect_err("no chunks");
        assert_eq!((error.code(), error.retryable()), (Code::Incomplete, true), "{error}");
    });
}

#[test]
fn chunks_belong_to_their_own_query() {
    for second in
        ["SELECT Id, Email FROM Contact", "SELECT Id, LastName FROM Contact ORDER BY LastName"]
    {
        let world = World::new(Config::default()).seeded("Contact", 700);
        let client = world.client();
        let (mut first, mut other) = (world.table(SOQL).1, world.table(second).1);
        let (got_first, got_other) = run(&world, async {
            let at = chunked(&client, ContentType::Csv).await.expect("a batch");
            let batch = v1::add_batch(&client, &at.job, ContentType::Csv, payload(second)).await;
            let batch = batch.expect("a second").id().to_owned();
            let beside = BatchRef { job: at.job.clone(), batch };
            // Another process has not seen who added what.
            world.forget_owners();
            let stranger = world.operation(&client);
            let got_first = records(&stranger, batch_records(&at)).await.expect("its own rows");
            let got_other = records(&stranger, batch_records(&beside)).await.expect("its own");
            assert_eq!(v1::wait_job(&stranger, &at.job, POLL).await.expect("all").len() % 2, 0);
            (got_first, got_other)
        });
        for (mut got, expected) in [(got_first, &mut first), (got_other, &mut other)] {
            got.rows.sort();
            expected.sort();
            assert!(got.rows == *expected, "{second}: {} rows", got.rows.len());
        }
    }
}

/// The same query twice: nobody can tell whose a chunk is.
#[test]
fn equal_chunked_queries_in_one_job_are_an_error() {
    let world = World::new(Config::default()).seeded("Contact", 700);
    let client = world.client();
    run(&world, async {
        let at = chunked(&client, ContentType::Csv).await.expect("a batch");
        v1::add_batch(&client, &at.job, ContentType::Csv, payload(SOQL)).await.expect("a second");
        let error = records(&client, batch_records(&at)).await.expect_err("whose chunk is it?");
        assert_eq!(error.code(), Code::Request, "{error}");
    });
}

#[test]
fn an_object_without_rows_is_chunked_to_nothing() {
    let world = World::new(Config::default());
    let client = world.client();
    let got = run(&world, async {
        let at = chunked(&client, ContentType::Csv).await.expect("a batch");
        records(&client, batch_records(&at)).await.expect("no rows")
    });
    assert!(got.rows.is_empty());
}

/// Thousands of chunks are looked at once each, and the list only as often as the wait takes.
#[test]
fn the_work_grows_with_the_chunks_and_no_faster() {
    let world = World::new(Config { chunking_ms: 30_000, ..Config::default() });
    let world = world.seeded("Contact", 3_000);
    let client = world.client();
    let got = run(&world, async {
        let asked = JobSpec {
            pk_chunking: Some("chunkSize=1".to_owned()),
            ..spec("query", "Contact", ContentType::Csv)
        };
        let job = v1::create_job(&client, &asked).await.expect("a job").id().to_owned();
        let batch = v1::add_batch(&client, &job, ContentType::Csv, payload(SOQL)).await;
        let batch = batch.expect("a batch").id().to_owned();
        let done = v1::wait_batch(&client, &job, &batch, POLL).await.expect("done");
        (done.parts.len(), done.records())
    });
    assert_eq!(got, (3_001, 3_000), "the last chunk is always empty");
    let requests = world.count("GET", "/request");
    assert_eq!(requests, 3_002, "one of the query, and one a chunk");
    let lists = world.sent.borrow().len() - requests;
    assert!(lists < 500, "{lists} other requests");
}
