//! Chance that is the same on every machine: SplitMix64, seeded by a number and a label.
//!
//! The generator is the one of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), with the
//! constants of that paper. Who draws for several purposes takes a stream for each, so that a new purpose changes no other.

/// A stream of pseudorandom numbers.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of a seed and a label. Other labels give streams that have nothing to do with each other.
    pub fn new(seed: u64, label: &str) -> Self {
        // FNV-1a, so that near labels start far apart.
        let start = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut stream = Self { state: seed ^ start };
        stream.state = stream.next();
        stream
    }

    /// The next number.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let product = u128::from(self.next()) * (n as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// The same for numbers of 32 bits.
    pub fn below_u32(&mut self, n: u32) -> u32 {
        u32::try_from(self.below(n as usize)).unwrap_or(0)
    }

    /// A number below `n`, small ones far more often: each half of what is left comes up as often as the other.
    pub fn skewed(&mut self, n: u32) -> u32 {
        let halvings = self.below_u32(n.checked_ilog2().map_or(1, |log| log + 1));
        self.below_u32((n >> halvings).max(1))
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.below_u32(100) < of_hundred
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of the items.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Brings the items into an order of chance.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for idx in (1..items.len()).rev() {
            items.swap(idx, self.below(idx + 1));
        }
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
        let mut random = Random::new(7, "skewed");
        let drawn: Vec<u32> = (0..10_000).map(|_| random.skewed(1_000)).collect();
        let small = drawn.iter().filter(|&&number| number < 100).count();
        assert!((5_000..9_000).contains(&small), "{small}");
        assert!(drawn.iter().all(|&number| number < 1_000) && drawn.iter().any(|&number| number > 900));
        assert_eq!(random.skewed(0), 0);
    }

    #[test]
    fn labels_and_seeds_make_streams() {
        let first = |seed, label| Random::new(seed, label).next();
        assert_eq!(first(1, "a"), first(1, "a"));
        assert_ne!(first(1, "a"), first(1, "b"));
        assert_ne!(first(1, "a"), first(2, "a"));
    }

    #[test]
    fn every_number_below_the_bound_comes_up_evenly() {
        let mut random = Random::new(7, "even");
        let mut counts = [0_u32; 5];
        for _ in 0..5_000 {
            counts[random.below(5)] += 1;
        }
        assert!(counts.iter().all(|&n| (900..1_100).contains(&n)), "{counts:?}");
        assert_eq!(random.below(0), 0);
    }
}
