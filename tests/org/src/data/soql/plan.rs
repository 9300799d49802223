//! A query made ready to run: names are positions, literals are values.

use std::cmp::Ordering;
use std::ops::Range;

use super::ast::{Glob, Operator};
use crate::data::Value;

/// What a query does.
#[derive(Clone, Debug)]
pub struct Plan {
    pub object: usize,
    pub columns: Vec<Path>,
    pub filter: Option<Node>,
    pub order: Vec<Key>,
    pub limit: Option<u64>,
    /// How many rows are left out before the first.
    pub offset: u64,
    pub with_deleted: bool,
    /// The ordinals outside which no row can match.
    pub within: Range<u64>,
}

/// The way from a row to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The references to follow, as positions of fields.
    pub steps: Vec<usize>,
    pub leaf: Leaf,
}

/// The field at the end of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    At(usize),
    /// The fields that a compound one is made of, by their names and positions.
    Compound(Vec<(String, usize)>),
    /// A field of whatever row a polymorphic reference leads to.
    Named(String),
}

/// One key of an order.
#[derive(Clone, Debug)]
pub struct Key {
    pub path: Path,
    pub descending: bool,
    pub nulls_last: bool,
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Test(Path, Check),
}

/// What is asked of a value. Texts in it are in lower case.
#[derive(Clone, Debug)]
pub enum Check {
    Equal(Value),
    /// Less, greater, and their like.
    Compare(Operator, Value),
    /// In order, so that it can be searched.
    OneOf(Vec<Value>),
    Like(Vec<Glob>),
    /// All the values of any of the groups.
    Includes(Vec<Vec<String>>),
    /// Days, or milliseconds where the field is a moment.
    Span(Operator, Range<i64>),
}

/// The value as it is compared: Salesforce does not tell capital letters from small ones.
pub fn fold(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::text(text.to_lowercase()),
        other => other,
    }
}

/// The order of two folded values of one field. No value comes first.
pub fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Id(a), Value::Id(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) | (Value::DateTime(a), Value::DateTime(b)) => a.cmp(b),
        _ => match (number(a), number(b)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            _ => b.is_null().cmp(&a.is_null()),
        },
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Double(number) => Some(*number),
        _ => None,
    }
}
