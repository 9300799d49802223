//! Putting rows into groups, and counting and adding up what is in each.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::eval::{holds, read};
use super::grouping::{Aggregate, Function, Grouping};
use super::plan::{Leaf, Path, fold, order};
use super::rowset::RowSet;
use super::run::by_key;
use crate::data::schema::FieldType;
use crate::data::{Database, Value};

/// The groups of these rows, each with its columns' values.
pub fn groups(
    database: &Database,
    object: usize,
    grouping: &Grouping,
    rows: &RowSet,
) -> Vec<Vec<Value>> {
    let mut groups = collect(database, object, grouping, rows);
    let keeps = |group: &Vec<Value>| {
        grouping.having.as_ref().is_none_or(|node| holds(node, &|path| at(group, path)))
    };
    groups.retain(keeps);
    groups.sort_by(|a, b| compare(grouping, a, b));
    let offset = usize::try_from(grouping.offset).unwrap_or(usize::MAX);
    let limit = grouping.limit.and_then(|limit| usize::try_from(limit).ok());
    let groups = groups.into_iter().skip(offset).take(limit.unwrap_or(usize::MAX));
    let columns = |group: Vec<Value>| {
        let value = |place: usize| group.get(place).cloned().unwrap_or(Value::Null);
        grouping.columns.iter().map(|column| value(column.place)).collect()
    };
    groups.map(columns).collect()
}

/// By what the query says, and by the keys where it does not.
fn compare(grouping: &Grouping, a: &[Value], b: &[Value]) -> Ordering {
    let folded = |group: &[Value], path: &Path| fold(at(group, path));
    let said =
        grouping.order.iter().map(|key| by_key(key, &folded(a, &key.path), &folded(b, &key.path)));
    let keys = a.iter().zip(b).take(grouping.keys.len());
    let keys = keys.map(|(a, b)| order(&fold(a.clone()), &fold(b.clone())));
    said.chain(keys).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}

fn at(group: &[Value], path: &Path) -> Value {
    match path.leaf {
        Leaf::At(place) => group.get(place).cloned().unwrap_or(Value::Null),
        _ => Value::Null,
    }
}

/// All groups, in the order in which they appear. Without keys all rows, or none, are one.
fn collect(
    database: &Database,
    object: usize,
    grouping: &Grouping,
    rows: &RowSet,
) -> Vec<Vec<Value>> {
    let empty = || grouping.aggregates.iter().map(|_| Tally::default()).collect::<Vec<_>>();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(Vec<Value>, Vec<Tally>)> = Vec::new();
    if grouping.keys.is_empty() {
        places.insert(name(&[]), 0);
        groups.push((Vec::new(), empty()));
    }
    for row in rows.ordinals() {
        let value = |path: &Path| read(database, object, row, path);
        let keys: Vec<Value> = grouping.keys.iter().map(value).collect();
        let place = *places.entry(name(&keys)).or_insert(groups.len());
        if place == groups.len() {
            groups.push((keys, empty()));
        }
        let Some((_, tallies)) = groups.get_mut(place) else { continue };
        for (tally, aggregate) in tallies.iter_mut().zip(&grouping.aggregates) {
            tally.add(value(&aggregate.path));
        }
    }
    let values = |(keys, tallies): (Vec<Value>, Vec<Tally>)| {
        let tallies = tallies.iter().zip(&grouping.aggregates);
        keys.into_iter().chain(tallies.map(|(tally, aggregate)| tally.value(aggregate))).collect()
    };
    groups.into_iter().map(values).collect()
}

/// What two rows of one group have in common.
fn name(keys: &[Value]) -> String {
    let folded: Vec<Value> = keys.iter().cloned().map(fold).collect();
    format!("{folded:?}")
}

/// The values of one field in the rows of one group. Those that are missing do not count.
#[derive(Debug, Default)]
struct Tally {
    count: i64,
    different: HashSet<String>,
    sum: f64,
    least: Option<Value>,
    greatest: Option<Value>,
}

impl Tally {
    fn add(&mut self, value: Value) {
        if value.is_null() {
            return;
        }
        self.count += 1;
        self.different.insert(name(std::slice::from_ref(&value)));
        self.sum += number(&value);
        let is = |own: &Option<Value>, wanted: Ordering| {
            let folded = |value: &Value| fold(value.clone());
            own.as_ref().is_none_or(|own| order(&folded(&value), &folded(own)) == wanted)
        };
        let (less, greater) =
            (is(&self.least, Ordering::Less), is(&self.greatest, Ordering::Greater));
        if less {
            self.least = Some(value.clone());
        }
        if greater {
            self.greatest = Some(value);
        }
    }

    fn value(&self, aggregate: &Aggregate) -> Value {
        let any = self.count > 0;
        match aggregate.function {
            Function::Count => Value::Int(self.count),
            Function::CountDistinct => Value::Int(self.different.len() as i64),
            Function::Sum | Function::Average if !any => Value::Null,
            Function::Sum if aggregate.kind == FieldType::Int => Value::Int(self.sum as i64),
            Function::Sum => Value::Double(self.sum),
            Function::Average => Value::Double(self.sum / self.count as f64),
            Function::Least => self.least.clone().unwrap_or(Value::Null),
            Function::Greatest => self.greatest.clone().unwrap_or(Value::Null),
        }
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Int(number) => *number as f64,
        Value::Double(number) => *number,
        _ => 0.0,
    }
}
