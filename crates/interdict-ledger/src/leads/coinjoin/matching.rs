//! Does every participant of a CoinJoin with equal outputs pay for what that participant gets? A search for each one's inputs.
//!
//! A participant gets an equal output and perhaps change, and puts in as much, less what is earned or plus what is paid as a fee. Where
//! one party pays several others, inputs do not fall into such sums: that tells payouts of equal amounts from CoinJoins. BlockSci
//! searches in the same way, but only asks whether inputs are enough.

use std::collections::BTreeMap;

use super::CoinJoinRules;
use crate::leads::transaction::Coin;
use crate::outputs::NO_ADDRESS;

/// Most addresses whose inputs are searched; above, the search is given up at once.
const PAYERS_MAX: usize = 64;

/// What the search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Every participant's inputs pay for that participant's outputs.
    Exact,
    /// They do, but so many inputs would do so by chance too.
    ByChance,
    /// There is no such way to share out the inputs.
    None,
    /// The search took too many steps.
    GivenUp,
}

/// What goes in by address, and what comes out by participant, in value.
#[derive(Debug)]
pub struct Participants {
    inputs: Vec<u64>,
    goals: Vec<u64>,
    fee: u64,
    denomination: u64,
}

impl Participants {
    /// Of a transaction. Inputs at one address are one party's.
    pub fn of(inputs: &[Coin], outputs: &[Coin], denomination: u64) -> Self {
        let mut by_address: BTreeMap<u32, u64> = BTreeMap::new();
        for input in inputs {
            let sum = by_address.entry(input.address).or_default();
            *sum = sum.saturating_add(input.value);
        }
        let mut paid: Vec<u64> = by_address.into_values().collect();
        paid.sort_unstable_by(|one, other| other.cmp(one));
        let outputs = || outputs.iter().filter(|output| output.address != NO_ADDRESS);
        let equal = outputs().filter(|output| output.value == denomination).count();
        let mut goals: Vec<u64> = outputs()
            .filter(|output| output.value != denomination)
            .map(|output| output.value.saturating_add(denomination))
            .collect();
        goals.resize(equal.max(goals.len()), denomination);
        let total = |values: &[u64]| values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
        let fee = total(&paid).saturating_sub(total(&goals));
        Self { inputs: paid, goals, fee, denomination }
    }

    /// Searches. Each participant pays or earns up to some thousandths of the denomination; one of them or all pay the fee of the
    /// transaction.
    pub fn matched(&self, rules: &CoinJoinRules) -> Match {
        if self.inputs.len() > PAYERS_MAX || self.goals.len() > PAYERS_MAX || self.goals.is_empty() {
            return Match::GivenUp;
        }
        let share = self.share(rules);
        let least = self.goals.iter().map(|goal| i128::from(goal.saturating_sub(share))).collect();
        let most = self
            .goals
            .iter()
            .map(|goal| i128::from(goal.saturating_add(share).saturating_add(self.fee)))
            .collect();
        let mut search = Search { least, most, steps: rules.match_steps };
        match search.place(&self.inputs) {
            Match::Exact if !self.tells(share) => Match::ByChance,
            found => found,
        }
    }

    /// What a participant may pay or earn.
    fn share(&self, rules: &CoinJoinRules) -> u64 {
        self.denomination.saturating_mul(rules.fee_permille) / 1_000
    }

    /// Whether inputs of any values would rarely match: there are as many ways to share them out as participants to the power of inputs, and
    /// each but the last participant is met by so much of the whole as fees leave open. Once in 64 is rare; counted in halvings.
    fn tells(&self, share: u64) -> bool {
        let whole: u128 = self.inputs.iter().map(|value| u128::from(*value)).sum();
        let open = u128::from(share) * 2 + u128::from(self.fee) + 1;
        let ways = self.inputs.len() * self.goals.len().next_power_of_two().ilog2() as usize;
        let halvings = (whole / open).checked_ilog2().unwrap_or(0) as usize;
        ways + 6 <= (self.goals.len() - 1) * halvings
    }
}

/// What each participant still has to pay at least, and may pay at most.
struct Search {
    least: Vec<i128>,
    most: Vec<i128>,
    steps: u32,
}

impl Search {
    /// Gives the largest input to each participant in turn, and the others to whoever is left to pay.
    fn place(&mut self, inputs: &[u64]) -> Match {
        let Some((&value, smaller)) = inputs.split_first() else {
            return if self.least.iter().all(|least| *least <= 0) { Match::Exact } else { Match::None };
        };
        let missing: i128 = self.least.iter().map(|least| (*least).max(0)).sum();
        let left: i128 = inputs.iter().map(|value| i128::from(*value)).sum();
        if missing > left {
            return Match::None;
        }
        if self.steps == 0 {
            return Match::GivenUp;
        }
        self.steps -= 1;
        let value = i128::from(value);
        let mut tried: Vec<(i128, i128)> = Vec::new();
        let mut given_up = false;
        for participant in 0..self.least.len() {
            let now = (self.least[participant], self.most[participant]);
            if value > now.1 || tried.contains(&now) {
                continue;
            }
            tried.push(now);
            (self.least[participant], self.most[participant]) = (now.0 - value, now.1 - value);
            match self.place(smaller) {
                Match::Exact => return Match::Exact,
                Match::GivenUp => given_up = true,
                Match::None | Match::ByChance => {}
            }
            (self.least[participant], self.most[participant]) = now;
            if given_up {
                break;
            }
        }
        if given_up { Match::GivenUp } else { Match::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coins(values: &[u64], first_address: u32) -> Vec<Coin> {
        (first_address..).zip(values).map(|(address, value)| Coin { address, value: *value }).collect()
    }

    fn matched(inputs: &[u64], outputs: &[u64], denomination: u64) -> Match {
        Participants::of(&coins(inputs, 0), &coins(outputs, 1_000), denomination)
            .matched(&CoinJoinRules::default())
    }

    #[test]
    fn inputs_that_fall_into_what_each_gets_match() {
        // The taker pays 3,000 in fees, the makers earn 1,000 each; one maker needs two inputs.
        let inputs = [6_003_000, 2_499_000, 900_000, 1_099_000];
        assert_eq!(
            matched(
                &inputs,
                &[1_000_000, 1_000_000, 1_000_000, 5_000_000, 1_500_000, 1_000_010 - 10_000],
                1_000_000
            ),
            Match::Exact
        );
    }

    #[test]
    fn payouts_of_equal_amounts_do_not() {
        assert_eq!(
            matched(&[2_700_000, 900_000, 450_000], &[1_000_000, 1_000_000, 1_000_000, 1_040_000], 1_000_000),
            Match::None
        );
    }

    #[test]
    fn many_inputs_that_fit_anything_tell_nothing() {
        let inputs: Vec<u64> = (0..40).map(|number| 1_000_003 + number * 7_919).collect();
        let outputs =
            [vec![5_000_000; 5], (0..5).map(|number| 3_050_000 + number * 13_001).collect()].concat();
        assert_eq!(matched(&inputs, &outputs, 5_000_000), Match::ByChance);
    }

    #[test]
    fn a_search_without_end_is_given_up() {
        assert_eq!(matched(&[1; 65], &[1; 65], 1), Match::GivenUp);
    }

    proptest::proptest! {
        /// What was put together from participants is found, whatever the order; nothing panics.
        #[test]
        fn made_up_joins_match(changes in proptest::collection::vec(5_000_u64..900_000_000, 2..6), denomination in 100_000_u64..100_000_000) {
            let inputs: Vec<u64> = changes.iter().rev().map(|change| denomination + change + 50).collect();
            let mut outputs = vec![denomination; changes.len()];
            outputs.extend(changes.iter().map(|change| if *change == denomination { change + 1 } else { *change }));
            proptest::prop_assert!(matches!(matched(&inputs, &outputs, denomination), Match::Exact | Match::ByChance));
        }

        #[test]
        fn nothing_panics(inputs in proptest::collection::vec(proptest::num::u64::ANY, 0..8), outputs in proptest::collection::vec(proptest::num::u64::ANY, 0..8)) {
            let denomination = outputs.first().copied().unwrap_or(0);
            matched(&inputs, &outputs, denomination);
        }
    }
}
