//! SOQL: what is refused, in which words.

use salesforce_bulk_org::data::{Database, Dialect};

#[test]
fn smoke() {
    let mut db = Database::new();
    db.seed("Account", 1000);
    db.seed("Contact", 1000);
    for q in ["SELECT Id, Name FROM Account LIMIT 3", "SELECT Id, Account.Name, Account.Owner.Name, Email, Description FROM Contact WHERE Account.Name LIKE 'a%' AND Name != null ORDER BY LastName DESC LIMIT 5",
      "SELECT Foo__c FROM Account", "SELECT Id FORM Account", "SELECT Id FROM Account WHERE", "SELECT Id FROM Account WHERE Name = 'x\\d'", "SELECT Id FROM Account WHERE Name = 'x", "SELECT Id FROM Account WHERE a = 1 AND b = 2 OR c = 3",
      "SELECT FIELDS(STANDARD) FROM Account LIMIT 1"
      ] {
        match db.prepare(q, Dialect::V1Csv, false) {
            Ok(query) => { let rows = db.run(&query); println!("{q}: {}", rows.len()); for i in 0..rows.len() { println!("  {:?}", rows.row(&db, i)); } }
            Err(e) => println!("{q}: {e}"),
        }
    }
}
