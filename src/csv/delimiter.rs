//! The six column delimiters that Bulk API 2.0 knows.

/// What stands between two cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Delimiter {
    /// `` ` ``
    Backquote,
    /// `^`
    Caret,
    /// `,`, the only one that Bulk API 1.0 takes.
    #[default]
    Comma,
    /// `|`
    Pipe,
    /// `;`
    Semicolon,
    /// The tab character.
    Tab,
}

impl Delimiter {
    /// Every delimiter, in the order in which a tie is decided when one is guessed: most common first.
    pub const ALL: [Self; 6] =
        [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe, Self::Caret, Self::Backquote];

    /// The byte that stands in the data.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Backquote => b'`',
            Self::Caret => b'^',
            Self::Comma => b',',
            Self::Pipe => b'|',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// The name that a job's `columnDelimiter` has.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Backquote => "BACKQUOTE",
            Self::Caret => "CARET",
            Self::Comma => "COMMA",
            Self::Pipe => "PIPE",
            Self::Semicolon => "SEMICOLON",
            Self::Tab => "TAB",
        }
    }

    /// The delimiter of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delimiter| delimiter.name() == name)
    }

    /// The delimiter that is that byte.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|delimiter| delimiter.byte() == byte)
    }
}
