//! How does traced value pass through one transaction? A rule for each strategy, in whole units.
//!
//! A transaction is two lines of the same length: what it takes and what it makes, with the fee last. On the way back the lines change places.

mod ranges;

use crate::strategy::Strategy;
pub(super) use ranges::Ranges;

/// A piece of one of the lines: its whole value, and what is held of it as a number that only the rule understands (0 is nothing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub value: u64,
    pub held: u64,
}

/// A strategy inside one transaction.
pub(super) trait Rule {
    /// What is held where all of a value is.
    fn whole(&mut self, value: u64) -> u64;

    /// How much is held.
    fn amount(&self, held: u64) -> u64;

    /// What is held is no longer needed.
    fn release(&mut self, held: u64);

    /// Moves what is held on one line onto the other. Both are of the same length; the last part of each is what the other has more, and is
    /// served last. What was held is released.
    fn carry(&mut self, from: &mut [Part], onto: &mut [Part]);
}

/// Strategies that need to know only how much of an output is held: poison, haircut, TIHO.
#[derive(Debug)]
pub(super) struct Amounts {
    strategy: Strategy,
    /// What the order goes by, and the place of a part.
    order: Vec<(u64, usize)>,
}

impl Amounts {
    pub fn new(strategy: Strategy) -> Self {
        Self { strategy, order: Vec::new() }
    }

    /// Each part as much as its share of the whole: rounded down, and what is left one by one where most was cut off.
    fn proportionally(&mut self, amount: u64, onto: &mut [Part]) {
        let whole: u64 = onto.iter().map(|part| part.value).sum();
        if amount >= whole {
            return onto.iter_mut().for_each(|part| part.held = part.value);
        }
        let mut left = amount;
        self.order.clear();
        for (place, part) in onto.iter_mut().enumerate() {
            let (share, cut_off) = share(amount, part.value, whole);
            part.held = share;
            left -= share;
            self.order.push((cut_off, place));
        }
        if left == 0 {
            return;
        }
        self.order.sort_unstable_by_key(|&(cut_off, place)| (std::cmp::Reverse(cut_off), place));
        for (_, place) in self.order.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            if let Some(part) = onto.get_mut(*place) {
                part.held += 1;
            }
        }
    }

    /// The largest parts first, the first in order of those that are alike; the last part of all when all others are full.
    fn largest_first(&mut self, amount: u64, onto: &mut [Part]) {
        let last = onto.len().saturating_sub(1);
        self.order.clear();
        self.order.extend(onto.iter().enumerate().map(|(place, part)| (part.value, place)));
        self.order.sort_unstable_by_key(|&(value, place)| (place == last, std::cmp::Reverse(value), place));
        let mut left = amount;
        for (_, place) in &self.order {
            if let Some(part) = onto.get_mut(*place) {
                part.held = left.min(part.value);
                left -= part.held;
            }
        }
    }
}

/// `amount · part / whole`, rounded down, and what is left over.
#[inline]
fn share(amount: u64, part: u64, whole: u64) -> (u64, u64) {
    if let Some(product) = amount.checked_mul(part) {
        return (product / whole, product % whole);
    }
    let product = u128::from(amount) * u128::from(part);
    // No share is above its part, so both fit.
    let share = u64::try_from(product / u128::from(whole)).unwrap_or(u64::MAX);
    (share, amount.wrapping_mul(part).wrapping_sub(share.wrapping_mul(whole)))
}

impl Rule for Amounts {
    fn whole(&mut self, value: u64) -> u64 {
        value
    }

    fn amount(&self, held: u64) -> u64 {
        held
    }

    fn release(&mut self, _: u64) {}

    fn carry(&mut self, from: &mut [Part], onto: &mut [Part]) {
        // The values of a line fit 64 bits together, and no part holds more than its value.
        let amount: u64 = from.iter().map(|part| part.held).sum();
        match self.strategy {
            _ if amount == 0 => {}
            Strategy::Haircut => self.proportionally(amount, onto),
            Strategy::Tiho => self.largest_first(amount, onto),
            Strategy::Poison | Strategy::Fifo | Strategy::Lifo => {
                onto.iter_mut().for_each(|part| part.held = part.value)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn carried(strategy: Strategy, from: &[(u64, u64)], onto: &[u64]) -> Vec<u64> {
        let mut from: Vec<Part> = from.iter().map(|&(value, held)| Part { value, held }).collect();
        let mut onto: Vec<Part> = onto.iter().map(|&value| Part { value, held: 0 }).collect();
        Amounts::new(strategy).carry(&mut from, &mut onto);
        onto.iter().map(|part| part.held).collect()
    }

    #[test]
    fn what_is_cut_off_goes_where_most_was_cut_off() {
        assert_eq!(
            carried(Strategy::Haircut, &[(2, 0), (1, 1)], &[1, 1, 1, 0]),
            [1, 0, 0, 0],
            "alike: the first"
        );
        assert_eq!(
            carried(Strategy::Haircut, &[(100, 10)], &[0, 55, 45, 0]),
            [0, 6, 4, 0],
            "5.5 and 4.5 are alike: the first"
        );
        assert_eq!(carried(Strategy::Haircut, &[(100, 10)], &[26, 74, 0]), [3, 7, 0], "2.6 and 7.4");
    }

    #[test]
    fn the_largest_are_filled_first_and_the_fee_last() {
        assert_eq!(carried(Strategy::Tiho, &[(100, 70)], &[10, 20, 20, 50]), [10, 20, 20, 20]);
        assert_eq!(carried(Strategy::Tiho, &[(100, 30)], &[10, 20, 20, 50]), [0, 20, 10, 0]);
    }

    proptest! {
        #[test]
        fn shares_are_exact(amount in any::<u64>(), part in any::<u64>(), whole in 1_u64..) {
            let (amount, part) = (amount % whole, part % whole);
            let (share, left) = share(amount, part, whole);
            prop_assert_eq!(u128::from(share) * u128::from(whole) + u128::from(left), u128::from(amount) * u128::from(part));
        }

        #[test]
        fn nothing_is_lost(values in prop::collection::vec(0_u64..1 << 40, 1..8), held in 0_u64..1 << 40) {
            let whole: u64 = values.iter().sum();
            let held = held.min(whole);
            for strategy in [Strategy::Haircut, Strategy::Tiho] {
                let onto = carried(strategy, &[(whole, held)], &values);
                prop_assert_eq!(onto.iter().sum::<u64>(), held);
                prop_assert!(onto.iter().zip(&values).all(|(held, value)| held <= value));
            }
        }
    }
}
