//! Plain data across the boundary, held against `JSON.parse`.

use js_sys::{JSON, Object, Reflect};
use salesforce_bulk::js::convert::{value_from_js, value_to_js};
use salesforce_bulk::json::{Value, parse};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn to_js(json: &str) -> JsValue {
    value_to_js(&parse(json.as_bytes()).expect("JSON")).expect("a value")
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).expect("plain data").into()
}

#[wasm_bindgen_test]
fn values_are_what_json_parse_makes_of_them() {
    for json in [
        "null",
        "true",
        "[]",
        "[null,false,\"Žofie 🚀\\u0000\",[[1]]]",
        "{}",
        r#"{"b":null,"a":{"":[{"x":1}]},"10":1,"2":2}"#,
        r#"{"a":1,"b":2,"a":3}"#,
        r#"{"constructor":1,"toString":"x","hasOwnProperty":null}"#,
        "[0,-0,66.0,1.5,-2.5e-3,1e21,4294967296,9007199254740991]",
    ] {
        let expected = JSON::parse(json).expect("JSON");
        let found = to_js(json);
        assert_eq!(text(&found), text(&expected), "{json}");
        assert_eq!(found.is_null(), expected.is_null(), "{json}");
    }
}

#[wasm_bindgen_test]
fn numbers_are_the_nearest_that_there_are() {
    for digits in [
        "1e400",
        "-1e400",
        "1e-400",
        "-0",
        "9007199254740993",
        "12345678901234567890",
        "-123456789012345678901234567890.5",
        "0.1",
    ] {
        let expected = JSON::parse(digits).expect("JSON");
        assert!(Object::is(&to_js(digits), &expected), "{digits}");
    }
}

#[wasm_bindgen_test]
fn objects_are_plain_and_keep_their_prototype() {
    let object = to_js(r#"{"__proto__":{"admin":true},"a":{"__proto__":null,"b":1}}"#);
    for object in [object.clone(), Reflect::get(&object, &"a".into()).expect("an object")] {
        let prototype = Object::get_prototype_of(&object);
        assert!(Object::is(&prototype, &Object::get_prototype_of(&Object::new())));
    }
    assert!(Reflect::get(&object, &"admin".into()).expect("an object").is_undefined());
    assert_eq!(text(&object), r#"{"a":{"b":1}}"#);
}

#[wasm_bindgen_test]
fn arguments_come_in_as_they_are() {
    for (json, read) in [
        (r#"{"a":[1,null,"x"],"b":{"c":1.5}}"#, r#"{"a":[1,null,"x"],"b":{"c":1.5}}"#),
        (r#""\ud83dx""#, "\"\u{FFFD}x\""),
        ("[1e21]", "[1e+21]"),
    ] {
        let value = JSON::parse(json).expect("JSON");
        assert_eq!(value_from_js(&value).expect("a value").to_string(), read, "{json}");
    }
    assert_eq!(value_from_js(&JsValue::UNDEFINED).expect("a value"), Value::Null);
}
