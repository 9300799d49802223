//! XML: a small tree for reading and escaping for writing.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// An element; namespaces are dropped, since clients choose any prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// The local name.
    pub name: String,
    /// Attributes by local name.
    pub attributes: Vec<(String, String)>,
    /// The elements inside.
    pub children: Vec<Element>,
    /// The text directly inside.
    pub text: String,
}

impl Element {
    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first element of that name at any depth.
    pub fn descendant(&self, name: &str) -> Option<&Element> {
        if self.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.descendant(name))
    }

    /// Whether `xsi:nil="true"` stands on it.
    pub fn is_nil(&self) -> bool {
        self.attributes.iter().any(|(name, value)| name == "nil" && value == "true")
    }
}

/// Reads a document.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => add(&mut open, element(&start)?),
            Event::End(_) => close(&mut open),
            Event::Text(text) => append(&mut open, &text.xml10_content()),
            Event::CData(data) => append(&mut open, &data),
            Event::GeneralRef(entity) => append(&mut open, &resolve(&entity)?),
            Event::Eof => break,
            _ => {}
        }
    }
    if open.len() > 1 {
        return Err("XML document structures must start and end within the same entity.".into());
    }
    let document = open.pop().unwrap_or_default();
    document.children.into_iter().next().ok_or_else(|| "Premature end of file.".into())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut found = Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = attribute.key.local_name().as_ref().to_owned();
        found.attributes.push((name, attribute.value.into_owned()));
    }
    Ok(found)
}

fn add(open: &mut [Element], child: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn append(open: &mut [Element], text: &str) {
    if let Some(parent) = open.last_mut() {
        parent.text.push_str(text);
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(child) = open.pop() {
        add(open, child);
    }
}

fn resolve(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Some(char) = entity.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(char.into());
    }
    let name: &str = entity;
    let known = resolve_predefined_entity(name).map(str::to_owned);
    known.ok_or_else(|| format!("The entity \"{name}\" was referenced, but not declared."))
}

/// Text made safe inside an element.
///
/// XML 1.0 has no place for most control characters, not even as references, so they are dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(char),
            char if char < ' ' => {}
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_prefix_and_every_kind_of_text_is_read() {
        let cases = [
            ("<a>x</a>", "x"),
            ("<n:a xmlns:n='u'>x</n:a>", "x"),
            ("<?xml version='1.0'?><a>t&amp;j &#x1F600;</a>", "t&j \u{1F600}"),
            ("<a><![CDATA[<b>]]></a>", "<b>"),
            ("<a> y </a>", " y "),
        ];
        for (text, expected) in cases {
            let root = parse(text).expect(text);
            assert_eq!((root.name.as_str(), root.text.as_str()), ("a", expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_xml_is_refused() {
        for text in ["", "{}", "<a>", "<a></b>", "<a>&nope;</a>"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nil_is_seen_only_when_true() {
        for (text, nil) in [("<a xsi:nil='true'/>", true), ("<a xsi:nil='false'/>", false)] {
            assert_eq!(parse(text).expect(text).is_nil(), nil, "{text}");
        }
    }
}
