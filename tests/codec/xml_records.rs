//! Records out of XML.

use super::chunks::chunkings;
use super::documents::random_document;
use super::random::Random;
use salesforce_bulk::xml::{RecordDecoder, RecordKind, XmlError, XmlErrorKind, parse};

/// Decodes the chunks; gives the JSON text of all records as one array, and the error.
fn decode(kind: RecordKind, chunks: &[&[u8]], often: bool) -> (String, Option<XmlErrorKind>) {
    let mut decoder = RecordDecoder::new(kind);
    let mut records = Vec::new();
    let mut count = 0;
    let mut take = |decoder: &mut RecordDecoder| {
        let Some(slice) = decoder.take() else { return };
        records.push(slice.text[1..slice.text.len() - 1].to_owned());
        count += slice.records as u64;
    };
    let pushed = chunks.iter().try_for_each(|chunk| {
        let result = decoder.push(chunk);
        if often {
            take(&mut decoder);
        }
        result
    });
    let error = pushed.and_then(|()| decoder.finish()).err().map(|error| error.kind);
    take(&mut decoder);
    assert_eq!(decoder.take(), None);
    assert_eq!(decoder.records(), count);
    (format!("[{}]", records.join(",")), error)
}

fn decode_all_ways(kind: RecordKind, bytes: &[u8]) -> (String, Option<XmlErrorKind>) {
    let whole = decode(kind, &[bytes], false);
    for chunks in chunkings(bytes) {
        for often in [false, true] {
            let found = decode(kind, &chunks, often);
            assert_eq!(found, whole, "{}: {chunks:?}", bytes.escape_ascii());
        }
    }
    whole
}

fn query(records: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<queryResult \
         xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{records}</queryResult>\n"
    )
}

const QUERY: &[(&str, &str)] = &[
    ("", "[]"),
    ("\n<!-- <records> -->\n", "[]"),
    ("<done>true</done><records><A>1</A></records><size>1</size>", r#"[{"A":"1"}]"#),
    (
        "<records xsi:type=\"sObject\"><type>Campaign</type><Id>701</Id><Id>701</Id><Name>x</Name>\
         <EndDate xsi:nil=\"true\"/></records>",
        r#"[{"Id":"701","Name":"x","EndDate":null}]"#,
    ),
    // An Id that was not selected comes once, and is nil; one that was comes twice.
    ("<records><type>A</type><Id xsi:nil=\"true\"/><Name>x</Name></records>", r#"[{"Name":"x"}]"#),
    ("<records><type>A</type><Id>1</Id><Name>x</Name></records>", r#"[{"Id":"1","Name":"x"}]"#),
    ("<records><Id xsi:nil=\"true\"/><Id>2</Id></records>", r#"[{"Id":"2"}]"#),
    ("<records><Id xsi:nil=\"true\"/><Id xsi:nil=\"true\"/></records>", r#"[{"Id":null}]"#),
    // The type is `type`; a field may be `Type`.
    ("<records><type>Account</type><Type>Customer</Type></records>", r#"[{"Type":"Customer"}]"#),
    (
        "<sf:records xmlns:sf=\"urn:sobject.partner.soap.sforce.com\"><sf:type>A</sf:type>\
         <sf:Name>x</sf:Name></sf:records>",
        r#"[{"Name":"x"}]"#,
    ),
    ("<records/><records></records>", "[{},{}]"),
    ("<records><A b=\">\"/></records><records c='>'/>", r#"[{"A":""},{}]"#),
    ("<records><A/><B></B><C xsi:nil=\"false\">c</C></records>", r#"[{"A":"","B":"","C":"c"}]"#),
    (
        "<records><A>&lt;b&gt; &amp;\n\"\\</A><B><![CDATA[</records>]]></B><C>a<!-- > -->b</C>\
         </records>",
        r#"[{"A":"<b> &\n\"\\","B":"</records>","C":"ab"}]"#,
    ),
    (
        "<records><A><![CDATA[]]]]></A><!-- ---><B><![CDATA[x]]]></B><?a??></records>",
        r#"[{"A":"]]","B":"x]"}]"#,
    ),
    ("<records a=\"/>\" b='>'><A c=\"</records>\">1</A></records>", r#"[{"A":"1"}]"#),
    ("<records><A>é€😀&#x1F600;&#9;\u{1}</A></records>", r#"[{"A":"é€😀😀\t\u0001"}]"#),
    // Parents nest, and so do theirs; a parent that is missing is nil.
    (
        "<records xsi:type=\"sObject\"><type>Contact</type><Id>1</Id><Id>1</Id>\
         <Account xsi:type=\"sObject\"><type>Account</type><Id xsi:nil=\"true\"/><Name>n</Name>\
         <Owner xsi:type=\"sf:sObject\"><type>User</type><Id>5</Id><Id>5</Id></Owner></Account>\
         <ReportsTo xsi:nil=\"true\"/></records>",
        r#"[{"Id":"1","Account":{"Name":"n","Owner":{"Id":"5"}},"ReportsTo":null}]"#,
    ),
    (
        "<records><Parent xsi:type=\"sObject\"><type>A</type><Id xsi:nil=\"true\"/></Parent>\
         </records>",
        r#"[{"Parent":{}}]"#,
    ),
    (
        "<records><MailingAddress xsi:type=\"address\"><city>X</city></MailingAddress></records>",
        r#"[{"MailingAddress":{"city":"X"}}]"#,
    ),
    // What a subquery found is a list.
    (
        "<records><Id>1</Id><Contacts xsi:type=\"QueryResult\"><done>true</done>\
         <queryLocator xsi:nil=\"true\"/><records><type>Contact</type><Id>2</Id><Id>2</Id></records>\
         <records><Id>3</Id></records><size>2</size></Contacts></records>",
        r#"[{"Id":"1","Contacts":[{"Id":"2"},{"Id":"3"}]}]"#,
    ),
    (
        "<records><Contacts xsi:type=\"QueryResult\"><size>0</size></Contacts></records>",
        r#"[{"Contacts":[]}]"#,
    ),
];

#[test]
fn query_results_become_objects() {
    for (records, json) in QUERY {
        let (found, error) = decode_all_ways(RecordKind::Query, query(records).as_bytes());
        assert_eq!((found.as_str(), error), (*json, None), "{records}");
        serde_json::from_str::<serde_json::Value>(&found).unwrap();
    }
    for empty in ["<queryResult/>", "\u{FEFF}<queryResult></queryResult> <!-- x -->"] {
        let found = decode_all_ways(RecordKind::Query, empty.as_bytes());
        assert_eq!(found, ("[]".to_owned(), None));
    }
}

const RESULTS: &[(&str, &str)] = &[
    (
        "<result><id>001D</id><success>true</success><created>true</created></result>",
        r#"[{"id":"001D","success":true,"created":true,"errors":[]}]"#,
    ),
    (
        "<result><errors><fields>LastName</fields><fields>Email</fields><message>Required: \
         [\"LastName\"]</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><success>\
         false</success><created>false</created></result>\n<result><errors><message xsi:nil=\"true\"/>\
         <statusCode>A</statusCode></errors><errors><statusCode>B</statusCode></errors>\
         <id xsi:nil=\"true\"/><success>false</success><created>false</created></result>",
        concat!(
            r#"[{"id":null,"success":false,"created":false,"errors":[{"statusCode":"REQUIRED_FIELD_MISSING","#,
            r#""message":"Required: [\"LastName\"]","fields":["LastName","Email"]}]},"#,
            r#"{"id":null,"success":false,"created":false,"errors":[{"statusCode":"A","message":null,"#,
            r#""fields":[]},{"statusCode":"B","message":null,"fields":[]}]}]"#,
        ),
    ),
    (
        "<result><id></id><success>false</success></result>",
        r#"[{"id":null,"success":false,"created":false,"errors":[]}]"#,
    ),
];

#[test]
fn ingest_results_become_what_a_json_job_would_give() {
    for (results, json) in RESULTS {
        let xml = format!("<results xmlns=\"urn:x\" xmlns:xsi=\"urn:y\">{results}</results>");
        let found = decode_all_ways(RecordKind::Result, xml.as_bytes());
        assert_eq!(found, ((*json).to_owned(), None), "{results}");
    }
}

#[test]
fn what_is_not_such_a_document_is_refused() {
    use XmlErrorKind::{Cut, Doctype, Entity, Malformed, UnexpectedRoot};
    let one = r#"[{"A":"1"}]"#;
    let table: [(&str, &str, XmlErrorKind); 18] = [
        ("", "[]", Cut),
        ("<?xml version=\"1.0\"?>", "[]", Cut),
        ("<queryResult", "[]", Cut),
        ("<queryResult>", "[]", Cut),
        ("<queryResult><records><A>1</A></records>", one, Cut),
        ("<queryResult><records><A>1</A></records><records><A>2</A>", one, Cut),
        ("<queryResult></queryResult><", "[]", Cut),
        ("Records not found for this query", "[]", Malformed),
        ("<queryResult/>x", "[]", Malformed),
        ("<queryResult/><queryResult/>", "[]", Malformed),
        ("<queryResult></results>", "[]", Malformed),
        ("<!doctype html><html></html>", "[]", Doctype),
        ("<queryResult/></queryResult>", "[]", Malformed),
        ("<queryResult><records><A>1</A></records><records><A></B></records>", one, Malformed),
        ("<queryResult>< a></queryResult>", "[]", Malformed),
        ("<queryResult><records><A>&nbsp;</A></records></queryResult>", "[]", Entity),
        ("<error><exceptionCode>X</exceptionCode></error>", "[]", UnexpectedRoot),
        ("<!DOCTYPE queryResult><queryResult/>", "[]", Doctype),
    ];
    for (xml, before, kind) in table {
        let found = decode_all_ways(RecordKind::Query, xml.as_bytes());
        assert_eq!(found, (before.to_owned(), Some(kind)), "{xml}");
    }
}

#[test]
fn errors_tell_the_offset_and_stay() {
    let xml = b"<queryResult><records><A>1</A></records> <records><A></B></records>";
    let mut decoder = RecordDecoder::new(RecordKind::Query);
    let error = decoder.push(xml).unwrap_err();
    assert_eq!(error, XmlError { kind: XmlErrorKind::Malformed, record: Some(2), byte: 53 });
    assert_eq!(error.to_string(), "the XML is not well-formed (record 2, byte 53)");
    assert_eq!(decoder.push(b"</queryResult>"), Err(error));
    assert_eq!(decoder.finish(), Err(error));
    assert_eq!(decoder.take().unwrap().text, r#"[{"A":"1"}]"#);
}

#[test]
fn errors_tell_the_record_where_one_is_at_fault() {
    let records = "<records><A>1</A></records>".repeat(3);
    for (rest, record, byte) in [
        ("<records><A>&x;</A></records>", Some(4), 106),
        ("<records><A>1</A>", Some(4), 111),
        ("<records><! ", Some(4), 105),
        ("", None, 94),
        ("< a>", None, 95),
        ("</results>", None, 96),
    ] {
        let xml = format!("<queryResult>{records}{rest}");
        let mut decoder = RecordDecoder::new(RecordKind::Query);
        let read = decoder.push(xml.as_bytes()).and_then(|()| decoder.finish());
        let error = read.unwrap_err();
        assert_eq!((error.record, error.byte), (record, byte), "{rest}");
    }
}

#[test]
fn no_prefix_passes_for_the_whole() {
    let records: String = QUERY.iter().map(|(records, _)| *records).collect();
    let whole = query(&records);
    let end = whole.trim_end().len();
    let all = decode(RecordKind::Query, &[whole.as_bytes()], false).0;
    for length in 0..end {
        let (found, error) = decode(RecordKind::Query, &[&whole.as_bytes()[..length]], false);
        assert!(error.is_some(), "{length}");
        let found = found.trim_end_matches(']');
        assert!(all.starts_with(found), "{found}");
    }
}

#[test]
fn depth_and_length_have_limits() {
    let deep = format!("<queryResult>{}", "<records>".repeat(100_000));
    let (_, error) = decode(RecordKind::Query, &[deep.as_bytes()], false);
    assert_eq!(error, Some(XmlErrorKind::TooDeep { limit: 64 }));

    let mut decoder = RecordDecoder::new(RecordKind::Query);
    decoder.push(b"<queryResult><records><A>").unwrap();
    let megabyte = vec![b'x'; 1 << 20];
    let error = (0..65).find_map(|_| decoder.push(&megabyte).err()).unwrap();
    assert_eq!(error.kind, XmlErrorKind::TooLong { limit: 64 << 20 });
}

#[test]
fn bytes_that_are_not_utf8_become_replacement_characters() {
    let xml = b"<queryResult><records><A>a\xC3</A><B>\xA9b</B></records></queryResult>";
    let found = decode_all_ways(RecordKind::Query, xml);
    assert_eq!(found, ("[{\"A\":\"a\u{FFFD}\",\"B\":\"\u{FFFD}b\"}]".to_owned(), None));
}

/// The parser of whole documents is the twin: what it takes, the decoder takes, with as many records.
#[test]
fn random_documents_agree_with_the_parser() {
    const PIECES: [&[u8]; 16] = [
        b"<records>",
        b"</records>",
        b"<records>",
        b"</records>",
        b"<a b='>'>",
        b"</a>",
        b"<a/>",
        b"<records/>",
        b"x",
        b"<![CDATA[",
        b"]]",
        b">",
        b"<!--",
        b"--",
        b"<?p",
        b"?>",
    ];
    let mut random = Random::new(6);
    let mut agreed = 0;
    for _ in 0..4000 {
        let inside = random_document(&mut random, &PIECES, 9);
        let document = [b"<queryResult>", inside.as_slice(), b"</queryResult>"].concat();
        let found = decode_all_ways(RecordKind::Query, &document);
        if let Ok(tree) = parse(&document) {
            agreed += 1;
            let records: Vec<serde_json::Value> = serde_json::from_str(&found.0).unwrap();
            let expected = tree.children_named("records").count();
            assert_eq!((records.len(), found.1), (expected, None), "{}", document.escape_ascii());
        }
    }
    assert!(agreed > 200, "only {agreed} documents were well-formed");
}
