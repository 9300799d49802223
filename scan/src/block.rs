//! Sixty-four bytes as bit masks: bit `n` says whether byte `n` is one of those that matter.

/// As many bytes as a mask has bits.
pub const BLOCK: usize = 64;

/// The block at `at`; where the data ends within it, zeros follow. With it, how many bytes are data.
#[inline]
pub fn load(bytes: &[u8], at: usize) -> ([u8; BLOCK], usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(block) = rest.first_chunk() {
        return (*block, BLOCK);
    }
    let mut block = [0; BLOCK];
    for (slot, &byte) in block.iter_mut().zip(rest) {
        *slot = byte;
    }
    (block, rest.len())
}

/// Bits `0..count`.
#[inline]
pub fn below(count: usize) -> u64 {
    if count >= BLOCK { u64::MAX } else { (1 << count) - 1 }
}

/// Each bit becomes the parity of the bits up to it: between quotes it is one.
#[inline]
pub fn prefix_xor(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ (bits << 32)
}

#[cfg(target_arch = "wasm32")]
mod simd {
    use super::BLOCK;
    use core::arch::wasm32::{i8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128, v128_or};

    /// A block in four vectors.
    #[derive(Clone, Copy)]
    pub struct Lanes([v128; 4]);

    impl Lanes {
        #[inline]
        pub fn new(block: &[u8; BLOCK]) -> Self {
            let (words, _) = block.as_chunks::<8>();
            let word = |at: usize| words.get(at).map_or(0, |word| u64::from_le_bytes(*word));
            Self([0, 2, 4, 6].map(|at| u64x2(word(at), word(at + 1))))
        }

        #[inline]
        pub fn is(self, byte: u8) -> u64 {
            let wanted = u8x16_splat(byte);
            gather(self.0.map(|lane| u8x16_eq(lane, wanted)))
        }

        #[inline]
        pub fn either(self, one: u8, other: u8) -> u64 {
            let (one, other) = (u8x16_splat(one), u8x16_splat(other));
            gather(self.0.map(|lane| v128_or(u8x16_eq(lane, one), u8x16_eq(lane, other))))
        }

        #[inline]
        pub fn high(self) -> u64 {
            gather(self.0)
        }
    }

    /// The highest bit of each byte.
    #[inline]
    fn gather([a, b, c, d]: [v128; 4]) -> u64 {
        let low = u64::from(i8x16_bitmask(a)) | u64::from(i8x16_bitmask(b)) << 16;
        let high = u64::from(i8x16_bitmask(c)) | u64::from(i8x16_bitmask(d)) << 16;
        low | high << 32
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod portable {
    use super::BLOCK;

    /// The same, a byte at a time: for tests, and for machines without vectors of this kind.
    #[derive(Clone, Copy)]
    pub struct Lanes<'a>(&'a [u8; BLOCK]);

    impl<'a> Lanes<'a> {
        pub fn new(block: &'a [u8; BLOCK]) -> Self {
            Self(block)
        }

        pub fn is(self, byte: u8) -> u64 {
            self.mask(|found| found == byte)
        }

        pub fn either(self, one: u8, other: u8) -> u64 {
            self.mask(|found| found == one || found == other)
        }

        pub fn high(self) -> u64 {
            self.mask(|found| found >= 0x80)
        }

        fn mask(self, wanted: impl Fn(u8) -> bool) -> u64 {
            let bits = self.0.iter().enumerate();
            bits.fold(0, |mask, (at, &byte)| mask | u64::from(wanted(byte)) << at)
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use portable::Lanes;
#[cfg(target_arch = "wasm32")]
pub use simd::Lanes;
