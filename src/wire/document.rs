//! A control document in whichever format the server chose.
//!
//! A Bulk API 1.0 job of CSV answers in XML, one of JSON in JSON, a bad id in either: the body is looked at, the
//! format is never assumed (Bulk API Developer Guide, "Content Type Header").

use crate::error::{Error, Result};
use crate::json::{self, Value};
use crate::xml::{self, Element};

/// How many bytes a document may have that is no long list: it has some thousands. Whatever they are, no more than 33 MiB
/// are taken to read them, in a process of 64 bits; of 32, less.
pub const MAX_DOCUMENT: usize = 1 << 20;

/// How many bytes a list may have. The longest is that of the 15,000 batches which an org may make in a day: 11 MB, to be
/// read with 20 MiB. Whatever they are, no more than 64 MiB are taken, and 192 where all of them have to be replaced
/// because they are not UTF-8.
pub const MAX_LIST: usize = xml::MAX_BYTES;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A parsed document.
pub enum Document {
    /// It began with `<`.
    Xml(Element),
    /// It began with anything else, and is JSON.
    Json(Value),
}

/// A part of a document that holds named values.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// An element.
    Xml(&'a Element),
    /// A value.
    Json(&'a Value),
}

impl Document {
    /// Parses what the server sent. A byte order mark is passed over.
    pub fn parse(body: &[u8]) -> Result<Document> {
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        let parsed = match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => xml::parse(body).map(Document::Xml).map_err(|error| error.to_string()),
            _ => json::parse(body).map(Document::Json).map_err(|error| error.to_string()),
        };
        parsed.map_err(|reason| {
            Error::response(format!("The server's answer is neither XML nor JSON ({reason})."))
        })
    }

    /// The whole.
    pub fn root(&self) -> Node<'_> {
        match self {
            Document::Xml(element) => Node::Xml(element),
            Document::Json(value) => Node::Json(value),
        }
    }
}

impl<'a> Node<'a> {
    /// The text of a member; absent, null and nil are `None`.
    pub fn text(self, name: &str) -> Option<String> {
        match self {
            Node::Xml(element) => element.text_of(name).map(str::to_owned),
            Node::Json(value) => scalar(value.get(name)?),
        }
    }

    /// Whether it is a list: in XML an element of this name; in JSON an object with this member, or, where the member has
    /// no name, an array.
    pub fn is_list(self, element: &str, member: &str) -> bool {
        match self {
            Node::Xml(root) => *root.name == *element,
            Node::Json(list) if member.is_empty() => matches!(list, Value::List(_)),
            Node::Json(object) => matches!(object.get(member), Some(Value::List(_))),
        }
    }

    /// The members of a list: of one in XML and of none there are lists too.
    pub fn list(self, name: &str) -> Vec<Node<'a>> {
        match self {
            Node::Xml(element) => element.children_named(name).map(Node::Xml).collect(),
            Node::Json(value) => items(value.get(name)),
        }
    }

    /// The texts of a list; a JSON array has no name for its members. None where one of them is no text.
    pub fn texts(self, name: &str) -> Option<Vec<String>> {
        match self {
            Node::Xml(_) => self.list(name).into_iter().map(Node::scalar).collect(),
            Node::Json(value) => items(Some(value)).into_iter().map(Node::scalar).collect(),
        }
    }

    /// The texts of a list that is a member.
    pub fn texts_of(self, name: &str) -> Vec<String> {
        self.list(name).into_iter().filter_map(Node::scalar).collect()
    }

    fn scalar(self) -> Option<String> {
        match self {
            Node::Xml(element) => Some(element.text.to_string()),
            Node::Json(value) => scalar(value),
        }
    }
}

fn items(value: Option<&Value>) -> Vec<Node<'_>> {
    value.map(Value::items).unwrap_or_default().iter().map(Node::Json).collect()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(digits) => Some(digits.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::List(_) | Value::Object(_) => None,
    }
}

/// XML has `2015-12-15T21:41:45.000Z`, JSON `2015-12-15T20:45:25.000+0000`, which not every `Date.parse` reads.
pub fn date(text: &str) -> String {
    match text.strip_suffix("+0000") {
        Some(local) => format!("{local}Z"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_read_alike() {
        let xml = br#"<?xml version="1.0"?><info xmlns="x" xmlns:xsi="y">
            <id>751</id><n>12</n><at>2015-12-15T21:41:45.000Z</at><none xsi:nil="true"/></info>"#;
        let json = br#" {"id":"751","n":12,"at":"2015-12-15T21:41:45.000+0000","none":null}"#;
        for body in [xml.as_slice(), json.as_slice()] {
            let document = Document::parse(body).expect("a document");
            let root = document.root();
            assert_eq!(root.text("id").as_deref(), Some("751"));
            assert_eq!(root.text("n").as_deref(), Some("12"));
            let at = date(&root.text("at").expect("a date"));
            assert_eq!(at, "2015-12-15T21:41:45.000Z");
            assert_eq!((root.text("none"), root.text("absent")), (None, None));
        }
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        for body in ["\u{FEFF}<info><id>751</id></info>", "\u{FEFF} {\"id\":\"751\"}"] {
            let document = Document::parse(body.as_bytes()).expect("a document");
            assert_eq!(document.root().text("id").as_deref(), Some("751"), "{body}");
        }
    }

    #[test]
    fn lists_of_none_and_one_are_lists() {
        for (body, ids) in [
            (
                "<result-list><result>752a</result><result>752b</result></result-list>",
                vec!["752a", "752b"],
            ),
            ("<result-list><result>752a</result></result-list>", vec!["752a"]),
            ("<result-list> </result-list>", vec![]),
            (r#"["752a","752b"]"#, vec!["752a", "752b"]),
            ("[]", vec![]),
        ] {
            assert_eq!(
                Document::parse(body.as_bytes())
                    .expect("a list")
                    .root()
                    .texts("result")
                    .expect("texts"),
                ids
            );
        }
    }

    #[test]
    fn what_is_neither_is_an_error() {
        for body in ["", "<html", "{", "not found"] {
            assert!(Document::parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
