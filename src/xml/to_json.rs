//! A record's tree as JSON text.

use super::Element;
use crate::json::quote;

/// A record that a query found: an object of its fields.
pub(super) fn query_record(record: &Element, out: &mut String) {
    let fields = record.children.iter().filter(|field| !matches!(&*field.name, "type" | "Id"));
    out.push('{');
    for (index, field) in id_of(record).into_iter().chain(fields).enumerate() {
        if index > 0 {
            out.push(',');
        }
        quote(&field.name, out);
        out.push(':');
        value(field, out);
    }
    out.push('}');
}

/// The record's Id. A selected one comes twice; one that was not selected comes once, and is nil.
fn id_of(record: &Element) -> Option<&Element> {
    let mut ids = record.children_named("Id");
    let first = ids.next()?;
    let second = ids.next();
    let given = [Some(first), second].into_iter().flatten().find(|id| !id.is_nil());
    given.or(second)
}

/// What became of one record of a batch, as a JSON job would say it.
pub(super) fn result_record(result: &Element, out: &mut String) {
    out.push_str("{\"id\":");
    text_or_null(result.text_of("id").filter(|id| !id.is_empty()), out);
    out.push_str(",\"success\":");
    out.push_str(truth_or_null(result.text_of("success")));
    out.push_str(",\"created\":");
    out.push_str(truth(result.text_of("created")));
    out.push_str(",\"errors\":");
    list(result.children_named("errors"), error, out);
    out.push('}');
}

fn value(field: &Element, out: &mut String) {
    if field.is_nil() {
        out.push_str("null");
    } else if has_type(field, "QueryResult") || field.child("records").is_some() {
        list(field.children_named("records"), query_record, out);
    } else if has_type(field, "sObject") || !field.children.is_empty() {
        query_record(field, out);
    } else {
        quote(&field.text, out);
    }
}

/// Whether `xsi:type` says so, under whatever prefix.
fn has_type(element: &Element, name: &str) -> bool {
    element.attribute("type").and_then(|kind| kind.rsplit(':').next()) == Some(name)
}

fn error(error: &Element, out: &mut String) {
    out.push_str("{\"statusCode\":");
    text_or_null(error.text_of("statusCode"), out);
    out.push_str(",\"message\":");
    text_or_null(error.text_of("message"), out);
    out.push_str(",\"fields\":");
    let fields = error.children_named("fields").filter(|field| !field.is_nil());
    list(fields, |field, out| quote(&field.text, out), out);
    out.push('}');
}

fn list<'a>(
    elements: impl Iterator<Item = &'a Element>,
    write: impl Fn(&Element, &mut String),
    out: &mut String,
) {
    out.push('[');
    for (index, element) in elements.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(element, out);
    }
    out.push(']');
}

fn text_or_null(text: Option<&str>, out: &mut String) {
    match text {
        Some(text) => quote(text, out),
        None => out.push_str("null"),
    }
}

fn truth_or_null(text: Option<&str>) -> &'static str {
    text.map_or("null", |text| truth(Some(text)))
}

fn truth(text: Option<&str>) -> &'static str {
    if matches!(text, Some("true" | "1")) { "true" } else { "false" }
}
