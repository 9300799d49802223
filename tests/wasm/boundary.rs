//! The boundary in a real host: what `fetch` may do, and what JavaScript gets.

use js_sys::{Array, Promise, Reflect};
use salesforce_bulk::http::Flight;
use salesforce_bulk::js::{Operation, Reader};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/tests/wasm/flight.js")]
extern "C" {
    fn flight(behaviour: &str) -> Flight;

    #[wasm_bindgen(js_name = callsOf)]
    fn calls_of(flight: &Flight) -> Array;
}

fn operation(behaviour: &str) -> (Operation, Flight) {
    let flight = flight(behaviour);
    (Operation::new(flight.clone()).expect("an operation"), flight)
}

fn job(operation: &Operation) -> Promise {
    operation.v2_job("ingest".into(), "750x".into())
}

fn page(operation: &Operation) -> Reader {
    let page = js_sys::JSON::parse(r#"{"columnDelimiter":"COMMA"}"#).expect("JSON");
    operation.v2_results("750x".into(), &page).expect("a reader")
}

fn text(value: &JsValue, name: &str) -> String {
    let member = Reflect::get(value, &name.into()).expect("an object");
    member.as_string().unwrap_or_else(|| format!("{member:?}"))
}

#[wasm_bindgen_test]
async fn a_request_carries_session_and_client_and_the_answer_comes_as_it_is() {
    let (operation, flight) = operation("job");
    let info = JsFuture::from(job(&operation)).await.expect("a job");
    let json = js_sys::JSON::stringify(&info).expect("JSON").as_string();
    assert_eq!(
        json.as_deref(),
        Some(r#"{"id":"750x","state":"Open","apiVersion":66,"later":{"member":[1,2]}}"#)
    );
    let call = calls_of(&flight).get(0);
    assert_eq!(text(&call, "url"), "https://acme.example/services/data/v66.0/jobs/ingest/750x");
    assert_eq!(text(&call, "method"), "GET");
    let headers = text(&call, "headers");
    let lines: Vec<&str> = headers.lines().collect();
    assert!(lines.contains(&"Authorization: Bearer TOKEN"), "{headers}");
    assert!(lines.contains(&"Sforce-Call-Options: client=tests"), "{headers}");
}

#[wasm_bindgen_test]
async fn a_failure_says_why_and_what_it_is() {
    for (behaviour, code, message, tries) in [
        ("nothing", "network", "No answer came.", 2),
        ("an error", "network", "No answer came (TypeError: Failed to fetch).", 2),
        ("no connection", "network", "No answer came (Error: refused).", 2),
        ("misuse", "response", "fetch cannot be used: none", 1),
    ] {
        let (operation, flight) = operation(behaviour);
        let failure = JsFuture::from(job(&operation)).await.expect_err(behaviour);
        let found = (text(&failure, "code"), text(&failure, "message"));
        assert_eq!(found, (code.to_owned(), message.to_owned()), "{behaviour}");
        assert_eq!(calls_of(&flight).length(), tries, "{behaviour}");
    }
}

#[wasm_bindgen_test]
async fn the_cause_is_kept_whole() {
    let (operation, _) = operation("an error");
    let failure = JsFuture::from(job(&operation)).await.expect_err("a failure");
    let cause = Reflect::get(&failure, &"cause".into()).expect("a cause");
    assert!(Reflect::get(&cause, &"odd".into()).expect("an object").is_truthy());
}

#[wasm_bindgen_test]
async fn rows_come_as_texts_and_bounds_however_the_body_comes() {
    for behaviour in ["page", "split", "cut"] {
        let (operation, _) = operation(behaviour);
        let reader = page(&operation);
        let mut cells: Vec<String> = Vec::new();
        let mut header = String::new();
        loop {
            let chunk = JsFuture::from(reader.next()).await.expect(behaviour);
            if chunk.is_undefined() {
                break;
            }
            cells.extend(cells_of(&chunk));
            let named = Reflect::get(&chunk, &"header".into()).expect("a chunk");
            if !named.is_undefined() {
                header = js_sys::JSON::stringify(&named).expect("JSON").into();
            }
        }
        assert_eq!(header, r#"["Id","Name"]"#, "{behaviour}");
        assert_eq!(cells, ["1", "Žofie 🚀", "2", ""], "{behaviour}");
    }
}

fn cells_of(chunk: &JsValue) -> Vec<String> {
    let ascii = js_sys::JsString::from(text(chunk, "ascii"));
    let wide = js_sys::JsString::from(text(chunk, "wide"));
    let bounds: js_sys::Int32Array =
        Reflect::get(chunk, &"bounds".into()).expect("bounds").unchecked_into();
    let cell = |pair: &[i32]| match *pair {
        [start, end] if start < 0 => String::from(wide.slice(!start as u32, end as u32)),
        [start, end] => String::from(ascii.slice(start as u32, end as u32)),
        _ => unreachable!("pairs"),
    };
    bounds.to_vec().chunks(2).map(cell).collect()
}

#[wasm_bindgen_test]
async fn bytes_come_as_they_are() {
    let (operation, _) = operation("split");
    let reader = page(&operation);
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.next_bytes()).await.expect("bytes");
        if piece.is_undefined() {
            break;
        }
        bytes.extend(js_sys::Uint8Array::new(&piece).to_vec());
    }
    assert_eq!(bytes, "\"Id\",\"Name\"\n\"1\",\"Žofie 🚀\"\n\"2\",\"\"\n".as_bytes());
}

#[wasm_bindgen_test]
async fn the_head_of_a_page_is_told() {
    let (operation, _) = operation("page");
    let head = JsFuture::from(page(&operation).open()).await.expect("a head");
    let json = js_sys::JSON::stringify(&head).expect("JSON").as_string();
    assert_eq!(json.as_deref(), Some(r#"{"locator":"null","numberOfRecords":2}"#));
}

#[wasm_bindgen_test]
async fn an_abort_ends_what_never_would() {
    let (operation, _) = operation("never");
    let (call, reader) = (job(&operation), page(&operation));
    let read = reader.next();
    operation.abort();
    for promise in [call, read] {
        let failure = JsFuture::from(promise).await.expect_err("aborted");
        assert_eq!(text(&failure, "code"), "aborted");
    }
}

#[wasm_bindgen_test]
async fn wrong_arguments_are_told_before_anything_is_sent() {
    let (operation, flight) = operation("job");
    let call = operation.v2_job("nonsense".into(), "750x".into());
    assert_eq!(text(&JsFuture::from(call).await.expect_err("no kind"), "code"), "argument");
    let page = js_sys::JSON::parse(r#"{"columnDelimiter":"SLASH"}"#).expect("JSON");
    let failure = operation.v2_results("750x".into(), &page).err().expect("no delimiter");
    assert_eq!(text(&failure, "code"), "argument");
    assert_eq!(calls_of(&flight).length(), 0);
}
