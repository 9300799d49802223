//! Where a JSON object or list ends.

use crate::block::{BLOCK, Lanes, load, prefix_xor};

/// How deep in objects and lists the bytes are, and whether in a string.
#[derive(Debug, Clone, Default)]
pub struct Nesting {
    depth: u32,
    /// All ones within a string.
    inside: u64,
    /// The first byte of the next block is escaped.
    escaped: u64,
}

/// The marks of a block, outside of strings.
struct Brackets {
    opening: u64,
    closing: u64,
}

impl Nesting {
    /// Goes on to the end of the outermost object or list. Gives how many of the bytes that takes, the last bracket
    /// included; none where it takes more than these.
    pub fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            let (block, count) = load(bytes, at);
            let brackets = self.brackets(&block, count);
            if let Some(bit) = self.descend(&brackets) {
                *self = Self::default();
                return Some(at + bit + 1);
            }
            at += count;
        }
        None
    }

    #[inline]
    fn brackets(&mut self, block: &[u8; BLOCK], count: usize) -> Brackets {
        let lanes = Lanes::new(block);
        let escaped = self.escapes(lanes.is(b'\\'), count);
        let inside = prefix_xor(lanes.is(b'"') & !escaped) ^ self.inside;
        self.inside = ((inside as i64) >> 63) as u64;
        Brackets {
            opening: lanes.either(b'{', b'[') & !inside,
            closing: lanes.either(b'}', b']') & !inside,
        }
    }

    /// The bytes that a backslash stands before. There are few, so they are taken one by one.
    #[inline]
    fn escapes(&mut self, mut backslashes: u64, count: usize) -> u64 {
        let mut escaped = std::mem::take(&mut self.escaped);
        backslashes &= !escaped;
        while backslashes != 0 {
            let lowest = backslashes & backslashes.wrapping_neg();
            backslashes ^= lowest;
            let next = lowest.trailing_zeros() as usize + 1;
            if next >= count {
                self.escaped = 1;
            } else {
                escaped |= lowest << 1;
                backslashes &= !(lowest << 1);
            }
        }
        escaped
    }

    /// The bit of the bracket that closes the outermost.
    #[inline]
    fn descend(&mut self, brackets: &Brackets) -> Option<usize> {
        let (opened, closed) = (brackets.opening.count_ones(), brackets.closing.count_ones());
        if closed < self.depth {
            self.depth = self.depth + opened - closed;
            return None;
        }
        let mut rest = brackets.opening | brackets.closing;
        while rest != 0 {
            let lowest = rest & rest.wrapping_neg();
            rest ^= lowest;
            if brackets.opening & lowest != 0 {
                self.depth += 1;
            } else if self.depth <= 1 {
                return Some(lowest.trailing_zeros() as usize);
            } else {
                self.depth -= 1;
            }
        }
        None
    }
}
