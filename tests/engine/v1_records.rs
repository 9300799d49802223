//! Bulk API 1.0: the rows of queries and the outcomes of loads, in every format.

use std::fmt::Write;

use salesforce_bulk::engine::download::Source;
use salesforce_bulk::engine::v1;
use salesforce_bulk::error::Code;
use salesforce_bulk::wire::v1 as wire;
use salesforce_bulk::wire::v1::ContentType;
use salesforce_bulk_org::{Config, Effect, Rule};
use serde_json::{Value, json};

use super::support::client::{
    FORMATS, POLL, accounts, batch_outcomes, batch_records, payload, v1_batch, v1_job,
};
use super::support::clock::run;
use super::support::rows::{Delivered, bytes, count_of, parse_csv, records};
use super::support::world::World;

const SOQL: &str = "SELECT Id, LastName, Description FROM Contact";

fn cells(got: Delivered) -> Vec<Vec<Value>> {
    let cell = |text: String| if text.is_empty() { Value::Null } else { text.into() };
    let rows = got.rows.into_iter().map(|row| row.into_iter().map(cell).collect());
    let names = ["Id", "LastName", "Description"];
    let objects = got.json.iter().map(|row| names.map(|name| row[name].clone()).to_vec());
    rows.chain(objects).collect()
}

/// XML has no way to write U+0000, and Salesforce leaves it out.
fn carried(content_type: ContentType, rows: &[Vec<Value>]) -> Vec<Vec<Value>> {
    let mut rows = rows.to_vec();
    if content_type == ContentType::Xml {
        for cell in rows.iter_mut().flatten() {
            *cell = cell.as_str().map_or(Value::Null, |text| text.replace('\0', "").into());
        }
    }
    rows
}

/// Bodies come whole and in small pieces that cut characters, and in one result and in several.
#[test]
fn rows_are_the_same_in_every_format() {
    for results_per_batch in [1, 4] {
        let world =
            World::new(Config { results_per_batch, ..Config::default() }).seeded("Contact", 150);
        let (_, expected) = world.table(SOQL);
        let header = ["Id", "LastName", "Description"].map(str::to_owned).to_vec();
        let expected = cells(Delivered { header, rows: expected, json: Vec::new() });
        assert!(expected.iter().any(|row| row[2].is_null()) && expected.len() == 150);
        for content_type in FORMATS {
            for piece in [0, 1, 7, 1000] {
                world.piece.set(piece);
                let client = world.client();
                let got = run(&world, async {
                    let at = v1_batch(&client, "query", "Contact", content_type, SOQL).await;
                    records(&client, batch_records(&at.expect("a batch"))).await.expect("rows")
                });
                let got = cells(got);
                let expected = carried(content_type, &expected);
                let wrong = got.iter().zip(&expected).find(|(got, expected)| got != expected);
                assert_eq!(wrong, None, "{content_type:?} {results_per_batch} {piece}");
                assert_eq!(got.len(), expected.len());
            }
        }
    }
}

#[test]
fn the_bytes_of_csv_are_one_document_and_those_of_json_cannot_be() {
    let world =
        World::new(Config { results_per_batch: 3, ..Config::default() }).seeded("Contact", 50);
    let truth = world.truth(SOQL);
    let client = world.client();
    run(&world, async {
        let at = v1_batch(&client, "query", "Contact", ContentType::Csv, SOQL).await;
        let at = at.expect("a batch");
        assert!(bytes(&client, batch_records(&at)).await.expect("CSV") == truth);
        for content_type in [ContentType::Json, ContentType::Xml] {
            let at = v1_batch(&client, "query", "Contact", content_type, SOQL).await;
            let at = at.expect("a batch");
            let error = bytes(&client, batch_records(&at)).await.expect_err("three documents");
            assert_eq!(error.code(), Code::Response);
            let ids = v1::result_ids(&client, &at.job, &at.batch).await.expect("their ids");
            assert_eq!(
                ids,
                v1::all_result_ids(&client, &at.job, &at.batch).await.expect("the same")
            );
            let one = Source::result(wire::result(&at.job, &at.batch, &ids[1]));
            assert_eq!(records(&client, one).await.expect("one result").json.len(), 17);
        }
    });
}

/// Records of JSON and XML are counted where they are read as records; as bytes they go by.
#[test]
fn the_bytes_of_one_result_are_a_document_in_every_format() {
    for content_type in FORMATS {
        let world = World::new(Config::default()).seeded("Contact", 3);
        let client = world.client();
        let whole = run(&world, async {
            let at = v1_batch(&client, "query", "Contact", content_type, SOQL).await;
            bytes(&client, batch_records(&at.expect("a batch"))).await
        });
        let whole = whole.unwrap_or_else(|error| panic!("{content_type:?}: {error}"));
        assert!(whole.contains("003"), "{content_type:?}: {whole}");
    }
}

#[test]
fn what_was_sent_is_read_back_byte_for_byte() {
    let world = World::new(Config::default());
    let client = world.client();
    for (content_type, data) in [
        (ContentType::Csv, "Name\na"),
        (ContentType::Csv, "Name\r\n\"a\n\"\r\n"),
        (ContentType::Json, "[ {\"Name\": \"a\"} ]"),
    ] {
        run(&world, async {
            let at = v1_batch(&client, "insert", "Account", content_type, data).await;
            let at = at.expect("a batch");
            let sent = Source::sent(wire::request(&at.job, &at.batch));
            assert_eq!(bytes(&client, sent).await.expect("what was sent"), data);
        });
    }
}

#[test]
fn a_query_without_rows_is_empty_in_every_format() {
    let world = World::new(Config::default());
    let client = world.client();
    for content_type in FORMATS {
        run(&world, async {
            let at = v1_batch(&client, "query", "Contact", content_type, SOQL).await;
            let at = at.expect("a batch");
            let got = records(&client, batch_records(&at)).await.expect("no rows");
            assert_eq!(got, Delivered::default(), "{content_type:?}");
        });
    }
}

/// Salesforce sends a sentence in the place of CSV.
#[test]
fn a_query_without_rows_has_no_bytes() {
    let world = World::new(Config::default());
    let client = world.client();
    let csv = run(&world, async {
        let at = v1_batch(&client, "query", "Contact", ContentType::Csv, SOQL).await;
        bytes(&client, batch_records(&at.expect("a batch"))).await.expect("no rows")
    });
    assert_eq!(csv, "");
}

/// Two good rows around two bad ones, with text that is awkward in each format.
fn contacts(content_type: ContentType) -> String {
    let rows =
        [("a<&\">'", "x@example.com"), ("", "y@example.com"), ("b", "no address"), ("c", "")];
    match content_type {
        ContentType::Csv => {
            rows.iter().fold("LastName,Email\n".to_owned(), |mut out, (name, email)| {
                writeln!(out, "\"{}\",{email}", name.replace('"', "\"\"")).expect("room");
                out
            })
        }
        ContentType::Json => {
            let row = |(name, email): &(&str, &str)| json!({ "LastName": name, "Email": email });
            Value::from(rows.iter().map(row).collect::<Vec<_>>()).to_string()
        }
        ContentType::Xml => {
            let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
            let rows = rows.iter().map(|(name, email)| {
                format!(
                    "<sObject><LastName>{}</LastName><Email>{email}</Email></sObject>",
                    escape(name)
                )
            });
            let rows: String = rows.collect();
            format!(
                "<sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">{rows}</sObjects>"
            )
        }
    }
}

#[test]
fn outcomes_are_the_same_in_every_format() {
    let outcomes: Vec<Vec<Value>> = FORMATS
        .map(|content_type| {
            let world = World::new(Config::default());
            let client = world.client();
            let got = run(&world, async {
                let data = contacts(content_type);
                let at = v1_batch(&client, "insert", "Contact", content_type, &data).await;
                records(&client, batch_outcomes(&at.expect("a batch"))).await.expect("outcomes")
            });
            assert_eq!(world.stored("Contact", "LastName"), ["a<&\">'", "c"], "{content_type:?}");
            got.json
        })
        .to_vec();
    let codes: Vec<Value> =
        outcomes[0].iter().map(|row| row["errors"][0]["code"].clone()).collect();
    assert_eq!(
        codes,
        [json!(null), json!("REQUIRED_FIELD_MISSING"), json!("INVALID_EMAIL_ADDRESS"), json!(null)]
    );
    let told: Vec<Value> = outcomes[0]
        .iter()
        .map(|row| json!([row["index"], row["success"], row["created"]]))
        .collect();
    assert_eq!(
        Value::from(told),
        json!([[0, true, true], [1, false, false], [2, false, false], [3, true, true]])
    );
    assert_eq!(outcomes[0], outcomes[1], "CSV and JSON");
    assert_eq!(outcomes[0], outcomes[2], "CSV and XML");
}

/// An answer that ends early, at the end of a line, looks whole: only the batch's own count tells.
#[test]
fn outcomes_that_are_missing_are_missed() {
    let world = World::new(Config::default());
    let client = world.client();
    let one = "\"Id\",\"Success\",\"Created\",\"Error\"\n\"003\",\"true\",\"true\",\"\"\n";
    let effect = Effect::Status {
        status: 200,
        body: one.to_owned(),
        content_type: "text/csv".to_owned(),
        headers: Vec::new(),
    };
    world.fault(Rule::once("/result", effect));
    let error = run(&world, async {
        let data = contacts(ContentType::Csv);
        let at = v1_batch(&client, "insert", "Contact", ContentType::Csv, &data).await;
        records(&client, batch_outcomes(&at.expect("a batch")))
            .await
            .expect_err("three are missing")
    });
    let count = count_of(&error);
    assert_eq!(
        (error.code(), count.expected, count.received),
        (Code::Incomplete, Some(4), Some(1))
    );
}

/// A batch that fails after some of its rows still tells what became of those, in every format.
#[test]
fn a_batch_that_failed_in_the_middle_tells_what_it_did() {
    let outcomes = FORMATS.map(|content_type| {
        let world = World::new(Config::default());
        let client = world.client();
        let message = "InternalServerError : out of luck".to_owned();
        world.fault(Rule::once("/batch/", Effect::FailAfter { rows: 3, message }));
        let got = run(&world, async {
            let data = contacts(content_type);
            let at = v1_batch(&client, "insert", "Contact", content_type, &data).await;
            let at = at.expect("a batch");
            let error = v1::wait_batch(&client, &at.job, &at.batch, POLL).await;
            assert_eq!(error.expect_err("it failed").code(), Code::JobFailed);
            records(&client, batch_outcomes(&at)).await.expect("the first three")
        });
        assert_eq!(world.stored("Contact", "LastName"), ["a<&\">'"], "{content_type:?}");
        got.json
    });
    let told: Vec<Value> =
        outcomes[0].iter().map(|row| json!([row["index"], row["success"]])).collect();
    assert_eq!(Value::from(told), json!([[0, true], [1, false], [2, false]]));
    assert!(outcomes.iter().all(|same| *same == outcomes[0]));
}

#[test]
fn outcomes_keep_the_order_of_many_rows_in_small_pieces() {
    let world = World::new(Config::default());
    world.piece.set(97);
    let client = world.client();
    let (rows, names) = accounts("a", 2_000);
    run(&world, async {
        let at = v1_batch(&client, "insert", "Account", ContentType::Csv, &rows).await;
        let got = records(&client, batch_outcomes(&at.expect("a batch"))).await.expect("outcomes");
        let indexes: Vec<u64> = got.json.iter().filter_map(|row| row["index"].as_u64()).collect();
        assert!(indexes.into_iter().eq(0..2_000));
        let by_id: std::collections::HashMap<String, String> =
            parse_csv(&world.truth("SELECT Id, Name FROM Account"))
                .1
                .into_iter()
                .map(|row| (row[0].clone(), row[1].clone()))
                .collect();
        for (name, row) in names.iter().zip(&got.json) {
            assert_eq!(by_id.get(row["id"].as_str().expect("an id")), Some(name));
        }
    });
}

/// A query's batch that fails and a load's that fails as a whole have no rows to tell of.
#[test]
fn what_failed_as_a_whole_is_an_error_not_an_empty_list() {
    let world = World::new(Config::default());
    let client = world.client();
    run(&world, async {
        let at = v1_batch(&client, "query", "Contact", ContentType::Csv, "SELECT Nix FROM Contact")
            .await;
        let error =
            records(&client, batch_records(&at.expect("a batch"))).await.expect_err("failed");
        assert_eq!(error.code(), Code::JobFailed);
        world.fault(Rule::once(
            "/batch/",
            Effect::Fail { message: "InvalidBatch : too bad".into() },
        ));
        let at = v1_batch(&client, "insert", "Account", ContentType::Csv, "Name\na\n").await;
        let error =
            records(&client, batch_outcomes(&at.expect("a batch"))).await.expect_err("failed");
        assert_eq!(
            (error.code(), error.kind.error_code()),
            (Code::JobFailed, Some("InvalidBatch"))
        );
    });
}

/// One of a batch's results comes without its rows.
#[test]
fn rows_that_are_missing_are_an_error() {
    for (content_type, body) in [
        (ContentType::Csv, "\"Id\",\"LastName\",\"Description\"\n"),
        (ContentType::Csv, "Records not found for this query"),
        (ContentType::Json, "[]"),
        (
            ContentType::Xml,
            "<queryResult xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"/>",
        ),
    ] {
        for skip in 0..3 {
            let config = Config { results_per_batch: 3, ..Config::default() };
            let world = World::new(config).seeded("Contact", 30);
            let client = world.client();
            let (body, content_type_text) = (body.to_owned(), content_type.mime().to_owned());
            let effect = Effect::Status {
                status: 200,
                body,
                content_type: content_type_text,
                headers: Vec::new(),
            };
            world.fault(Rule { skip, ..Rule::once("/result/", effect) });
            let error = run(&world, async {
                let at = v1_batch(&client, "query", "Contact", content_type, SOQL).await;
                records(&client, batch_records(&at.expect("a batch"))).await
            });
            let error = error.expect_err("ten are missing");
            let count = count_of(&error);
            let counts = (error.code(), count.expected, count.received);
            assert_eq!(counts, (Code::Incomplete, Some(30), Some(20)), "{content_type:?} {skip}");
        }
    }
}

#[test]
fn results_that_are_not_ready_are_told_and_come_later() {
    for content_type in FORMATS {
        let world = World::new(Config::default()).seeded("Contact", 20);
        let client = world.client();
        run(&world, async {
            let job = v1_job(&client, "query", "Contact", content_type).await.expect("a job");
            let batch = v1::add_batch(&client, &job, content_type, payload(SOQL)).await;
            let id = batch.expect("a batch").id().to_owned();
            let early = v1::result_ids(&client, &job, &id).await.expect_err("too early");
            assert_eq!(early.kind.error_code(), Some("InvalidBatch"), "{early}");
            v1::wait_batch(&client, &job, &id, POLL).await.expect("done");
            world.fault(Rule::once("/result", Effect::NotReady));
            let late = v1::result_ids(&client, &job, &id).await.expect_err("still not");
            assert_eq!(late.code(), Code::Request);
            assert_eq!(v1::result_ids(&client, &job, &id).await.expect("at last").len(), 1);
        });
    }
}
