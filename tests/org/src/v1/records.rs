//! Rows in XML and JSON.

use serde_json::Value;

use crate::data::{Input, Record};
use crate::wire::xml::{self, Element};

/// Reads `<sObjects>`.
///
/// # Errors
/// What is wrong with the document.
pub fn of_xml(text: &str) -> Result<Vec<Record>, String> {
    let root = xml::parse(text)?;
    let rows = root.children.iter().filter(|child| child.name == "sObject");
    Ok(rows.map(|row| Record { cells: xml_cells(row) }).collect())
}

fn xml_cells(row: &Element) -> Vec<(String, Input)> {
    let fields = row.children.iter().filter(|field| field.name != "type");
    let cells = fields.map(|field| match field.child("sObject") {
        None => vec![(field.name.clone(), element_input(field))],
        Some(parent) => {
            let kind = parent.child("type").map(|kind| kind.text.trim().to_owned());
            let cells = xml_cells(parent).into_iter();
            cells.map(|(name, input)| (related(&kind, &field.name, &name), input)).collect()
        }
    });
    cells.flatten().collect()
}

fn element_input(field: &Element) -> Input {
    match field.text.as_str() {
        _ if field.is_nil() => Input::Null,
        "" => Input::Ignore,
        text => Input::Text(text.to_owned()),
    }
}

/// Reads an array of objects.
///
/// # Errors
/// What is wrong with the document.
pub fn of_json(text: &str) -> Result<Vec<Record>, String> {
    let rows: Vec<serde_json::Map<String, Value>> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(rows.iter().map(of_object).collect())
}

/// Reads one object.
pub fn of_object(row: &serde_json::Map<String, Value>) -> Record {
    Record { cells: json_cells(row) }
}

fn json_cells(row: &serde_json::Map<String, Value>) -> Vec<(String, Input)> {
    row.iter().flat_map(|(name, value)| json_cell(name, value)).collect()
}

fn json_cell(name: &str, value: &Value) -> Vec<(String, Input)> {
    match value {
        Value::Object(parent) => {
            let kind = parent.get("attributes").and_then(|found| found["type"].as_str());
            let kind = kind.map(str::to_owned);
            let fields = parent.iter().filter(|(inner, _)| *inner != "attributes");
            let cells = fields.flat_map(|(inner, value)| json_cell(inner, value));
            cells.map(|(inner, input)| (related(&kind, name, &inner), input)).collect()
        }
        value => vec![(name.to_owned(), json_input(value))],
    }
}

fn json_input(value: &Value) -> Input {
    match value {
        Value::Null => Input::Null,
        Value::String(text) if text.is_empty() => Input::Ignore,
        Value::String(text) => Input::Text(text.clone()),
        other => Input::Text(other.to_string()),
    }
}

/// The CSV head of the same column: `Lead:Who.Email`.
fn related(kind: &Option<String>, relationship: &str, field: &str) -> String {
    let kind = kind.as_ref().map(|kind| format!("{kind}:")).unwrap_or_default();
    format!("{kind}{relationship}.{field}")
}

/// Every column that any row has.
pub fn header(records: &[Record]) -> Vec<String> {
    let mut header: Vec<String> = Vec::new();
    for (name, _) in records.iter().flat_map(|record| &record.cells) {
        if !header.contains(name) {
            header.push(name.clone());
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, value: &str) -> (String, Input) {
        (name.to_owned(), Input::Text(value.to_owned()))
    }

    #[test]
    fn both_formats_mean_the_same() {
        let xml = "<sObjects xmlns='u'><sObject><Name>x</Name><Description xsi:nil='true'/>\
                   <ReportsTo><sObject><Email>a@b.c</Email></sObject></ReportsTo><Who><sObject>\
                   <type>Lead</type><Email>l@x.y</Email></sObject></Who></sObject></sObjects>";
        let json = r#"[{"Name":"x","Description":null,"ReportsTo":{"Email":"a@b.c"},
                        "Who":{"attributes":{"type":"Lead"},"Email":"l@x.y"}}]"#;
        let mut expected = vec![
            text("Name", "x"),
            ("Description".to_owned(), Input::Null),
            text("ReportsTo.Email", "a@b.c"),
            text("Lead:Who.Email", "l@x.y"),
        ];
        expected.sort_by(|a, b| a.0.cmp(&b.0));
        for records in [of_xml(xml).expect("xml"), of_json(json).expect("json")] {
            let mut cells = records.into_iter().next().expect("a record").cells;
            cells.sort_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(cells, expected);
        }
    }

    #[test]
    fn scalars_become_text_and_blanks_are_ignored() {
        let records = of_json(r#"[{"a":1.5,"b":true,"c":""}]"#).expect("json");
        let expected = [text("a", "1.5"), text("b", "true"), ("c".to_owned(), Input::Ignore)];
        assert_eq!(records.first().expect("a record").cells, expected);
    }
}
