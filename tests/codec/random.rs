//! Numbers that look random and are the same in every run.

/// An xorshift generator.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Up to `limit` of the pieces, in any order, one after another.
    pub fn document(&mut self, pieces: &[&[u8]], limit: usize) -> Vec<u8> {
        (0..self.below(limit + 1)).flat_map(|_| self.pick(pieces).to_vec()).collect()
    }
}
