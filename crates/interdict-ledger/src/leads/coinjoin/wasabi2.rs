//! Is it a round of Wasabi 2? Its outputs are sums of standard denominations, and inputs and outputs stand in order of value.

use std::collections::{BTreeMap, BTreeSet};

use super::{CoinJoin, CoinJoinKind, CoinJoinRules, is_many_handed};
use crate::leads::Confidence;
use crate::leads::transaction::Coin;
use crate::outputs::NO_ADDRESS;

/// Smallest and largest denomination, in satoshi (WalletWasabi, as in Dumplings).
const DENOMINATIONS: std::ops::RangeInclusive<u64> = 5_000..=134_375_000_000;

/// A power of 2 or 3, or twice a power of 3, between the bounds: a value that nobody pays by chance.
fn is_particular(value: u64) -> bool {
    let is_power_of_three = |mut value: u64| {
        while value > 1 && value.is_multiple_of(3) {
            value /= 3;
        }
        value == 1
    };
    DENOMINATIONS.contains(&value)
        && (value.is_power_of_two()
            || is_power_of_three(value)
            || (value.is_multiple_of(2) && is_power_of_three(value / 2)))
}

/// 1, 2 or 5 times a power of 10, between the bounds: a denomination, and what people pay too.
fn is_round(mut value: u64) -> bool {
    if !DENOMINATIONS.contains(&value) {
        return false;
    }
    while value.is_multiple_of(10) {
        value /= 10;
    }
    matches!(value, 1 | 2 | 5)
}

/// A round, if it is one. Sure when four of five outputs are of standard denominations and all stands in order (Dumplings,
/// BlockSci); less when values only come up repeatedly (Schnoering and Vazirgiannis, GraphSense).
pub(super) fn round(
    counts: &BTreeMap<u64, usize>,
    inputs: &[Coin],
    outputs: &[Coin],
    rules: &CoinJoinRules,
) -> Option<CoinJoin> {
    let (fewest, fewest_standard) = rules.wasabi2_inputs;
    let payers = inputs
        .iter()
        .map(|input| input.address)
        .filter(|address| *address != NO_ADDRESS)
        .collect::<BTreeSet<_>>()
        .len();
    let smallest = outputs.iter().map(|output| output.value).min()?;
    if inputs.len() < fewest_standard || smallest < *DENOMINATIONS.start() || !is_many_handed(inputs, payers)
    {
        return None;
    }
    let number_of = |is: fn(u64) -> bool| -> usize {
        counts.iter().filter(|(value, _)| is(**value)).map(|(_, count)| *count).sum()
    };
    let (particular, round) = (number_of(is_particular), number_of(is_round));
    let is_standard = (particular + round) * 5 > outputs.len() * 4 && particular * 2 >= round;
    let in_order = inputs.is_sorted_by(|one, next| one.value >= next.value)
        && outputs.is_sorted_by(|one, next| one.value >= next.value);
    let repeated: usize = counts.values().filter(|count| **count >= 2).sum();
    let confidence = match (is_standard, in_order) {
        (true, true) => 90,
        (true, false) => 60,
        // Payouts repeat round values and little else: without particular denominations it is none.
        (false, true)
            if inputs.len() >= fewest
                && repeated * 2 + 1 >= outputs.len()
                && particular * 4 >= outputs.len() =>
        {
            60
        }
        _ => return None,
    };
    let (&denomination, &equal) = counts.iter().max_by_key(|(value, count)| (**count, **value))?;
    Some(CoinJoin {
        kind: CoinJoinKind::Wasabi2,
        // A wallet registers ten inputs at most.
        participants: equal.max(payers / 10).max(1),
        denomination,
        equal,
        confidence: Confidence::percent(confidence),
        matched: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denominations_are_those_of_the_wallet() {
        for value in [8_192, 6_561, 13_122, 1 << 36, 31_381_059_609] {
            assert!(is_particular(value), "{value}");
        }
        for value in [5_000, 10_000, 20_000, 50_000_000, 100_000_000_000] {
            assert!(is_round(value) && !is_particular(value), "{value}");
        }
        for value in [4_096, 2_187, 1_000, 30_000, 123_456, 1 << 37, 0] {
            assert!(!is_particular(value) && !is_round(value), "{value}");
        }
    }
}
