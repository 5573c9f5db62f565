//! Chance that is the same on every machine: SplitMix64, seeded by a number.
//!
//! The generator is the one of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), with the
//! constants of that paper.

/// A stream of pseudorandom numbers.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let mut stream = Self { state: seed };
        stream.state = stream.next();
        stream
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        let product = u128::from(self.next()) * u128::from(n);
        u32::try_from(product >> 64).unwrap_or(0)
    }

    /// A number below `n`, small ones far more often: each half of what is left comes up as often as the other.
    pub fn skewed(&mut self, n: u32) -> u32 {
        let halvings = self.below(n.checked_ilog2().map_or(1, |log| log + 1));
        self.below((n >> halvings).max(1))
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.below(100) < of_hundred
    }

    /// One of the items.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(u32::try_from(items.len()).unwrap_or(u32::MAX)) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_paper() {
        // The first numbers of SplitMix64 from the state 1234567, as published with the reference code.
        let mut random = Random { state: 1_234_567 };
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn skewed_numbers_are_small_and_reach_the_end() {
        let mut random = Random::new(7);
        let drawn: Vec<u32> = (0..10_000).map(|_| random.skewed(1_000)).collect();
        let small = drawn.iter().filter(|&&number| number < 100).count();
        assert!((5_000..9_000).contains(&small), "{small}");
        assert!(drawn.iter().all(|&number| number < 1_000) && drawn.iter().any(|&number| number > 900));
        assert_eq!(random.skewed(0), 0);
    }
}
