//! Data cut into random chunks.

use super::random::Random;

/// How long the longest chunk of a cutting may be: much shorter than a block, about one, and several.
const LONGEST: [usize; 5] = [2, 9, 66, 200, 2000];

/// The bytes in chunks of random lengths, empty ones among them.
pub fn random_cuts<'a>(random: &mut Random, mut bytes: &'a [u8]) -> Vec<&'a [u8]> {
    let longest = *random.pick(&LONGEST);
    let mut chunks = Vec::new();
    while !bytes.is_empty() {
        let (chunk, rest) = bytes.split_at(random.below(longest + 1).min(bytes.len()));
        chunks.push(chunk);
        bytes = rest;
    }
    chunks
}
