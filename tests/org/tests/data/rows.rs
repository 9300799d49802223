//! Loading rows: what is stored.

use Operation::{Delete, HardDelete, Insert, Update};
use salesforce_bulk_org::data::Operation;

use crate::support::{errors, first, id, load, org, record, upsert};

#[test]
fn inserted_rows_have_their_values_and_defaults() {
    let mut db = org();
    let outcome = db.load(
        &load("contact", Insert),
        &record(&[
            ("firstname", "Ada"),
            ("LastName", "Łovelace \"A\"\n,"),
            ("Account.Ext__c", "ext-0000003"),
            ("Birthdate", "1815-12-10Z"),
            ("DoNotCall", "TRUE"),
            ("Languages__c", "English;German"),
            ("Email", ""),
        ]),
    );
    assert!(outcome.success && outcome.created, "{outcome:?}");
    let new = outcome.id.expect("an id");
    assert_eq!(new, id("003", 100));
    let fields = "Name, AccountId, Birthdate, DoNotCall, Email, OwnerId, CreatedDate, \
                  SystemModstamp, IsDeleted, Languages__c";
    let soql = format!("SELECT {fields} FROM Contact WHERE Id = '{new}'");
    let row = first(&db, &soql, false).expect("a row");
    let expected = [
        "Ada Łovelace \"A\"\n,",
        &id("001", 2),
        "1815-12-10",
        "true",
        "",
        &id("005", 0),
        "2026-05-20T12:00:00.000Z",
        "2026-05-20T12:00:00.000Z",
        "false",
        "English;German",
    ];
    assert_eq!(row, expected);
}

#[test]
fn numbers_and_moments_are_stored_as_such() {
    let cases = [
        ("Account", "AnnualRevenue", "1e7", "1.0E7"),
        ("Account", "AnnualRevenue", "-12.50", "-12.5"),
        ("Account", "NumberOfEmployees", "1.2E3", "1200"),
        ("Invoice__c", "SentAt__c", "2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z"),
        ("Invoice__c", "Paid__c", "1", "true"),
        ("Lead", "Status", "Anything", "Anything"),
    ];
    for (object, field, text, stored) in cases {
        let mut db = org();
        let cells = [("Name", "n"), ("LastName", "l"), ("Company", "c"), (field, text)];
        let known = |(name, _): &(&str, &str)| {
            let field = db.object(object).and_then(|it| it.field(name));
            field.is_some_and(|field| field.createable)
        };
        let cells: Vec<_> = cells.into_iter().filter(known).collect();
        let outcome = db.load(&load(object, Insert), &record(&cells));
        assert_eq!(errors(&outcome), "", "{field}={text}");
        let id = outcome.id.expect("an id");
        let soql = format!("SELECT {field} FROM {object} WHERE Id = '{id}'");
        assert_eq!(first(&db, &soql, false), Some(vec![stored.to_string()]), "{field}={text}");
    }
}

#[test]
fn updates_keep_what_is_ignored_and_empty_what_is_null() {
    let mut db = org();
    let third = id("001", 2);
    let soql = format!("SELECT Name, Ext__c, Phone, Industry FROM Account WHERE Id = '{third}'");
    let before = first(&db, &soql, false).expect("a row");
    let cells = [("Id", &third[..15]), ("Name", ""), ("Ext__c", "#N/A"), ("Phone", "1")];
    let outcome = db.load(&load("Account", Update), &record(&cells));
    assert_eq!((errors(&outcome).as_str(), outcome.created), ("", false));
    assert_eq!(outcome.id.as_deref(), Some(third.as_str()));
    let after = first(&db, &soql, false).expect("a row");
    assert_eq!(after, [before[0].as_str(), "", "1", before[3].as_str()]);
    let outcome = db.load(&load("Account", Update), &record(&[("Id", &third), ("Name", "#N/A")]));
    assert_eq!(
        errors(&outcome),
        "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --"
    );
}

#[test]
fn upserts_find_rows_by_their_keys() {
    let mut db = org();
    let by_ext = upsert("Account", "ext__c");
    let made = db.load(&by_ext, &record(&[("Ext__c", "new"), ("Name", "New")]));
    assert!(made.success && made.created);
    let again = db.load(&by_ext, &record(&[("Ext__c", "NEW"), ("Name", "Newer")]));
    assert_eq!((again.success, again.created, &again.id), (true, false, &made.id));
    let seeded = db.load(&by_ext, &record(&[("Ext__c", "EXT-0000005"), ("Name", "Five")]));
    assert_eq!(seeded.id, Some(id("001", 4)));
    assert_eq!(
        first(&db, "SELECT Name FROM Account WHERE Ext__c = 'ext-0000005'", false),
        Some(vec!["Five".into()])
    );

    let moved = [("Id", id("001", 4)), ("Ext__c", "moved".into())];
    let moved: Vec<_> = moved.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert!(db.load(&load("Account", Update), &record(&moved)).success);
    let free = db.load(&by_ext, &record(&[("Ext__c", "EXT-0000005"), ("Name", "Another")]));
    assert!(free.created, "the old value is free again");

    let several =
        db.load(&upsert("Account", "Key__c"), &record(&[("Key__c", "KEY-0000002"), ("Name", "x")]));
    let both = format!("[{}, {}]", id("001", 2), id("001", 3));
    assert_eq!(
        errors(&several),
        format!(
            "DUPLICATE_EXTERNAL_ID:Key__c: more than one record found for external id field: {both}: --"
        )
    );
    let keyless = db.load(&by_ext, &record(&[("Ext__c", ""), ("Name", "x")]));
    assert_eq!(errors(&keyless), "MISSING_ARGUMENT:Ext__c not specified: --");
    let by_id = db.load(&upsert("Account", "Id"), &record(&[("Id", &id("001", 0)), ("Name", "x")]));
    assert_eq!((by_id.success, by_id.created), (true, false));
}

#[test]
fn deleted_rows_go_to_the_bin_and_then_for_good() {
    let mut db = org();
    let row = id("00Q", 9);
    let soql = format!("SELECT Id, IsDeleted FROM Lead WHERE Id = '{row}'");
    let one = record(&[("Id", &row)]);
    assert!(db.load(&load("Lead", Delete), &one).success);
    assert_eq!(first(&db, &soql, false), None);
    assert_eq!(first(&db, &soql, true), Some(vec![row.clone(), "true".into()]));
    let other = id("00Q", 10);
    assert!(db.load(&load("Lead", HardDelete), &record(&[("Id", &other)])).success);
    let soql = soql.replace(&row, &other);
    assert_eq!(first(&db, &soql, true), None);
    let again = db.load(
        &upsert("Lead", "Ext__c"),
        &record(&[("Ext__c", "EXT-0000010"), ("LastName", "x"), ("Company", "y")]),
    );
    assert!(again.created, "a deleted row is found by no key");
}

#[test]
fn polymorphic_columns_find_the_row_of_the_object_they_name() {
    let mut db = org();
    let cells = [
        ("Subject", "Call"),
        ("Lead:Who.Email", "lead.4@example.com"),
        ("Account:What.Ext__c", "EXT-0000001"),
    ];
    let outcome = db.load(&load("Task", Insert), &record(&cells));
    assert_eq!(errors(&outcome), "");
    let soql =
        "SELECT WhoId, Who.Type, Who.Email, What.Type, WhatId FROM Task WHERE Subject = 'call'";
    let expected = [&id("00Q", 3), "Lead", "lead.4@example.com", "Account", &id("001", 0)];
    assert_eq!(first(&db, soql, false).expect("a row"), expected);
}

#[test]
fn a_clone_is_a_snapshot() {
    let mut db = org();
    let before = db.clone();
    let row = id("001", 0);
    assert!(db.load(&load("Account", Update), &record(&[("Id", &row), ("Name", "After")])).success);
    let soql = format!("SELECT Name FROM Account WHERE Id = '{row}'");
    assert_ne!(first(&before, &soql, false), first(&db, &soql, false));
}
