//! Faults to order, the back door, and what is refused whoever asks.

use std::io::{Read, Write};

use salesforce_bulk_org::{Body, Config, Effect, Exchange, Interruption, Org, Request, Rule};

use crate::support::{Client, LONG};

const LIMITS: &str = "/services/data/v66.0/limits";
const JOBS: &str = "/services/data/v66.0/jobs/ingest";
const INSERT: &str = r#"{"object":"Contact","operation":"insert"}"#;

fn jobs(client: &mut Client) -> usize {
    client.get(JOBS).json()["records"].as_array().expect("records").len()
}

#[test]
fn connections_drop_before_or_after_the_effect() {
    for (effect, created) in [(Effect::DropBefore, 0), (Effect::DropAfter, 1)] {
        let mut client = Client::new();
        client.org.faults().push(Rule::once("/jobs/ingest", effect).on("POST"));
        let request = client
            .request("POST", JOBS)
            .with_header("Content-Type", "application/json")
            .with_body(INSERT);
        assert!(matches!(client.org.handle(request), Exchange::Dropped));
        assert_eq!(jobs(&mut client), created);
        assert_eq!(client.org.log().entries()[0].status, 0);
    }
}

#[test]
fn a_rule_skips_and_counts_its_matches() {
    let mut client = Client::new();
    let effect = Effect::status(503, "<html>maintenance</html>");
    let rule = Rule::every("limits", effect).on("GET").skip(1).times(2);
    client.org.faults().push(rule);
    let statuses = [0; 4].map(|_| client.get(LIMITS).status);
    assert_eq!(statuses, [200, 503, 503, 200]);
    assert!(client.org.faults().rules().is_empty());
}

#[test]
fn bodies_break_off() {
    let mut client = Client::new();
    client.org.seed("Contact", 2_000);
    let job = client.v2_query("SELECT Id, LastName FROM Contact");
    let results = format!("{job}/results");
    let whole = client.get(&results).text.into_bytes();
    let cases = [
        (Effect::Cut { bytes: Some(100), fraction: None }, 100),
        (Effect::Cut { bytes: None, fraction: Some(0.5) }, whole.len() / 2),
    ];
    for (effect, length) in cases {
        client.org.faults().push(Rule::once("/results", effect));
        let request = client.request("GET", &results);
        let response = client.org.handle(request).response().expect("an answer");
        let (bytes, end) = response.body.collect();
        assert_eq!((bytes.as_slice(), end), (&whole[..length], Err(Interruption::Cut)));
    }
}

#[test]
fn a_body_that_is_cut_twice_breaks_off_at_the_first_cut() {
    let effects = [
        Effect::Cut { bytes: Some(100), fraction: None },
        Effect::Cut { bytes: Some(300), fraction: None },
        Effect::Cut { bytes: None, fraction: Some(1.0) },
    ];
    for orders in [[0, 1], [1, 0], [0, 2], [2, 0]] {
        let mut client = Client::new();
        client.org.seed("Contact", 2_000);
        let job = client.v2_query("SELECT Id, LastName FROM Contact");
        for effect in orders {
            client.org.faults().push(Rule::once("/results", effects[effect].clone()));
        }
        let request = client.request("GET", &format!("{job}/results"));
        let response = client.org.handle(request).response().expect("an answer");
        let (bytes, end) = response.body.collect();
        assert_eq!((bytes.len(), end), (100, Err(Interruption::Cut)), "{orders:?}");
    }
}

#[test]
fn work_that_fails_in_the_middle_keeps_what_is_done() {
    let mut client = Client::new();
    let message = "InternalServerError : out of luck".to_owned();
    client.org.faults().push(Rule::once("/batch/", Effect::FailAfter { rows: 2, message }));
    let job = client.v1_job("insert", "Account", "CSV");
    let batch = client.v1_batch(&job, "text/csv", "Name\na\nb\nc\n");
    client.org.advance(LONG);
    let info = client.get(&batch);
    assert_eq!(info.element("state"), "Failed");
    assert_eq!(info.element("stateMessage"), "InternalServerError : out of luck");
    assert_eq!(info.element("numberRecordsProcessed"), "2");
    assert_eq!(client.get(&format!("{batch}/result")).text.lines().count(), 3);
}

#[test]
fn answers_are_delayed_slowed_and_robbed() {
    let mut client = Client::new();
    client.org.seed("Contact", 10);
    client.org.config().page_size = 5;
    let job = client.v2_query("SELECT Id FROM Contact");
    let results = format!("{job}/results");
    for effect in [
        Effect::Latency { ms: 70 },
        Effect::Bandwidth { bytes_per_second: 9 },
        Effect::WithholdLocator,
    ] {
        client.org.faults().push(Rule::once("/results", effect));
    }
    let request = client.request("GET", &results);
    let response = client.org.handle(request).response().expect("an answer");
    assert_eq!((response.pace.latency_ms, response.pace.bytes_per_second), (70, 9));
    assert_eq!(response.header("sforce-locator"), None);
    assert_ne!(client.get(&results).header("sforce-locator"), None);
}

#[test]
fn a_session_ends_and_results_are_late_on_order() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let batch = client.v1_batch(&job, "text/csv", "Name\na\n");
    client.org.advance(LONG);
    client.org.faults().push(Rule::once("/result", Effect::NotReady));
    let late = client.get(&format!("{batch}/result"));
    assert_eq!(late.element("exceptionMessage"), "Records not processed");
    assert_eq!(client.get(&format!("{batch}/result")).status, 200);
    client.org.faults().push(Rule::once(&batch, Effect::ExpireSession));
    assert_eq!(client.get(&batch).element("exceptionCode"), "InvalidSessionId");
}

#[test]
fn work_is_stuck_slow_failing_or_locked_out() {
    let fail = Effect::Fail { message: "TooManyLockFailure : too many".to_owned() };
    let cases = [
        (Effect::Stuck, "InProgress", "0", "0"),
        (Effect::Slow { factor: 2 }, "InProgress", "0", "0"),
        (fail, "Failed", "0", "0"),
        (Effect::Lock { every: 2 }, "Completed", "3", "2"),
    ];
    for (effect, state, processed, failed) in cases {
        let mut client = Client::new();
        let job = client.v1_job("insert", "Account", "CSV");
        client.org.faults().push(Rule::once(&job, effect.clone()));
        let batch = client.v1_batch(&job, "text/csv", "Name\na\nb\nc\n");
        client.org.advance(300);
        let info = client.get(&batch);
        let found = ["state", "numberRecordsProcessed", "numberRecordsFailed"]
            .map(|name| info.element(name));
        assert_eq!(found, [state, processed, failed], "{effect:?}");
        client.org.advance(LONG);
        let later = client.get(&batch).element("state");
        assert_eq!(later == "InProgress", effect == Effect::Stuck, "{effect:?}");
    }
}

#[test]
fn the_back_door_arranges_the_org() {
    let mut client = Client::new();
    let post = |client: &mut Client, path: &str, body: &str| {
        client.send(Request::new("POST", path).with_body(body))
    };
    let start = client.org.now();
    assert_eq!(post(&mut client, "/control/advance", r#"{"ms":5}"#).json()["now"], start + 5);
    post(&mut client, "/control/seed", r#"{"object":"Contact","rows":3}"#);
    let config =
        post(&mut client, "/control/config", r#"{"pageSize":2,"cors":{"mode":"any"}}"#).json();
    assert_eq!(
        (config["pageSize"].as_u64(), config["cors"]["expose"].as_bool()),
        (Some(2), Some(false))
    );
    let job = client.v2_query("SELECT Id FROM Contact");
    assert_eq!(client.get(&format!("{job}/results")).header("sforce-numberofrecords"), Some("2"));

    let fault = r#"{"path":"/limits","times":1,"effect":{"kind":"status","status":503}}"#;
    assert_eq!(post(&mut client, "/control/faults", fault).status, 200);
    assert_eq!(client.get(LIMITS).status, 503);
    for wrong in [r#"{"effect":{"kind":"nope"}}"#, r#"[{"effect":{"kind":"stuck"},"typo":1}]"#, "x"]
    {
        assert_eq!(post(&mut client, "/control/faults", wrong).status, 400, "{wrong}");
    }
    let log = client.get("/control/log").json();
    assert_eq!(log["requests"][0]["method"], "POST");
    assert_eq!(log["total"].as_u64(), Some(3));

    post(&mut client, "/control/expire", "");
    assert_eq!(client.get(LIMITS).status, 401);
    let session = client.get("/control/session").json();
    assert_eq!(session["instanceUrl"], "http://acme.my.salesforce.com");
    client.token = session["accessToken"].as_str().expect("a token").to_owned();
    assert_eq!(client.get(LIMITS).status, 200);
    post(&mut client, "/control/reset", "");
    assert_eq!(client.get(LIMITS).status, 401);
    assert_eq!(client.get("/control/config").json()["pageSize"], 1_000);
    assert_eq!(client.get("/control/log").json()["total"].as_u64(), Some(1));
}

#[test]
fn paths_versions_and_methods_are_checked() {
    let cases = [
        ("GET", "/services/data/v66.0//limits", 404, "NOT_FOUND"),
        ("GET", "//services/data/v66.0//limits", 404, "NOT_FOUND"),
        ("GET", "//services/data/v66.0/jobs/ingest/x", 404, "NOT_FOUND"),
        ("GET", "/services/data/v66.0/nothing", 404, "NOT_FOUND"),
        ("GET", "/services/data/66.0/limits", 404, "NOT_FOUND"),
        ("GET", "/services/data/v99.0/limits", 404, "NOT_FOUND"),
        ("GET", "/services/data/v20.0/limits", 410, "UNSUPPORTED_API_VERSION"),
        ("DELETE", "/services/data/v66.0/jobs/ingest", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/services/data/v66.0/jobs/ingest/x", 404, "NOT_FOUND"),
    ];
    for (method, path, status, code) in cases {
        let mut client = Client::new();
        let answer = client.send(client.request(method, path));
        assert_eq!(
            (answer.status, answer.json()[0]["errorCode"].as_str()),
            (status, Some(code)),
            "{path}"
        );
    }
    let old = Client::new().get("/services/async/20.0/job/x");
    assert_eq!(old.element("exceptionCode"), "InvalidVersion");
    let versions = Client::new().send(Request::new("GET", "/services/data")).json();
    let last = versions.as_array().and_then(|list| list.last()).expect("versions").clone();
    assert_eq!(last["url"], "/services/data/v67.0");
    let deprecated = Client::new().get("/services/data/v40.0/limits");
    assert!(deprecated.header("warning").is_some_and(|warning| warning.starts_with("299 - ")));
}

#[test]
fn the_days_limits_hold() {
    let config = Config { daily_api_requests: 2, daily_batches: 1, ..Config::default() };
    let mut client = Client::with(config);
    let usage = client.get(LIMITS);
    assert_eq!(usage.header("sforce-limit-info"), Some("api-usage=1/2"));
    client.get(LIMITS);
    let refused = client.get(LIMITS);
    assert_eq!(
        (refused.status, refused.json()[0]["errorCode"].as_str()),
        (403, Some("REQUEST_LIMIT_EXCEEDED"))
    );
    client.org.config().daily_api_requests = 100;
    let job = client.v1_job("insert", "Account", "CSV");
    client.v1_batch(&job, "text/csv", "Name\na\n");
    let second = client.put("POST", &format!("{job}/batch"), "text/csv", "Name\na\n");
    assert_eq!(second.element("exceptionCode"), "ExceededQuota");
}

fn zip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("to memory");
    encoder.finish().expect("to memory")
}

#[test]
fn bodies_are_compressed_both_ways() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let request = client
        .request("POST", &format!("{job}/batch"))
        .with_header("Content-Type", "text/csv")
        .with_header("Content-Encoding", "gzip")
        .with_body(zip("Name\na\n"));
    let batch = client.send(request).element("id");
    let request = client
        .request("GET", &format!("{job}/batch/{batch}/request"))
        .with_header("Accept-Encoding", "gzip, deflate");
    let response = client.org.handle(request).response().expect("an answer");
    assert_eq!(response.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    let bytes = response.body.collect().0;
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
    assert_eq!(text, "Name\na\n");
}

#[test]
fn big_results_are_made_while_they_are_read() {
    let mut org = Org::new(Config { page_size: 10_000_000, ..Config::default() });
    org.seed("Contact", 10_000_000);
    let mut client = Client { token: org.open_session(), org };
    let job = client.v2_query("SELECT Id, LastName FROM Contact");
    let request = client.request("GET", &format!("{job}/results"));
    let response = client.org.handle(request).response().expect("an answer");
    let Body::Stream(pieces) = response.body else { panic!("not streamed") };
    let first: Vec<_> = pieces.take(3).collect();
    assert!(first.iter().all(|piece| piece.as_ref().is_ok_and(|bytes| bytes.len() < 200_000)));
}
