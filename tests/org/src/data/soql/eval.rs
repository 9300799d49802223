//! Reading values along paths and asking conditions of them.

use std::cmp::Ordering;
use std::ops::Range;

use super::ast::{Glob, Operator};
use super::plan::{Check, Leaf, Node, Path, fold, order};
use crate::data::{Database, RecordId, Value};

/// The value at the end of a path from a row; none where a reference on the way leads nowhere.
pub fn read(database: &Database, object: usize, ordinal: u64, path: &Path) -> Value {
    let (mut object, mut ordinal) = (object, ordinal);
    for step in &path.steps {
        let Value::Id(id) = database.value(object, ordinal, *step) else { return Value::Null };
        let Some(row) = database.find(id) else { return Value::Null };
        (object, ordinal) = row;
    }
    match &path.leaf {
        Leaf::At(position) => database.value(object, ordinal, *position),
        Leaf::Compound(parts) => compound(parts, |at| database.value(object, ordinal, at)),
        Leaf::Named(name) => read_named(database, object, ordinal, name),
    }
}

fn compound(parts: &[(String, usize)], value: impl Fn(usize) -> Value) -> Value {
    let parts: Vec<_> = parts.iter().map(|(name, at)| (name.clone(), value(*at))).collect();
    if parts.iter().all(|(_, value)| value.is_null()) {
        Value::Null
    } else {
        Value::Compound(parts)
    }
}

/// The rows that the references on a path lead to, in their order, up to the first that leads
/// nowhere.
pub fn links(database: &Database, object: usize, ordinal: u64, path: &Path) -> Vec<RecordId> {
    let mut row = (object, ordinal);
    let follow = |step: &usize| match database.value(row.0, row.1, *step) {
        Value::Id(id) => {
            row = database.find(id)?;
            Some(id)
        }
        _ => None,
    };
    path.steps.iter().map_while(follow).collect()
}

fn read_named(database: &Database, at: usize, ordinal: u64, name: &str) -> Value {
    let Some(object) = database.object_at(at) else { return Value::Null };
    if name == "Type" {
        return Value::text(&object.name);
    }
    object.position(name).map_or(Value::Null, |position| database.value(at, ordinal, position))
}

/// Whether a row meets a condition.
pub fn meets(database: &Database, object: usize, ordinal: u64, node: &Node) -> bool {
    holds(node, &|path| read(database, object, ordinal, path))
}

/// Whether a condition holds for the values that paths lead to.
pub fn holds(node: &Node, value: &dyn Fn(&Path) -> Value) -> bool {
    match node {
        Node::And(nodes) => nodes.iter().all(|node| holds(node, value)),
        Node::Or(nodes) => nodes.iter().any(|node| holds(node, value)),
        Node::Not(node) => !holds(node, value),
        Node::Test(path, check) => passes(fold(value(path)), check),
    }
}

fn passes(value: Value, check: &Check) -> bool {
    match check {
        Check::Equal(other) => order(&value, other) == Ordering::Equal,
        Check::OneOf(others) => others.binary_search_by(|other| order(other, &value)).is_ok(),
        Check::Compare(operator, other) => {
            !value.is_null() && !other.is_null() && stands(*operator, order(&value, other))
        }
        Check::Like(pattern) => matches!(&value, Value::Text(text) if like(pattern, text)),
        Check::Includes(groups) => {
            let Value::Text(text) = &value else { return false };
            let has = |item: &String| text.split(';').any(|own| own == item);
            groups.iter().any(|group| group.iter().all(has))
        }
        Check::Span(operator, span) => match value {
            Value::Date(at) | Value::DateTime(at) => stands(*operator, place(at, span)),
            _ => false,
        },
    }
}

fn stands(operator: Operator, ordering: Ordering) -> bool {
    match operator {
        Operator::Less => ordering.is_lt(),
        Operator::LessOrEqual => ordering.is_le(),
        Operator::Greater => ordering.is_gt(),
        Operator::GreaterOrEqual => ordering.is_ge(),
        _ => ordering.is_eq(),
    }
}

/// Before, within or after a span.
fn place(at: i64, span: &Range<i64>) -> Ordering {
    if at < span.start {
        Ordering::Less
    } else if at >= span.end {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// Whether a text matches a pattern, going back to the last `%` whenever it stops matching.
fn like(pattern: &[Glob], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t, mut retry) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some(Glob::Any) => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(Glob::One) => (p, t) = (p + 1, t + 1),
            Some(Glob::Exactly(c)) if Some(c) == text.get(t) => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((after, from)) = retry else { return false };
                (p, t) = (after, from + 1);
                retry = Some((after, t));
            }
        }
    }
    pattern.iter().skip(p).all(|glob| *glob == Glob::Any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Vec<Glob> {
        let glob = |c| match c {
            '%' => Glob::Any,
            '_' => Glob::One,
            other => Glob::Exactly(other),
        };
        text.chars().map(glob).collect()
    }

    #[test]
    fn patterns_match_as_like_does() {
        let cases = [
            ("", "", true),
            ("%", "", true),
            ("%", "any\nthing", true),
            ("a%", "abc", true),
            ("a%", "bac", false),
            ("%b%", "abc", true),
            ("%ab", "aab", true),
            ("%ab", "aabb", false),
            ("a_c", "abc", true),
            ("a_c", "ac", false),
            ("_", "😀", true),
            ("%a%b%c", "xaxbxbxc", true),
            ("%a%b%c", "xaxcxb", false),
        ];
        for (like_text, text, expected) in cases {
            assert_eq!(like(&pattern(like_text), text), expected, "{text} LIKE {like_text}");
        }
    }
}
