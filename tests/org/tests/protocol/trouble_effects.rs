//! Faults that decide whether, when and how often what was asked happens.

use salesforce_bulk_org::{Effect, Exchange, Request, Rule};

use crate::support::{Client, LONG};

const JOBS: &str = "/services/data/v66.0/jobs/ingest";
const INSERT: &str = r#"{"object":"Contact","operation":"insert"}"#;

fn creation(client: &Client) -> Request {
    let request = client.request("POST", JOBS).with_header("Content-Type", "application/json");
    request.with_body(INSERT)
}

fn with_faults(effects: &[Effect]) -> Client {
    let mut client = Client::new();
    for effect in effects {
        client.org.faults().push(Rule::once("/jobs/ingest", effect.clone()).on("POST"));
    }
    client
}

/// How the connection ended: the status, or a word.
fn ending(exchange: Exchange) -> String {
    match exchange {
        Exchange::Response(response) => response.status.to_string(),
        Exchange::Dropped => "dropped".to_owned(),
        Exchange::Silent => "silent".to_owned(),
    }
}

fn redirect(acts: bool) -> Effect {
    Effect::Redirect { status: 307, location: "https://elsewhere.example/".to_owned(), acts }
}

#[test]
fn each_fault_ends_the_connection_and_acts_as_it_says() {
    let silence = Effect::Silence { bytes: None };
    let (late, duplicate) = (Effect::Late { ms: 100 }, |ms| Effect::Duplicate { ms });
    let (before, after) = (Effect::status(503, "no"), Effect::status_after(503, "no"));
    // The effects, the ending, the jobs there are at once and those after a while.
    let cases: Vec<(Vec<Effect>, &str, usize, usize)> = vec![
        (vec![before.clone()], "503", 0, 0),
        (vec![after.clone()], "503", 1, 1),
        (vec![redirect(false)], "307", 0, 0),
        (vec![redirect(true)], "307", 1, 1),
        (vec![silence.clone()], "silent", 1, 1),
        (vec![silence.clone(), before.clone()], "silent", 0, 0),
        (vec![silence.clone(), Effect::DropBefore], "silent", 0, 0),
        (vec![silence, late.clone()], "silent", 0, 1),
        (vec![late.clone()], "dropped", 0, 1),
        (vec![Effect::Late { ms: 0 }], "dropped", 1, 1),
        (vec![duplicate(0)], "200", 2, 2),
        (vec![duplicate(100)], "200", 1, 2),
        (vec![duplicate(0), Effect::DropAfter], "dropped", 2, 2),
        (vec![duplicate(0), after.clone()], "503", 2, 2),
        (vec![duplicate(0), Effect::DropBefore], "dropped", 0, 0),
        (vec![late, duplicate(200)], "dropped", 0, 2),
        (vec![before.clone(), after.clone()], "503", 0, 0),
        (vec![after, before], "503", 1, 1),
    ];
    for (effects, expected, at_once, later) in cases {
        let mut client = with_faults(&effects);
        let request = creation(&client);
        assert_eq!(ending(client.org.handle(request)), expected, "{effects:?}");
        client.org.advance(0);
        assert_eq!(client.org.jobs().len(), at_once, "{effects:?}");
        client.org.advance(LONG);
        assert_eq!(client.org.jobs().len(), later, "{effects:?}");
    }
}

#[test]
fn what_is_late_happens_at_its_own_time_however_the_clock_is_moved() {
    let mut client = with_faults(&[Effect::Late { ms: 700 }]);
    let start = client.org.now();
    let request = creation(&client);
    client.org.handle(request);
    client.org.advance(LONG);
    assert_eq!(client.org.jobs()[0].created, start + 700);
    let log: Vec<_> = client.org.log().entries().iter().map(|s| (s.status, s.at - start)).collect();
    assert_eq!(log, [(0, 0), (200, 700)]);
    assert_eq!(client.org.log().count("POST", "/jobs/ingest"), 1);
}

#[test]
fn late_requests_happen_in_the_order_of_their_times() {
    let mut client = Client::new();
    for (ms, object) in [(300, "Lead"), (100, "Contact"), (300, "Account")] {
        client.org.faults().push(Rule::once("/jobs/ingest", Effect::Late { ms }));
        let body = format!(r#"{{"object":"{object}","operation":"insert"}}"#);
        let request = client.request("POST", JOBS).with_header("Content-Type", "application/json");
        client.org.handle(request.with_body(body));
    }
    client.org.advance(LONG);
    let mut jobs = client.org.jobs();
    jobs.sort_by_key(|job| job.id);
    let objects: Vec<_> = jobs.iter().map(|job| job.object).collect();
    assert_eq!(objects, ["Contact", "Lead", "Account"]);
}

#[test]
fn the_session_of_a_late_request_is_checked_when_it_comes_in() {
    for (expired_first, jobs) in [(false, 1), (true, 0)] {
        let mut client = with_faults(&[Effect::Late { ms: 100 }]);
        if expired_first {
            client.org.expire_sessions();
        }
        let request = creation(&client);
        client.org.handle(request);
        client.org.expire_sessions();
        client.org.advance(LONG);
        assert_eq!(client.org.jobs().len(), jobs);
    }
}

#[test]
fn a_late_batch_finds_its_job_closed() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    client.org.faults().push(Rule::once("/batch", Effect::Late { ms: 100 }));
    let batch = client.request("POST", &format!("{job}/batch"));
    client.org.handle(batch.with_header("Content-Type", "text/csv").with_body("Name\na\n"));
    client.json("POST", &job, r#"{"state":"Closed"}"#);
    client.org.advance(LONG);
    assert_eq!(client.org.jobs()[0].batches.len(), 0);
    assert_eq!(client.org.log().entries().last().map(|seen| seen.status), Some(400));
}

#[test]
fn answers_in_place_of_the_own_carry_their_headers() {
    let effects = [
        Effect::status(429, "").with_header("Retry-After", "7"),
        Effect::status_after(503, "").with_header("Retry-After", "7"),
    ];
    for effect in effects {
        let mut client = with_faults(std::slice::from_ref(&effect));
        let answer = client.send(creation(&client));
        assert_eq!(answer.header("retry-after"), Some("7"), "{effect:?}");
    }
    let mut client = with_faults(&[redirect(false)]);
    let answer = client.send(creation(&client));
    assert_eq!(answer.header("location"), Some("https://elsewhere.example/"));
}

#[test]
fn faults_stop_at_their_time() {
    let mut client = Client::new();
    let until = client.org.now() + 1_000;
    client.org.faults().push(Rule::every("/limits", Effect::status(503, "")).until(until));
    let stuck = Rule::every("/batch/", Effect::Stuck).until(until);
    client.org.faults().push(stuck);
    let limits = "/services/data/v66.0/limits";
    client.org.advance(999);
    assert_eq!(client.get(limits).status, 503);
    client.org.advance(1);
    assert_eq!(client.get(limits).status, 200);
    assert!(client.org.faults().rules().is_empty());
    client.v1_csv("insert", "Account", "Name\na\n");
    assert_eq!(client.org.jobs()[0].batches[0].state, "Completed");
}
