//! Documents of random pieces.

use super::random::Random;

/// Up to `limit` of the pieces, in any order, one after another.
pub fn random_document(random: &mut Random, pieces: &[&[u8]], limit: usize) -> Vec<u8> {
    (0..random.below(limit + 1)).flat_map(|_| random.pick(pieces).to_vec()).collect()
}
