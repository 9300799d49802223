//! What became of each row: one shape, whichever API and format tells it.

use serde::{Deserialize, Serialize};

/// Why a row failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// Salesforce's status code.
    #[serde(rename(deserialize = "statusCode"))]
    pub code: String,
    /// Its words.
    #[serde(default)]
    pub message: String,
    /// The fields it is about.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The position of the row in its batch, from 0.
    #[serde(skip_deserializing)]
    pub index: u64,
    /// The record's id.
    #[serde(default, deserialize_with = "filled")]
    pub id: Option<String>,
    /// Whether it is stored.
    pub success: bool,
    /// Whether it is new.
    pub created: bool,
    /// Why not.
    #[serde(default)]
    pub errors: Vec<RowError>,
}

/// An id that is empty is none.
fn filled<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(source)?.filter(|id| !id.is_empty()))
}

/// Reads the error cell of a CSV result: `CODE:message:field1 field2 --`, several joined.
///
/// A message may hold colons and dashes of its own, so an error ends only where the cell does, or where the next
/// one begins with a code.
pub fn read_errors(cell: &str) -> Vec<RowError> {
    let mut errors = Vec::new();
    let mut rest = cell.trim();
    while !rest.is_empty() {
        let end = end_of_error(rest);
        let (error, tail) = rest.split_at(end);
        errors.push(read_error(error));
        rest = tail.strip_prefix("--").unwrap_or(tail).trim_start_matches([' ', ';', ',', '\n']);
    }
    errors
}

fn end_of_error(text: &str) -> usize {
    let ends = text.match_indices("--").map(|(at, _)| at);
    let mut closing = ends.filter(|at| {
        let after =
            text.get(at + 2..).unwrap_or_default().trim_start_matches([' ', ';', ',', '\n']);
        after.is_empty() || begins_with_code(after)
    });
    closing.next().unwrap_or(text.len())
}

fn begins_with_code(text: &str) -> bool {
    let code = text.split(':').next().unwrap_or_default();
    code.len() < text.len() && is_code(code)
}

fn is_code(text: &str) -> bool {
    text.len() > 3
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn read_error(text: &str) -> RowError {
    let text = text.trim_end();
    let (code, rest) = match text.split_once(':') {
        Some((code, rest)) if is_code(code) => (code, rest),
        _ => ("UNKNOWN_EXCEPTION", text),
    };
    let (message, fields) = match rest.rsplit_once(':') {
        Some((message, fields)) if is_field_list(fields) => (message, fields),
        _ => (rest, ""),
    };
    RowError {
        code: code.to_owned(),
        message: message.to_owned(),
        fields: fields
            .split([' ', ','])
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}

/// API names only: the tail of a message after its last colon is mostly more than that.
fn is_field_list(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_., ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: &str, message: &str, fields: &[&str]) -> RowError {
        let fields = fields.iter().map(|name| (*name).to_owned()).collect();
        RowError { code: code.into(), message: message.into(), fields }
    }

    #[test]
    fn cells_are_read() {
        let missing = error(
            "REQUIRED_FIELD_MISSING",
            "Required fields are missing: [LastName]",
            &["LastName"],
        );
        let lock = "unable to obtain exclusive access to this record or 1 records: 001x";
        for (cell, errors) in [
            ("", vec![]),
            (
                "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
                vec![missing.clone()],
            ),
            (
                "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records: 001x:--",
                vec![error("UNABLE_TO_LOCK_ROW", lock, &[])],
            ),
            (
                "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --INVALID_EMAIL_ADDRESS:Email: bad: a--b:Email --",
                vec![missing, error("INVALID_EMAIL_ADDRESS", "Email: bad: a--b", &["Email"])],
            ),
            (
                "FIELD_INTEGRITY_EXCEPTION:two:A__c B__c --",
                vec![error("FIELD_INTEGRITY_EXCEPTION", "two", &["A__c", "B__c"])],
            ),
            ("something else", vec![error("UNKNOWN_EXCEPTION", "something else", &[])]),
        ] {
            assert_eq!(read_errors(cell), errors, "{cell}");
        }
    }

    #[test]
    fn json_outcomes_are_read_as_they_are_written() {
        let json = r#"[{"success":true,"created":true,"id":"001","errors":[],"extra":1},
            {"success":false,"created":false,"id":null,"errors":[{"statusCode":"X_Y","message":"m","fields":["Status"],"extendedErrorDetails":null}]}]"#;
        let outcomes: Vec<Outcome> = serde_json::from_str(json).expect("outcomes");
        assert_eq!(outcomes[0].id.as_deref(), Some("001"));
        assert_eq!(outcomes[1].errors, [error("X_Y", "m", &["Status"])]);
        let text = serde_json::to_string(&outcomes[1]).expect("text");
        assert_eq!(
            text,
            r#"{"index":0,"id":null,"success":false,"created":false,"errors":[{"code":"X_Y","message":"m","fields":["Status"]}]}"#
        );
    }
}
