//! Loading rows: what is stored, and in which words the rest is refused.

use salesforce_bulk_org::data::{
    Database, Dialect, Input, Load, Operation, Outcome, Record, RecordId, Value,
};

use Operation::{Delete, HardDelete, Insert, Update, Upsert};

const NOW: i64 = 1_800_000_000_000;

/// An org with a hundred made-up accounts and contacts.
fn org() -> Database {
    let mut db = Database::new();
    db.set_now(NOW);
    for object in ["Account", "Contact", "Lead", "Invoice__c"] {
        assert!(db.seed(object, 100));
    }
    db
}

fn load(object: &str, operation: Operation) -> Load {
    Load { object: object.into(), operation, external_id: None }
}

fn upsert(object: &str, key: &str) -> Load {
    Load { external_id: Some(key.into()), ..load(object, Upsert) }
}

/// A record of these cells, as a CSV row would give it.
fn record(cells: &[(&str, &str)]) -> Record {
    let input = |text: &str| match text {
        "" => Input::Ignore,
        "#N/A" => Input::Null,
        text => Input::Text(text.into()),
    };
    Record { cells: cells.iter().map(|(name, text)| (name.to_string(), input(text))).collect() }
}

/// The errors as Bulk API 1.0 writes them into a cell.
fn errors(outcome: &Outcome) -> String {
    let write = |e: &salesforce_bulk_org::data::RowError| {
        format!("{}:{}:{} --", e.code, e.message, e.fields.join(" "))
    };
    outcome.errors.iter().map(write).collect::<Vec<_>>().join("|")
}

/// The first row of a query, as text.
fn first(db: &Database, soql: &str, deleted: bool) -> Option<Vec<String>> {
    let query = db.prepare(soql, Dialect::V2, deleted).unwrap_or_else(|e| panic!("{e}"));
    let rows = db.run(&query);
    (!rows.is_empty()).then(|| rows.row(db, 0).iter().map(Value::csv_text).collect())
}

fn id(prefix: &str, ordinal: u64) -> String {
    RecordId::new(prefix, ordinal).to_string()
}

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
        "2027-01-15T08:00:00.000Z",
        "2027-01-15T08:00:00.000Z",
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
fn rows_that_cannot_be_inserted_say_why() {
    let long = "x".repeat(256);
    let too_long = format!(
        "STRING_TOO_LONG:Account Name: data value too large: {long} (max length=255):Name --"
    );
    let (account, contact) = (id("001", 1), id("003", 1));
    let wrong =
        format!("MALFORMED_ID:Account ID: id value of incorrect type: {contact}:AccountId --");
    let taken = format!(
        "DUPLICATE_VALUE:duplicate value found: Ext__c duplicates value on record with id: {}: --",
        &account[..15]
    );
    let cases: &[(&str, &[(&str, &str)], &str)] = &[
        (
            "Contact",
            &[("FirstName", "Ada")],
            "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
        ),
        (
            "Contact",
            &[("LastName", "#N/A")],
            "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
        ),
        (
            "Opportunity",
            &[("Amount", "1")],
            "REQUIRED_FIELD_MISSING:Required fields are missing: [Name, StageName, CloseDate]:Name StageName CloseDate --",
        ),
        ("Account", &[("Name", &long)], &too_long),
        (
            "Account",
            &[("Name", "a"), ("AnnualRevenue", "1,000")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:AnnualRevenue: value not of required type: 1,000:AnnualRevenue --",
        ),
        (
            "Account",
            &[("Name", "a"), ("AnnualRevenue", "1e18")],
            "NUMBER_OUTSIDE_VALID_RANGE:AnnualRevenue: value outside of valid range on numeric field: 1e18:AnnualRevenue --",
        ),
        (
            "Account",
            &[("Name", "a"), ("NumberOfEmployees", "1.5")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:NumberOfEmployees: value not of required type: 1.5:NumberOfEmployees --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Active__c", "yes")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:Active: value not of required type: yes:Active__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Since__c", "01/02/2026")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:Since: value not of required type: 01/02/2026:Since__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Tier__c", "Tin")],
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Tier: bad value for restricted picklist field: Tin:Tier__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Segments__c", "Public;Secret")],
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Segments: bad value for restricted picklist field: Secret:Segments__c --",
        ),
        ("Account", &[("Name", "a"), ("Ext__c", "EXT-0000002")], &taken),
        (
            "Contact",
            &[("LastName", "a"), ("Email", "not an email")],
            "INVALID_EMAIL_ADDRESS:Email: invalid email address: not an email:Email --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("AccountId", "001")],
            "MALFORMED_ID:Account ID: id value of incorrect type: 001:AccountId --",
        ),
        ("Contact", &[("LastName", "a"), ("AccountId", &contact)], &wrong),
        (
            "Contact",
            &[("LastName", "a"), ("AccountId", "001Kf0000zzzzzz")],
            "INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:AccountId --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("Account.Ext__c", "nobody")],
            "INVALID_FIELD:Foreign key external ID: nobody not found for field Ext__c in entity Account: --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("Account.Key__c", "KEY-0000001")],
            "INVALID_FIELD:Foreign key external ID: KEY-0000001 matched more than one record for field Key__c in entity Account: --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("AccountId", &account), ("Account.Ext__c", "EXT-0000002")],
            "INVALID_FIELD:Cannot specify both an external ID reference Account and a salesforce id, AccountId:AccountId --",
        ),
        (
            "Contact",
            &[("Id", &contact), ("LastName", "a")],
            "INVALID_FIELD_FOR_INSERT_UPDATE:cannot specify Id in an insert call:Id --",
        ),
        (
            "Contact",
            &[("LastName", "a"), ("CreatedDate", "2026-01-01T00:00:00Z")],
            "INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.:CreatedDate --",
        ),
        (
            "Invoice__c",
            &[("Amount__c", "-0.01")],
            "FIELD_CUSTOM_VALIDATION_EXCEPTION:The amount must not be negative:Amount__c --",
        ),
        (
            "Account",
            &[("Name", "a"), ("Since__c", "x"), ("Score__c", "y")],
            "INVALID_TYPE_ON_FIELD_IN_RECORD:Since: value not of required type: x:Since__c --|INVALID_TYPE_ON_FIELD_IN_RECORD:Score: value not of required type: y:Score__c --",
        ),
    ];
    for (object, cells, expected) in cases {
        let mut db = org();
        let before = db.pk_range(object);
        let outcome = db.load(&load(object, Insert), &record(cells));
        assert_eq!(errors(&outcome), *expected);
        assert_eq!((outcome.success, outcome.created, outcome.id), (false, false, None));
        assert_eq!(db.pk_range(object), before, "a refused row leaves nothing behind");
    }
}

#[test]
fn rows_that_are_named_wrongly_say_why() {
    let (gone, binned) = (id("003", 7), id("003", 8));
    let account = id("001", 0);
    let wrong = format!("MALFORMED_ID:Contact ID: id value of incorrect type: {account}:Id --");
    let no_row = "INVALID_CROSS_REFERENCE_KEY:invalid cross reference id: --";
    let cases: &[(Operation, &str, &str, bool)] = &[
        (Update, "", "MISSING_ARGUMENT:Id not specified in an update call: --", false),
        (Delete, "", "MISSING_ARGUMENT:Id not specified in a delete call: --", false),
        (Update, "003x", "MALFORMED_ID:Contact ID: id value of incorrect type: 003x:Id --", false),
        (Update, &account, &wrong, false),
        (HardDelete, &account, &wrong, false),
        (Update, "003Kf0000zzzzzz", no_row, true),
        (Update, "003xx0000000000", no_row, true),
        (Delete, &gone, no_row, true),
        (Update, &binned, "ENTITY_IS_DELETED:entity is deleted: --", true),
        (Delete, &binned, "ENTITY_IS_DELETED:entity is deleted: --", true),
    ];
    for (operation, text, expected, knows_id) in cases {
        let mut db = org();
        assert!(db.load(&load("Contact", HardDelete), &record(&[("Id", &gone)])).success);
        assert!(db.load(&load("Contact", Delete), &record(&[("Id", &binned)])).success);
        let outcome = db.load(&load("Contact", *operation), &record(&[("Id", text)]));
        assert_eq!(errors(&outcome), *expected, "{operation:?} {text}");
        assert_eq!(outcome.id.is_some(), *knows_id, "{operation:?} {text}");
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
fn locks_hold_until_they_are_used_up_or_taken_away() {
    let mut db = org();
    let row = RecordId::new("001", 0);
    let text = row.to_string();
    let rename = record(&[("Id", &text), ("Name", "x")]);
    let update = load("Account", Update);
    let message = format!(
        "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records: {}: --",
        row.short()
    );
    db.lock(row, Some(2));
    let tries: Vec<_> = (0..3).map(|_| errors(&db.load(&update, &rename))).collect();
    assert_eq!(tries, [message.as_str(), &message, ""]);
    db.lock(row, None);
    let child = record(&[("LastName", "x"), ("AccountId", &text)]);
    assert_eq!(errors(&db.load(&load("Contact", Insert), &child)), message);
    assert_eq!(errors(&db.load(&load("Account", Delete), &record(&[("Id", &text)]))), message);
    db.unlock(row);
    assert!(db.load(&update, &rename).success);
}

#[test]
fn headers_are_checked_as_a_whole() {
    let cases: &[(Operation, &str, &[&str], Result<(), &str>)] = &[
        (Insert, "Contact", &["LastName", "account.ext__c", "Owner.Id", "ReportsTo.Email"], Ok(())),
        (Insert, "Task", &["Subject", "Lead:Who.Email"], Ok(())),
        (Insert, "Invoice__c", &["Account__r.Ext__c"], Ok(())),
        (
            Insert,
            "Contact",
            &["LastName", "An_Awesome_Field__c", "Other__c"],
            Err("InvalidBatch : Field name not found : An_Awesome_Field__c"),
        ),
        (
            Insert,
            "Contact",
            &["\u{feff}LastName"],
            Err("InvalidBatch : Field name not found : \u{feff}LastName"),
        ),
        (
            Insert,
            "Contact",
            &["Account__r.Ext__c"],
            Err("InvalidBatch : Unable to find relationship: Account__r"),
        ),
        (
            Insert,
            "Contact",
            &["Account.Industry"],
            Err("InvalidBatch : Field name not found : Account.Industry"),
        ),
        (
            Insert,
            "Contact",
            &["Account.Parent.Ext__c"],
            Err("InvalidBatch : Field name not found : Account.Parent.Ext__c"),
        ),
        (
            Insert,
            "Case",
            &["Case:Parent.Ext__c"],
            Err(
                "InvalidBatch : type is not needed for non polymorphic foreign key references: Parent",
            ),
        ),
        (
            Insert,
            "Task",
            &["Who.Email"],
            Err("InvalidBatch : type is needed for polymorphic foreign key references: Who"),
        ),
        (
            Insert,
            "Task",
            &["Account:Who.Ext__c"],
            Err("InvalidBatch : Field name not found : Account:Who.Ext__c"),
        ),
        (
            Insert,
            "Contact",
            &["LastName", "lastname"],
            Err("InvalidBatch : Duplicate field name : lastname"),
        ),
        (Delete, "Contact", &["Id"], Ok(())),
        (
            Delete,
            "Contact",
            &["Id", "LastName"],
            Err("InvalidBatch : The 'delete' batch must contain only ids"),
        ),
        (
            HardDelete,
            "Contact",
            &["Name"],
            Err("InvalidBatch : The 'hardDelete' batch must contain only ids"),
        ),
    ];
    let db = org();
    for (operation, object, header, expected) in cases {
        let header: Vec<String> = header.iter().map(|name| name.to_string()).collect();
        let found = db.check_columns(&load(object, *operation), &header);
        assert_eq!(found, expected.map_err(String::from), "{header:?}");
    }
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
