//! The rows of a query as nested XML and JSON.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};

use crate::config::JsonDates;
use crate::data::{Query, RecordId, Value};
use crate::http::Pieces;
use crate::v1::NAMESPACE;
use crate::wire::time::json_time;
use crate::wire::xml::escape;
use crate::work::Found;

const ROWS_A_PIECE: usize = 500;
const DAY_MS: i64 = 86_400_000;

/// How JSON writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// All as text: REST.
    Text,
    /// Those with a time as milliseconds, which Bulk 1.0 alone does.
    TimesAsMillis,
    /// All as milliseconds.
    Millis,
}

impl Dates {
    /// What Bulk 1.0 writes, as the switch says.
    pub fn of_bulk(switch: JsonDates) -> Self {
        match switch {
            JsonDates::Text => Self::TimesAsMillis,
            JsonDates::Millis => Self::Millis,
        }
    }
}

/// A row being written: the object it is of, its own fields, and the rows it points to.
struct Node<'a> {
    object: &'a str,
    /// Its id, if it is known without having been asked for.
    id: Option<RecordId>,
    fields: Vec<(&'a str, &'a Value)>,
    parents: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Node<'a> {
    fn of(query: &'a Query, id: Option<RecordId>, values: &'a [Value]) -> Self {
        let mut root = Self { id, ..Self::empty(&query.object) };
        for (column, value) in query.columns.iter().zip(values) {
            root.put(&column.path, &column.objects, value);
        }
        root
    }

    fn empty(object: &'a str) -> Self {
        Self { object, id: None, fields: Vec::new(), parents: Vec::new() }
    }

    fn put(&mut self, path: &'a [String], objects: &'a [String], value: &'a Value) {
        match path {
            [] => {}
            [field] => self.fields.push((field, value)),
            [relationship, rest @ ..] => {
                let object = objects.first().map(String::as_str).unwrap_or_default();
                let at = self.parents.iter().position(|(name, _)| name == relationship);
                let at = at.unwrap_or_else(|| {
                    self.parents.push((relationship, Self::empty(object)));
                    self.parents.len() - 1
                });
                self.parents[at].1.put(rest, objects.get(1..).unwrap_or_default(), value);
            }
        }
    }

    /// The id that was asked for.
    fn selected_id(&self) -> Option<String> {
        let found = self.fields.iter().find(|(name, _)| *name == "Id");
        found.map(|(_, value)| value.csv_text())
    }

    /// A row that is not there has no value at all, so it reads as null.
    fn is_null(&self) -> bool {
        self.fields.iter().all(|(_, value)| value.is_null())
            && self.parents.iter().all(|(_, parent)| parent.is_null())
    }

    fn json(&self, version: &str, dates: Dates) -> Json {
        let mut members = Map::new();
        let mut attributes = json!({ "type": self.object });
        if let Some(id) = self.selected_id().or_else(|| self.id.map(|id| id.to_string())) {
            let url = format!("/services/data/v{version}/sobjects/{}/{id}", self.object);
            attributes["url"] = json!(url);
        }
        members.insert("attributes".to_owned(), attributes);
        for (name, value) in &self.fields {
            members.insert((*name).to_owned(), json_value(value, dates));
        }
        for (name, parent) in &self.parents {
            let value = if parent.is_null() { Json::Null } else { parent.json(version, dates) };
            members.insert((*name).to_owned(), value);
        }
        Json::Object(members)
    }

    /// Its type, its id (twice when it was asked for, nil when it was not), its fields.
    fn xml(&self) -> String {
        let id = match self.selected_id() {
            Some(id) => format!("<Id>{id}</Id>"),
            None => "<Id xsi:nil=\"true\"/>".to_owned(),
        };
        let fields = self.fields.iter().map(|(name, value)| xml_field(name, value));
        let parents = self.parents.iter().map(|(name, parent)| match parent.is_null() {
            true => format!("<{name} xsi:nil=\"true\"/>"),
            false => format!("<{name} xsi:type=\"sObject\">{}</{name}>", parent.xml()),
        });
        let inner: String = fields.chain(parents).collect();
        format!("<type>{}</type>{id}{inner}", self.object)
    }
}

fn xml_field(name: &str, value: &Value) -> String {
    if value.is_null() {
        return format!("<{name} xsi:nil=\"true\"/>");
    }
    format!("<{name}>{}</{name}>", escape(&value.csv_text()))
}

fn json_value(value: &Value, dates: Dates) -> Json {
    match (value, dates) {
        (Value::Null, _) => Json::Null,
        (Value::Bool(flag), _) => json!(flag),
        (Value::Int(number), _) => json!(number),
        (Value::Double(number), _) => json!(number),
        (Value::Date(days), Dates::Millis) => json!(days * DAY_MS),
        (Value::DateTime(millis), Dates::Text) => json!(json_time(*millis)),
        (Value::DateTime(millis), _) => json!(millis),
        (Value::Date(_) | Value::Text(_) | Value::Id(_), _) => json!(value.csv_text()),
    }
}

/// One row as an object.
pub fn object(found: &Found, at: usize, version: &str, dates: Dates) -> Json {
    let values = found.rows.row(&found.db, at);
    Node::of(&found.query, found.rows.id(&found.db, at), &values).json(version, dates)
}

/// An array of objects.
pub fn json(found: Found, rows: Range<usize>, version: &str, dates: Dates) -> Pieces {
    let version = version.to_owned();
    let first = rows.start;
    let row = move |at: usize, node: &Node<'_>| {
        let comma = if at == first { "" } else { "," };
        format!("{comma}{}", node.json(&version, dates))
    };
    framed("[".to_owned(), pieces(found, rows, row), "]")
}

/// `<queryResult>` with a `<records>` for each row.
pub fn xml(found: Found, rows: Range<usize>) -> Pieces {
    let open = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><queryResult xmlns=\"{NAMESPACE}\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    );
    let row =
        |_, node: &Node<'_>| format!("<records xsi:type=\"sObject\">{}</records>", node.xml());
    framed(open, pieces(found, rows, row), "</queryResult>")
}

fn pieces(
    found: Found,
    rows: Range<usize>,
    row: impl Fn(usize, &Node<'_>) -> String + Send + 'static,
) -> impl Iterator<Item = String> + Send {
    let end = rows.end;
    rows.step_by(ROWS_A_PIECE).map(move |from| {
        let piece = (from..end.min(from + ROWS_A_PIECE)).map(|at| {
            let values = found.rows.row(&found.db, at);
            row(at, &Node::of(&found.query, found.rows.id(&found.db, at), &values))
        });
        piece.collect()
    })
}

fn framed(
    open: String,
    inner: impl Iterator<Item = String> + Send + 'static,
    close: &'static str,
) -> Pieces {
    let whole = std::iter::once(open).chain(inner).chain(std::iter::once(close.to_owned()));
    Box::new(whole.map(|piece| Ok(piece.into_bytes())))
}
