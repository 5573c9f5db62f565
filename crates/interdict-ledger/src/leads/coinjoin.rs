//! Which transactions did several parties build together, so that spending together tells nothing? CoinJoins by their form.
//!
//! The rules are those published with Dumplings, BlockSci, Schnoering and Vazirgiannis (2023, arXiv 2311.12491) and GraphSense, as
//! far as values and addresses tell; a chain of outputs knows no scripts and no addresses of coordinators. What they have in common: outputs of equal value,
//! at different addresses, not more of them than there are addresses to pay for them, and every output at an address of its own.

pub mod matching;
mod wasabi2;

use std::collections::{BTreeMap, BTreeSet};

use crate::outputs::NO_ADDRESS;
use crate::report::Unit;

use super::transaction::{Coin, View};
use super::{Confidence, Pattern, Patterns, Seen};
use matching::{Match, Participants};

/// What built a CoinJoin, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoinJoinKind {
    /// Whirlpool (Samourai): a fixed denomination, as many outputs as inputs.
    Whirlpool,
    /// Wasabi 2 (WabiSabi): large rounds, outputs of standard denominations.
    Wasabi2,
    /// Wasabi 1 (ZeroLink): ten and more outputs of about 0.1 coins.
    Wasabi1,
    /// JoinMarket, or another one with equal outputs and at most one change output for each participant.
    EqualOutputs,
}

impl CoinJoinKind {
    /// A short stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whirlpool => "whirlpool",
            Self::Wasabi2 => "wasabi2",
            Self::Wasabi1 => "wasabi1",
            Self::EqualOutputs => "equal_outputs",
        }
    }
}

/// A transaction that looks like a CoinJoin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoinJoin {
    /// What built it.
    pub kind: CoinJoinKind,
    /// How many participants there are at least.
    pub participants: usize,
    /// The value of the equal outputs; of several values the one that comes up most often.
    pub denomination: u64,
    /// How many outputs have it.
    pub equal: usize,
    /// How sure that is.
    pub confidence: Confidence,
    /// What else was found: whether each participant's inputs pay for that participant's outputs.
    pub matched: Option<Match>,
}

/// The numbers of the rules. Values are in satoshi. Sources stand in `docs/ledger-clusters.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoinJoinRules {
    /// Outputs of this value and less are dust and make no CoinJoin (BlockSci: 546 and 2,730).
    pub dust: u64,
    /// Pools of Whirlpool.
    pub whirlpool_pools: Vec<u64>,
    /// What an input that is new to a pool has above its denomination at most.
    pub whirlpool_fee: u64,
    /// Fewest and most inputs of a Whirlpool round.
    pub whirlpool_size: (usize, usize),
    /// The denomination of Wasabi 1, and how far from it.
    pub wasabi1: (u64, u64),
    /// Fewest equal outputs of Wasabi 1.
    pub wasabi1_equal: usize,
    /// Fewest inputs of a round of Wasabi 2, and fewest where outputs are almost all of standard denominations.
    pub wasabi2_inputs: (usize, usize),
    /// A participant pays or earns at most so many thousandths of the denomination, besides the fee of the transaction.
    pub fee_permille: u64,
    /// How many steps a search for each participant's inputs takes at most.
    pub match_steps: u32,
}

impl Default for CoinJoinRules {
    fn default() -> Self {
        Self {
            dust: 2_730,
            whirlpool_pools: vec![100_000, 1_000_000, 5_000_000, 50_000_000],
            whirlpool_fee: 110_000,
            whirlpool_size: (5, 10),
            wasabi1: (10_000_000, 2_000_000),
            wasabi1_equal: 10,
            wasabi2_inputs: (50, 20),
            fee_permille: 5,
            match_steps: 20_000,
        }
    }
}

impl CoinJoin {
    /// The method, with its numbers.
    pub fn method(&self) -> String {
        let matched = match self.matched {
            None => "not searched",
            Some(Match::Exact) => "exact",
            Some(Match::ByChance) => "by chance",
            Some(Match::None) => "none",
            Some(Match::GivenUp) => "given up",
        };
        format!(
            "coinjoin/{} (equal outputs {}, inputs matched to outputs: {matched})",
            self.kind.name(),
            self.equal
        )
    }

    /// What was seen.
    pub fn in_words(&self, unit: &Unit) -> String {
        format!(
            "{} outputs of {} {} at different addresses, paid for by at least {} parties",
            self.equal,
            unit.written(u128::from(self.denomination)),
            unit.asset,
            self.participants
        )
    }
}

/// So many outputs are compared with each other before anything is counted.
const FEW: usize = 16;

/// The equal outputs of a transaction.
struct Shape {
    /// How often each value comes up.
    counts: BTreeMap<u64, usize>,
    denomination: u64,
    equal: usize,
    /// Outputs at an address.
    outputs: usize,
}

impl Shape {
    /// `None` if the outputs alone tell that it is no CoinJoin: none are equal, or two are at one address.
    fn of(outputs: &[Coin], rules: &CoinJoinRules) -> Option<Self> {
        // Most transactions have few outputs, none of them equal: they are told without counting.
        let is_equal = |(place, output): (usize, &Coin)| {
            outputs.iter().take(place).any(|before| before.value == output.value && output.value > rules.dust)
        };
        if outputs.len() <= FEW && !outputs.iter().enumerate().any(is_equal) {
            return None;
        }
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        let mut addresses = BTreeSet::new();
        for output in outputs.iter().filter(|output| output.address != NO_ADDRESS) {
            *counts.entry(output.value).or_default() += 1;
            if !addresses.insert(output.address) {
                return None;
            }
        }
        let (&denomination, &equal) = counts
            .iter()
            .filter(|(value, _)| **value > rules.dust)
            .max_by_key(|(value, count)| (**count, **value))?;
        (equal >= 2).then_some(Self { denomination, equal, outputs: addresses.len(), counts })
    }
}

/// What a transaction looks like, if it looks like a CoinJoin: the most particular kind.
pub fn recognize(view: &mut View<'_, '_>, rules: &CoinJoinRules) -> Option<CoinJoin> {
    if view.input_count() < 2 || view.output_count() < 2 {
        return None;
    }
    let shape = Shape::of(view.outputs(), rules)?;
    let payers = view
        .input_addresses()
        .iter()
        .filter(|address| **address != NO_ADDRESS)
        .collect::<BTreeSet<_>>()
        .len();
    if payers < 2 {
        return None;
    }
    let outputs = view.outputs().to_vec();
    let inputs = view.inputs();
    whirlpool(&shape, inputs, payers, rules)
        .or_else(|| wasabi2::round(&shape.counts, inputs, &outputs, rules))
        .or_else(|| wasabi1(&shape, inputs, payers, rules))
        .or_else(|| equal_outputs(&shape, inputs, &outputs, payers, rules))
}

/// All outputs have the denomination of a pool; some inputs have it too, the others little more.
fn whirlpool(shape: &Shape, inputs: &[Coin], payers: usize, rules: &CoinJoinRules) -> Option<CoinJoin> {
    let (fewest, most) = rules.whirlpool_size;
    let alone = shape.counts.len() == 1 && shape.equal == inputs.len() && payers == inputs.len();
    if !alone
        || !(fewest..=most).contains(&inputs.len())
        || !rules.whirlpool_pools.contains(&shape.denomination)
    {
        return None;
    }
    let again = inputs.iter().filter(|input| input.value == shape.denomination).count();
    let highest = shape.denomination.saturating_add(rules.whirlpool_fee);
    let fits = inputs.iter().all(|input| (shape.denomination..=highest).contains(&input.value));
    (fits && again >= 1 && again < inputs.len()).then(|| CoinJoin {
        kind: CoinJoinKind::Whirlpool,
        participants: inputs.len(),
        denomination: shape.denomination,
        equal: shape.equal,
        confidence: Confidence::percent(60),
        matched: None,
    })
}

/// Ten and more outputs of about 0.1 coins, and at least one of another value, for the coordinator or change. Half of the outputs, the
/// coordinator's aside, are equal ones of that value or of its doubles, the levels of Wasabi 1.1.
fn wasabi1(shape: &Shape, inputs: &[Coin], payers: usize, rules: &CoinJoinRules) -> Option<CoinJoin> {
    let (denomination, precision) = rules.wasabi1;
    let single = shape.counts.values().filter(|count| **count == 1).count();
    let fits = shape.denomination.abs_diff(denomination) <= precision
        && shape.equal >= rules.wasabi1_equal
        && payers >= shape.equal
        && single >= 1
        && at_levels(shape) * 2 + 1 >= shape.outputs
        && is_many_handed(inputs, payers);
    fits.then_some(CoinJoin {
        kind: CoinJoinKind::Wasabi1,
        participants: shape.equal,
        denomination: shape.denomination,
        equal: shape.equal,
        confidence: Confidence::percent(70),
        matched: None,
    })
}

/// How many outputs have the denomination, or a double of it, twice and more; a hundredth off at most.
fn at_levels(shape: &Shape) -> usize {
    let is_level = |value: u64| {
        let mut level = shape.denomination;
        while level < value / 2 + level / 2 {
            level = level.saturating_mul(2);
        }
        value.abs_diff(level) <= level / 100
    };
    shape
        .counts
        .iter()
        .filter(|(value, count)| **count >= 2 && is_level(**value))
        .map(|(_, count)| *count)
        .sum()
}

/// No address gives more than a tenth of the inputs of a large round: one that pays out from a hot wallet does. The bound is
/// GraphSense's for Wasabi 2.
fn is_many_handed(inputs: &[Coin], payers: usize) -> bool {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for input in inputs {
        *counts.entry(input.address).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    payers < 20 || most * 10 <= inputs.len()
}

/// Equal outputs, and at most one other output for each participant.
fn equal_outputs(
    shape: &Shape,
    inputs: &[Coin],
    outputs: &[Coin],
    payers: usize,
    rules: &CoinJoinRules,
) -> Option<CoinJoin> {
    let change = shape.outputs - shape.equal;
    if change > shape.equal || payers < shape.equal {
        return None;
    }
    let matched = Participants::of(inputs, outputs, shape.denomination).matched(rules);
    // Makers of JoinMarket always have change, only the taker may have none.
    let is_joinmarket = change + 1 >= shape.equal;
    let confidence = match (matched, shape.equal) {
        (Match::Exact, 2) if change == 0 => 30,
        (Match::Exact, 2) => 50,
        (Match::Exact, _) => 80,
        (Match::GivenUp | Match::ByChance, 3..) if is_joinmarket => 49,
        (Match::GivenUp | Match::ByChance, _) if is_joinmarket => 20,
        _ => return None,
    };
    Some(CoinJoin {
        kind: CoinJoinKind::EqualOutputs,
        participants: shape.equal,
        denomination: shape.denomination,
        equal: shape.equal,
        confidence: Confidence::percent(confidence),
        matched: Some(matched),
    })
}

/// The CoinJoins among transactions, with all their addresses.
pub fn search(
    transactions: &mut super::transaction::Transactions<'_>,
    among: impl IntoIterator<Item = u32>,
    rules: &CoinJoinRules,
) -> Patterns {
    let mut found = Patterns::default();
    for number in among {
        transactions.read(number, |view| {
            let Some(coinjoin) = recognize(view, rules) else { return };
            found.add(|| {
                let mut addresses: Vec<u32> = view.input_addresses().to_vec();
                addresses.extend(view.outputs().iter().map(|output| output.address));
                addresses.retain(|address| *address != NO_ADDRESS);
                addresses.sort_unstable();
                addresses.dedup();
                Pattern { seen: Seen::CoinJoin(coinjoin), transactions: vec![number], addresses }
            });
        });
    }
    found
}
