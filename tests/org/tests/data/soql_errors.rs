//! SOQL: in which words it is refused.

use Dialect::{V1Csv, V1Json, V1Xml, V2};
use salesforce_bulk_org::data::{Database, Dialect};

const CUSTOM: &str = "Please reference your WSDL or the describe call for the appropriate names.";

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
        (
            "SELECT Id FROM Account WHERE Id IN (SELECT Id, Name FROM User)",
            malformed,
            58,
            "semi join sub-selects select exactly one field",
        ),
        (
            "SELECT Id FROM Account WHERE Name IN (SELECT Id FROM User)",
            malformed,
            54,
            "semi join sub-selects compare ids with ids",
        ),
        (
            "SELECT Id FROM Account WHERE Id IN (SELECT Id FROM User GROUP BY f(Id))",
            malformed,
            52,
            "semi join sub-selects take a filter only",
        ),
        ("SELECT * FROM Account", malformed, 8, "unexpected token: '*'"),
    ];
    let db = Database::new();
    for (soql, code, column, message) in cases {
        let error = db.prepare(soql, V2, false).expect_err(soql);
        assert_eq!(
            (error.code.as_str(), error.message),
            (*code, placed(soql, 1, *column, message))
        );
    }
    let error = db.prepare("SELECT Id,\r\n  Foo\nFROM Account", V2, false).expect_err("no field");
    assert_eq!(error.message, placed("  Foo", 2, 3, &no_column("Foo", "Account")));
}

#[test]
fn queries_of_no_size_or_too_much_are_refused() {
    let (nested, long) = ("(".repeat(50_000), "x".repeat(100_001));
    let where_nested = format!("SELECT Id FROM Account WHERE {nested}");
    let cases = [
        (" \n", "MALFORMED_QUERY: SOQL statements cannot be empty or null"),
        (&long, "MALFORMED_QUERY: SOQL statements cannot be longer than 100000 characters."),
        (
            &where_nested,
            "QUERY_TOO_COMPLICATED: Query is either selecting too many fields or the filter conditions are too complicated.",
        ),
    ];
    let db = Database::new();
    for (soql, expected) in cases {
        assert_eq!(db.prepare(soql, V2, false).expect_err(expected).to_string(), expected);
    }
    let negated = format!("SELECT Id FROM User WHERE {} IsActive = null", "NOT ".repeat(20_000));
    assert!(db.prepare(&negated, V2, false).is_ok());
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
    let db = Database::new();
    for (soql, dialect, code, message) in cases {
        let error = db.prepare(soql, *dialect, false).expect_err(soql);
        assert_eq!((error.code.as_str(), error.message.as_str()), (*code, *message), "{soql}");
    }
}

#[test]
fn what_is_no_object_for_queries() {
    let db = Database::new();
    assert!(db.prepare("SELECT Id FROM Name", V2, false).is_err());
    assert!(db.object("casestatus").is_some_and(|object| !object.bulk));
    assert!(db.object("account").is_some_and(|object| object.bulk && object.prefix == "001"));
}
