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
        self.add_utf8(cell.as_bytes(), false);
        (start, self.units.len())
    }

    /// Adds the content of a cell, doubled quotes made single. None where it is not UTF-8 and that matters.
    pub(crate) fn add_raw(
        &mut self,
        content: &[u8],
        quoted: bool,
        fatal: bool,
    ) -> Option<(usize, usize)> {
        let start = self.units.len();
        if !self.add_utf8(content, quoted) {
            if fatal {
                return None;
            }
            self.add_utf8(String::from_utf8_lossy(content).as_bytes(), quoted);
        }
        Some((start, self.units.len()))
    }

    /// False, and nothing added, where it is not UTF-8. It has at least as many bytes as units.
    #[inline(never)]
    fn add_utf8(&mut self, utf8: &[u8], quoted: bool) -> bool {
        let start = self.units.len();
        self.units.resize(start + utf8.len(), 0);
        let added = to_utf16(utf8, quoted, self.units.get_mut(start..).unwrap_or_default());
        self.units.truncate(start + added.unwrap_or(0));
        added.is_some()
    }
}

/// How many units UTF-8 has become. None where it is none: all is looked at once, for both.
#[inline(always)]
fn to_utf16(mut utf8: &[u8], quoted: bool, room: &mut [u16]) -> Option<usize> {
    let free = room.len();
    let mut places = room.iter_mut();
    loop {
        let unit;
        (unit, utf8) = match *utf8 {
            [] => return Some(free - places.len()),
            // Its double stands right behind it.
            [b'"', ref rest @ ..] if quoted => (0x22, rest.get(1..).unwrap_or_default()),
            [a @ ..0x80, ref rest @ ..] => (u32::from(a), rest),
            [a @ 0xC2..0xE0, b @ 0x80..0xC0, ref rest @ ..] => (joined(a & 0x1F, &[b]), rest),
            [a @ 0xE0..0xF0, b @ 0x80..0xC0, c @ 0x80..0xC0, ref rest @ ..] => {
                let unit = joined(a & 0x0F, &[b, c]);
                if matches!(unit, ..0x800 | 0xD800..0xE000) {
                    return None;
                }
                (unit, rest)
            }
            [a @ 0xF0..0xF5, b @ 0x80..0xC0, c @ 0x80..0xC0, d @ 0x80..0xC0, ref rest @ ..] => {
                let beyond = joined(a & 0x07, &[b, c, d]).wrapping_sub(0x1_0000);
                if beyond > 0xF_FFFF {
                    return None;
                }
                *places.next()? = (0xD800 | beyond >> 10) as u16;
                (0xDC00 | beyond & 0x3FF, rest)
            }
            _ => return None,
        };
        *places.next()? = unit as u16;
    }
}

/// A character of its first byte's bits and of the bytes that follow.
#[inline(always)]
fn joined(first: u8, others: &[u8]) -> u32 {
    others.iter().fold(u32::from(first), |bits, &byte| bits << 6 | u32::from(byte & 0x3F))
}
