//! From the text of a cell to a value of the field's type.

use super::types::RowError;
use crate::data::calendar::{parse_date, parse_datetime};
use crate::data::schema::{Field, FieldType};
use crate::data::{RecordId, Value};

/// The first number that has too many digits for a field.
const TOO_LARGE: f64 = 1e18;

/// Reads the text of a cell.
///
/// # Errors
/// When the text is no value of the field.
pub fn convert(field: &Field, text: &str) -> Result<Value, RowError> {
    match field.kind {
        FieldType::Boolean => boolean(text).map(Value::Bool).ok_or_else(|| mistyped(field, text)),
        FieldType::Int => whole(field, text),
        FieldType::Double | FieldType::Currency | FieldType::Percent => {
            number(field, text).map(Value::Double)
        }
        FieldType::Date => {
            let date = text.strip_suffix('Z').unwrap_or(text);
            parse_date(date).map(Value::Date).ok_or_else(|| mistyped(field, text))
        }
        FieldType::DateTime => {
            parse_datetime(text).map(Value::DateTime).ok_or_else(|| mistyped(field, text))
        }
        FieldType::Id | FieldType::Reference => id(field, text).map(Value::Id),
        FieldType::Compound => Err(RowError::read_only(field)),
        _ => written(field, text),
    }
}

/// Reads an id.
///
/// # Errors
/// When it is none.
pub fn id(field: &Field, text: &str) -> Result<RecordId, RowError> {
    RecordId::parse(text).ok_or_else(|| wrong_id(field, text))
}

/// The text is no id, or that of a row of another object.
pub fn wrong_id(field: &Field, text: &str) -> RowError {
    RowError::of(field, "MALFORMED_ID", format_args!("id value of incorrect type: {text}"))
}

fn mistyped(field: &Field, text: &str) -> RowError {
    let message = format!("value not of required type: {text}");
    RowError::of(field, "INVALID_TYPE_ON_FIELD_IN_RECORD", message)
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn number(field: &Field, text: &str) -> Result<f64, RowError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number: f64 = match text.parse() {
        Ok(number) if plain => number,
        _ => return Err(mistyped(field, text)),
    };
    if number.abs() < TOO_LARGE { Ok(number) } else { Err(out_of_range(field, text)) }
}

fn whole(field: &Field, text: &str) -> Result<Value, RowError> {
    let number = number(field, text)?;
    if number.fract() != 0.0 {
        return Err(mistyped(field, text));
    }
    let within = (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number);
    // The range is that of 32 bits, so the conversion is exact.
    if within { Ok(Value::Int(number as i64)) } else { Err(out_of_range(field, text)) }
}

fn out_of_range(field: &Field, text: &str) -> RowError {
    let message = format!("value outside of valid range on numeric field: {text}");
    RowError::of(field, "NUMBER_OUTSIDE_VALID_RANGE", message)
}

fn written(field: &Field, text: &str) -> Result<Value, RowError> {
    let length = text.encode_utf16().count();
    if length > field.length {
        let message = format!("data value too large: {text} (max length={})", field.length);
        return Err(RowError::of(field, "STRING_TOO_LONG", message));
    }
    if field.kind == FieldType::Email && !is_email(text) {
        let message = format!("invalid email address: {text}");
        return Err(RowError::of(field, "INVALID_EMAIL_ADDRESS", message));
    }
    let mut items = match field.kind {
        FieldType::MultiPicklist => text.split(';').collect(),
        _ => vec![text],
    };
    items.retain(|item| field.restricted && !field.picklist.iter().any(|own| own == item));
    if let Some(bad) = items.first() {
        let message = format!("bad value for restricted picklist field: {bad}");
        return Err(RowError::of(field, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message));
    }
    Ok(Value::text(text))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let labels = host.split('.').all(|label| !label.is_empty());
    let odd = |c: char| c.is_whitespace() || c.is_control() || "@,;<>()\"".contains(c);
    !name.is_empty() && host.contains('.') && labels && !text.replacen('@', "", 1).contains(odd)
}
