//! What became of each row: one shape, whichever API and format tells it.

use super::document::Node;
use crate::error::{Error, Result};
use crate::json::{quote, write_list};
use crate::text::{find, split_at};

/// Why a row failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Salesforce's status code.
    pub code: String,
    /// Its words.
    pub message: String,
    /// The fields it is about.
    pub fields: Vec<String>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The record's id.
    pub id: Option<String>,
    /// Whether it is stored.
    pub success: bool,
    /// Whether it is new.
    pub created: bool,
    /// Why not.
    pub errors: Vec<RowError>,
}

impl Outcome {
    /// Reads an outcome of the JSON dialect. An id that is empty is none.
    ///
    /// # Errors
    /// Where it does not say whether the row is stored: then it is something else.
    pub fn read(node: Node<'_>) -> Result<Outcome> {
        Ok(Outcome {
            id: node.text("id").filter(|id| !id.is_empty()),
            success: read_flag(node.text("success").as_deref())?,
            created: node.text("created").as_deref() == Some("true"),
            errors: node.list("errors").into_iter().map(RowError::read).collect(),
        })
    }

    /// Writes its members as JSON, without the braces.
    pub fn write(&self, out: &mut String) {
        out.push_str("\"id\":");
        write_text(self.id.as_deref(), out);
        out.push_str(if self.success { ",\"success\":true" } else { ",\"success\":false" });
        out.push_str(if self.created { ",\"created\":true" } else { ",\"created\":false" });
        out.push_str(",\"errors\":[");
        write_list(&self.errors, out, RowError::write);
        out.push(']');
    }
}

/// Whether a row is stored, as every format writes it.
///
/// # Errors
/// Where it says neither.
pub fn read_flag(text: Option<&str>) -> Result<bool> {
    match text {
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        _ => Err(Error::response("An outcome does not say whether its row is stored.")),
    }
}

impl RowError {
    fn read(node: Node<'_>) -> RowError {
        RowError {
            code: node.text("statusCode").unwrap_or_default(),
            message: node.text("message").unwrap_or_default(),
            fields: node.texts_of("fields"),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"code\":");
        quote(&self.code, out);
        out.push_str(",\"message\":");
        quote(&self.message, out);
        out.push_str(",\"fields\":[");
        write_list(&self.fields, out, |name, out| quote(name, out));
        out.push_str("]}");
    }
}

/// Writes a JSON string, or null.
pub fn write_text(text: Option<&str>, out: &mut String) {
    match text {
        Some(text) => quote(text, out),
        None => out.push_str("null"),
    }
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
        let (error, tail) = split_at(rest, end);
        errors.push(read_error(error));
        rest = tail.strip_prefix("--").unwrap_or(tail).trim_start_matches(BETWEEN);
    }
    errors
}

fn end_of_error(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = find(split_at(text, from).1, "--") {
        from += at + 2;
        let after = split_at(text, from).1.trim_start_matches(BETWEEN);
        if after.is_empty() || begins_with_code(after) {
            return from - 2;
        }
    }
    text.len()
}

/// What may stand between two errors.
const BETWEEN: [char; 4] = [' ', ';', ',', '\n'];

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
    use crate::wire::document::Document;

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
    fn json_outcomes_are_read_and_written() {
        let json = br#"{"success":false,"created":false,"id":"","errors":[{"statusCode":"X_Y","message":"a \"b\"","fields":["A","B"],"extendedErrorDetails":null}]}"#;
        let document = Document::parse(json).expect("an outcome");
        let outcome = Outcome::read(document.root()).expect("an outcome");
        assert_eq!(outcome.id, None);
        assert_eq!(outcome.errors, [error("X_Y", "a \"b\"", &["A", "B"])]);
        let mut text = String::new();
        outcome.write(&mut text);
        assert_eq!(
            text,
            r#""id":null,"success":false,"created":false,"errors":[{"code":"X_Y","message":"a \"b\"","fields":["A","B"]}]"#
        );
    }

    #[test]
    fn what_does_not_say_whether_a_row_is_stored_is_no_outcome() {
        for json in ["{}", r#"{"success":null}"#, r#"{"success":"x"}"#, r#"{"id":"001"}"#, "7"] {
            let document = Document::parse(json.as_bytes()).expect("JSON");
            assert!(Outcome::read(document.root()).is_err(), "{json}");
        }
    }
}
