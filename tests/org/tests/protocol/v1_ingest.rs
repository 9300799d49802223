//! Bulk 1.0: jobs and batches of rows.

use crate::support::{Client, LONG};

const JOB: &str = "/services/async/66.0/job";

#[test]
fn a_job_in_xml_is_laid_out_as_recorded() {
    let mut client = Client::new();
    let body = "<?xml version=\"1.0\"?><jobInfo xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">\
                <operation>update</operation><object>ACCOUNT</object><contentType>CSV</contentType></jobInfo>";
    let answer = client.put("POST", JOB, "application/xml; charset=UTF-8", body);
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?><jobInfo
   xmlns="http://www.force.com/2009/06/asyncapi/dataload">
 <id>ID</id>
 <operation>update</operation>
 <object>Account</object>
 <createdById>USER</createdById>
 <createdDate>2026-11-01T10:00:00.000Z</createdDate>
 <systemModstamp>2026-11-01T10:00:00.000Z</systemModstamp>
 <state>Open</state>
 <concurrencyMode>Parallel</concurrencyMode>
 <contentType>CSV</contentType>
 <numberBatchesQueued>0</numberBatchesQueued>
 <numberBatchesInProgress>0</numberBatchesInProgress>
 <numberBatchesCompleted>0</numberBatchesCompleted>
 <numberBatchesFailed>0</numberBatchesFailed>
 <numberBatchesTotal>0</numberBatchesTotal>
 <numberRecordsProcessed>0</numberRecordsProcessed>
 <numberRetries>0</numberRetries>
 <apiVersion>66.0</apiVersion>
 <numberRecordsFailed>0</numberRecordsFailed>
 <totalProcessingTime>0</totalProcessingTime>
 <apiActiveProcessingTime>0</apiActiveProcessingTime>
 <apexProcessingTime>0</apexProcessingTime>
</jobInfo>
"#;
    let expected = expected
        .replace("ID", &answer.element("id"))
        .replace("USER", &answer.element("createdById"));
    assert_eq!((answer.status, answer.text.as_str()), (201, expected.as_str()));
    assert_eq!(answer.header("content-type"), Some("application/xml"));
    assert!(answer.element("id").starts_with("750") && answer.element("id").len() == 18);
}

#[test]
fn a_job_in_json_has_its_keys_in_alphabetical_order() {
    let mut client = Client::new();
    let body = r#"{"operation":"insert","object":"Account","contentType":"JSON"}"#;
    let answer = client.json("POST", JOB, body);
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    let user = answer.json()["createdById"].as_str().expect("an id").to_owned();
    let expected = format!(
        "{{\"apexProcessingTime\":0,\"apiActiveProcessingTime\":0,\"apiVersion\":66.0,\
         \"assignmentRuleId\":null,\"concurrencyMode\":\"Parallel\",\"contentType\":\"JSON\",\
         \"createdById\":\"{user}\",\"createdDate\":\"2026-11-01T10:00:00.000+0000\",\
         \"externalIdFieldName\":null,\"fastPathEnabled\":false,\"id\":\"{id}\",\
         \"numberBatchesCompleted\":0,\"numberBatchesFailed\":0,\"numberBatchesInProgress\":0,\
         \"numberBatchesQueued\":0,\"numberBatchesTotal\":0,\"numberRecordsFailed\":0,\
         \"numberRecordsProcessed\":0,\"numberRetries\":0,\"object\":\"Account\",\
         \"operation\":\"insert\",\"state\":\"Open\",\
         \"systemModstamp\":\"2026-11-01T10:00:00.000+0000\",\"totalProcessingTime\":0}}"
    );
    assert_eq!((answer.status, answer.text), (201, expected));
}

#[test]
fn the_job_decides_the_format_of_answers_and_the_request_that_of_its_creation() {
    let mut client = Client::new();
    let csv = client.v1_job("insert", "Account", "CSV");
    let json = client.v1_job("insert", "Account", "JSON");
    for (job, first) in [(csv, '<'), (json, '{')] {
        assert!(client.get(&job).text.starts_with(first), "{job}");
        assert!(client.get(&format!("{job}/batch/")).text.starts_with(first), "{job}");
        let error = client.json("GET", &format!("{job}/batch/INVALID"), "");
        assert_eq!((error.status, error.text.starts_with(first)), (400, true), "{}", error.text);
    }
}

#[test]
fn results_keep_the_order_and_count_of_the_rows() {
    let mut client = Client::new();
    let results = client.v1_csv("insert", "Contact", "FirstName,LastName\nTom,\nAnn,Lee\n");
    let lines: Vec<&str> = results.lines().collect();
    assert_eq!(lines[0], r#""Id","Success","Created","Error""#);
    assert_eq!(
        lines[1],
        r#""","false","false","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --""#
    );
    assert!(
        lines[2].starts_with("\"003") && lines[2].ends_with(r#"","true","true","""#),
        "{}",
        lines[2]
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn every_format_tells_the_same_outcome() {
    let mut client = Client::new();
    let rows = [
        (
            "XML",
            "application/xml",
            "<sObjects xmlns=\"x\"><sObject><LastName>Lee</LastName></sObject><sObject><FirstName>T</FirstName></sObject></sObjects>",
        ),
        ("JSON", "application/json", r#"[{"LastName":"Lee"},{"FirstName":"T"}]"#),
    ];
    for (content, media, body) in rows {
        let job = client.v1_job("insert", "Contact", content);
        let batch = client.v1_batch(&job, media, body);
        client.org.advance(LONG);
        let text = client.get(&format!("{batch}/result")).text;
        let expected: &[&str] = match content {
            "XML" => &[
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<results xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">\n <result><id>003",
                "</id><success>true</success><created>true</created></result>\n",
                " <result><errors><fields>LastName</fields><message>Required fields are missing: [LastName]</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><success>false</success><created>false</created></result>\n</results>",
            ],
            _ => &[
                r#""success":true"#,
                r#""statusCode":"REQUIRED_FIELD_MISSING""#,
                r#""fields":["LastName"]"#,
            ],
        };
        for part in expected {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}

#[test]
fn a_batch_goes_from_queued_to_completed_by_the_clock() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let batch = client.v1_batch(&job, "text/csv", "Name\na\n");
    let steps =
        [(0, "Queued"), (49, "Queued"), (1, "InProgress"), (199, "InProgress"), (1, "Completed")];
    for (ms, state) in steps {
        client.org.advance(ms);
        assert_eq!(client.get(&batch).element("state"), state);
    }
    let job = client.get(&job);
    let counts = ["numberBatchesCompleted", "numberBatchesTotal", "numberRecordsProcessed"];
    assert_eq!(counts.map(|name| job.element(name)), ["1", "1", "1"]);
}

#[test]
fn a_serial_job_does_one_batch_after_the_other() {
    let mut client = Client::new();
    let job = client.v1_job_of(
        r#"{"operation":"insert","object":"Account","contentType":"CSV","concurrencyMode":1}"#,
    );
    let batches = [0, 1].map(|_| client.v1_batch(&job, "text/csv", "Name\na\n"));
    client.org.advance(60);
    let states = batches.clone().map(|batch| client.get(&batch).element("state"));
    assert_eq!(states, ["InProgress", "Queued"]);
    client.org.advance(LONG);
    let states = batches.map(|batch| client.get(&batch).element("state"));
    assert_eq!(states, ["Completed", "Completed"]);
}

#[test]
fn what_is_wrong_with_a_batch_is_told_when_it_is_worked_on() {
    let cases = [
        ("insert", "Nope__c\n1\n", "InvalidBatch : Field name not found : Nope__c"),
        ("insert", "\u{feff}Name\n1\n", "InvalidBatch : Field name not found : \u{feff}Name"),
        ("insert", "Name\n", "InvalidBatch : Records not found"),
        (
            "delete",
            "Id,Name\n001000000000001,x\n",
            "InvalidBatch : The 'delete' batch must contain only ids",
        ),
        (
            "insert",
            "Name\n\"x\n",
            "ClientInputError : Failed to parse CSV. EOF reached before closing an opened quote",
        ),
    ];
    for (operation, rows, message) in cases {
        let mut client = Client::new();
        let job = client.v1_job(operation, "Account", "CSV");
        let batch = client.v1_batch(&job, "text/csv", rows);
        client.org.advance(LONG);
        let info = client.get(&batch);
        assert_eq!(info.element("state"), "Failed", "{rows:?}");
        assert_eq!(info.element("stateMessage").replace("&apos;", "'"), message);
    }
}

#[test]
fn errors_have_their_codes() {
    let cases = [
        ("POST", "", r#"{"operation":"INSERT","object":"Account"}"#, "InvalidJob"),
        ("POST", "", r#"{"operation":"insert","object":"LEADS"}"#, "InvalidEntity"),
        ("POST", "", r#"{"operation":"upsert","object":"Account"}"#, "InvalidJob"),
        ("POST", "", "", "InvalidJob"),
        ("GET", "/INVALID", "", "InvalidJob"),
        ("GET", "/INVALID/batch", "", "InvalidJob"),
        ("DELETE", "/INVALID", "", "InvalidOperation"),
    ];
    for (method, path, body, code) in cases {
        let answer = Client::new().json(method, &format!("{JOB}{path}"), body);
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert_eq!(answer.json()["exceptionCode"], code, "{}", answer.text);
    }
}

#[test]
fn an_error_in_xml_is_laid_out_as_recorded() {
    let answer = Client::new().get(&format!("{JOB}/invalidJobId000"));
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?><error
   xmlns="http://www.force.com/2009/06/asyncapi/dataload">
 <exceptionCode>InvalidJob</exceptionCode>
 <exceptionMessage>Invalid job id: invalidJobId000</exceptionMessage>
</error>"#;
    assert_eq!((answer.status, answer.text.as_str()), (400, expected));
}

#[test]
fn a_job_is_closed_once_and_then_takes_no_batch() {
    for (state, word) in [("Closed", "closed"), ("Aborted", "aborted")] {
        let mut client = Client::new();
        let job = client.v1_job("insert", "Account", "JSON");
        let closed = client.json("POST", &job, &format!(r#"{{"state":"{state}"}}"#));
        assert_eq!((closed.status, closed.json()["state"].as_str()), (200, Some(state)));
        let again = client.json("POST", &job, r#"{"state":"Closed"}"#);
        let message = format!("Closing already {word} Job not allowed");
        assert_eq!(again.json()["exceptionMessage"], message);
        let batch = client.json("POST", &format!("{job}/batch"), r#"[{"Name":"a"}]"#);
        assert_eq!(batch.json()["exceptionCode"], "InvalidJobState");
    }
}

#[test]
fn an_abort_spares_what_has_begun() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let begun = client.v1_batch(&job, "text/csv", "Name\na\n");
    client.org.advance(60);
    let queued = client.v1_batch(&job, "text/csv", "Name\nb\n");
    client.json("POST", &job, r#"{"state":"Aborted"}"#);
    client.org.advance(LONG);
    let states = [begun, queued].map(|batch| client.get(&batch).element("state"));
    assert_eq!(states, ["Completed", "NotProcessed"]);
}

#[test]
fn bodies_are_refused_for_their_size_at_once() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let long = format!("Name\n{}", "x".repeat(10_000_000));
    let cases = [
        (long.as_str(), "Failed to read request. Exceeded max size limit of 10000000"),
        ("", "Unable to find any data to create batch"),
    ];
    for (body, message) in cases {
        let answer = client.put("POST", &format!("{job}/batch"), "text/csv", body);
        assert_eq!(answer.status, 400);
        assert_eq!(answer.element("exceptionCode"), "ClientInputError");
        assert_eq!(answer.element("exceptionMessage"), message);
    }
}

#[test]
fn results_before_their_time_are_refused() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let batch = client.v1_batch(&job, "text/csv", "Name\na\n");
    let answer = client.get(&format!("{batch}/result"));
    assert_eq!(answer.element("exceptionMessage"), "Records not processed");
}

#[test]
fn the_request_of_a_batch_is_echoed() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let batch = client.v1_batch(&job, "text/csv; charset=UTF-8", "Name\r\n\"a\nb\"\r\n");
    let answer = client.get(&format!("{batch}/request"));
    assert_eq!(
        (answer.text.as_str(), answer.header("content-type")),
        ("Name\r\n\"a\nb\"\r\n", Some("text/csv"))
    );
}

#[test]
fn a_spec_translates_foreign_headers() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Contact", "CSV");
    let spec = "Salesforce Field,Csv Header,Value,Hint\nName,Full Name,,\nTitle,Job Title,,\n\
                LeadSource,Lead Source,Web,\nDescription,,Imported,\nBirthdate,Date of Birth,,dd MM yy\n";
    let answer = client.put("POST", &format!("{job}/spec"), "text/csv", spec);
    assert_eq!(answer.status, 201, "{}", answer.text);
    let rows =
        b"Full Name,Job Title,Date of Birth,Other\n\"C\xe4t, Tom\",Boss,31 12 99,x\n".to_vec();
    let request = client
        .request("POST", &format!("{job}/batch"))
        .with_header("Content-Type", "text/csv; charset=ISO-8859-1")
        .with_body(rows);
    client.send(request);
    client.org.advance(LONG);
    let soql = "SELECT+FirstName,LastName,Title,LeadSource,Description,Birthdate+FROM+Contact";
    let record =
        client.get(&format!("/services/data/v66.0/query?q={soql}")).json()["records"][0].clone();
    let fields = ["FirstName", "LastName", "Title", "LeadSource", "Description", "Birthdate"];
    let values = fields.map(|field| record[field].as_str().unwrap_or_default().to_owned());
    assert_eq!(values, ["Tom", "Cät", "Boss", "Web", "Imported", "1999-12-31"]);
}

#[test]
fn batches_in_xml_are_laid_out_as_recorded() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let empty = client.get(&format!("{job}/batch")).text;
    let open = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><batchInfoList\n   xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">\n";
    assert_eq!(empty, format!("{open}</batchInfoList>\n"));

    let added = client.put("POST", &format!("{job}/batch"), "text/csv", "Name\na\n");
    let fields = format!(
        " <id>{}</id>\n <jobId>{}</jobId>\n <state>Queued</state>\n \
         <createdDate>2026-11-01T10:00:00.000Z</createdDate>\n \
         <systemModstamp>2026-11-01T10:00:00.000Z</systemModstamp>\n \
         <numberRecordsProcessed>0</numberRecordsProcessed>\n \
         <numberRecordsFailed>0</numberRecordsFailed>\n \
         <totalProcessingTime>0</totalProcessingTime>\n \
         <apiActiveProcessingTime>0</apiActiveProcessingTime>\n \
         <apexProcessingTime>0</apexProcessingTime>\n",
        added.element("id"),
        job.rsplit('/').next().expect("an id"),
    );
    let batch = open.replace("batchInfoList", "batchInfo");
    assert_eq!(added.text, format!("{batch}{fields}</batchInfo>\n"));
    assert_eq!(added.status, 201);
    let nested = fields.replace("\n ", "\n  ");
    let list = client.get(&format!("{job}/batch")).text;
    assert_eq!(list, format!("{open} <batchInfo>\n {nested} </batchInfo>\n</batchInfoList>\n"));
}

#[test]
fn a_batch_in_json_has_its_keys_in_alphabetical_order() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "JSON");
    let added = client.json("POST", &format!("{job}/batch"), r#"[{"Name":"a"}]"#);
    let expected = format!(
        "{{\"apexProcessingTime\":0,\"apiActiveProcessingTime\":0,\
         \"createdDate\":\"2026-11-01T10:00:00.000+0000\",\"id\":{},\"jobId\":\"{}\",\
         \"numberRecordsFailed\":0,\"numberRecordsProcessed\":0,\"state\":\"Queued\",\
         \"stateMessage\":null,\"systemModstamp\":\"2026-11-01T10:00:00.000+0000\",\
         \"totalProcessingTime\":0}}",
        added.json()["id"],
        job.rsplit('/').next().expect("an id"),
    );
    assert_eq!(added.text, expected);
    let list = client.get(&format!("{job}/batch")).text;
    assert_eq!(list, format!("{{\"batchInfo\":[{expected}]}}"));
}

#[test]
fn the_wrong_format_and_the_wrong_version_are_refused() {
    let mut client = Client::new();
    let job = client.v1_job("insert", "Account", "CSV");
    let cases = [
        (job.clone(), "application/json", "UnsupportedContentType"),
        (job.replace("66.0", "65.0"), "text/csv", "InvalidVersion"),
    ];
    for (job, media, code) in cases {
        let answer = client.put("POST", &format!("{job}/batch"), media, "Name\na\n");
        assert_eq!((answer.status, answer.element("exceptionCode").as_str()), (400, code));
    }
    let zip = r#"{"operation":"insert","object":"Account","contentType":"ZIP_CSV"}"#;
    assert_eq!(client.json("POST", JOB, zip).json()["exceptionCode"], "FeatureNotEnabled");
}
