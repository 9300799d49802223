//! From conditions as written to conditions that can be asked.

use super::ast::{At, Condition, Expression, Glob, Literal, Operand, Operator, Test};
use super::error::SoqlError;
use super::period;
use super::plan::{Check, Node, Path, fold, order};
use super::resolve::{Names, Resolved};
use super::semi_join;
use crate::data::calendar::DAY_MS;
use crate::data::schema::{Field, FieldType};
use crate::data::{RecordId, Value};

const OPERATOR: &str = "INVALID_QUERY_FILTER_OPERATOR";

/// Finds out what a condition asks about: the way to its values, and the field that they are of.
pub type Subjects<'s> = dyn FnMut(&At<Expression>) -> Result<(Path, Field), SoqlError> + 's;

/// Checks the condition of a WHERE against the schema.
///
/// # Errors
/// When a field does not exist or cannot be compared so.
pub fn node(names: &Names<'_>, condition: &Condition) -> Result<Node, SoqlError> {
    node_of(names, condition, &mut |subject| {
        let Resolved { path, field, .. } = names.field(subject)?;
        Ok((path, field.clone()))
    })
}

/// Checks a condition whose subjects are found like this.
///
/// # Errors
/// When a subject does not exist or cannot be compared so.
pub fn node_of(
    names: &Names<'_>,
    condition: &Condition,
    subjects: &mut Subjects<'_>,
) -> Result<Node, SoqlError> {
    let mut all = |parts: &[Condition]| {
        parts.iter().map(|part| node_of(names, part, subjects)).collect::<Result<Vec<_>, _>>()
    };
    Ok(match condition {
        Condition::And(parts) => Node::And(all(parts)?),
        Condition::Or(parts) => Node::Or(all(parts)?),
        Condition::Not(part) => Node::Not(Box::new(node_of(names, part, subjects)?)),
        Condition::Test(written) => test(names, written, subjects)?,
    })
}

fn test(names: &Names<'_>, test: &Test, subjects: &mut Subjects<'_>) -> Result<Node, SoqlError> {
    let (path, field) = subjects(&test.subject)?;
    let (field, place) = (&field, test.subject.at);
    if !field.filterable || field.kind == FieldType::Compound {
        let message = format!("field '{}' can not be filtered in a query call", field.name);
        return Err(names.refuse(place, message));
    }
    if !allows(field.kind, test.operator) {
        let message = format!("invalid operator on {} field", field.kind.name());
        return Err(SoqlError::at(OPERATOR, names.soql, place, message));
    }
    let check = match &test.operand.it {
        Operand::One(literal) => one(names, field, test, literal)?,
        Operand::List(literals) => list(names, field, test.operator, literals)?,
        Operand::Query(statement) => Check::OneOf(semi_join::values(names, statement, field)?),
    };
    let asked = Node::Test(path, check);
    Ok(match test.operator {
        Operator::NotEqual | Operator::NotIn | Operator::Excludes => Node::Not(Box::new(asked)),
        _ => asked,
    })
}

/// Whether values of this type can be compared so.
fn allows(kind: FieldType, operator: Operator) -> bool {
    use Operator::{Equal, Excludes, In, Includes, Like, NotEqual, NotIn};
    let several = kind == FieldType::MultiPicklist;
    match operator {
        Equal | NotEqual => true,
        In | NotIn => true,
        Includes | Excludes => several,
        Like => kind.is_text() && !several,
        _ => kind != FieldType::Boolean && !several,
    }
}

fn one(
    names: &Names<'_>,
    field: &Field,
    test: &Test,
    literal: &Literal,
) -> Result<Check, SoqlError> {
    if let (Operator::Like, Literal::Text(quoted)) = (test.operator, literal) {
        return Ok(Check::Like(lower(&quoted.pattern)));
    }
    if let Some(check) = span(names, field, test.operator, literal) {
        return Ok(check);
    }
    let value = value(names, field, test.subject.at, literal)?;
    Ok(match test.operator {
        Operator::Equal | Operator::NotEqual | Operator::Like => Check::Equal(value),
        operator => Check::Compare(operator, value),
    })
}

/// A date literal, which stands for a span.
fn span(names: &Names<'_>, field: &Field, operator: Operator, literal: &Literal) -> Option<Check> {
    let Literal::Named(name, count) = literal else { return None };
    let days = period::days(name, *count, names.database.now().div_euclid(DAY_MS))?;
    match field.kind {
        FieldType::Date => Some(Check::Span(operator, days)),
        FieldType::DateTime => Some(Check::Span(operator, days.start * DAY_MS..days.end * DAY_MS)),
        _ => None,
    }
}

fn list(
    names: &Names<'_>,
    field: &Field,
    operator: Operator,
    literals: &[At<Literal>],
) -> Result<Check, SoqlError> {
    let values = literals.iter().map(|literal| value(names, field, literal.at, &literal.it));
    let mut values = values.collect::<Result<Vec<_>, _>>()?;
    if matches!(operator, Operator::Includes | Operator::Excludes) {
        let group = |value: Value| value.csv_text().split(';').map(String::from).collect();
        return Ok(Check::Includes(values.into_iter().map(group).collect()));
    }
    values.sort_by(order);
    Ok(Check::OneOf(values))
}

/// The value of a literal, if it is of the field's type.
fn value(
    names: &Names<'_>,
    field: &Field,
    place: usize,
    literal: &Literal,
) -> Result<Value, SoqlError> {
    use FieldType::{Boolean, Date, DateTime, Id, Reference};
    match (field.kind, literal) {
        (Boolean, Literal::Bool(flag)) => Ok(Value::Bool(*flag)),
        (Date, Literal::Date(days)) => Ok(Value::Date(*days)),
        (DateTime, Literal::DateTime(millis)) => Ok(Value::DateTime(*millis)),
        (kind, Literal::Number(number)) if kind.is_number() => Ok(Value::Double(*number)),
        (kind, Literal::Text(quoted)) if kind.is_text() => {
            Ok(fold(Value::text(quoted.text.as_str())))
        }
        (Id | Reference, Literal::Text(quoted)) if !quoted.text.is_empty() => {
            RecordId::parse(&quoted.text).map(Value::Id).ok_or_else(|| {
                let message = format!("invalid ID field: {}", quoted.text);
                SoqlError::at(OPERATOR, names.soql, place, message)
            })
        }
        (Id | Reference, Literal::Text(_)) | (_, Literal::Null) => Ok(Value::Null),
        _ => Err(names.refuse(place, mismatch(field))),
    }
}

fn mismatch(field: &Field) -> String {
    let kind = field.kind;
    let quotes = match kind.is_text() || matches!(kind, FieldType::Id | FieldType::Reference) {
        true => "should be enclosed in quotes",
        false => "should not be enclosed in quotes",
    };
    let kind = match kind {
        kind if kind.is_text() => "string",
        FieldType::Reference => "id",
        kind => kind.name(),
    };
    format!(
        "value of filter criterion for field '{}' must be of type {kind} and {quotes}",
        field.name
    )
}

fn lower(pattern: &[Glob]) -> Vec<Glob> {
    let lower = |glob: &Glob| match glob {
        Glob::Exactly(c) => c.to_lowercase().map(Glob::Exactly).collect(),
        other => vec![*other],
    };
    pattern.iter().flat_map(lower).collect()
}
