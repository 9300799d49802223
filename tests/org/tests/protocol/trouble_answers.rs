//! Faults that spoil an answer on its way.

use std::io::Read;

use flate2::read::GzDecoder;
use salesforce_bulk_org::http::{Drip, Response};
use salesforce_bulk_org::{Effect, Interruption, Rule};

use crate::support::{Client, LONG};

const LIMITS: &str = "/services/data/v66.0/limits";

/// An org with a complete query of 1,000 rows, and the path of its results.
fn queried() -> (Client, String) {
    let mut client = Client::new();
    client.org.seed("Contact", 1_000);
    let job = client.v2_query("SELECT Id, LastName FROM Contact");
    (client, format!("{job}/results"))
}

/// The answer to a GET that these strike.
fn struck(client: &mut Client, path: &str, effects: &[Effect], gzip: bool) -> Response {
    for effect in effects {
        client.org.faults().push(Rule::once(path, effect.clone()));
    }
    let request = client.request("GET", path);
    let request = if gzip { request.with_header("Accept-Encoding", "gzip") } else { request };
    client.org.handle(request).response().expect("an answer")
}

fn inflated(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).expect("gzip");
    text
}

#[test]
fn a_short_body_ends_at_a_record_and_its_headers_agree() {
    let (mut client, results) = queried();
    let whole = client.get(&results).text;
    for gzip in [false, true] {
        let effects = [Effect::Short { fraction: 0.5 }];
        let response = struck(&mut client, &results, &effects, gzip);
        assert_eq!(response.header("sforce-numberofrecords"), Some("1000"));
        let length = response.header("content-length").expect("a length").to_owned();
        let (bytes, end) = response.body.collect();
        assert_eq!((length, end), (bytes.len().to_string(), Ok(())));
        let text = if gzip { inflated(&bytes) } else { String::from_utf8(bytes).expect("UTF-8") };
        assert!(whole.starts_with(&text) && text.ends_with("\"\n"), "{text}");
        // Last names have line ends of their own, so rows are counted by their ids.
        assert_eq!(text.matches("\n\"003").count(), 500);
    }
}

#[test]
fn lists_of_all_formats_are_shortened() {
    for content in ["XML", "JSON"] {
        let mut client = Client::new();
        client.org.seed("Contact", 10);
        let job = client.v1_job("query", "Contact", content);
        let media = format!("application/{}", content.to_lowercase());
        let batch = client.v1_batch(&job, &media, "SELECT Id FROM Contact");
        client.v1_batch(&job, &media, "SELECT Id FROM Contact");
        client.org.advance(LONG);
        let id = client.get(&format!("{batch}/result")).text;
        let id = &id[id.find("752").expect("an id")..][..15];
        for (path, mark, left) in [
            (format!("{batch}/result/{id}"), "url\":|<records ", 5),
            (format!("{job}/batch"), "jobId", 1),
        ] {
            let response = struck(&mut client, &path, &[Effect::Short { fraction: 0.5 }], false);
            let text = response.text();
            let marks: usize = mark.split('|').map(|mark| text.matches(mark).count()).sum();
            let marks = if content == "XML" && mark == "jobId" { marks / 2 } else { marks };
            assert_eq!(marks, left, "{text}");
            let closed = if content == "XML" { ">\n" } else { "}]" };
            let ends =
                text.ends_with(closed) || text.ends_with("}]}") || text.ends_with("</queryResult>");
            assert!(ends, "{text}");
        }
    }
}

#[test]
fn a_repeated_body_comes_twice() {
    let (mut client, results) = queried();
    let whole = client.get(&results).text;
    for gzip in [false, true] {
        let response = struck(&mut client, &results, &[Effect::Repeat], gzip);
        let length = response.header("content-length").expect("a length").to_owned();
        let (bytes, _) = response.body.collect();
        assert_eq!(length, bytes.len().to_string());
        let text = if gzip { inflated(&bytes) } else { String::from_utf8(bytes).expect("UTF-8") };
        assert!(text == whole.repeat(2));
    }
}

#[test]
fn errors_are_neither_shortened_nor_repeated() {
    let mut client = Client::new();
    let path = "/services/data/v66.0/nothing";
    let whole = client.get(path).text;
    for effect in [Effect::Short { fraction: 0.0 }, Effect::Repeat] {
        assert_eq!(struck(&mut client, path, &[effect], false).text(), whole);
    }
}

#[test]
fn a_body_falls_silent_after_so_many_bytes() {
    let (mut client, results) = queried();
    let whole = client.get(&results).text.into_bytes();
    let long = whole.len() + 1;
    for (bytes, arrives) in [(0, 0), (100, 100), (long, whole.len())] {
        let effects = [Effect::Silence { bytes: Some(bytes) }];
        let response = struck(&mut client, &results, &effects, false);
        assert_eq!(response.status, 200);
        let (found, end) = response.body.collect();
        assert_eq!((found.as_slice(), end), (&whole[..arrives], Err(Interruption::Silence)));
    }
}

#[test]
fn a_whole_body_that_came_is_not_waited_for() {
    let mut client = Client::new();
    let whole = client.get(LIMITS).text;
    for (bytes, ends) in [(10, Err(Interruption::Silence)), (10_000, Ok(()))] {
        let effects = [Effect::Silence { bytes: Some(bytes) }];
        let response = struck(&mut client, LIMITS, &effects, false);
        assert_eq!(response.header("content-length"), Some(whole.len().to_string().as_str()));
        assert_eq!(response.body.collect().1, ends);
    }
}

#[test]
fn the_first_interruption_to_come_is_the_one_that_shows() {
    let cut = |bytes| Effect::Cut { bytes: Some(bytes), fraction: None };
    let silence = |bytes| Effect::Silence { bytes: Some(bytes) };
    let cases = [
        ([cut(100), silence(300)], Interruption::Cut),
        ([silence(300), cut(100)], Interruption::Cut),
        ([cut(300), silence(100)], Interruption::Silence),
        ([silence(100), cut(300)], Interruption::Silence),
    ];
    for (effects, expected) in cases {
        for gzip in [false, true] {
            let (mut client, results) = queried();
            let (bytes, end) = struck(&mut client, &results, &effects, gzip).body.collect();
            assert_eq!((bytes.len(), end), (100, Err(expected)), "{effects:?}");
        }
    }
}

#[test]
fn a_short_body_is_cut_too() {
    let (mut client, results) = queried();
    let effects = [
        Effect::Cut { bytes: None, fraction: Some(0.5) },
        Effect::Short { fraction: 0.1 },
        Effect::Drip { bytes: 0, ms: 5 },
        Effect::Latency { ms: 3 },
    ];
    let response = struck(&mut client, &results, &effects, false);
    assert_eq!(response.pace.drip, Some(Drip { bytes: 1, ms: 5 }));
    assert_eq!(response.pace.latency_ms, 3);
    let length: usize = response.header("content-length").expect("one").parse().expect("a number");
    let (bytes, end) = response.body.collect();
    assert_eq!((bytes.len(), end), (length / 2, Err(Interruption::Cut)));
}

#[test]
fn headers_are_withheld_in_any_case_of_letters() {
    let (mut client, results) = queried();
    for name in ["SFORCE-NUMBEROFRECORDS", "content-type", "Content-Encoding"] {
        let effects = [Effect::WithholdHeader { name: name.to_owned() }];
        let response = struck(&mut client, &results, &effects, true);
        assert_eq!(response.header(name), None);
        assert!(response.header("sforce-locator").is_some());
    }
}
