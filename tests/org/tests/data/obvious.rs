//! What queries mean, in the most obvious way, over rows held as plain values.

use std::cmp::Ordering;

use salesforce_bulk_org::data::Value;

/// A condition, as this test understands it.
#[derive(Debug)]
pub enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Compare(usize, &'static str, Value),
    In(usize, bool, Vec<Value>),
    Like(usize, String),
    Includes(usize, bool, Vec<String>),
}

/// One key of an order: a field, whether it descends, and where missing values go, if it says.
pub type Key = (usize, bool, Option<bool>);

pub fn holds(expr: &Expr, row: &[Value]) -> bool {
    match expr {
        Expr::All(parts) => parts.iter().all(|part| holds(part, row)),
        Expr::Any(parts) => parts.iter().any(|part| holds(part, row)),
        Expr::Not(part) => !holds(part, row),
        Expr::Compare(field, operator, value) => compare(&row[*field], operator, value),
        Expr::In(field, negated, values) => {
            values.iter().any(|value| compare(&row[*field], "=", value)) != *negated
        }
        Expr::Like(field, pattern) => {
            let text: Vec<char> = row[*field].csv_text().to_lowercase().chars().collect();
            let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
            row[*field] != Value::Null && like(&pattern, &text)
        }
        Expr::Includes(field, negated, groups) => {
            let text = format!(";{};", row[*field].csv_text());
            let has = |group: &String| group.split(';').all(|it| text.contains(&format!(";{it};")));
            groups.iter().any(has) != *negated
        }
    }
}

pub fn sort(rows: &mut [&Vec<Value>], keys: &[Key]) {
    for (field, descending, last) in keys.iter().rev() {
        let (mut empty, mut full): (Vec<&Vec<Value>>, Vec<&Vec<Value>>) =
            rows.iter().partition(|row| row[*field] == Value::Null);
        full.sort_by(|a, b| match descending {
            true => by_value(&b[*field], &a[*field]),
            false => by_value(&a[*field], &b[*field]),
        });
        if *last == Some(true) {
            full.append(&mut empty);
        } else {
            empty.append(&mut full);
            full = empty;
        }
        rows.copy_from_slice(&full);
    }
}

fn compare(left: &Value, operator: &str, right: &Value) -> bool {
    let ordering = by_value(left, right);
    let known = *left != Value::Null && *right != Value::Null;
    match operator {
        "=" => ordering == Ordering::Equal,
        "!=" | "<>" => ordering != Ordering::Equal,
        "<" => known && ordering == Ordering::Less,
        "<=" => known && ordering != Ordering::Greater,
        ">" => known && ordering == Ordering::Greater,
        _ => known && ordering != Ordering::Less,
    }
}

fn by_value(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Int(a), Value::Int(b)) | (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::DateTime(a), Value::DateTime(b)) => a.cmp(b),
        (Value::Id(a), Value::Id(b)) => a.to_string().cmp(&b.to_string()),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b).expect("numbers"),
        (a, b) => a.csv_text().to_lowercase().cmp(&b.csv_text().to_lowercase()),
    }
}

fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|at| like(rest, &text[at..])),
        ['_', rest @ ..] => !text.is_empty() && like(rest, &text[1..]),
        ['\\', c, rest @ ..] | [c, rest @ ..] => text.first() == Some(c) && like(rest, &text[1..]),
    }
}
