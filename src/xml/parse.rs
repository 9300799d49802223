//! Bytes to a tree.

use super::{Element, XmlError, XmlErrorKind};
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// The list of the 15,000 batches that an org may make in a day has 11 MB.
pub const MAX_BYTES: usize = 16 << 20;
/// Elements and attributes: that list has 210,000.
pub const MAX_NODES: usize = 400_000;
/// Attributes of one element, which are compared with each other.
const MAX_ATTRIBUTES: usize = 32;
/// A tree is walked and dropped by recursion, so its depth must have a limit.
pub(super) const MAX_DEPTH: usize = 64;

/// Reads a whole document.
///
/// # Errors
///
/// Where it is not well-formed, or larger or deeper than any answer of Salesforce's.
pub fn parse(bytes: &[u8]) -> Result<Element, XmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(XmlError::new(XmlErrorKind::TooLong { limit: MAX_BYTES }, 0));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| XmlError::new(XmlErrorKind::InvalidUtf8, error.valid_up_to() as u64))?;
    parse_text(text)
}

/// [`parse`] for text already known to be short enough.
pub(super) fn parse_text(text: &str) -> Result<Element, XmlError> {
    let mut reader = Reader::from_str(text);
    let mut tree = Tree::default();
    loop {
        let event = reader.read_event().map_err(|error| {
            let at_end = reader.buffer_position() == text.len() as u64;
            XmlError::new(fault(&error, at_end), reader.error_position())
        })?;
        let at_end = matches!(event, Event::Eof);
        let byte = reader.buffer_position();
        tree.event(event).map_err(|kind| XmlError::new(kind, byte))?;
        if at_end {
            return tree.root.ok_or(XmlError::new(XmlErrorKind::Cut, byte));
        }
    }
}

/// What the reader means. A syntax error at the end is markup that is not closed.
fn fault(error: &quick_xml::Error, at_end: bool) -> XmlErrorKind {
    match error {
        quick_xml::Error::Syntax(_) if at_end => XmlErrorKind::Cut,
        _ => XmlErrorKind::Malformed,
    }
}

/// The tree in the making.
#[derive(Default)]
struct Tree {
    /// The elements that are open, the outermost first.
    open: Vec<OpenElement>,
    root: Option<Element>,
    /// How many elements and attributes it has.
    nodes: usize,
}

/// An element whose end has not come.
#[derive(Default)]
struct OpenElement {
    name: Box<str>,
    attributes: Box<[Attribute]>,
    text: String,
    children: Vec<Element>,
}

/// A local name and its value.
type Attribute = (Box<str>, Box<str>);

impl Tree {
    fn event(&mut self, event: Event<'_>) -> Result<(), XmlErrorKind> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => self.start(&tag).and_then(|()| self.end()),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(_) => Err(XmlErrorKind::Doctype),
            Event::Eof if !self.open.is_empty() => Err(XmlErrorKind::Cut),
            Event::Eof | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), XmlErrorKind> {
        if self.root.is_some() {
            return Err(XmlErrorKind::Malformed);
        }
        if self.open.len() == MAX_DEPTH {
            return Err(XmlErrorKind::TooDeep { limit: MAX_DEPTH });
        }
        let attributes = attributes(tag)?;
        self.nodes += 1 + attributes.len();
        if self.nodes > MAX_NODES {
            return Err(XmlErrorKind::TooManyNodes { limit: MAX_NODES });
        }
        let name = tag.local_name().into_inner().into();
        self.open.push(OpenElement { name, attributes, ..OpenElement::default() });
        Ok(())
    }

    fn end(&mut self) -> Result<(), XmlErrorKind> {
        let OpenElement { name, attributes, text, children } =
            self.open.pop().ok_or(XmlErrorKind::Malformed)?;
        let (text, children) = (text.into(), children.into());
        let element = Element { name, attributes, text, children };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlErrorKind> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err(XmlErrorKind::Malformed),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), XmlErrorKind> {
        match reference.resolve_char_ref() {
            Ok(Some(char)) => self.text(char.encode_utf8(&mut [0; 4])),
            Ok(None) => self.text(resolve_xml_entity(reference).ok_or(XmlErrorKind::Entity)?),
            Err(_) => Err(XmlErrorKind::Entity),
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> Result<Box<[Attribute]>, XmlErrorKind> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut rest = tag.attributes_raw().trim_ascii();
    while !rest.is_empty() {
        let (name, value, tail) = first_attribute(rest).ok_or(XmlErrorKind::Malformed)?;
        let value = unescape(value).map_err(|_| XmlErrorKind::Entity)?;
        if !name.starts_with("xmlns") {
            let local = name.rsplit(':').next().unwrap_or(name);
            if attributes.iter().any(|(known, _)| &**known == local) {
                return Err(XmlErrorKind::Malformed);
            }
            if attributes.len() == MAX_ATTRIBUTES {
                return Err(XmlErrorKind::TooManyAttributes { limit: MAX_ATTRIBUTES });
            }
            attributes.push((local.into(), value.into()));
        }
        rest = tail.trim_ascii_start();
    }
    Ok(attributes.into())
}

/// The first attribute: its name, its value, and what follows. Salesforce's documents have two that matter, `nil`
/// and `type`; the library's own iterator looks for duplicates with a hash table, at five kilobytes.
fn first_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let rest = rest.trim_ascii_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, tail) = rest.get(1..)?.split_once(quote)?;
    Some((name.trim_ascii_end(), value, tail))
}
