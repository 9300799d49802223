//! The two record ends that Bulk API 2.0 knows.

/// What ends a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LineEnding {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    Crlf,
}

impl LineEnding {
    /// The bytes that stand in the data.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Lf => b"\n",
            Self::Crlf => b"\r\n",
        }
    }

    /// The name that a job's `lineEnding` has.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lf => "LF",
            Self::Crlf => "CRLF",
        }
    }

    /// The line ending of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Lf, Self::Crlf].into_iter().find(|ending| ending.name() == name)
    }
}
