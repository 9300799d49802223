//! Text on its way out of XML.

use std::borrow::Cow;

use memchr::memchr2;

use super::XmlErrorKind;
use crate::text::{replace, split_at};

/// What a text stands for: references resolved, and every line end a line feed (XML 1.0, 2.11 and 4.6).
///
/// # Errors
///
/// [`XmlErrorKind::Entity`] for a reference to what XML does not define of itself.
pub(super) fn unescape(text: &str) -> Result<Cow<'_, str>, XmlErrorKind> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = memchr2(b'&', b'\r', rest.as_bytes()) {
        let (before, special) = split_at(rest, at);
        out.push_str(before);
        rest = match special.strip_prefix('\r') {
            Some(next) => {
                out.push('\n');
                next.strip_prefix('\n').unwrap_or(next)
            }
            None => {
                let (name, next) = special.split_once(';').ok_or(XmlErrorKind::Entity)?;
                out.push(referred(name).ok_or(XmlErrorKind::Entity)?);
                next
            }
        };
    }
    if out.is_empty() && rest.len() == text.len() {
        return Ok(Cow::Borrowed(text));
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The line ends of text in which nothing else is special: a CDATA section's.
pub(super) fn with_line_feeds(text: &str) -> String {
    replace(&replace(text, "\r\n", "\n"), "\r", "\n")
}

/// The character that `&name` refers to.
fn referred(name: &str) -> Option<char> {
    match name {
        "&amp" => Some('&'),
        "&lt" => Some('<'),
        "&gt" => Some('>'),
        "&quot" => Some('"'),
        "&apos" => Some('\''),
        _ => {
            let number = name.strip_prefix("&#")?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|char| *char != '\0')
        }
    }
}
