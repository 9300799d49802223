//! Made-up rows, and reading them in chunks.

use std::time::Instant;

use salesforce_bulk_org::data::{Database, Dialect};

use crate::support::{NOW, found};

#[test]
fn chunking_needs_no_order_no_limit_and_no_filter_on_ids() {
    let cases = [
        ("", true),
        ("WHERE Name = 'a'", true),
        ("LIMIT 5", false),
        ("ORDER BY Name", false),
        ("WHERE Id != null", false),
        ("WHERE Name = 'a' AND (NOT ParentId = null)", false),
    ];
    let db = Database::new();
    for (tail, chunkable) in cases {
        let query = db.prepare(&format!("SELECT Id FROM Account {tail}"), Dialect::V1Csv, false);
        assert_eq!(query.expect(tail).pk_chunkable, chunkable, "{tail}");
    }
}

#[test]
fn chunks_are_the_query_in_parts() {
    let mut db = Database::new();
    db.seed("Account", 1000);
    let (first, last) = db.pk_range("account").expect("rows");
    assert_eq!((first.ordinal(), last.ordinal()), (0, 999));
    for (soql, joint) in [
        ("SELECT Id FROM Account", "WHERE"),
        ("SELECT Id FROM Account WHERE Name LIKE 'A%' OR Active__c = true", "AND"),
    ] {
        let query = db.prepare(soql, Dialect::V1Csv, false).expect(soql);
        let (middle, end) = (first.advance(300), first.advance(900));
        let chunk = db.prepare_range(&query, middle, Some(end));
        let added = format!(" {joint} Id >= {} AND Id < {}", middle.short(), end.short());
        assert_eq!(chunk.text, format!("{soql}{added}"));
        let head = db.prepare_range(&query, first, Some(middle));
        let tail = db.prepare_range(&query, end, None);
        let lengths = [head, chunk, tail].map(|chunk| db.run(&chunk).len());
        assert_eq!(lengths.iter().sum::<usize>(), db.run(&query).len());
        assert!(lengths.iter().all(|length| *length > 0));
    }
}

#[test]
fn ten_million_rows_cost_nothing_until_they_are_read() {
    let started = Instant::now();
    let mut db = Database::new();
    db.seed("Account", 10_000_000);
    let rows =
        db.run(&db.prepare("SELECT Id, Name FROM Account", Dialect::V2, false).expect("a query"));
    assert_eq!(rows.len(), 10_000_000);
    let last = rows.row(&db, 9_999_999);
    assert_eq!(last[0].csv_text(), db.pk_range("Account").expect("rows").1.to_string());
    assert!(rows.row(&db, 10_000_000).is_empty());
    let one = "SELECT Id FROM Account WHERE Id >= '001Kf000000fxSJ'";
    assert_eq!(found(&db, one), [9_999_999]);
    assert!(started.elapsed().as_millis() < 500, "{:?}", started.elapsed());
}

#[test]
fn made_up_rows_are_the_same_in_every_org() {
    let make = || {
        let mut db = Database::new();
        db.seed("Account", 400);
        db.seed("Contact", 400);
        db
    };
    let (one, mut other) = (make(), make());
    other.set_now(NOW);
    let soql = "SELECT Id, Name, Email, Description, AccountId, Account.Name, MailingStreet, CreatedDate, Birthdate, Title FROM Contact";
    let query = one.prepare(soql, Dialect::V2, false).expect(soql);
    let (rows, same) = (one.run(&query), other.run(&query));
    let mut text = String::new();
    for index in 0..rows.len() {
        assert_eq!(rows.row(&one, index), same.row(&other, index));
        text.extend(rows.row(&one, index).iter().map(|value| value.csv_text() + "|"));
    }
    for odd in ["\n", "\r\n", "\"", ",", "😀", "𝒳", "\0", "||", "株式会社"] {
        assert!(text.contains(odd), "{odd:?} is somewhere");
    }
}
