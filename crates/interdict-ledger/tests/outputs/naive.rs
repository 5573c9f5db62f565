//! The strategies written a second time, from the specification and not from the code: each unit is a coin with a mark.
//!
//! Values are small. First in, first out and last in, first out move coins one by one; shares are found by trying.

use std::collections::{BTreeMap, BTreeSet};

use interdict_ledger::outputs::Output;
use interdict_ledger::strategy::Strategy;

use crate::built::Tx;

/// Where marked value ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ended {
    pub unspent: BTreeMap<Output, u64>,
    pub fees: BTreeMap<u32, u64>,
    pub stopped: BTreeMap<Output, u64>,
    pub superseded: u64,
}

/// Coins of an output, marked or not, in order.
type Coins = Vec<bool>;

fn marked(coins: &Coins) -> u64 {
    coins.iter().filter(|coin| **coin).count() as u64
}

/// So many marked coins, then the others.
fn coins(marked: u64, value: u64) -> Coins {
    (0..value).map(|place| place < marked).collect()
}

pub fn forward(txs: &[Tx], seeds: &BTreeSet<Output>, stops: &BTreeSet<u32>, strategy: Strategy) -> Ended {
    let mut held: BTreeMap<Output, Coins> = BTreeMap::new();
    let mut ended = Ended::default();
    let mut made = 0;
    for (number, tx) in (0..).zip(txs) {
        let taken: Vec<Coins> = tx.inputs.iter().map(|input| held.remove(input).expect("unspent")).collect();
        let values: Vec<u64> = tx.outputs.iter().map(|output| output.0).collect();
        let total_in: u64 = taken.iter().map(|coins| coins.len() as u64).sum();
        let fee = total_in.saturating_sub(values.iter().sum());
        let (lines, fee_marked) = if tx.inputs.is_empty() {
            (values.iter().map(|&value| coins(0, value)).collect(), 0)
        } else {
            pass(strategy, &taken, &values, fee)
        };
        if fee_marked > 0 {
            ended.fees.insert(number, fee_marked);
        }
        for (line, (value, address)) in lines.into_iter().zip(&tx.outputs) {
            let output = made;
            made += 1;
            let amount = marked(&line);
            let line = if seeds.contains(&output) {
                ended.superseded += amount;
                coins(*value, *value)
            } else if amount > 0 && stops.contains(address) {
                ended.stopped.insert(output, amount);
                coins(0, *value)
            } else {
                line
            };
            held.insert(output, line);
        }
    }
    ended.unspent = held
        .iter()
        .map(|(output, coins)| (*output, marked(coins)))
        .filter(|(_, amount)| *amount > 0)
        .collect();
    ended
}

/// What one transaction does: the coins of its outputs, and the marked ones of its fee.
fn pass(strategy: Strategy, taken: &[Coins], values: &[u64], fee: u64) -> (Vec<Coins>, u64) {
    let amount: u64 = taken.iter().map(marked).sum();
    match strategy {
        Strategy::Fifo | Strategy::Lifo => {
            let mut order: Vec<&Coins> = taken.iter().collect();
            if strategy == Strategy::Lifo {
                order.reverse();
            }
            let mut line = order.into_iter().flatten().copied();
            let lines = values
                .iter()
                .map(|&value| line.by_ref().take(usize::try_from(value).unwrap()).collect())
                .collect();
            (lines, line.filter(|coin| *coin).count() as u64)
        }
        Strategy::Poison if amount == 0 => (values.iter().map(|&value| coins(0, value)).collect(), 0),
        Strategy::Poison => (values.iter().map(|&value| coins(value, value)).collect(), fee),
        Strategy::Haircut => {
            let weights: Vec<u64> = values.iter().copied().chain([fee]).collect();
            let shares = by_largest_remainder(amount, &weights);
            (
                shares.iter().zip(values).map(|(&share, &value)| coins(share, value)).collect(),
                *shares.last().unwrap(),
            )
        }
        Strategy::Tiho => {
            let mut left = amount;
            let mut shares = vec![0; values.len()];
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by(|a, b| values[*b].cmp(&values[*a]).then(a.cmp(b)));
            for place in order {
                shares[place] = left.min(values[place]);
                left -= shares[place];
            }
            (shares.iter().zip(values).map(|(&share, &value)| coins(share, value)).collect(), left)
        }
    }
}

/// Gives out unit by unit what the shares rounded down leave, each to the one whose exact share is furthest above what it has.
fn by_largest_remainder(amount: u64, weights: &[u64]) -> Vec<u64> {
    let whole: u64 = weights.iter().sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let mut shares: Vec<u64> = weights.iter().map(|weight| amount * weight / whole).collect();
    while shares.iter().sum::<u64>() < amount {
        let lacks =
            |place: usize| amount * weights[place] - (shares[place] * whole).min(amount * weights[place]);
        let most = (0..weights.len()).map(lacks).max().unwrap();
        let first = (0..weights.len()).find(|&place| lacks(place) == most).unwrap();
        shares[first] += 1;
    }
    shares
}

/// For each output, where each of its coins was made: the coinbase output and the place in it. Only for rules that move coins.
pub fn origins(txs: &[Tx], strategy: Strategy) -> Vec<Vec<Output>> {
    let mut made: Vec<Vec<Output>> = Vec::new();
    for tx in txs {
        let mut order = tx.inputs.clone();
        if strategy == Strategy::Lifo {
            order.reverse();
        }
        let line: Vec<Output> =
            order.iter().flat_map(|input| made[usize::try_from(*input).unwrap()].clone()).collect();
        let mut line = line.into_iter();
        for (value, _) in &tx.outputs {
            let value = usize::try_from(*value).unwrap();
            let coins = if tx.inputs.is_empty() {
                vec![made.len() as u64; value]
            } else {
                line.by_ref().take(value).collect()
            };
            made.push(coins);
        }
    }
    made
}
