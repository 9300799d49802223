//! Bodies that break off, at every byte.

use std::rc::Rc;

use salesforce_bulk::engine::download::Source;
use salesforce_bulk::engine::{v1, v2};
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1 as wire;
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk_org::{Config, Effect, Rule};

use super::support::client::{
    Client, FORMATS, POLL, account_load, accounts, batch_outcomes, batch_records, payload, query,
    query_by, v1_batch, v1_job,
};
use super::support::clock::run;
use super::support::rows::{bytes, records};
use super::support::trouble::{cut_at, once};
use super::support::world::World;

const SOQL: &str = "SELECT LastName, Department FROM Contact ORDER BY LastName";
/// With line breaks, quotes and characters of one to four bytes.
const ROWS: &str = "LastName,Department\n\"a\nä€😀\",x\n\"q\"\"\",\"😀\"\"\"\nlast,\n";

/// A world of these contacts; what it is asked for comes in pieces of `piece` bytes.
fn world_of(piece: usize) -> (World, Client) {
    let world = World::new(Config { page_size: 2, ..Config::default() });
    let client = world.client();
    run(&world, async {
        let at =
            v1_batch(&client, "insert", "Contact", ContentType::Csv, ROWS).await.expect("a batch");
        v1::wait_batch(&client, &at.job, &at.batch, POLL).await.expect("done");
    });
    world.piece.set(piece);
    (world, client)
}

/// Reads a source over and over, its results cut a byte further on each time, and twice in a row at every other byte.
fn every_cut(world: &World, client: &Client, path: &str, source: &dyn Fn() -> Source<Rc<[u8]>>) {
    let whole = run(world, records(client, source())).expect("records");
    let csv = run(world, bytes(client, source())).expect("bytes");
    assert!(!whole.rows.is_empty() || !whole.json.is_empty());
    for at in 0..=csv.len() {
        let times = 1 + at as u32 % 2;
        let order = || {
            world.org(|org| org.faults().clear());
            world.fault(Rule { times: Some(times), ..once("GET", path, cut_at(at)) });
        };
        order();
        let read = run(world, records(client, source())).expect("records");
        assert_eq!(read, whole, "{path} cut at {at} x {times}");
        order();
        let read = run(world, bytes(client, source())).expect("bytes");
        assert_eq!(read, csv, "{path} cut at {at} x {times}");
    }
}

#[test]
fn a_result_of_bulk_1_goes_on_where_it_broke_off() {
    for content_type in FORMATS {
        for piece in [0, 5] {
            let (world, client) = world_of(piece);
            let at = run(&world, v1_batch(&client, "query", "Contact", content_type, SOQL));
            let at = at.expect("a batch");
            let ids = run(&world, async {
                v1::wait_batch(&client, &at.job, &at.batch, POLL).await.expect("done");
                v1::result_ids(&client, &at.job, &at.batch).await.expect("ids")
            });
            let one = || Source::result(wire::result(&at.job, &at.batch, &ids[0]));
            every_cut(&world, &client, "/result/", &one);
        }
    }
}

#[test]
fn the_outcomes_of_a_batch_go_on_where_they_broke_off() {
    for content_type in FORMATS {
        let (world, client) = world_of(3);
        let data = match content_type {
            ContentType::Csv => "LastName\nä\n\"\"\n",
            ContentType::Json => r#"[{"LastName":"ä"},{"LastName":""}]"#,
            ContentType::Xml => {
                "<sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><sObject><LastName>ä</LastName></sObject><sObject><LastName></LastName></sObject></sObjects>"
            }
        };
        let at = run(&world, v1_batch(&client, "insert", "Contact", content_type, data));
        let at = at.expect("a batch");
        every_cut(&world, &client, "/result", &|| batch_outcomes(&at));
    }
}

#[test]
fn pages_of_a_query_go_on_where_they_broke_off() {
    for piece in [0, 4] {
        let (world, client) = world_of(piece);
        every_cut(&world, &client, "/results", &|| query(SOQL));
    }
}

/// The documents that steer: a list of batches, of results, of pages, a job.
#[test]
fn control_documents_are_asked_for_again() {
    for content_type in FORMATS {
        for (path, length) in [("/batch", 1_200), ("/result", 300), ("/job/", 1_500)] {
            for at in (0..length).step_by(17) {
                let (world, client) = world_of(0);
                run(&world, async {
                    let job =
                        v1_job(&client, "query", "Contact", content_type).await.expect("a job");
                    world.fault(once("GET", path, cut_at(at)));
                    v1::job(&client, &job).await.expect("the job");
                    let batch = v1::add_batch(&client, &job, content_type, payload(SOQL)).await;
                    let batch = batch.expect("a batch").id().to_owned();
                    let at = salesforce_bulk::engine::download::BatchRef { job, batch };
                    let got = records(&client, batch_records(&at)).await.expect("records");
                    assert_eq!(got.rows.len() + got.json.len(), 3);
                });
            }
        }
    }
}

/// Progress counts: a body may break off often, so long as enough of it comes each time; a trickle is none.
#[test]
fn a_body_may_break_off_often_but_not_for_ever() {
    let config = Config { page_size: 100_000, ..Config::default() };
    let world = World::new(config).seeded("Contact", 20_000);
    let client = world.client();
    let size = world.truth(SOQL).len();
    let cut_each = |step: usize| {
        world.org(|org| org.faults().clear());
        for (skip, at) in (step..size).step_by(step).enumerate() {
            world.fault(Rule { skip: skip as u32, ..once("GET", "/results", cut_at(at)) });
        }
    };
    cut_each(100_000);
    let read = run(&world, records(&client, query(SOQL))).expect("rows");
    assert_eq!(read.rows.len(), 20_000);
    cut_each(16);
    let before = world.count("GET", "/results");
    let error = run(&world, records(&client, query(SOQL))).expect_err("a trickle");
    assert_eq!((error.code(), error.retryable()), (Code::Network, true), "{error}");
    assert_eq!(world.count("GET", "/results") - before, 5);
    let (world, client) = world_of(1);
    for at in [0, 10, 30] {
        world.org(|org| org.faults().clear());
        world.fault(Rule { times: None, ..once("GET", "/results", cut_at(at)) });
        let error = run(&world, records(&client, query(SOQL))).expect_err("it never comes");
        assert_eq!((error.code(), error.retryable()), (Code::Network, true), "{error}");
    }
}

/// What comes in the place of a broken body is another one.
/// Where pages can be made smaller, what has come need not come again: the rest is a page of its own. What never gets
/// anywhere ends all the same.
#[test]
fn a_page_that_breaks_off_goes_on_with_its_next_row() {
    const KEPT: usize = 200_000;
    for (max_records, steps) in [(None, false), (Some(100_000), true)] {
        let world = World::new(Config { page_size: 100_000, ..Config::default() });
        let world = world.seeded("Contact", 40_000);
        let client = world.client();
        let (_, truth) = world.table(SOQL);
        let size = world.truth(SOQL).len();
        world.fault(Rule { times: None, ..once("GET", "/results?", cut_at(KEPT)) });
        let read = run(&world, records(&client, query_by(SOQL, max_records)));
        let asked = world.count("GET", "/results?");
        match read {
            Ok(got) => {
                assert!(steps && got.rows == truth, "{} rows", got.rows.len());
                // Two heads a step: one says where the next row is, one is of the page from there.
                assert!(asked <= 3 * (size / KEPT + 1), "{asked} requests for {size} bytes");
            }
            Err(error) => {
                assert!(!steps && error.code() == Code::Network, "{error:?}");
                assert!(asked <= 10, "{asked}");
            }
        }
    }
}

#[test]
fn a_body_that_changed_is_an_error() {
    let other = |body: &str| Effect::Status {
        status: 200,
        body: body.to_owned(),
        content_type: "text/csv".to_owned(),
        headers: Vec::new(),
    };
    for body in ["", "\"LastName\"", "\"LastName\",\"Department\"\n\"b\nä€😀\",\"x\"\n", "<html>"]
    {
        let (world, client) = world_of(0);
        world.fault(once("GET", "/results", cut_at(30)));
        world.fault(Rule { skip: 1, ..once("GET", "/results", other(body)) });
        let error = run(&world, records(&client, query(SOQL))).expect_err(body);
        assert_eq!((error.code(), error.retryable()), (Code::Incomplete, true), "{body}: {error}");
    }
}

/// An ambiguous answer to an upload is a body too.
#[test]
fn the_answer_to_a_change_may_break_off() {
    for at in [0, 1, 50, 400] {
        let world = World::new(Config::default());
        let client = world.client();
        let (rows, names) = accounts("a", 3);
        world.fault(once("POST", "/ingest", cut_at(at)));
        world.fault(once("PATCH", "/ingest", cut_at(at)));
        run(&world, v2::load(&client, account_load(&rows, 3))).expect("done");
        assert_eq!(world.stored("Account", "Name"), names);
    }
}
