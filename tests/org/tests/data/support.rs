//! What the tests of the data have in common.

use salesforce_bulk_org::data::{
    Database, Dialect, Input, Load, Operation, Outcome, Record, RecordId, RowError, Value,
};

/// 2026-05-20T12:00:00Z, a Wednesday.
pub const NOW: i64 = 1_779_278_400_000;

/// An org with a hundred made-up accounts and contacts.
pub fn org() -> Database {
    let mut db = Database::new();
    db.set_now(NOW);
    for object in ["Account", "Contact", "Lead", "Invoice__c"] {
        assert!(db.seed(object, 100));
    }
    db
}

pub fn load(object: &str, operation: Operation) -> Load {
    Load { object: object.into(), operation, external_id: None }
}

pub fn upsert(object: &str, key: &str) -> Load {
    Load { external_id: Some(key.into()), ..load(object, Operation::Upsert) }
}

/// A record of these cells, as a CSV row would give it.
pub fn record(cells: &[(&str, &str)]) -> Record {
    let input = |text: &str| match text {
        "" => Input::Ignore,
        "#N/A" => Input::Null,
        text => Input::Text(text.into()),
    };
    Record { cells: cells.iter().map(|(name, text)| (name.to_string(), input(text))).collect() }
}

/// The errors as Bulk API 1.0 writes them into a cell.
pub fn errors(outcome: &Outcome) -> String {
    let write = |e: &RowError| format!("{}:{}:{} --", e.code, e.message, e.fields.join(" "));
    outcome.errors.iter().map(write).collect::<Vec<_>>().join("|")
}

/// The first row of a query, as text.
pub fn first(db: &Database, soql: &str, deleted: bool) -> Option<Vec<String>> {
    let query = db.prepare(soql, Dialect::V2, deleted).unwrap_or_else(|e| panic!("{e}"));
    let rows = db.run(&query);
    (!rows.is_empty()).then(|| rows.row(db, 0).iter().map(Value::csv_text).collect())
}

pub fn id(prefix: &str, ordinal: u64) -> String {
    RecordId::new(prefix, ordinal).to_string()
}

/// The numbers of the rows that a query finds, by the order in which they were made.
pub fn found(db: &Database, soql: &str) -> Vec<u64> {
    let query =
        db.prepare(soql, Dialect::V2, false).unwrap_or_else(|error| panic!("{soql}: {error}"));
    let rows = db.run(&query);
    let ordinal = |row: Vec<Value>| match row.as_slice() {
        [Value::Id(id)] => id.ordinal(),
        other => panic!("{other:?}"),
    };
    (0..rows.len()).map(|index| ordinal(rows.row(db, index))).collect()
}
