//! SOQL: what it means.

use salesforce_bulk_org::data::{Database, Dialect, Input, Load, Operation, Record};

use crate::support::{NOW, found};

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
    let query = db.prepare(soql, Dialect::V2, false).expect("a query");
    let paths: Vec<String> = query.columns.iter().map(|it| it.path.join(".")).collect();
    assert_eq!(paths, ["Id", "Account.Name", "ReportsTo.Account.Owner.Name"]);
    assert_eq!(query.columns[2].objects, ["Contact", "Account", "User"]);
    assert_eq!((query.object.as_str(), query.text.as_str()), ("Contact", soql));
    let all = db
        .prepare("SELECT FIELDS(STANDARD) FROM Invoice__c", Dialect::V1Csv, false)
        .expect("fields");
    let names: Vec<&str> = all.columns.iter().map(|it| it.path[0].as_str()).collect();
    assert!(names.contains(&"SystemModstamp") && !names.contains(&"Ext__c"), "{names:?}");
}
