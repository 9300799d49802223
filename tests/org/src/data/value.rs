//! One cell of a row.

use super::calendar::{date_text, datetime_text};
use super::ids::RecordId;

/// The value of one field of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value. Salesforce stores an empty text as this too.
    Null,
    /// Text of any kind: also picklists, emails, phones and addresses of the web.
    Text(String),
    /// A checkbox.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction: double, currency or percent.
    Double(f64),
    /// Days since 1970-01-01.
    Date(i64),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    DateTime(i64),
    /// The id of this row or of another.
    Id(RecordId),
    /// Several fields seen as one, by their names: an address. Only REST selects these.
    Compound(Vec<(String, Value)>),
}

impl Value {
    /// The value as Salesforce writes it into a CSV cell or an XML element.
    pub fn csv_text(&self) -> String {
        match self {
            Value::Null | Value::Compound(_) => String::new(),
            Value::Text(text) => text.clone(),
            Value::Bool(flag) => flag.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Double(number) => double_text(*number),
            Value::Date(days) => date_text(*days),
            Value::DateTime(millis) => datetime_text(*millis),
            Value::Id(id) => id.to_string(),
        }
    }

    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Text, or no value where the text is empty.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        if text.is_empty() { Value::Null } else { Value::Text(text) }
    }
}

/// Java's `Double.toString`: always a fraction, and an exponent from ten million up.
fn double_text(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let text = format!("{number:E}");
        return match text.split_once('E') {
            Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
            _ => text,
        };
    }
    if number.fract() == 0.0 { format!("{number:.1}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_written_as_java_writes_them() {
        let cases = [
            (0.0, "0.0"),
            (100.0, "100.0"),
            (-1234.56, "-1234.56"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (9_999_999.0, "9999999.0"),
            (10_000_000.0, "1.0E7"),
            (12_345_678.9, "1.23456789E7"),
        ];
        for (number, text) in cases {
            assert_eq!(Value::Double(number).csv_text(), text);
        }
    }

    #[test]
    fn every_kind_has_its_text() {
        let id = RecordId::parse("001000000000001").expect("an id");
        let cases = [
            (Value::Null, ""),
            (Value::text(""), ""),
            (Value::text("a\0b"), "a\0b"),
            (Value::Bool(true), "true"),
            (Value::Int(-3), "-3"),
            (Value::Date(0), "1970-01-01"),
            (Value::DateTime(1_546_659_665_000), "2019-01-05T03:41:05.000Z"),
            (Value::Id(id), "001000000000001AAA"),
        ];
        for (value, text) in cases {
            assert_eq!(value.csv_text(), text);
        }
    }
}
