//! Where markup begins and ends in XML that comes in chunks.

use super::XmlErrorKind;
use memchr::memchr;

/// Cuts a byte stream into runs of text and pieces of markup. It knows no names and no nesting.
#[derive(Debug, Default)]
pub(super) struct Lexer {
    state: State,
}

/// What the bytes just read were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, or the inside of a CDATA section.
    Text,
    /// Markup that is not complete yet.
    Partial,
    /// The end of `<a>`.
    Start,
    /// The end of `</a>`.
    End,
    /// The end of `<a/>`.
    Empty,
    /// The end of a comment, a CDATA section or a processing instruction.
    Other,
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Text,
    /// Right behind `<`.
    Opened,
    Tag(Tag),
    /// Behind `<!`, and how many bytes of `--` or `[CDATA[` have come.
    Bang(Bang),
    /// Inside a comment, a CDATA section or a processing instruction, and how much of its end has come.
    Until(End, usize),
}

#[derive(Debug, Clone, Copy, Default)]
struct Tag {
    closing: bool,
    /// The quote of the attribute value it is in; 0 outside.
    quote: u8,
    /// The last byte was `/`.
    slash: bool,
}

#[derive(Debug, Clone, Copy)]
enum Bang {
    Nothing,
    Dash,
    CData(usize),
}

#[derive(Debug, Clone, Copy)]
enum End {
    Comment,
    CData,
    Instruction,
}

impl End {
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Comment => b"-->",
            Self::CData => b"]]>",
            Self::Instruction => b"?>",
        }
    }
}

impl Lexer {
    /// Reads on to the next change, and says how many bytes it used and what they were.
    pub fn next(&mut self, bytes: &[u8]) -> Result<(usize, Token), XmlErrorKind> {
        let Some(&first) = bytes.first() else { return Ok((0, Token::Partial)) };
        match self.state {
            State::Text => Ok(self.text(bytes)),
            State::Opened => self.opened(first),
            State::Tag(tag) => Ok(self.tag(tag, bytes)),
            State::Bang(bang) => self.bang(bang, first),
            State::Until(end, seen) => Ok(self.until(end, seen, bytes)),
        }
    }

    fn text(&mut self, bytes: &[u8]) -> (usize, Token) {
        match memchr(b'<', bytes) {
            Some(0) => {
                self.state = State::Opened;
                (1, Token::Partial)
            }
            run => (run.unwrap_or(bytes.len()), Token::Text),
        }
    }

    fn opened(&mut self, byte: u8) -> Result<(usize, Token), XmlErrorKind> {
        self.state = match byte {
            b'!' => State::Bang(Bang::Nothing),
            b'?' => State::Until(End::Instruction, 0),
            b'/' => State::Tag(Tag { closing: true, ..Tag::default() }),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' | 0x80.. => State::Tag(Tag::default()),
            _ => return Err(XmlErrorKind::Malformed),
        };
        Ok((1, Token::Partial))
    }

    fn tag(&mut self, mut tag: Tag, bytes: &[u8]) -> (usize, Token) {
        for (index, &byte) in bytes.iter().enumerate() {
            match byte {
                b'"' | b'\'' if tag.quote == 0 => tag.quote = byte,
                _ if byte == tag.quote => tag.quote = 0,
                b'>' if tag.quote == 0 => {
                    self.state = State::Text;
                    return (index + 1, tag.token());
                }
                _ => {}
            }
            tag.slash = byte == b'/' && tag.quote == 0;
        }
        self.state = State::Tag(tag);
        (bytes.len(), Token::Partial)
    }

    fn bang(&mut self, bang: Bang, byte: u8) -> Result<(usize, Token), XmlErrorKind> {
        const CDATA: &[u8] = b"[CDATA[";
        self.state = match (bang, byte) {
            (Bang::Nothing, b'-') => State::Bang(Bang::Dash),
            (Bang::Dash, b'-') => State::Until(End::Comment, 0),
            (Bang::Nothing, b'[') => State::Bang(Bang::CData(1)),
            (Bang::Nothing, b'D' | b'd') => return Err(XmlErrorKind::Doctype),
            (Bang::CData(seen), _) if CDATA.get(seen) == Some(&byte) => match seen + 1 {
                7 => State::Until(End::CData, 0),
                seen => State::Bang(Bang::CData(seen)),
            },
            _ => return Err(XmlErrorKind::Malformed),
        };
        Ok((1, Token::Partial))
    }

    fn until(&mut self, end: End, mut seen: usize, bytes: &[u8]) -> (usize, Token) {
        let closing = end.bytes();
        for (index, &byte) in bytes.iter().enumerate() {
            seen = match closing.get(seen) {
                Some(&wanted) if wanted == byte => seen + 1,
                // `]]]>`: a further `]` or `-` leaves as much of the end behind as there was.
                _ if seen == 2 && closing.first() == Some(&byte) => 2,
                _ => usize::from(closing.first() == Some(&byte)),
            };
            if seen == closing.len() {
                self.state = State::Text;
                return (index + 1, Token::Other);
            }
        }
        self.state = State::Until(end, seen);
        (bytes.len(), Token::Partial)
    }
}

impl Tag {
    fn token(self) -> Token {
        match (self.closing, self.slash) {
            (true, _) => Token::End,
            (false, true) => Token::Empty,
            (false, false) => Token::Start,
        }
    }
}
