//! What is tried again, how often, and what is not.

use salesforce_bulk::engine::v1;
use salesforce_bulk::engine::v2;
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk::wire::v2::JobFilter;
use salesforce_bulk_org::{Config, Effect};

use super::support::client::{accounts, ingest_jobs, ingest_spec, payload, v1_job};
use super::support::clock::run;
use super::support::trouble::{at, cut, once, status};
use super::support::world::World;

fn list() -> JobFilter {
    ingest_jobs()
}

#[test]
fn what_passes_is_tried_again_a_bounded_number_of_times() {
    let troubles = [
        (status(408), Code::Request),
        (status(429), Code::Server),
        (status(500), Code::Server),
        (status(502), Code::Server),
        (status(503), Code::Server),
        (status(504), Code::Server),
        (Effect::DropBefore, Code::Network),
        (cut(0.5), Code::Network),
    ];
    for (effect, code) in troubles {
        for times in 1..=5 {
            let world = World::new(Config::default());
            let client = world.client();
            world.fault(at(0, times, effect.clone()));
            let case = format!("{effect:?} x {times}");
            match run(&world, v2::jobs(&client, &list())) {
                Ok(page) => assert!(page.records.is_empty() && times < 5, "{case}"),
                Err(error) => {
                    assert_eq!((error.code(), error.retryable(), times), (code, true, 5), "{case}");
                }
            }
            let asked = world.count("GET", "/jobs/ingest");
            assert_eq!(asked, 5.min(times as usize + 1), "{case}");
        }
    }
}

#[test]
fn what_does_not_pass_is_asked_once() {
    for (number, code) in [
        (400, Code::Request),
        (403, Code::Request),
        (404, Code::Request),
        (405, Code::Request),
        (409, Code::Request),
        (501, Code::Server),
    ] {
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(at(0, 9, status(number)));
        let error = run(&world, v2::jobs(&client, &list())).expect_err("refused");
        assert_eq!(
            (error.code(), error.kind.status(), error.retryable()),
            (code, Some(number), false)
        );
        assert!(error.message.contains("Service Unavailable"), "the page's gist: {error}");
        assert_eq!(world.count("GET", "/jobs/ingest"), 1, "{number}");
    }
}

#[test]
fn pauses_grow_and_a_named_time_is_kept_to() {
    let gaps = |named: Option<&str>| {
        let world = World::new(Config::default());
        let client = world.client();
        *world.retry_after.borrow_mut() = named.map(str::to_owned);
        world.fault(at(0, 4, status(503)));
        let result = run(&world, v2::jobs(&client, &list()));
        let sent = world.sent.borrow();
        let gaps: Vec<i64> = sent.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
        (result.is_ok(), gaps)
    };
    let (done, grown) = gaps(None);
    assert!(done && grown.len() == 4, "{grown:?}");
    for (gap, most) in grown.iter().zip([500, 1_000, 2_000, 4_000]) {
        assert!((most / 2..=most).contains(gap), "{grown:?}");
    }
    assert_eq!(gaps(Some("7")), (true, vec![7_000; 4]));
    assert_eq!(gaps(Some("3600")), (false, vec![]), "an hour is the caller's decision");
    assert!(gaps(Some("Wed, 21 Oct 2026 07:28:00 GMT")).0);
}

#[test]
fn a_slow_answer_is_waited_for_and_one_that_does_not_come_is_asked_for_again() {
    for (latency, waited, sent) in [(119_000, 119_000, 1), (600_000, 120_000, 2)] {
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(at(0, 1, Effect::Latency { ms: latency }));
        let before = world.org(|org| org.now());
        run(&world, v2::jobs(&client, &list())).expect("an answer");
        let took = world.org(|org| org.now()) - before;
        assert_eq!((took / 1000 * 1000, world.sent.borrow().len()), (waited, sent));
    }
}

/// Too many requests at once: the server has done nothing, so even what must not be sent twice is sent again as it is.
#[test]
fn a_throttled_request_is_sent_again_whatever_it_is() {
    let concurrent = Effect::Status {
        status: 403,
        body: r#"[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded."}]"#.to_owned(),
        content_type: "application/json".to_owned(), headers: Vec::new() };
    for effect in [status(429), concurrent] {
        let world = World::new(Config::default());
        let client = world.client();
        let (rows, names) = accounts("a", 4);
        run(&world, async {
            let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
            world.fault(once("POST", "/batch", effect.clone()));
            v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await.expect("a batch");
            assert_eq!(world.count("GET", "/batch"), 0, "nothing to look for");
            let job =
                v2::create_ingest(&client, &ingest_spec("insert", "Account")).await.expect("a job");
            world.fault(once("PUT", "/batches", effect.clone()));
            v2::upload(&client, job.id(), payload(&rows)).await.expect("uploaded");
        });
        world.org(|org| org.advance(60_000));
        assert_eq!(world.stored("Account", "Name"), names);
    }
}

#[test]
fn a_limit_of_the_day_is_told_as_one() {
    let world = World::new(Config { daily_batches: 1, ..Config::default() });
    let client = world.client();
    let (rows, _) = accounts("a", 1);
    let error = run(&world, async {
        let job = v1_job(&client, "insert", "Account", ContentType::Csv).await.expect("a job");
        v1::add_batch(&client, &job, ContentType::Csv, payload(&rows)).await.expect("the first");
        v1::add_batch(&client, &job, ContentType::Csv, payload(&rows))
            .await
            .expect_err("the second")
    });
    assert_eq!((error.code(), error.retryable()), (Code::Limit, false), "{error}");
    world.org(|org| org.config().daily_api_requests = 0);
    let error = run(&world, v2::jobs(&client, &list())).expect_err("no more requests");
    assert_eq!(
        (error.code(), error.kind.error_code()),
        (Code::Limit, Some("REQUEST_LIMIT_EXCEEDED"))
    );
}

/// An answer that is not what it should be, with 200.
#[test]
fn an_answer_that_makes_no_sense_is_an_error() {
    for body in
        ["<html>Please sign in</html>", "", "{", "[]", "null", "{\"id\":\"\",\"state\":\"\"}"]
    {
        let effect = Effect::Status {
            status: 200,
            body: body.to_owned(),
            content_type: "text/html".to_owned(),
            headers: Vec::new(),
        };
        let world = World::new(Config::default());
        let client = world.client();
        world.fault(at(0, 4, effect.clone()));
        let made = run(&world, v2::create_ingest(&client, &ingest_spec("insert", "Account")));
        made.unwrap_or_else(|error| panic!("{body}: another answer is better: {error}"));
        world.fault(at(0, 5, effect.clone()));
        let error = run(&world, v2::create_ingest(&client, &ingest_spec("insert", "Account")));
        let error = error.expect_err(body);
        assert_eq!((error.code(), error.retryable()), (Code::Response, true), "{body}");
        world.fault(at(0, 5, effect));
        let error = run(&world, v1_job(&client, "insert", "Account", ContentType::Csv));
        assert_eq!(error.expect_err(body).code(), Code::Response, "{body}");
    }
}
