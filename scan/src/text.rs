//! Text that is not ASCII, and the counting of UTF-16 units.

/// How many UTF-16 units UTF-8 has: one a character, two for those of four bytes.
pub fn utf16_len(utf8: &[u8]) -> usize {
    let starts = utf8.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    let pairs = utf8.iter().filter(|&&byte| byte >= 0xF0).count();
    starts + pairs
}

/// Makes ASCII of all bytes, so that they may be decoded as such: what was none is not looked at any more.
#[inline(never)]
pub fn blank_non_ascii(bytes: &mut [u8]) {
    for byte in bytes {
        *byte &= 0x7F;
    }
}

/// Makes room for so many bytes at the end, and gives it.
#[inline(never)]
pub fn grow(buffer: &mut Vec<u8>, by: usize) -> &mut [u8] {
    let old = buffer.len();
    buffer.resize(old + by, 0);
    buffer.get_mut(old..).unwrap_or_default()
}

/// The cells that are no slices of the data: those with characters beyond ASCII, or with doubled quotes.
///
/// They are kept in UTF-16, because JavaScript takes that as it is: it would need several times as long to decode UTF-8.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wide {
    /// Their texts, one after another.
    pub units: Vec<u16>,
}

impl Wide {
    /// Adds a cell, and gives where it begins and ends.
    pub fn add(&mut self, cell: &str) -> (usize, usize) {
        let start = self.units.len();
        self.units.extend(cell.encode_utf16());
        (start, self.units.len())
    }

    /// Adds the content of a cell, doubled quotes made single. None where it is not UTF-8 and that matters.
    pub(crate) fn add_raw(
        &mut self,
        content: &[u8],
        quoted: bool,
        fatal: bool,
    ) -> Option<(usize, usize)> {
        match str::from_utf8(content) {
            Ok(text) => Some(self.add_content(text, quoted)),
            Err(_) if fatal => None,
            Err(_) => Some(self.add_content(&String::from_utf8_lossy(content), quoted)),
        }
    }

    fn add_content(&mut self, content: &str, quoted: bool) -> (usize, usize) {
        let start = self.units.len();
        let mut rest = content;
        while let Some(quote) = rest.bytes().position(|byte| byte == b'"').filter(|_| quoted) {
            // Its double stands right behind it.
            self.add(rest.get(..=quote).unwrap_or_default());
            rest = rest.get(quote + 2..).unwrap_or_default();
        }
        self.add(rest);
        (start, self.units.len())
    }
}
