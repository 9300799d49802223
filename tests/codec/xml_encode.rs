//! Records to XML.

use salesforce_bulk::xml::{RecordErrorKind, close, encode_records, open, parse};

#[test]
fn records_become_sobjects() {
    let table = [
        ("[]", ""),
        (" [ { } ] ", "<sObject></sObject>"),
        (
            r#"[{"b":"x","a":"y"},{"c":""}]"#,
            "<sObject><b>x</b><a>y</a></sObject><sObject><c></c></sObject>",
        ),
        (r#"[{"A":null}]"#, "<sObject><A xsi:nil=\"true\"/></sObject>"),
        (
            r#"[{"a":true,"b":false,"c":1,"d":-1.50,"e":12345678901234567890.12345}]"#,
            "<sObject><a>true</a><b>false</b><c>1</c><d>-1.50</d>\
             <e>12345678901234567890.12345</e></sObject>",
        ),
        (
            r#"[{"a":"<&>\"'\r\n\t\u0000\u00e9\ud83d\ude00"}]"#,
            "<sObject><a>&lt;&amp;&gt;&quot;&apos;&#13;\n\t\u{FFFD}é😀</a></sObject>",
        ),
        // JSON.stringify writes a lone surrogate as its escape.
        (r#"[{"a":"x\ud800y\udfff"}]"#, "<sObject><a>x\u{FFFD}y\u{FFFD}</a></sObject>"),
        (
            r#"[{"ReportsTo":{"Email":"a@b.c"},"Name":"n"}]"#,
            "<sObject><ReportsTo><sObject><Email>a@b.c</Email></sObject></ReportsTo>\
             <Name>n</Name></sObject>",
        ),
        (
            r#"[{"Who":{"Email":"l@x.y","attributes":{"url":"/u","type":"Lead"}}}]"#,
            "<sObject><Who><sObject><type>Lead</type><Email>l@x.y</Email></sObject></Who></sObject>",
        ),
        (
            r#"[{"attributes":{"type":"Contact"},"Account":null,"R":{"E__c":null}}]"#,
            "<sObject><Account xsi:nil=\"true\"/><R><sObject><E__c xsi:nil=\"true\"/></sObject></R>\
             </sObject>",
        ),
    ];
    for (json, xml) in table {
        let mut out = Vec::new();
        let count = encode_records(json, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), xml, "{json}");
        // serde_json's own values refuse a lone surrogate.
        let records = serde_json::from_str::<Vec<serde_json::Value>>(json);
        assert_eq!(records.map_or(count, |records| records.len()), count, "{json}");
    }
}

#[test]
fn the_envelope_makes_a_document() {
    let mut out = Vec::new();
    open(&mut out);
    assert_eq!(encode_records(r#"[{"a":"1"},{"a":null}]"#, &mut out), Ok(2));
    assert_eq!(encode_records(r#"[{"a":"]]>"}]"#, &mut out), Ok(1));
    close(&mut out);
    let document = parse(&out).unwrap();
    assert_eq!(&*document.name, "sObjects");
    let values = document.children_named("sObject").map(|record| record.text_of("a"));
    assert_eq!(values.collect::<Vec<_>>(), [Some("1"), None, Some("]]>")]);
}

#[test]
fn what_cannot_be_written_is_refused_whole() {
    use RecordErrorKind::{FieldName, List, NotRecords, TooDeep};
    let table = [
        ("", NotRecords, 0, None),
        ("{}", NotRecords, 0, None),
        ("[{}", NotRecords, 0, None),
        (r#"[{"a":1},2]"#, NotRecords, 1, None),
        (r#"[{"a":1},{"b":["x"]}]"#, List, 1, Some("b")),
        (r#"[{"a b":1}]"#, FieldName, 0, Some("a b")),
        (r#"[{"":1}]"#, FieldName, 0, Some("")),
        (r#"[{"1a":1}]"#, FieldName, 0, Some("1a")),
        (r#"[{"a:b":1}]"#, FieldName, 0, Some("a:b")),
        (r#"[{"a":{"<":1}}]"#, FieldName, 0, Some("<")),
        (r#"[{"x>":null}]"#, FieldName, 0, Some("x>")),
        (r#"[{"a":{"b":{"c":1}}}]"#, TooDeep, 0, Some("b")),
        (r#"[{"a":{"b":[1]}}]"#, List, 0, Some("b")),
    ];
    for (json, kind, record, field) in table {
        let mut out = b"before".to_vec();
        let error = encode_records(json, &mut out).unwrap_err();
        assert_eq!((error.kind, error.record, error.field.as_deref()), (kind, record, field));
        assert_eq!(out, b"before", "{json}");
    }
    let error = encode_records(r#"[{"a":1},{"b":["x"]}]"#, &mut Vec::new()).unwrap_err();
    let message =
        "a list cannot be written in XML: join its values with ';' (record 1, field \"b\")";
    assert_eq!(error.to_string(), message);
}
