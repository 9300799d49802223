//! Bulk API 2.0: queries from end to end.

use salesforce_bulk::csv::{Delimiter, LineEnding};
use salesforce_bulk::engine::download::{Download, QueryResults, ResultPage, Source};
use salesforce_bulk::engine::host::Phase;
use salesforce_bulk::engine::v2::{self, PageRef};
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v2::QuerySpec;
use salesforce_bulk_org::{Config, Effect, Rule};

use super::support::client::{POLL, query, query_by, query_spec};
use super::support::clock::run;
use super::support::rows::{bytes, count_of, parse_csv, records};
use super::support::world::{LONG, World};

const SOQL: &str = "SELECT Id, LastName, Description FROM Contact";

/// By the list of pages, by locator where the version has no list, and by locator for a page size of one's own.
#[test]
fn all_rows_come_once_and_in_order_by_every_way() {
    for (rows, version, max_records) in [
        (1_000, "66.0", None),
        (1_000, "57.0", None),
        (1_000, "66.0", Some(90)),
        (100, "66.0", None),
        (99, "66.0", Some(100)),
        (1, "66.0", None),
        (0, "66.0", None),
        (0, "57.0", None),
        (0, "66.0", Some(10)),
    ] {
        for piece in [0, 5] {
            let world =
                World::new(Config { page_size: 100, ..Config::default() }).seeded("Contact", rows);
            let truth = world.truth(SOQL);
            world.piece.set(piece);
            let client = world.client_of(version);
            let case = format!("{rows} {version} {max_records:?} {piece}");
            let got = run(&world, records(&client, query_by(SOQL, max_records))).expect("rows");
            assert!((got.header, got.rows) == parse_csv(&truth), "{case}");
            let csv = run(&world, bytes(&client, query_by(SOQL, max_records))).expect("CSV");
            assert!(csv == truth, "{case}");
        }
    }
}

#[test]
fn a_query_tells_how_far_it_is() {
    let world = World::new(Config::default()).seeded("Contact", 10);
    let client = world.client();
    run(&world, records(&client, query(SOQL))).expect("rows");
    let progress = world.progress.borrow();
    let (phase, job, processed) = progress.last().expect("progress");
    assert_eq!((phase, *processed), (&Phase::Downloading, Some(10)));
    assert!(progress.iter().all(|(_, of, _)| of == job));
}

#[test]
fn a_job_that_is_there_is_read_page_by_page() {
    let world = World::new(Config { page_size: 4, ..Config::default() }).seeded("Contact", 26);
    let (_, expected) = world.table(SOQL);
    let client = world.client();
    run(&world, async {
        let job =
            v2::create_query(&client, &query_spec(SOQL)).await.expect("a job").id().to_owned();
        let whole = Source::Query(QueryResults::of_job(job.clone(), POLL));
        assert!(records(&client, whole).await.expect("rows").rows == expected);
        let locators = v2::result_pages(&client, &job).await.expect("locators");
        assert_eq!(locators.len(), 7);
        let mut rows = Vec::new();
        let mut locator = None;
        loop {
            let page = ResultPage {
                job: job.clone(),
                page: PageRef { locator, max_records: Some(5) },
                delimiter: Some(Delimiter::default()),
            };
            let mut download = Download::new(client.clone(), Source::Page(Some(page)));
            let head = download.open().await.expect("a head");
            while let Some(chunk) = download.next().await.expect("rows") {
                rows.push(chunk.rows());
            }
            assert_eq!(head.number_of_records, rows.last().copied());
            locator = head.locator.filter(|locator| locator != "null");
            if locator.is_none() {
                break;
            }
        }
        assert_eq!(rows, [5, 5, 5, 5, 5, 1]);
    });
}

#[test]
fn a_delimiter_of_the_jobs_own_is_read() {
    let world = World::new(Config::default()).seeded("Contact", 40);
    let (_, expected) = world.table(SOQL);
    let client = world.client();
    let spec = QuerySpec {
        column_delimiter: Some(Delimiter::Pipe),
        line_ending: Some(LineEnding::Crlf),
        ..query_spec(SOQL)
    };
    let source = || Source::Query(QueryResults::of_query(spec.clone(), POLL, None));
    assert!(run(&world, records(&client, source())).expect("rows").rows == expected);
}

#[test]
fn a_query_that_is_refused_or_fails_is_told() {
    let world = World::new(Config { query_error_message: true, ..Config::default() });
    let client = world.client();
    let error =
        run(&world, records(&client, query("SELECT Nix FROM Contact"))).expect_err("refused");
    assert_eq!((error.code(), error.kind.status()), (Code::Request, Some(400)), "{error}");
    assert_eq!(world.count("POST", "/query"), 1);
    world.fault(Rule::once(
        "/jobs/query/",
        Effect::Fail { message: "QUERY_TIMEOUT : too long".into() },
    ));
    let error = run(&world, records(&client, query(SOQL))).expect_err("failed");
    assert_eq!((error.code(), error.kind.error_code()), (Code::JobFailed, Some("QUERY_TIMEOUT")));
}

/// The server says one count and sends another number of rows: here a page's locator is lost, where nothing filters.
#[test]
fn rows_that_are_missing_are_an_error() {
    for lost in 0..4 {
        let world = World::new(Config { page_size: 10, ..Config::default() }).seeded("Contact", 40);
        let client = world.client();
        let rule = Rule { skip: lost, ..Rule::once("/results", Effect::WithholdLocator) };
        world.fault(rule.clone());
        let read = run(&world, records(&client, query_by(SOQL, Some(10))));
        if lost == 3 {
            assert_eq!(read.expect("the last page names none anyway").rows.len(), 40);
            continue;
        }
        let error = read.expect_err("rows are missing");
        let received = Some(10 * (u64::from(lost) + 1));
        let count = count_of(&error);
        assert_eq!(
            (error.code(), count.expected, count.received),
            (Code::Incomplete, Some(40), received)
        );
        assert!(error.job_id.is_some());
        world.fault(rule);
        let error =
            run(&world, bytes(&client, query_by(SOQL, Some(10)))).expect_err("of bytes too");
        assert_eq!((error.code(), count_of(&error).received), (Code::Incomplete, received));
    }
}

/// In a browser the list of pages is in a body and can be read; a locator is in a header that may be hidden.
#[test]
fn a_hidden_locator_is_an_error_and_never_the_end() {
    for (version, max_records, expose, readable) in [
        ("66.0", None, false, true),
        ("66.0", Some(10), true, true),
        ("66.0", Some(10), false, false),
        ("57.0", None, false, false),
        ("57.0", None, true, true),
    ] {
        let world = World::new(Config { page_size: 10, ..Config::default() }).seeded("Contact", 35);
        let client = world.client_of(version);
        world.in_browser(expose, false);
        let read = run(&world, records(&client, query_by(SOQL, max_records)));
        let case = format!("{version} {max_records:?} {expose}");
        match read {
            Ok(got) => assert_eq!((got.rows.len(), readable), (35, true), "{case}"),
            Err(error) => assert_eq!((error.code(), readable), (Code::Response, false), "{case}"),
        }
        assert!(world.count("GET", "/results") <= 4, "no loop");
    }
}

/// A list of pages that goes on where it began.
#[test]
fn a_list_of_pages_that_never_ends_is_an_error() {
    for pages in ["", r#"{"resultUrl":"/results?locator=LOCATOR"}"#] {
        let world = World::new(Config { page_size: 10, ..Config::default() }).seeded("Contact", 35);
        let client = world.client();
        run(&world, async {
            let job = v2::create_query(&client, &query_spec(SOQL)).await.expect("a job");
            let job = job.id().to_owned();
            world.org(|org| org.advance(LONG));
            let locator = v2::result_pages(&client, &job).await.expect("locators").remove(0);
            let next = "/resultPages?locator=again";
            let body =
                format!(r#"{{"resultPages":[{pages}],"nextRecordsUrl":"{next}","done":false}}"#);
            let effect = Effect::Status {
                status: 200,
                body: body.replace("LOCATOR", &locator),
                content_type: "application/json".to_owned(),
                headers: Vec::new(),
            };
            world.fault(Rule { times: None, ..Rule::once("/resultPages", effect) });
            let whole = Source::Query(QueryResults::of_job(job.clone(), POLL));
            let error = records(&client, whole).await.expect_err("it goes in a circle");
            assert!(matches!(error.code(), Code::Response | Code::Incomplete), "{error:?}");
            v2::result_pages(&client, &job).await.expect_err("it goes in a circle");
        });
    }
}

/// Without CORS a page's request to Bulk API 1.0 is sent, and its answer is out of reach.
#[test]
fn what_a_page_may_not_read_is_a_failure_of_the_network() {
    let world = World::new(Config::default());
    world.in_browser(false, false);
    let client = world.client();
    let spec = super::support::client::spec("insert", "Account", Default::default());
    let error = run(&world, salesforce_bulk::engine::v1::create_job(&client, &spec));
    assert_eq!(error.expect_err("no CORS").code(), Code::Network);
    assert!(world.count("POST", "/job") <= 5, "bounded");
}

#[test]
fn results_that_are_not_ready_are_told_and_those_of_a_complete_job_are_waited_for() {
    let world = World::new(Config::default()).seeded("Contact", 10);
    let client = world.client();
    run(&world, async {
        let job =
            v2::create_query(&client, &query_spec(SOQL)).await.expect("a job").id().to_owned();
        let early = v2::result_pages(&client, &job).await.expect_err("too early");
        assert_eq!((early.code(), early.job_id.as_deref()), (Code::Request, Some(job.as_str())));
        world.org(|org| org.advance(LONG));
        assert_eq!(v2::result_pages(&client, &job).await.expect("ready").len(), 1);
        world.fault(Rule::once("/results", Effect::NotReady));
        let whole = Source::Query(QueryResults::of_job(job, POLL));
        let rows = records(&client, whole).await.expect("the job is complete: its rows come").rows;
        assert_eq!(rows.len(), 10);
    });
}
