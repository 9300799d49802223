//! Bytes to a tree.

use super::lexer::{Lexer, Token};
use super::tag::Tag;
use super::unescape::{unescape, with_line_feeds};
use super::{Element, XmlError, XmlErrorKind};

/// The list of the 15,000 batches that an org may make in a day has 11 MB.
pub const MAX_BYTES: usize = 16 << 20;
/// Elements and attributes: that list has 210,000.
pub const MAX_NODES: usize = 400_000;
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
    let mut lexer = Lexer::default();
    let mut tree = Tree::default();
    // Where the markup begins that is being read, and how far that is.
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let fault = |kind, at| XmlError::new(kind, at as u64);
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let (used, token) = lexer.next(rest).map_err(|kind| fault(kind, at))?;
        at += used;
        if token == Token::Partial {
            continue;
        }
        let piece = text.get(from..at).unwrap_or_default();
        tree.piece(token, piece).map_err(|kind| fault(kind, from))?;
        from = at;
    }
    let root = tree.root.filter(|_| from == at);
    root.ok_or(XmlError::new(XmlErrorKind::Cut, at as u64))
}

/// The tree in the making.
#[derive(Default)]
struct Tree<'a> {
    /// The elements that are open, the outermost first.
    open: Vec<OpenElement<'a>>,
    root: Option<Element>,
    /// How many elements and attributes it has.
    nodes: usize,
}

/// An element whose end has not come.
struct OpenElement<'a> {
    tag: Tag<'a>,
    text: String,
    children: Vec<Element>,
}

impl<'a> Tree<'a> {
    fn piece(&mut self, token: Token, piece: &'a str) -> Result<(), XmlErrorKind> {
        match token {
            Token::Text => self.text(&unescape(piece)?),
            Token::Start => self.start(piece),
            Token::Empty => {
                self.start(piece)?;
                self.close()
            }
            Token::End => self.end(piece),
            Token::Other => match cdata(piece) {
                Some(text) => self.text(&with_line_feeds(text)),
                None => Ok(()),
            },
            Token::Partial => Ok(()),
        }
    }

    fn start(&mut self, markup: &'a str) -> Result<(), XmlErrorKind> {
        if self.root.is_some() {
            return Err(XmlErrorKind::Malformed);
        }
        if self.open.len() == MAX_DEPTH {
            return Err(XmlErrorKind::TooDeep { limit: MAX_DEPTH });
        }
        let tag = Tag::read(markup)?;
        self.nodes += 1 + tag.attributes.len();
        if self.nodes > MAX_NODES {
            return Err(XmlErrorKind::TooManyNodes { limit: MAX_NODES });
        }
        self.open.push(OpenElement { tag, text: String::new(), children: Vec::new() });
        Ok(())
    }

    fn end(&mut self, markup: &str) -> Result<(), XmlErrorKind> {
        let name = markup.strip_prefix("</").and_then(|rest| rest.strip_suffix('>'));
        match self.open.last() {
            Some(element) if name.map(str::trim_ascii_end) == Some(element.tag.name) => {
                self.close()
            }
            _ => Err(XmlErrorKind::Malformed),
        }
    }

    fn close(&mut self) -> Result<(), XmlErrorKind> {
        let OpenElement { tag, text, children } = self.open.pop().ok_or(XmlErrorKind::Malformed)?;
        let (name, attributes) = (tag.local_name().into(), tag.attributes);
        let element = Element { name, attributes, text: text.into(), children: children.into() };
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
}

fn cdata(markup: &str) -> Option<&str> {
    markup.strip_prefix("<![CDATA[")?.strip_suffix("]]>")
}
