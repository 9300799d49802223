//! The rows of a query as nested XML and JSON.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};

use crate::config::JsonDates;
use crate::data::{Database, Query, RecordId, RowSet, Value};
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

/// Rows that a query found.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The query.
    pub query: &'a Query,
    /// Which rows.
    pub rows: &'a RowSet,
    /// Where their values are.
    pub db: &'a Database,
}

impl<'a> From<&'a Found> for Rows<'a> {
    fn from(found: &'a Found) -> Self {
        Self { query: &found.query, rows: &found.rows, db: &found.db }
    }
}

/// The way from a row to a value: the names on it, and the objects and rows that it passes.
struct Way<'a, 'i> {
    path: &'a [String],
    objects: &'a [String],
    ids: &'i [RecordId],
}

/// A row being written: the object it is of, its own fields, and the rows it points to.
struct Node<'a> {
    object: &'a str,
    /// The object that the row itself is of: a relationship to several has a name of its own.
    real: &'a str,
    /// Its id, whether it was asked for or not; none where there is no such row.
    id: Option<RecordId>,
    fields: Vec<(&'a str, Value)>,
    parents: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Node<'a> {
    fn of(rows: Rows<'a>, at: usize) -> Self {
        let mut root = Self::empty(&rows.query.object, rows.rows.id(rows.db, at), rows.db);
        let values = rows.rows.row(rows.db, at);
        for (place, (column, value)) in rows.query.columns.iter().zip(values).enumerate() {
            let links = if column.objects.is_empty() {
                Vec::new()
            } else {
                rows.rows.links(rows.db, at, place)
            };
            let way = Way { path: &column.path, objects: &column.objects, ids: &links };
            root.put(way, value, rows.db);
        }
        root
    }

    fn empty(object: &'a str, id: Option<RecordId>, db: &'a Database) -> Self {
        let own = id.and_then(|id| db.objects().iter().find(|it| it.prefix == id.prefix()));
        let real = own.map_or(object, |it| it.name.as_str());
        Self { object, real, id, fields: Vec::new(), parents: Vec::new() }
    }

    /// Adds a value at the end of a way.
    fn put(&mut self, way: Way<'a, '_>, value: Value, db: &'a Database) {
        match way.path {
            [] => {}
            [field] => self.fields.push((field, value)),
            [relationship, path @ ..] => {
                let object = way.objects.first().map(String::as_str).unwrap_or_default();
                let at = self.parents.iter().position(|(name, _)| name == relationship);
                let at = at.unwrap_or_else(|| {
                    let parent = Self::empty(object, way.ids.first().copied(), db);
                    self.parents.push((relationship, parent));
                    self.parents.len() - 1
                });
                let objects = way.objects.get(1..).unwrap_or_default();
                let ids = way.ids.get(1..).unwrap_or_default();
                self.parents[at].1.put(Way { path, objects, ids }, value, db);
            }
        }
    }

    /// The id that was asked for.
    fn selected_id(&self) -> Option<String> {
        let found = self.fields.iter().find(|(name, _)| *name == "Id");
        found.map(|(_, value)| value.csv_text())
    }

    fn json(&self, version: &str, dates: Dates) -> Json {
        let mut members = Map::new();
        let mut attributes = json!({ "type": self.object });
        if let Some(id) = self.id {
            let url = format!("/services/data/v{version}/sobjects/{}/{id}", self.real);
            attributes["url"] = json!(url);
        }
        members.insert("attributes".to_owned(), attributes);
        for (name, value) in &self.fields {
            members.insert((*name).to_owned(), json_value(value, dates));
        }
        for (name, parent) in &self.parents {
            let value = if parent.id.is_none() { Json::Null } else { parent.json(version, dates) };
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
        let parents = self.parents.iter().map(|(name, parent)| match parent.id.is_none() {
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

/// A value on its own.
pub fn json_value(value: &Value, dates: Dates) -> Json {
    match (value, dates) {
        (Value::Null, _) => Json::Null,
        (Value::Compound(parts), _) => address(parts, dates),
        (Value::Bool(flag), _) => json!(flag),
        (Value::Int(number), _) => json!(number),
        (Value::Double(number), _) => json!(number),
        (Value::Date(days), Dates::Millis) => json!(days * DAY_MS),
        (Value::DateTime(millis), Dates::Text) => json!(json_time(*millis)),
        (Value::DateTime(millis), _) => json!(millis),
        (Value::Date(_) | Value::Text(_) | Value::Id(_), _) => json!(value.csv_text()),
    }
}

/// What every address has, whether this org knows it or not.
const ADDRESS: [&str; 8] = [
    "city",
    "country",
    "geocodeAccuracy",
    "latitude",
    "longitude",
    "postalCode",
    "state",
    "street",
];

fn address(parts: &[(String, Value)], dates: Dates) -> Json {
    let known = |name: &str| parts.iter().find(|(own, _)| own == name);
    let part = |name: &str| {
        (name.to_owned(), known(name).map_or(Json::Null, |(_, value)| json_value(value, dates)))
    };
    ADDRESS.into_iter().map(part).collect()
}

/// One row as an object.
pub fn object(rows: Rows<'_>, at: usize, version: &str, dates: Dates) -> Json {
    Node::of(rows, at).json(version, dates)
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
        let piece = (from..end.min(from + ROWS_A_PIECE))
            .map(|at| row(at, &Node::of(Rows::from(&found), at)));
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
