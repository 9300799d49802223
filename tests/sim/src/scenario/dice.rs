//! Choices that a seed makes.

use crate::random::Random;

/// Choices that a seed makes.
pub struct Dice(Random);

impl Dice {
    /// Those of this seed.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        // Seeds that are alike begin alike.
        for _ in 0..4 {
            random.below(2);
        }
        Dice(random)
    }

    /// A number below `limit`; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { self.0.below(limit) }
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True so many times in a thousand.
    pub fn per_mille(&mut self, rate: usize) -> bool {
        self.0.below(1000) < rate
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, rate: usize) -> bool {
        self.per_mille(rate * 10)
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        self.0.pick(items)
    }

    /// A number from 1 to `most` of any size: small ones as often as large ones.
    pub fn any_size(&mut self, most: usize) -> usize {
        let bits = self.between(0, most.ilog2() as usize);
        self.between(1, 1 << bits).min(most)
    }

    /// A number of rows around every limit there is.
    pub fn rows(&mut self, page_size: usize) -> u64 {
        let rows = match self.below(12) {
            0 => 0,
            1 => 1,
            2..=4 => self.around(page_size),
            5 => self.around(2 * page_size),
            6 => self.around(200),
            7 => self.around(400),
            _ => self.any_size(300),
        };
        // Many small pages take long, and show nothing that few do not.
        rows.min(page_size * 12) as u64
    }

    /// This, one less or one more.
    fn around(&mut self, size: usize) -> usize {
        (size + self.below(3)).saturating_sub(1)
    }
}
