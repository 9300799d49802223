//! Which ordinals a condition on ids leaves, so that a chunk of a big object is no full scan.

use std::ops::Range;

use super::ast::Operator;
use super::plan::{Check, Leaf, Node};
use crate::data::schema::system;
use crate::data::{RecordId, Value};

/// The ordinals outside which no row of the object meets a condition.
pub fn within(node: &Node, prefix: &str) -> Range<u64> {
    match node {
        Node::And(nodes) => nodes.iter().map(|node| within(node, prefix)).fold(all(), common),
        Node::Test(path, check) if path.steps.is_empty() && path.leaf == Leaf::At(system::ID) => {
            match check {
                Check::Equal(Value::Id(id)) => from(*id, prefix)..after(*id, prefix),
                Check::Compare(operator, Value::Id(id)) => compared(*operator, *id, prefix),
                _ => all(),
            }
        }
        _ => all(),
    }
}

fn all() -> Range<u64> {
    0..u64::MAX
}

fn common(a: Range<u64>, b: Range<u64>) -> Range<u64> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}

fn compared(operator: Operator, id: RecordId, prefix: &str) -> Range<u64> {
    match operator {
        Operator::Less => 0..from(id, prefix),
        Operator::LessOrEqual => 0..after(id, prefix),
        Operator::Greater => after(id, prefix)..u64::MAX,
        Operator::GreaterOrEqual => from(id, prefix)..u64::MAX,
        _ => all(),
    }
}

/// The first ordinal whose id is not less than this one.
pub fn from(id: RecordId, prefix: &str) -> u64 {
    let same = RecordId::new(prefix, id.ordinal());
    match id.cmp(&same) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => id.ordinal(),
        std::cmp::Ordering::Greater => u64::MAX,
    }
}

/// The first ordinal whose id is greater than this one.
fn after(id: RecordId, prefix: &str) -> u64 {
    let first = from(id, prefix);
    if RecordId::new(prefix, id.ordinal()) == id { first + 1 } else { first }
}
