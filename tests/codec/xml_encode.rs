//! Records to XML.

use salesforce_bulk::xml::{RecordEncoder, RecordErrorKind, parse};

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
        let mut encoder = RecordEncoder::new();
        assert_eq!(encoder.records("[]").unwrap(), OPENING);
        assert_eq!(encoder.records(json).unwrap(), xml, "{json}");
        assert_eq!(encoder.finish(), "</sObjects>");
    }
}

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
    <sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";

#[test]
fn the_envelope_makes_a_document() {
    let mut encoder = RecordEncoder::new();
    let blocks = [r#"[{"a":"1"},{"a":null}]"#, r#"[{"a":"]]>"}]"#];
    let xml = blocks.map(|block| encoder.records(block).unwrap()).concat() + &encoder.finish();
    let document = parse(xml.as_bytes()).unwrap();
    assert_eq!(&*document.name, "sObjects");
    let values = document.children_named("sObject").map(|record| record.text_of("a"));
    assert_eq!(values.collect::<Vec<_>>(), [Some("1"), None, Some("]]>")]);
    assert_eq!(RecordEncoder::new().finish(), format!("{OPENING}</sObjects>"));
}

#[test]
fn what_cannot_be_written_is_refused_with_its_place_among_all_records() {
    use RecordErrorKind::{FieldName, List, NotRecords, TooDeep};
    let table = [
        ("", NotRecords, 1, None),
        ("{}", NotRecords, 1, None),
        ("[{}", NotRecords, 2, None),
        (r#"[{"a":1},2]"#, NotRecords, 2, None),
        (r#"[{"a":1},{"b":["x"]}]"#, List, 2, Some("b")),
        (r#"[{"a b":1}]"#, FieldName, 1, Some("a b")),
        (r#"[{"":1}]"#, FieldName, 1, Some("")),
        (r#"[{"1a":1}]"#, FieldName, 1, Some("1a")),
        (r#"[{"a:b":1}]"#, FieldName, 1, Some("a:b")),
        (r#"[{"a":{"<":1}}]"#, FieldName, 1, Some("<")),
        (r#"[{"x>":null}]"#, FieldName, 1, Some("x>")),
        (r#"[{"a":{"b":{"c":1}}}]"#, TooDeep, 1, Some("b")),
        (r#"[{"a":{"b":[1]}}]"#, List, 1, Some("b")),
    ];
    for (json, kind, record, field) in table {
        for before in [0, 3] {
            let mut encoder = RecordEncoder::new();
            encoder.records(&format!("[{}]", vec!["{}"; before].join(","))).unwrap();
            let error = encoder.records(json).unwrap_err();
            let found = (error.kind, error.record, error.field.as_deref());
            assert_eq!(found, (kind, before as u64 + record, field), "{json}");
        }
    }
}

#[test]
fn errors_say_which_record_and_what_to_do() {
    let table = [
        (
            r#"[{"a":1},{"b":["x"]}]"#,
            "Record 2, field b: a list cannot be written in XML: join its values with ';'",
        ),
        ("[{},{},null]", "Record 3 is no JSON object"),
        (r#"[{"a b":1}]"#, "Record 1, field a b: the name cannot be written in XML"),
    ];
    for (json, message) in table {
        assert_eq!(RecordEncoder::new().records(json).unwrap_err().to_string(), message);
    }
}
