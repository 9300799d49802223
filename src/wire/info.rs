//! What Salesforce says of a job or a batch: its values under their own names.
//!
//! They go to the caller as they are, so that a member of a later version is there before this library knows of it.
//! Only the few that decide what to do next are read here.

use super::document::{Node, date};
use crate::error::{Error, Result};
use crate::json::{Value, parse};

/// A job or a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info(Value);

/// How a member of an XML document is to be read: XML has nothing but text.
#[derive(Clone, Copy)]
pub enum MemberKind {
    /// Text; empty where it is absent.
    Text,
    /// Text; null where it is absent.
    Optional,
    /// A date, to be ISO 8601 in UTC.
    Date,
    /// A number; 0 where it is absent.
    Number,
}

impl Info {
    /// Reads the named members, XML or JSON.
    ///
    /// # Errors
    /// Where there is no id or no state: then the answer is something else.
    pub fn read(node: Node<'_>, members: &[(&str, MemberKind)]) -> Result<Info> {
        let pairs = members.iter().map(|(name, kind)| ((*name).to_owned(), kind.read(node, name)));
        Info(Value::Object(pairs.collect())).checked()
    }

    /// Takes an object whole.
    ///
    /// # Errors
    /// As [`Info::read`].
    pub fn take(value: Value) -> Result<Info> {
        let mut info = Info(value);
        for name in ["createdDate", "systemModstamp"] {
            if let Some(Value::Text(text)) = info.0.get_mut(name) {
                *text = date(text);
            }
        }
        info.checked()
    }

    fn checked(self) -> Result<Info> {
        if self.id().is_empty() || self.state().is_empty() {
            return Err(Error::response("The server's answer has no id or no state."));
        }
        Ok(self)
    }

    /// The same, if it is the one that was asked for.
    ///
    /// # Errors
    /// Where the answer is about another: a proxy may have answered from its memory.
    pub fn of(self, id: &str) -> Result<Info> {
        if same_id(self.id(), id) {
            return Ok(self);
        }
        Err(Error::response(format!("The server's answer is about {}, not {id}.", self.id())))
    }

    /// Its id.
    pub fn id(&self) -> &str {
        self.text("id").unwrap_or_default()
    }

    /// Its state.
    pub fn state(&self) -> &str {
        self.text("state").unwrap_or_default()
    }

    /// A member's text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A member's count.
    pub fn count(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// Whether a batch is still to be worked on. A state that this library does not know is none of the last ones.
    pub fn pending(&self) -> bool {
        !matches!(self.state(), "Completed" | "Failed") && !self.not_processed()
    }

    /// Whether a batch was not processed: its job was aborted, or it is the parent of chunks.
    pub fn not_processed(&self) -> bool {
        // The guide prints it with a space and with an underscore too.
        matches!(self.state(), "NotProcessed" | "Not Processed" | "NOT_PROCESSED")
    }
}

impl From<Info> for Value {
    fn from(info: Info) -> Value {
        info.0
    }
}

impl MemberKind {
    fn read(self, node: Node<'_>, name: &str) -> Value {
        let text = node.text(name);
        match self {
            MemberKind::Text => Value::Text(text.unwrap_or_default()),
            MemberKind::Optional => text.map_or(Value::Null, Value::Text),
            MemberKind::Date => Value::Text(date(&text.unwrap_or_default())),
            MemberKind::Number => {
                text.and_then(|text| number(&text)).unwrap_or_else(|| Value::from(0_u64))
            }
        }
    }
}

/// Ids come with 15 characters and with 18, the last three of which are a checksum of the case.
pub fn same_id(left: &str, right: &str) -> bool {
    significant(left) == significant(right)
}

/// The part of an id that tells it from all others.
pub fn significant(id: &str) -> &str {
    if id.len() == 18 { id.get(..15).unwrap_or(id) } else { id }
}

/// A number in its own digits.
fn number(text: &str) -> Option<Value> {
    parse(text.as_bytes()).ok().filter(|value| matches!(value, Value::Number(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_15_and_18_characters_are_the_same() {
        for (left, right, same) in [
            ("751Kf000018uaV7", "751Kf000018uaV7IAI", true),
            ("751Kf000018uaV7IAI", "751Kf000018uaV7IAI", true),
            ("751Kf000018uaV7", "751Kf000018uav7", false),
            ("751Kf000018uaV7IAI", "751Kf000018uaV8IAI", false),
            ("a", "b", false),
        ] {
            assert_eq!(same_id(left, right), same, "{left} {right}");
        }
    }

    #[test]
    fn an_answer_about_another_is_an_error() {
        let info = Value::object([("id", "750a".into()), ("state", "Open".into())]);
        let info = Info::take(info).expect("a job");
        assert!(info.clone().of("750a").is_ok());
        assert!(info.of("750b").is_err());
    }
}
