//! Random queries, answered by the org and by an obvious filter over plain rows.

use salesforce_bulk_org::data::{
    Database, Dialect, FieldType, Input, Operation, Record, RecordId, Value,
};

use crate::obvious::{Expr, Key, holds, sort};
use crate::support::{NOW, load};

const ROWS: u64 = 300;
const QUERIES: usize = 300;

/// Fields to ask about, of an object or of its parents.
const CONTACT: &[&str] = &[
    "Id",
    "LastName",
    "Name",
    "Email",
    "LeadSource",
    "DoNotCall",
    "Birthdate",
    "CreatedDate",
    "AccountId",
    "Languages__c",
    "Ext__c",
    "MailingStreet",
    "Account.Name",
    "Account.AnnualRevenue",
    "Account.Owner.Email",
    "ReportsTo.LastName",
    "ReportsTo.Account.Tier__c",
];
const ACCOUNT: &[&str] = &[
    "Id",
    "Name",
    "AnnualRevenue",
    "NumberOfEmployees",
    "Score__c",
    "Since__c",
    "Active__c",
    "Segments__c",
    "Tier__c",
    "ParentId",
    "Parent.Name",
    "Parent.Parent.Score__c",
    "Key__c",
    "SystemModstamp",
    "BillingCity",
];

/// Numbers that are the same on every run.
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// All rows of an object, each value of each field.
struct Plain {
    fields: &'static [&'static str],
    kinds: Vec<FieldType>,
    rows: Vec<Vec<Value>>,
}

fn org() -> Database {
    let mut db = Database::new();
    db.set_now(NOW);
    for object in ["User", "Account", "Contact"] {
        db.seed(object, ROWS);
    }
    let mut rng = Rng(7);
    for _ in 0..60 {
        for (object, prefix, name) in [("Account", "001", "Name"), ("Contact", "003", "LastName")] {
            let id = RecordId::new(prefix, rng.below(ROWS as usize) as u64).to_string();
            let change = match rng.below(3) {
                0 => Input::Text("zürich's 100%_\\ \n😀".into()),
                _ => Input::Text("ACME".into()),
            };
            let id = ("Id".to_string(), Input::Text(id));
            if rng.once_in(3) {
                db.load(&load(object, Operation::Delete), &Record { cells: vec![id] });
            } else {
                let cells = vec![id, (name.to_string(), change.clone())];
                db.load(&load(object, Operation::Update), &Record { cells });
                let cells = vec![(name.to_string(), change)];
                assert!(db.load(&load(object, Operation::Insert), &Record { cells }).success);
            }
        }
    }
    db
}

fn plain(db: &Database, object: &str, fields: &'static [&'static str]) -> Plain {
    let soql = format!("SELECT {} FROM {object}", fields.join(", "));
    let query = db.prepare(&soql, Dialect::V2, false).expect("all fields");
    let rows = db.run(&query);
    Plain {
        fields,
        kinds: query.columns.iter().map(|column| column.kind).collect(),
        rows: (0..rows.len()).map(|index| rows.row(db, index)).collect(),
    }
}

fn condition(rng: &mut Rng, plain: &Plain, depth: usize) -> Expr {
    let parts =
        |rng: &mut Rng| (0..2 + rng.below(2)).map(|_| condition(rng, plain, depth - 1)).collect();
    match rng.below(if depth == 0 { 1 } else { 4 }) {
        1 => Expr::All(parts(rng)),
        2 => Expr::Any(parts(rng)),
        3 => Expr::Not(Box::new(condition(rng, plain, depth - 1))),
        _ => test(rng, plain),
    }
}

fn test(rng: &mut Rng, plain: &Plain) -> Expr {
    let field = rng.below(plain.fields.len());
    let sample = |rng: &mut Rng| rng.pick(&plain.rows)[field].clone();
    let (kind, value) = (plain.kinds[field], sample(rng));
    if kind == FieldType::MultiPicklist && rng.once_in(2) {
        let groups =
            (0..1 + rng.below(2)).map(|_| sample(rng).csv_text()).filter(|it| !it.is_empty());
        let groups: Vec<String> = groups.collect();
        return Expr::Includes(
            field,
            rng.once_in(2),
            if groups.is_empty() { vec!["x".into()] } else { groups },
        );
    }
    if kind.is_text() && kind != FieldType::MultiPicklist && rng.once_in(3) {
        return Expr::Like(field, like_pattern(rng, &value.csv_text()));
    }
    if rng.once_in(4) {
        let values = (0..1 + rng.below(4)).map(|_| sample(rng)).collect();
        return Expr::In(field, rng.once_in(2), values);
    }
    let value = if rng.once_in(8) { Value::Null } else { value };
    let operators: &[&str] = match kind {
        FieldType::Boolean | FieldType::MultiPicklist => &["=", "!="],
        _ => &["=", "!=", "<>", "<", "<=", ">", ">="],
    };
    Expr::Compare(field, rng.pick::<&str>(operators), value)
}

/// A pattern made from a text, in the escapes of LIKE.
fn like_pattern(rng: &mut Rng, text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars().take(12) {
        match rng.below(8) {
            0 => pattern.push('%'),
            1 => pattern.push('_'),
            _ if "%_\\".contains(c) => pattern.extend(['\\', c]),
            2 => pattern.extend(c.to_uppercase()),
            _ => pattern.push(c),
        }
    }
    if rng.once_in(2) { pattern + "%" } else { pattern }
}

/// The condition as SOQL, in parentheses wherever one may doubt.
fn soql(expr: &Expr, plain: &Plain) -> String {
    let joined = |parts: &[Expr], word: &str| {
        let parts: Vec<String> =
            parts.iter().map(|part| format!("({})", soql(part, plain))).collect();
        parts.join(word)
    };
    let not = |flag: &bool, yes: &'static str, no: &'static str| if *flag { no } else { yes };
    match expr {
        Expr::All(parts) => joined(parts, " AND "),
        Expr::Any(parts) => joined(parts, " or "),
        Expr::Not(part) => format!("NOT ({})", soql(part, plain)),
        Expr::Compare(field, operator, value) => {
            format!("{} {operator} {}", plain.fields[*field], literal(value))
        }
        Expr::In(field, negated, values) => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!(
                "{} {} ({})",
                plain.fields[*field],
                not(negated, "in", "NOT IN"),
                values.join(", ")
            )
        }
        Expr::Like(field, pattern) => {
            let quoted = pattern.replace('\'', "\\'").replace('\n', "\\n").replace('\r', "\\r");
            format!("{} LIKE '{quoted}'", plain.fields[*field])
        }
        Expr::Includes(field, negated, groups) => {
            let groups: Vec<String> = groups.iter().map(|group| format!("'{group}'")).collect();
            let word = not(negated, "INCLUDES", "EXCLUDES");
            format!("{} {word} ({})", plain.fields[*field], groups.join(","))
        }
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Text(text) => {
            let text = text.replace('\\', "\\\\").replace('\'', "\\'");
            format!("'{}'", text.replace('\n', "\\n").replace('\r', "\\r"))
        }
        Value::Id(id) => format!("'{id}'"),
        other => other.csv_text(),
    }
}

/// The keys of a random order: field, descending, nulls last.
fn order(rng: &mut Rng, plain: &Plain) -> Vec<Key> {
    let sortable = |field: &usize| plain.kinds[*field] != FieldType::MultiPicklist;
    let fields: Vec<usize> = (0..rng.below(3)).map(|_| rng.below(plain.fields.len())).collect();
    let key = |field| (field, rng.once_in(2), [None, Some(true), Some(false)][rng.below(3)]);
    fields.into_iter().filter(sortable).map(key).collect()
}

fn order_soql(keys: &[Key], plain: &Plain) -> String {
    let key = |(field, descending, last): &Key| {
        let direction = if *descending { " DESC" } else { "" };
        let nulls = match last {
            None => "",
            Some(true) => " NULLS LAST",
            Some(false) => " NULLS FIRST",
        };
        format!("{}{direction}{nulls}", plain.fields[*field])
    };
    let keys: Vec<String> = keys.iter().map(key).collect();
    if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) }
}

/// A random query, and the ids of the rows that it should find.
fn question<'a>(rng: &mut Rng, object: &str, plain: &'a Plain) -> (String, Vec<&'a Value>) {
    let expr = condition(rng, plain, 2);
    let keys = order(rng, plain);
    let limit = rng.once_in(3).then(|| rng.below(40));
    let mut text = format!("SELECT Id FROM {object} WHERE {}", soql(&expr, plain));
    text.push_str(&order_soql(&keys, plain));
    text.extend(limit.map(|limit| format!(" LIMIT {limit}")));
    let mut rows: Vec<&Vec<Value>> = plain.rows.iter().filter(|row| holds(&expr, row)).collect();
    sort(&mut rows, &keys);
    rows.truncate(limit.unwrap_or(usize::MAX));
    (text, rows.into_iter().map(|row| &row[0]).collect())
}

#[test]
fn random_queries_find_what_an_obvious_filter_finds() {
    let db = org();
    let mut rng = Rng(42);
    let mut telling = 0;
    for (object, fields) in [("Contact", CONTACT), ("Account", ACCOUNT)] {
        let plain = plain(&db, object, fields);
        for _ in 0..QUERIES {
            let (text, expected) = question(&mut rng, object, &plain);
            let query = db.prepare(&text, Dialect::V1Csv, false);
            let rows = db.run(&query.unwrap_or_else(|error| panic!("{text}\n{error}")));
            let found: Vec<Value> = (0..rows.len()).flat_map(|row| rows.row(&db, row)).collect();
            assert!(found.iter().eq(expected), "{text}\nfound {found:?}");
            telling += usize::from(!found.is_empty() && found.len() < plain.rows.len());
        }
    }
    assert!(telling > QUERIES, "most queries find some rows and not all, but only {telling} did");
}
