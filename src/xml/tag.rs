//! One start tag.

use super::XmlErrorKind;
use super::element::Attribute;
use super::unescape::unescape;
use crate::text::split_at;

/// Attributes of one element, which are compared with each other.
const MAX_ATTRIBUTES: usize = 32;

/// The tag that opens an element.
pub(super) struct Tag<'a> {
    /// Its name, with its prefix.
    pub name: &'a str,
    /// Its attributes by local name, `xmlns` declarations left out.
    pub attributes: Box<[Attribute]>,
}

impl<'a> Tag<'a> {
    /// Reads `<name attribute="value">` or `<name/>`.
    ///
    /// # Errors
    ///
    /// Where the attributes are none, too many, or two of one name.
    pub fn read(markup: &'a str) -> Result<Self, XmlErrorKind> {
        let inside = markup.strip_prefix('<').and_then(|markup| markup.strip_suffix('>'));
        let inside = inside.ok_or(XmlErrorKind::Malformed)?;
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let end = inside.find(|char: char| char.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, rest) = split_at(inside, end);
        if !is_name(name) {
            return Err(XmlErrorKind::Malformed);
        }
        Ok(Tag { name, attributes: attributes(rest.trim_ascii())? })
    }

    /// Its name without the prefix.
    pub fn local_name(&self) -> &'a str {
        local(self.name)
    }
}

fn is_name(name: &str) -> bool {
    name.split(':').all(is_local_name)
}

/// Whether this is a name without a prefix. Of letters beyond ASCII all are let through.
pub(super) fn is_local_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80;
    name.bytes().next().is_some_and(letter)
        && name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit() || b"-.".contains(&byte))
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn attributes(mut rest: &str) -> Result<Box<[Attribute]>, XmlErrorKind> {
    let mut attributes: Vec<Attribute> = Vec::new();
    while !rest.is_empty() {
        let (name, value, tail) = first_attribute(rest).ok_or(XmlErrorKind::Malformed)?;
        let value = unescape(value)?;
        if !name.starts_with("xmlns") {
            let name = local(name);
            if attributes.iter().any(|(known, _)| &**known == name) {
                return Err(XmlErrorKind::Malformed);
            }
            if attributes.len() == MAX_ATTRIBUTES {
                return Err(XmlErrorKind::TooManyAttributes { limit: MAX_ATTRIBUTES });
            }
            attributes.push((name.into(), value.into()));
        }
        rest = tail.trim_ascii_start();
    }
    Ok(attributes.into())
}

/// The first attribute: its name, its value, and what follows.
fn first_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let name = name.trim_ascii_end();
    let rest = rest.trim_ascii_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, tail) = rest.get(1..)?.split_once(quote)?;
    is_name(name).then_some((name, value, tail))
}
