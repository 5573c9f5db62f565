//! Which transaction comes next? A set of numbers that gives the smallest or the largest and takes more at any time.

/// One bit for each number, and one for each 64 of these, up to a single word: the next number is a few steps away however far it is.
#[derive(Debug)]
pub(super) struct Agenda {
    levels: Vec<Vec<u64>>,
}

impl Agenda {
    /// An empty set of numbers below `end`.
    pub fn new(end: u32) -> Self {
        let mut levels = Vec::new();
        let mut words = (end as usize).div_ceil(64).max(1);
        loop {
            levels.push(vec![0; words]);
            if words == 1 {
                return Self { levels };
            }
            words = words.div_ceil(64);
        }
    }

    /// Adds a number.
    #[inline]
    pub fn add(&mut self, number: u32) {
        let mut place = number as usize;
        for level in &mut self.levels {
            let Some(word) = level.get_mut(place / 64) else { return };
            let was = *word;
            *word |= 1 << (place % 64);
            if was != 0 {
                return;
            }
            place /= 64;
        }
    }

    /// Takes the smallest number.
    pub fn take_first(&mut self) -> Option<u32> {
        self.take(u64::trailing_zeros)
    }

    /// Takes the largest number.
    pub fn take_last(&mut self) -> Option<u32> {
        self.take(|word| 63 - word.leading_zeros())
    }

    /// The next numbers behind one, as far as they are among the same 64, until there are so many in the list.
    pub fn next_after(&self, number: u32, most: usize, into: &mut Vec<u32>) {
        let word =
            self.levels.first().and_then(|level| level.get(number as usize / 64)).copied().unwrap_or(0);
        let behind = (u64::MAX << (number % 64)) << 1;
        let mut left = word & behind;
        while left != 0 && into.len() < most {
            into.push(number / 64 * 64 + left.trailing_zeros());
            left &= left - 1;
        }
    }

    fn take(&mut self, bit: impl Fn(u64) -> u32) -> Option<u32> {
        let mut place = 0;
        for level in self.levels.iter().rev() {
            let word = level.get(place).copied().filter(|&word| word != 0)?;
            place = place * 64 + bit(word) as usize;
        }
        let found = u32::try_from(place).ok();
        for level in &mut self.levels {
            let word = level.get_mut(place / 64)?;
            *word &= !(1 << (place % 64));
            if *word != 0 {
                break;
            }
            place /= 64;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use interdict_core::random::Random;

    use super::*;

    #[test]
    fn numbers_come_in_order_while_others_are_added() {
        let mut random = Random::new(3, "agenda");
        let (mut agenda, mut expected) = (Agenda::new(300_000), BTreeSet::new());
        for _ in 0..20_000 {
            let number = random.skewed(300_000);
            agenda.add(number);
            expected.insert(number);
            if random.percent(40) {
                assert_eq!(agenda.take_first(), expected.pop_first());
            }
            if random.percent(30) {
                assert_eq!(agenda.take_last(), expected.pop_last());
            }
        }
        while let Some(first) = expected.pop_first() {
            assert_eq!(agenda.take_first(), Some(first));
        }
        assert_eq!(agenda.take_first(), None);
        assert_eq!(Agenda::new(0).take_last(), None);
        [3, 64, 65, 100, 127, 128].into_iter().for_each(|number| agenda.add(number));
        let mut next = vec![64];
        agenda.next_after(64, 3, &mut next);
        assert_eq!(next, [64, 65, 100]);
        agenda.next_after(127, 9, &mut next);
        assert_eq!(next, [64, 65, 100], "128 is of the next 64");
    }
}
