//! Bulk 2.0: jobs that load rows.

use salesforce_bulk_org::Config;
use salesforce_bulk_org::config::{EmptyResults, SecondUpload};

use crate::support::{Client, LONG};

const INSERT: &str = r#"{"object":"Contact","operation":"insert"}"#;

#[test]
fn a_job_is_described_in_the_order_of_the_documentation() {
    let mut client = Client::new();
    let body = r#"{"object":"invoice__c","operation":"upsert","externalIdFieldName":"Ext__c","contentType":"CSV","columnDelimiter":"COMMA","lineEnding":"LF"}"#;
    let answer = client.json("POST", "/services/data/v66.0/jobs/ingest/", body);
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    let user = answer.json()["createdById"].as_str().expect("an id").to_owned();
    let expected = format!(
        "{{\"id\":\"{id}\",\"operation\":\"upsert\",\"object\":\"Invoice__c\",\"createdById\":\"{user}\",\
         \"createdDate\":\"2026-11-01T10:00:00.000+0000\",\"systemModstamp\":\"2026-11-01T10:00:00.000+0000\",\
         \"state\":\"Open\",\"externalIdFieldName\":\"Ext__c\",\"concurrencyMode\":\"Parallel\",\
         \"contentType\":\"CSV\",\"apiVersion\":66.0,\
         \"contentUrl\":\"services/data/v66.0/jobs/ingest/{id}/batches\",\"lineEnding\":\"LF\",\
         \"columnDelimiter\":\"COMMA\"}}"
    );
    assert_eq!((answer.status, answer.text), (200, expected));
}

#[test]
fn rows_end_in_one_of_three_sets() {
    let mut client = Client::new();
    let job = client.v2_job("ingest", INSERT);
    let info = client.v2_load(&job, "FirstName,\"LastName\"\nTom,\nAnn,Lee\n");
    assert_eq!(info.json()["state"], "JobComplete");
    assert_eq!(info.json()["numberRecordsProcessed"], 2);
    assert_eq!(info.json()["numberRecordsFailed"], 1);

    let good = client.get(&format!("{job}/successfulResults/"));
    let lines: Vec<&str> = good.text.lines().collect();
    assert_eq!(lines[0], "\"sf__Id\",\"sf__Created\",FirstName,\"LastName\"");
    assert!(lines[1].ends_with("\",\"true\",\"Ann\",\"Lee\""), "{}", lines[1]);
    assert_eq!(good.header("content-type"), Some("text/csv"));

    let bad = client.get(&format!("{job}/failedResults"));
    assert_eq!(
        bad.text,
        "\"sf__Id\",\"sf__Error\",FirstName,\"LastName\"\n\
         \"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --\",\"Tom\",\"\"\n"
    );
    for segment in ["unprocessedrecords", "unprocessedRecords"] {
        let rest = client.get(&format!("{job}/{segment}"));
        assert_eq!((rest.status, rest.text.as_str()), (200, "FirstName,\"LastName\"\n"));
    }
}

#[test]
fn a_set_without_rows_has_three_shapes() {
    let cases = [
        (EmptyResults::NoContent, 204, ""),
        (EmptyResults::ZeroBytes, 200, ""),
        (EmptyResults::HeaderOnly, 200, "\"sf__Id\",\"sf__Error\",LastName\n"),
    ];
    for (empty_results, status, text) in cases {
        let mut client = Client::with(Config { empty_results, ..Config::default() });
        let job = client.v2_job("ingest", INSERT);
        client.v2_load(&job, "LastName\na\n");
        let answer = client.get(&format!("{job}/failedResults"));
        assert_eq!((answer.status, answer.text.as_str()), (status, text));
    }
}

#[test]
fn rows_come_back_in_another_order() {
    let mut client = Client::new();
    let job = client.v2_job("ingest", INSERT);
    let rows: Vec<String> = (0..20).map(|at| format!("n{at:02}")).collect();
    client.v2_load(&job, &format!("LastName\n{}\n", rows.join("\n")));
    let text = client.get(&format!("{job}/successfulResults")).text;
    let mut found: Vec<String> = text
        .lines()
        .skip(1)
        .map(|line| line.rsplit('"').nth(1).expect("a cell").to_owned())
        .collect();
    assert_ne!(found, rows);
    found.sort();
    assert_eq!(found, rows);
}

#[test]
fn what_is_wrong_with_an_upload_fails_the_job_later() {
    let cases = [
        (INSERT, "Nope\n1\n", "InvalidBatch : Field name not found : Nope"),
        (INSERT, "\u{feff}LastName\n1\n", "InvalidBatch : Field name not found : \u{feff}LastName"),
        (
            INSERT,
            "LastName\r\n1\r\n",
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF",
        ),
        (
            r#"{"object":"Contact","operation":"insert","lineEnding":"CRLF"}"#,
            "LastName\n1\n",
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF",
        ),
        (
            r#"{"object":"Contact","operation":"delete"}"#,
            "Id,Name\n1,2\n",
            "InvalidBatch : The 'delete' batch must contain only ids",
        ),
    ];
    for (description, rows, message) in cases {
        let mut client = Client::new();
        let job = client.v2_job("ingest", description);
        let info = client.v2_load(&job, rows);
        assert_eq!(info.json()["state"], "Failed");
        assert_eq!(info.json()["errorMessage"], message);
        assert!(!info.text.contains('\''), "apostrophes are escaped: {}", info.text);
    }
}

#[test]
fn delimiters_and_line_endings_are_the_jobs() {
    let names =
        [("BACKQUOTE", '`'), ("CARET", '^'), ("PIPE", '|'), ("SEMICOLON", ';'), ("TAB", '\t')];
    for (name, char) in names {
        let mut client = Client::new();
        let job = client.v2_job("ingest", &format!(
            r#"{{"object":"Contact","operation":"insert","columnDelimiter":"{name}","lineEnding":"CRLF"}}"#
        ));
        client.v2_load(&job, &format!("LastName{char}FirstName\r\na,b{char}c\r\n"));
        let text = client.get(&format!("{job}/successfulResults")).text;
        assert!(
            text.starts_with(&format!(
                "\"sf__Id\"{char}\"sf__Created\"{char}LastName{char}FirstName\r\n"
            )),
            "{text}"
        );
        assert!(text.ends_with(&format!("{char}\"a,b\"{char}\"c\"\r\n")), "{text}");
    }
}

#[test]
fn a_job_takes_one_upload() {
    for second_upload in [SecondUpload::AtUpload, SecondUpload::AtClose] {
        let mut client = Client::with(Config { second_upload, ..Config::default() });
        let job = client.v2_job("ingest", INSERT);
        let upload = format!("{job}/batches");
        assert_eq!(client.put("PUT", &upload, "text/csv", "LastName\na\n").status, 201);
        let second = client.put("PUT", &upload, "text/csv", "LastName\nb\n");
        let refused = match second_upload {
            SecondUpload::AtUpload => second,
            SecondUpload::AtClose => client.json("PATCH", &job, r#"{"state":"UploadComplete"}"#),
        };
        assert_eq!(refused.status, 400);
        assert_eq!(refused.json()[0]["errorCode"], "INVALIDJOB");
        let message = refused.json()[0]["message"].as_str().expect("a message").to_owned();
        assert!(message.starts_with("Found multipe contents for job: <750"), "{message}");
    }
}

#[test]
fn states_allow_what_they_allow() {
    let close = r#"{"state":"UploadComplete"}"#;
    let abort = r#"{"state":"Aborted"}"#;
    let mut client = Client::new();
    let done = client.v2_job("ingest", INSERT);
    client.v2_load(&done, "LastName\na\n");
    let aborted = client.v2_job("ingest", INSERT);
    client.json("PATCH", &aborted, abort);
    let cases = [
        (&done, close, "Closing already closed Job not allowed"),
        (&done, abort, "Aborting already Completed Job not allowed"),
        (&aborted, close, "Closing already aborted Job not allowed"),
    ];
    for (job, body, message) in cases {
        let answer = client.json("PATCH", job, body);
        assert_eq!(
            (answer.status, answer.json()[0]["errorCode"].as_str()),
            (400, Some("INVALIDJOBSTATE"))
        );
        assert_eq!(answer.json()[0]["message"], message);
    }
    let extra = client.json("PATCH", &done, r#"{"state":"Aborted","object":"Lead"}"#);
    assert_eq!(extra.status, 400);
}

#[test]
fn an_abort_leaves_the_rest_unprocessed() {
    let mut client = Client::new();
    let job = client.v2_job("ingest", INSERT);
    let rows: String = (0..1_000).map(|at| format!("n{at}\n")).collect();
    client.put("PUT", &format!("{job}/batches"), "text/csv", &format!("LastName\n{rows}"));
    client.json("PATCH", &job, r#"{"state":"UploadComplete"}"#);
    client.org.advance(50 + 100);
    client.json("PATCH", &job, r#"{"state":"Aborted"}"#);
    client.org.advance(LONG);
    let counts = ["successfulResults", "unprocessedrecords"]
        .map(|set| client.get(&format!("{job}/{set}")).text.lines().count() - 1);
    assert_eq!(counts, [400, 600]);
}

#[test]
fn deletion_waits_for_the_end() {
    let mut client = Client::new();
    let job = client.v2_job("ingest", INSERT);
    let early = client.send(client.request("DELETE", &job));
    assert_eq!((early.status, early.json()[0]["errorCode"].as_str()), (400, Some("API_ERROR")));
    client.v2_load(&job, "LastName\na\n");
    assert_eq!(client.send(client.request("DELETE", &job)).status, 204);
    let gone = client.get(&job);
    assert_eq!(gone.status, 404);
    assert_eq!(
        gone.text,
        r#"[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]"#
    );
}

#[test]
fn one_multipart_request_does_it_all() {
    let mut client = Client::new();
    let body = "--B\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n\
                {\"object\":\"Contact\",\"operation\":\"insert\"}\r\n--B\r\nContent-Type: text/csv\r\n\
                Content-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\nLastName\na\n\r\n--B--\r\n";
    let created = client.put(
        "POST",
        "/services/data/v66.0/jobs/ingest",
        "multipart/form-data; boundary=B",
        body,
    );
    assert_eq!((created.status, created.json()["state"].as_str()), (200, Some("UploadComplete")));
    assert!(created.json().get("contentUrl").is_none());
    client.org.advance(LONG);
    let id = created.json()["id"].as_str().expect("an id").to_owned();
    let info = client.get(&format!("/services/data/v66.0/jobs/ingest/{id}")).json();
    assert_eq!(
        (info["state"].as_str(), info["numberRecordsProcessed"].as_u64()),
        (Some("JobComplete"), Some(1))
    );
}

#[test]
fn lists_are_paged_and_hold_jobs_of_both_apis() {
    let mut client = Client::with(Config { list_page_size: 2, ..Config::default() });
    client.v1_job("insert", "Account", "CSV");
    for _ in 0..2 {
        client.v2_job("ingest", INSERT);
    }
    let mut next = Some("/services/data/v66.0/jobs/ingest".to_owned());
    let mut kinds = Vec::new();
    while let Some(path) = next {
        let page = client.get(&path).json();
        let records = page["records"].as_array().expect("records");
        kinds.extend(
            records.iter().map(|record| record["jobType"].as_str().expect("a type").to_owned()),
        );
        next = page["nextRecordsUrl"].as_str().map(str::to_owned);
        assert_eq!(page["done"].as_bool(), Some(next.is_none()));
    }
    kinds.sort();
    assert_eq!(kinds, ["Classic", "V2Ingest", "V2Ingest"]);
    let classic = client.get("/services/data/v66.0/jobs/ingest?jobType=Classic").json();
    assert_eq!(classic["records"].as_array().map(Vec::len), Some(1));
}
