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
    operation.call("v2Job".into(), &args(&["ingest", "750x"]), JsValue::UNDEFINED)
}

fn page(operation: &Operation) -> Reader {
    let page = js_sys::JSON::parse(r#"["750x",{"columnDelimiter":"COMMA"}]"#).expect("JSON");
    operation.read("v2Results", &page).expect("a reader")
}

fn args(texts: &[&str]) -> JsValue {
    texts.iter().map(|text| JsValue::from(*text)).collect::<Array>().into()
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
    let headers = Reflect::get(&call, &"headers".into()).expect("headers");
    assert_eq!(text(&headers, "Authorization"), "Bearer TOKEN");
    assert_eq!(text(&headers, "Sforce-Call-Options"), "client=tests");
}

#[wasm_bindgen_test]
async fn whatever_fetch_does_is_a_plain_failure() {
    for (behaviour, cause) in [
        ("an error", "TypeError: Failed to fetch"),
        ("a string", "text"),
        ("nothing", "No answer came."),
        ("a plain object", "plain"),
        ("a throw", "RangeError: at once"),
        ("garbage", "not a response"),
    ] {
        let (operation, flight) = operation(behaviour);
        let failure = JsFuture::from(job(&operation)).await.expect_err(behaviour);
        assert_eq!(text(&failure, "code"), "network", "{behaviour}");
        let message = text(&failure, "message");
        assert!(message.contains(cause), "{behaviour}: {message}");
        assert!(!message.contains("TOKEN"), "{message}");
        assert_eq!(calls_of(&flight).length(), 2, "{behaviour}: tried twice");
    }
}

#[wasm_bindgen_test]
async fn the_cause_is_kept_whole() {
    let (operation, _) = operation("a plain object");
    let failure = JsFuture::from(job(&operation)).await.expect_err("a failure");
    let cause = Reflect::get(&failure, &"cause".into()).expect("a cause");
    assert!(Reflect::get(&cause, &"odd".into()).expect("an object").is_truthy());
}

#[wasm_bindgen_test]
async fn rows_come_as_texts_and_bounds_however_the_body_comes() {
    for behaviour in ["page", "split", "cut", "no stream"] {
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
async fn bytes_come_as_they_are_and_an_empty_answer_is_none() {
    for (behaviour, length) in [("split", 37), ("empty", 0)] {
        let (operation, _) = operation(behaviour);
        let reader = page(&operation);
        let mut bytes = 0;
        loop {
            let piece = JsFuture::from(reader.next_bytes()).await.expect(behaviour);
            if piece.is_undefined() {
                break;
            }
            bytes += js_sys::Uint8Array::new(&piece).length();
        }
        assert_eq!(bytes, length, "{behaviour}");
    }
}

#[wasm_bindgen_test]
async fn the_head_of_a_page_is_told() {
    let (operation, _) = operation("page");
    let head = JsFuture::from(page(&operation).open()).await.expect("a head");
    let json = js_sys::JSON::stringify(&head).expect("JSON").as_string();
    assert_eq!(json.as_deref(), Some(r#"{"locator":null,"numberOfRecords":2}"#));
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
    let later = JsFuture::from(job(&operation)).await.expect_err("aborted for good");
    assert_eq!(text(&later, "code"), "aborted");
}

#[wasm_bindgen_test]
async fn unknown_calls_are_told() {
    let (operation, _) = operation("job");
    let call = operation.call("nonsense".into(), &args(&[]), JsValue::UNDEFINED);
    assert_eq!(text(&JsFuture::from(call).await.expect_err("unknown"), "code"), "argument");
    let failure = operation.read("nonsense", &args(&[])).err().expect("unknown");
    assert_eq!(text(&failure, "code"), "argument");
}
