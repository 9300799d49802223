//! Rows made up from their numbers: nothing of them is kept.

use super::schema::{Field, FieldType, Object, system};
use super::value::Value;
use text::{line, paragraph};

mod numbers;
mod text;

use numbers::Dice;
pub use numbers::Numbered;

/// 2024-01-01T00:00:00Z, when the oldest made-up row may have been created.
const OLDEST_MS: u64 = 1_704_067_200_000;
const TWO_YEARS_MS: u64 = 2 * 365 * 86_400_000;
const MONTH_MS: u64 = 30 * 86_400_000;

/// The value of a field that is no reference in the made-up row of this ordinal.
pub fn value(object: &Object, position: usize, field: &Field, ordinal: u64) -> Value {
    match position {
        system::IS_DELETED => Value::Bool(false),
        system::CREATED_DATE => moment(created(object, ordinal)),
        system::MODIFIED_DATE | system::MODSTAMP => moment(modified(object, ordinal)),
        _ => own_value(object, field, ordinal),
    }
}

/// A number that stands for one reference of one made-up row, for choosing among its targets;
/// nothing where the row has none.
pub fn reference(object: &Object, field: &Field, ordinal: u64) -> Option<u64> {
    let dice = Dice::new(&object.prefix, &field.name, ordinal);
    (!field.nillable || dice.none_of(4)).then(|| dice.roll())
}

/// The ordinals that may hold this text in a field that rows are looked up by.
pub fn holders(text: &str) -> Vec<u64> {
    numbers::holders(text)
}

fn own_value(object: &Object, field: &Field, ordinal: u64) -> Value {
    if let Some(numbered) = Numbered::of(field) {
        return Value::Text(numbered.text(object, ordinal));
    }
    let dice = Dice::new(&object.prefix, &field.name, ordinal);
    if field.name == "Name" && object.field("LastName").is_some() {
        return full_name(object, ordinal);
    }
    if field.nillable && field.kind != FieldType::Boolean && !dice.none_of(7) {
        return Value::Null;
    }
    typed(field, dice)
}

fn typed(field: &Field, mut dice: Dice) -> Value {
    match field.kind {
        FieldType::Boolean => Value::Bool(dice.below(2) == 1),
        FieldType::Int => Value::Int(dice.signed(50_000)),
        FieldType::Double => Value::Double(dice.signed(2_000_000) as f64 / 1024.0),
        FieldType::Currency => Value::Double(dice.signed(2_000_000_000) as f64 / 100.0),
        FieldType::Percent => Value::Double(dice.signed(200) as f64 / 2.0),
        FieldType::Date => Value::Date(dice.signed(20_000)),
        FieldType::DateTime => moment(OLDEST_MS + dice.below(TWO_YEARS_MS)),
        FieldType::Picklist if !field.picklist.is_empty() => {
            Value::Text(dice.pick(&field.picklist).clone())
        }
        FieldType::MultiPicklist => several(field, dice),
        FieldType::TextArea => Value::Text(paragraph(&mut dice, field.length)),
        FieldType::Compound | FieldType::Id | FieldType::Reference => Value::Null,
        _ => Value::Text(line(field, &mut dice)),
    }
}

fn several(field: &Field, mut dice: Dice) -> Value {
    let chosen = field.picklist.iter().filter(|_| dice.below(2) == 1).map(String::as_str);
    Value::text(chosen.collect::<Vec<_>>().join(";"))
}

/// The first and the last name of a made-up person in one.
fn full_name(object: &Object, ordinal: u64) -> Value {
    let part = |name| object.field(name).map_or(Value::Null, |f| own_value(object, f, ordinal));
    join_names(&part("FirstName"), &part("LastName"))
}

/// What a person's `Name` is made of.
pub fn join_names(first: &Value, last: &Value) -> Value {
    Value::text(format!("{} {}", first.csv_text(), last.csv_text()).trim())
}

fn created(object: &Object, ordinal: u64) -> u64 {
    OLDEST_MS + Dice::new(&object.prefix, "CreatedDate", ordinal).below(TWO_YEARS_MS) / 1000 * 1000
}

fn modified(object: &Object, ordinal: u64) -> u64 {
    let later = Dice::new(&object.prefix, "LastModifiedDate", ordinal).below(MONTH_MS);
    created(object, ordinal) + later / 1000 * 1000
}

fn moment(millis: u64) -> Value {
    Value::DateTime(millis.try_into().unwrap_or(i64::MAX))
}
