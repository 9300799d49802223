//! What browsers are told.

use salesforce_bulk_org::Config;
use salesforce_bulk_org::config::{Cors, CorsMode};

use crate::support::{Answer, Client};

const ORIGIN: &str = "https://app.example";
const V2: &str = "/services/data/v66.0/limits";
const V1: &str = "/services/async/66.0/job/x";

fn client(mode: CorsMode, expose: bool, v1: bool) -> Client {
    Client::with(Config { cors: Cors { mode, expose, v1, oauth: true }, ..Config::default() })
}

fn listed() -> CorsMode {
    CorsMode::Allowlist(vec![ORIGIN.to_owned()])
}

fn get(client: &mut Client, path: &str, origin: &str) -> Answer {
    client.send(client.request("GET", path).with_header("Origin", origin))
}

#[test]
fn an_answer_is_readable_where_the_switches_say_so() {
    let cases = [
        (CorsMode::Off, V2, ORIGIN, false),
        (CorsMode::Any, V2, "https://other.example", true),
        (listed(), V2, ORIGIN, true),
        (listed(), V2, "https://other.example", false),
        (listed(), V1, ORIGIN, false),
        (listed(), "/services/Soap/u/64.0", ORIGIN, false),
    ];
    for (mode, path, origin, readable) in cases {
        let answer = get(&mut client(mode.clone(), false, false), path, origin);
        let allowed = answer.header("access-control-allow-origin");
        assert_eq!(allowed, readable.then_some(origin), "{mode:?} {path} {origin}");
        assert_eq!(answer.header("access-control-expose-headers"), None);
    }
}

#[test]
fn switches_open_bulk_one_and_the_headers() {
    let answer = get(&mut client(listed(), true, true), V1, ORIGIN);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    let exposed = answer.header("access-control-expose-headers").expect("exposed headers");
    assert!(exposed.contains("Sforce-Locator"), "{exposed}");
}

#[test]
fn a_preflight_echoes_what_was_asked() {
    let mut client = client(listed(), false, false);
    let request = client
        .request("OPTIONS", V2)
        .with_header("Origin", ORIGIN)
        .with_header("Access-Control-Request-Method", "PATCH")
        .with_header("Access-Control-Request-Headers", "authorization,content-type");
    let answer = client.send(request.clone());
    assert_eq!(answer.status, 200);
    let headers = ["origin", "headers", "methods", "credentials"]
        .map(|name| answer.header(&format!("access-control-allow-{name}")).unwrap_or_default());
    let methods = "HEAD, GET, POST, PUT, PATCH, DELETE";
    assert_eq!(headers, [ORIGIN, "authorization,content-type", methods, "false"]);
    client.org.config().cors.mode = CorsMode::Off;
    assert_eq!(client.send(request).header("access-control-allow-origin"), None);
}

#[test]
fn an_origin_may_be_refused_outright() {
    let mut client = client(CorsMode::Refuse, false, false);
    assert_eq!(get(&mut client, V2, ORIGIN).status, 403);
    assert_eq!(client.get(V2).status, 200);
}
