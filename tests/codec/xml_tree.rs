//! Control documents as trees, and text into XML.

use salesforce_bulk::xml::{MAX_BYTES, MAX_NODES, XmlErrorKind, escape, parse};

const JOB: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- a job -->
<jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"
   xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <id>750x0000000005LAAQ</id>
 <object xsi:nil="true"/>
 <externalIdFieldName xsi:nil="false">E__c</externalIdFieldName>
 <sf:state xmlns:sf="urn:x" a:type='b:c&lt;'>Open</sf:state>
 <empty></empty>
 <batchInfo><state>Queued</state></batchInfo>
 <batchInfo><state>Completed</state></batchInfo>
</jobInfo>
"#;

#[test]
fn a_control_document_is_a_tree_of_local_names() {
    let job = parse(JOB.as_bytes()).unwrap();
    assert_eq!(&*job.name, "jobInfo");
    assert!(job.attributes.is_empty());
    let table = [
        ("id", Some("750x0000000005LAAQ")),
        ("object", None),
        ("externalIdFieldName", Some("E__c")),
        ("state", Some("Open")),
        ("empty", Some("")),
        ("missing", None),
    ];
    for (name, text) in table {
        assert_eq!(job.text_of(name), text, "{name}");
    }
    assert!(job.child("object").unwrap().is_nil());
    assert_eq!(job.child("state").unwrap().attribute("type"), Some("b:c<"));
    assert_eq!(job.child("missing"), None);
    let states = job.children_named("batchInfo").map(|batch| batch.text_of("state").unwrap());
    assert_eq!(states.collect::<Vec<_>>(), ["Queued", "Completed"]);
    assert_eq!(job.find("batchInfo").unwrap().text_of("state"), Some("Queued"));
    assert_eq!(job.find("jobInfo").map(|found| &*found.name), Some("jobInfo"));
    assert_eq!(job.find("missing"), None);
}

#[test]
fn text_is_what_it_stands_for() {
    let table = [
        ("<a>x</a>", "x"),
        ("<a/>", ""),
        ("<a>&lt;&gt;&amp;&quot;&apos;</a>", "<>&\"'"),
        ("<a>&#65;&#x42;&#13;</a>", "AB\r"),
        ("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "<b>&amp;]]>"),
        ("<a>x<!-- no -->y<?no?>z</a>", "xyz"),
        ("<a> x\r\ny </a>", " x\ny "),
        ("\u{FEFF}<a>é😀</a>\n", "é😀"),
    ];
    for (xml, text) in table {
        assert_eq!(&*parse(xml.as_bytes()).unwrap().text, text, "{xml}");
    }
}

#[test]
fn what_is_not_a_document_is_refused() {
    use XmlErrorKind::{Cut, Doctype, Entity, InvalidUtf8, Malformed};
    let table: [(&[u8], XmlErrorKind); 17] = [
        (b"", Cut),
        (b"  ", Cut),
        (b"<?xml version=\"1.0\"?>", Cut),
        (b"<a>", Cut),
        (b"<a", Cut),
        (b"<a><b></b>", Cut),
        (b"<a><!-- ", Cut),
        (b"<a></b>", Malformed),
        (b"<a><b></a></b>", Malformed),
        (b"<a/><b/>", Malformed),
        (b"<a/>x", Malformed),
        (b"Records not found for this query", Malformed),
        (b"<a b=\"1\" b=\"2\"/>", Malformed),
        (b"<a>&nbsp;</a>", Entity),
        (b"<a>&#xD800;</a>", Entity),
        (b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", Doctype),
        (b"<a>\xFF</a>", InvalidUtf8),
    ];
    for (bytes, kind) in table {
        let found = parse(bytes).map_err(|error| error.kind);
        assert_eq!(found, Err(kind), "{}", bytes.escape_ascii());
    }
    assert_eq!(parse(b"<a>\xFF</a>").unwrap_err().byte, 3);
}

#[test]
fn every_prefix_of_a_document_is_refused() {
    let whole = JOB.trim_end();
    for length in 0..whole.len() {
        assert!(parse(&whole.as_bytes()[..length]).is_err(), "{}", &whole[..length]);
    }
}

#[test]
fn depth_and_size_have_limits() {
    let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(parse(nested(64).as_bytes()).is_ok());
    for depth in [65, 100_000] {
        let error = parse(nested(depth).as_bytes()).unwrap_err();
        assert_eq!(error.kind, XmlErrorKind::TooDeep { limit: 64 });
    }
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(parse(&large).unwrap_err().kind, XmlErrorKind::TooLong { limit: MAX_BYTES });
}

#[test]
fn the_number_of_elements_and_attributes_is_bounded() {
    let filled = |part: &str, count: usize| format!("<a>{}</a>", part.repeat(count));
    assert!(parse(filled("<b/>", MAX_NODES - 1).as_bytes()).is_ok());
    for (part, nodes) in [("<b/>", 1), ("<b c='' d=''/>", 3)] {
        let error = parse(filled(part, MAX_NODES / nodes + 1).as_bytes()).unwrap_err();
        assert_eq!(error.kind, XmlErrorKind::TooManyNodes { limit: MAX_NODES });
    }
    let attributes = |count: usize| (0..count).map(|n| format!(" n{n}=''")).collect::<String>();
    assert!(parse(format!("<a{} xmlns:x=''/>", attributes(32)).as_bytes()).is_ok());
    let error = parse(format!("<a{}/>", attributes(33)).as_bytes()).unwrap_err();
    assert_eq!(error.kind, XmlErrorKind::TooManyAttributes { limit: 32 });
    assert_eq!(error.to_string(), "the XML has more than 32 attributes in one element (byte 0)");
}

#[test]
fn escaped_text_reads_back_the_same() {
    let mut text = String::from("plain & <tag> \"quoted\" 'so' ]]> \r\n \r \t é 😀 \u{7F} \u{85}");
    text.extend((' '..'\u{300}').filter(|char| !char.is_control()));
    let mut xml = String::from("<a b=\"");
    escape("x\"'<>&", &mut xml);
    xml.push_str("\">");
    escape(&text, &mut xml);
    xml.push_str("</a>");
    let element = parse(xml.as_bytes()).unwrap();
    assert_eq!(*element.text, text);
    assert_eq!(*element.attributes, [("b".into(), "x\"'<>&".into())]);
}

#[test]
fn characters_that_xml_forbids_are_replaced() {
    for char in ['\0', '\u{1}', '\u{B}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
        let mut out = String::new();
        escape(&format!("a{char}b"), &mut out);
        assert_eq!(out, "a\u{FFFD}b");
    }
}
