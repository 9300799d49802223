//! SOQL: what it means, and in which words it is refused.

use std::time::Instant;

use Dialect::{V1Csv, V1Json, V1Xml, V2};
use salesforce_bulk_org::data::{Database, Dialect, Input, Load, Operation, Record, Value};

/// 2026-05-20T12:00:00Z, a Wednesday.
const NOW: i64 = 1_779_278_400_000;
const CUSTOM: &str = "Please reference your WSDL or the describe call for the appropriate names.";

/// An org whose only accounts are these: name, revenue, customer since, segments.
fn org() -> Database {
    let rows = [
        ("Acme", "100.5", "2026-05-20", "Public"),
        ("ACME two", "", "2026-05-19", "Public;Startup"),
        ("50% off_now", "-3", "2025-12-31", ""),
        ("it's", "1e9", "", "Enterprise"),
        ("back\\slash\nline", "0", "2026-01-01", "Startup"),
    ];
    let mut db = Database::new();
    db.set_now(NOW);
    for (name, revenue, since, segments) in rows {
        let names = ["Name", "AnnualRevenue", "Since__c", "Segments__c"];
        let cells = names.iter().zip([name, revenue, since, segments]);
        let input = |text: &str| match text {
            "" => Input::Ignore,
            text => Input::Text(text.into()),
        };
        let cells = cells.map(|(name, text)| (name.to_string(), input(text))).collect();
        let object = "Account".to_string();
        let load = Load { object, operation: Operation::Insert, external_id: None };
        assert!(db.load(&load, &Record { cells }).success);
    }
    db
}

/// The numbers of the rows that a query finds, by the order in which they were made.
fn found(db: &Database, soql: &str) -> Vec<u64> {
    let query = db.prepare(soql, V2, false).unwrap_or_else(|error| panic!("{soql}: {error}"));
    let rows = db.run(&query);
    let ordinal = |row: Vec<Value>| match row.as_slice() {
        [Value::Id(id)] => id.ordinal(),
        other => panic!("{other:?}"),
    };
    (0..rows.len()).map(|index| ordinal(rows.row(db, index))).collect()
}

#[test]
fn conditions_mean_what_they_mean_to_salesforce() {
    let cases: &[(&str, &[u64])] = &[
        ("Name = 'acme'", &[0]),
        ("Name != 'ACME'", &[1, 2, 3, 4]),
        ("Name <> 'ACME' AND AnnualRevenue <> 0", &[1, 2, 3]),
        ("Name LIKE 'acme%'", &[0, 1]),
        (r"Name LIKE '50\% off\_now'", &[2]),
        ("Name LIKE '__ off%'", &[]),
        ("Name LIKE '___ off%'", &[2]),
        (r"NAME = 'it\'s'", &[3]),
        (r"name = 'back\\slash\nline'", &[4]),
        (r"Name = '\u0041cme'", &[0]),
        ("Account.Name = 'Acme'", &[0]),
        ("AnnualRevenue = null", &[1]),
        ("AnnualRevenue != NULL", &[0, 2, 3, 4]),
        ("AnnualRevenue > -3", &[0, 3, 4]),
        ("AnnualRevenue <= 100.50", &[0, 2, 4]),
        ("AnnualRevenue = 1E9", &[3]),
        ("NOT AnnualRevenue > 0", &[1, 2, 4]),
        ("Name IN ('Acme', 'IT\\'S')", &[0, 3]),
        ("Name NOT IN ('Acme')", &[1, 2, 3, 4]),
        ("AnnualRevenue IN (0, null)", &[1, 4]),
        ("Since__c = TODAY", &[0]),
        ("Since__c < today", &[1, 2, 4]),
        ("Since__c = THIS_YEAR", &[0, 1, 4]),
        ("Since__c = LAST_N_DAYS:1", &[0, 1]),
        ("Since__c != YESTERDAY", &[0, 2, 3, 4]),
        ("Since__c > 2026-01-01", &[0, 1]),
        ("CreatedDate = TODAY", &[0, 1, 2, 3, 4]),
        ("CreatedDate > 2026-05-20T13:59:59+02:00", &[0, 1, 2, 3, 4]),
        ("CreatedDate > 2026-05-20T12:00:00.000Z", &[]),
        ("Segments__c INCLUDES ('startup')", &[1, 4]),
        ("Segments__c INCLUDES ('Public;Startup', 'Enterprise')", &[1, 3]),
        ("Segments__c EXCLUDES ('Startup')", &[0, 2, 3]),
        ("(Name = 'Acme' OR Name = 'it\\'s') AND (NOT Active__c = true)", &[0, 3]),
        ("Id > '001Kf0000000001' AND Id <= '001Kf0000000003IAA'", &[2, 3]),
        ("Id = '003Kf0000000001'", &[]),
        ("Parent.Name = null", &[0, 1, 2, 3, 4]),
        ("Owner.Email != null AND Owner.CreatedBy.Name = null", &[]),
        ("Id IN (SELECT Id FROM Account WHERE Name LIKE 'A%')", &[0, 1]),
        ("Id NOT IN (SELECT AccountId FROM Contact)", &[0, 1, 2, 3, 4]),
    ];
    let db = org();
    for (condition, expected) in cases {
        let soql = format!("SELECT Id FROM Account WHERE {condition}");
        assert_eq!(found(&db, &soql), *expected, "{condition}");
    }
}

#[test]
fn orders_and_limits() {
    let cases: &[(&str, &[u64])] = &[
        ("", &[0, 1, 2, 3, 4]),
        ("LIMIT 2", &[0, 1]),
        ("limit 0", &[]),
        ("ORDER BY Name", &[2, 0, 1, 4, 3]),
        ("ORDER BY Name DESC LIMIT 1", &[3]),
        ("ORDER BY AnnualRevenue", &[1, 2, 4, 0, 3]),
        ("ORDER BY AnnualRevenue DESC", &[1, 3, 0, 4, 2]),
        ("ORDER BY AnnualRevenue ASC NULLS LAST", &[2, 4, 0, 3, 1]),
        ("order by AnnualRevenue desc nulls last", &[3, 0, 4, 2, 1]),
        ("ORDER BY Active__c, Since__c DESC NULLS LAST, Id", &[0, 1, 4, 2, 3]),
    ];
    let db = org();
    for (tail, expected) in cases {
        let soql = format!("  select\n Account.Id\tFROM account {tail} ");
        assert_eq!(found(&db, &soql), *expected, "{tail}");
    }
    let aliased = "SELECT a.Id FROM Account AS a USING SCOPE everything WHERE a.Name = 'Acme'";
    assert_eq!(found(&db, aliased), [0]);
}

#[test]
fn columns_are_named_as_the_schema_names_them() {
    let db = org();
    let soql = "select id, account.name, ReportsTo.account.OWNER.name FROM contact";
    let query = db.prepare(soql, V2, false).expect("a query");
    let paths: Vec<String> = query.columns.iter().map(|it| it.path.join(".")).collect();
    assert_eq!(paths, ["Id", "Account.Name", "ReportsTo.Account.Owner.Name"]);
    assert_eq!(query.columns[2].objects, ["Contact", "Account", "User"]);
    assert_eq!((query.object.as_str(), query.text.as_str()), ("Contact", soql));
    let all = db.prepare("SELECT FIELDS(STANDARD) FROM Invoice__c", V1Csv, false).expect("fields");
    let names: Vec<&str> = all.columns.iter().map(|it| it.path[0].as_str()).collect();
    assert!(names.contains(&"SystemModstamp") && !names.contains(&"Ext__c"), "{names:?}");
}

/// What a refusal says when it shows its place: the line, the place, and the message.
fn placed(line: &str, row: usize, column: usize, message: &str) -> String {
    let caret = " ".repeat(column - 1);
    format!("\n{line}\n{caret}^\nERROR at Row:{row}:Column:{column}\n{message}")
}

#[test]
fn refusals_show_the_place() {
    let no_column = |name: &str, entity: &str| {
        let own = "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.";
        format!("No such column '{name}' on entity '{entity}'. {own} {CUSTOM}")
    };
    let no_type = format!(
        "sObject type 'LEADS' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. {CUSTOM}"
    );
    let no_relationship = format!(
        "Didn't understand relationship 'Boss' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. {CUSTOM}"
    );
    let (malformed, field, operator) =
        ("MALFORMED_QUERY", "INVALID_FIELD", "INVALID_QUERY_FILTER_OPERATOR");
    let cases: &[(&str, &str, usize, &str)] = &[
        ("SELECT Foo__c FROM Account", field, 8, &no_column("Foo__c", "Account")),
        ("SELECT Id, Owner.Foo FROM Account", field, 12, &no_column("Foo", "User")),
        ("SELECT Boss.Name FROM Contact", field, 8, &no_relationship),
        ("SELECT Id FROM LEADS", "INVALID_TYPE", 16, &no_type),
        ("SELECT Id, Name, id FROM Account", field, 18, "duplicate field selected: Id"),
        ("SELECT Id FROM Account WHERE Bar = 1", field, 30, &no_column("Bar", "Account")),
        ("SELECT Id FROM Account ORDER BY Bar", field, 33, &no_column("Bar", "Account")),
        (
            "SELECT Id FROM Account WHERE Name = 5",
            field,
            30,
            "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Account WHERE AnnualRevenue = '5'",
            field,
            30,
            "value of filter criterion for field 'AnnualRevenue' must be of type currency and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Account WHERE CreatedDate > 2026-01-01",
            field,
            30,
            "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Account WHERE Active__c = 'true'",
            field,
            30,
            "value of filter criterion for field 'Active__c' must be of type boolean and should not be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Account WHERE Name IN ('a', 2)",
            field,
            44,
            "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Account WHERE Description LIKE 'x%'",
            field,
            30,
            "field 'Description' can not be filtered in a query call",
        ),
        (
            "SELECT Id FROM Account ORDER BY Description",
            field,
            33,
            "field 'Description' can not be sorted in a query call",
        ),
        (
            "SELECT Id FROM Account WHERE Id LIKE '001%'",
            operator,
            30,
            "invalid operator on id field",
        ),
        (
            "SELECT Id FROM Account WHERE Active__c > true",
            operator,
            30,
            "invalid operator on boolean field",
        ),
        (
            "SELECT Id FROM Account WHERE Segments__c LIKE 'a'",
            operator,
            30,
            "invalid operator on multipicklist field",
        ),
        (
            "SELECT Id FROM Account WHERE Industry INCLUDES ('a')",
            operator,
            30,
            "invalid operator on picklist field",
        ),
        (
            "SELECT Id FROM Account WHERE Id = 'nonsense'",
            operator,
            30,
            "invalid ID field: nonsense",
        ),
        ("SELECT Id FORM Account", malformed, 11, "unexpected token: 'FORM'"),
        ("SELECT FROM Account", malformed, 8, "unexpected token: 'FROM'"),
        ("SELECT Id, FROM Account", malformed, 12, "unexpected token: 'FROM'"),
        ("SELECT Id FROM Account WHERE", malformed, 29, "unexpected token: '<EOF>'"),
        ("SELECT Id FROM Account WHERE Name == 'a'", malformed, 36, "unexpected token: '='"),
        ("SELECT Id FROM Account WHERE Name = \"a\"", malformed, 37, "unexpected token: '\"'"),
        ("SELECT Id FROM Account WHERE Name = 'a", malformed, 39, "unexpected token: '<EOF>'"),
        (
            "SELECT Id FROM Account WHERE Name = 'a' AND Id = null OR Id = null",
            malformed,
            55,
            "unexpected token: 'OR'",
        ),
        ("SELECT Id FROM Account WHERE (Name = 'a'", malformed, 41, "unexpected token: '<EOF>'"),
        ("SELECT Id FROM Account WHERE Name IN ()", malformed, 39, "unexpected token: ')'"),
        (
            "SELECT Id FROM Account WHERE Since__c = SOMEDAY",
            malformed,
            41,
            "unexpected token: 'SOMEDAY'",
        ),
        (
            "SELECT Id FROM Account WHERE Since__c = 2026-02-30",
            malformed,
            45,
            "unexpected token: '-'",
        ),
        ("SELECT Id FROM Account LIMIT -1", malformed, 30, "unexpected token: '-'"),
        ("SELECT Id FROM Account; DROP", malformed, 23, "unexpected token: ';'"),
        (
            "SELECT Id FROM Account LIMIT 1 WHERE Name = 'a'",
            malformed,
            32,
            "unexpected token: 'WHERE'",
        ),
        ("SELECT Id FROM Account ALL ROWS", malformed, 24, "ALL ROWS not allowed in this context"),
        ("SELECT * FROM Account", malformed, 8, "unexpected token: '*'"),
    ];
    let db = org();
    for (soql, code, column, message) in cases {
        let error = db.prepare(soql, V2, false).expect_err(soql);
        assert_eq!(
            (error.code.as_str(), error.message),
            (*code, placed(soql, 1, *column, message))
        );
    }
    let error = db.prepare("SELECT Id,\r\n  Foo\nFROM Account", V2, false).expect_err("no field");
    assert_eq!(error.message, placed("  Foo", 2, 3, &no_column("Foo", "Account")));
    let empty = db.prepare(" \n", V2, false).expect_err("nothing");
    assert_eq!(empty.to_string(), "MALFORMED_QUERY: SOQL statements cannot be empty or null");
}

#[test]
fn each_api_refuses_what_it_does_not_run() {
    let off = "FUNCTIONALITY_NOT_ENABLED";
    let compound = "Selecting compound data not supported in Bulk Query";
    let cases: &[(&str, Dialect, &str, &str)] = &[
        ("SELECT BillingAddress FROM Account", V1Csv, off, compound),
        ("SELECT Id, Account.BillingAddress FROM Contact", V1Json, off, compound),
        ("SELECT BillingAddress FROM Account", V2, "API_ERROR", compound),
        (
            "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
            V1Csv,
            "FeatureNotEnabled",
            "Aggregate Relationships not supported in Bulk Query with CSV content type",
        ),
        (
            "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
            V2,
            "API_ERROR",
            "Aggregate Relationships not supported in Bulk V2 Query with CSV content type",
        ),
        (
            "SELECT COUNT() FROM Account",
            V1Xml,
            off,
            "Aggregate functions not supported in Bulk Query",
        ),
        (
            "SELECT COUNT(Id) total FROM Account",
            V2,
            "API_ERROR",
            "Aggregate functions not supported in Bulk Query",
        ),
        (
            "SELECT Name FROM Account GROUP BY Name HAVING COUNT(Id) > 1",
            V1Csv,
            off,
            "GROUP BY not supported in Bulk Query",
        ),
        (
            "SELECT Id FROM Account LIMIT 5 OFFSET 5",
            V1Csv,
            off,
            "OFFSET not supported in Bulk Query",
        ),
        (
            "SELECT TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Task",
            V1Json,
            off,
            "TYPEOF not supported in Bulk Query",
        ),
        (
            "SELECT FIELDS(ALL) FROM Account LIMIT 200",
            V2,
            "API_ERROR",
            "FIELDS(ALL) not supported in Bulk Query",
        ),
        (
            "SELECT toLabel(Industry) FROM Account",
            V2,
            "API_ERROR",
            "TOLABEL not supported in Bulk Query",
        ),
    ];
    let db = org();
    for (soql, dialect, code, message) in cases {
        let error = db.prepare(soql, *dialect, false).expect_err(soql);
        assert_eq!((error.code.as_str(), error.message.as_str()), (*code, *message), "{soql}");
    }
}

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
    let db = org();
    for (tail, chunkable) in cases {
        let query = db.prepare(&format!("SELECT Id FROM Account {tail}"), V1Csv, false);
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
        let query = db.prepare(soql, V1Csv, false).expect(soql);
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
    let rows = db.run(&db.prepare("SELECT Id, Name FROM Account", V2, false).expect("a query"));
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
    let query = one.prepare(soql, V2, false).expect(soql);
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

#[test]
fn what_is_no_object_for_queries() {
    let db = org();
    assert!(db.prepare("SELECT Id FROM Name", V2, false).is_err());
    assert!(db.object("casestatus").is_some_and(|object| !object.bulk));
    assert!(db.object("account").is_some_and(|object| object.bulk && object.prefix == "001"));
}
