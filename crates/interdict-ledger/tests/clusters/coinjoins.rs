//! CoinJoins of each kind are recognized, and what exchanges and wallets do is not taken for one.

use interdict_ledger::leads::Confidence;
use interdict_ledger::leads::coinjoin::matching::Match;
use interdict_ledger::leads::coinjoin::{self, CoinJoin, CoinJoinKind, CoinJoinRules};
use interdict_ledger::leads::transaction::Transactions;
use interdict_ledger::outputs::NO_ADDRESS;

use crate::built::{World, coins};

fn recognized(inputs: &[(u64, u32)], outputs: &[(u64, u32)]) -> Option<CoinJoin> {
    let mut world = World::new();
    let number = world.pay(inputs, outputs);
    let chain = world.chain();
    Transactions::of(&chain).read(number, |view| coinjoin::recognize(view, &CoinJoinRules::default()))
}

fn kind(inputs: &[u64], outputs: &[u64]) -> Option<CoinJoinKind> {
    recognized(&coins(inputs, 0), &coins(outputs, 10_000)).map(|coinjoin| coinjoin.kind)
}

#[test]
fn rounds_of_whirlpool() {
    let fresh = 5_000_000 + 9_300;
    let round = [5_000_000, 5_000_000, 5_000_000, fresh, fresh];
    let found = recognized(&coins(&round, 0), &coins(&[5_000_000; 5], 100)).unwrap();
    assert_eq!((found.kind, found.participants, found.equal), (CoinJoinKind::Whirlpool, 5, 5));
    assert_eq!(found.confidence, Confidence::percent(60));
    // Not a pool; nobody new; an input that is far above; one party with two inputs.
    assert_ne!(
        kind(&[6_000_000, 6_000_000, 6_000_000, 6_009_300, 6_009_300], &[6_000_000; 5]),
        Some(CoinJoinKind::Whirlpool)
    );
    assert_ne!(
        kind(&[5_000_000, 5_000_000, 5_000_000, fresh, 9_000_000], &[5_000_000; 5]),
        Some(CoinJoinKind::Whirlpool)
    );
    let mut one_party = coins(&round, 0);
    one_party[1].1 = 0;
    assert_eq!(recognized(&one_party, &coins(&[5_000_000; 5], 100)), None);
}

#[test]
fn rounds_of_wasabi_1() {
    let inputs: Vec<u64> = (0..24).map(|number| 10_500_000 + number * 1_234_567).collect();
    let mut outputs = vec![9_988_776; 12];
    outputs.extend((0..12).map(|number| 600_000 + number * 2_345_678));
    outputs.push(359_000);
    assert_eq!(kind(&inputs, &outputs), Some(CoinJoinKind::Wasabi1));
    // Levels of 1.1: what is mixed stands at the double and fourfold too.
    let mut levels = [vec![9_988_776; 10], vec![19_977_552; 6], vec![39_955_104; 3]].concat();
    levels.extend((0..17).map(|number| 700_000 + number * 1_345_678));
    assert_eq!(kind(&inputs, &levels), Some(CoinJoinKind::Wasabi1));
    // Another denomination, and fewer who could pay than are paid.
    let other: Vec<u64> =
        outputs.iter().map(|value| if *value == 9_988_776 { 30_000_000 } else { *value }).collect();
    assert_ne!(kind(&inputs, &other), Some(CoinJoinKind::Wasabi1));
    assert_eq!(kind(&[90_000_000, 90_000_000, 1_000_000], &outputs), None);
}

/// A round of 60 inputs with outputs of standard denominations, and some change.
fn wasabi2() -> (Vec<u64>, Vec<u64>) {
    let mut inputs: Vec<u64> = (0..60).map(|number| 1_000_000 + number * number * 54_321).collect();
    let denominations = [1 << 27, 1 << 24, 4_782_969, 9_565_938, 2_000_000, 1 << 20, 177_147, 100_000, 8_192];
    let mut outputs: Vec<u64> = denominations.iter().flat_map(|value| vec![*value; 9]).collect();
    outputs.extend([777_777, 5_551, 9_999_991]);
    inputs.sort_unstable_by(|one, other| other.cmp(one));
    outputs.sort_unstable_by(|one, other| other.cmp(one));
    (inputs, outputs)
}

#[test]
fn rounds_of_wasabi_2() {
    let (inputs, mut outputs) = wasabi2();
    let found = recognized(&coins(&inputs, 0), &coins(&outputs, 1_000)).unwrap();
    assert_eq!((found.kind, found.confidence), (CoinJoinKind::Wasabi2, Confidence::percent(90)));
    outputs.reverse();
    let found = recognized(&coins(&inputs, 0), &coins(&outputs, 1_000)).unwrap();
    assert_eq!((found.kind, found.confidence), (CoinJoinKind::Wasabi2, Confidence::percent(60)));
    // A hot wallet that gives most inputs.
    let hot: Vec<(u64, u32)> = inputs
        .iter()
        .zip(0..)
        .map(|(value, number)| (*value, if number < 30 { 0 } else { number }))
        .collect();
    assert_eq!(recognized(&hot, &coins(&outputs, 1_000)), None);
}

#[test]
fn joins_of_joinmarket() {
    let inputs = [6_003_000, 2_499_000, 900_000, 1_099_900];
    let outputs = [1_000_000, 5_000_000, 1_000_000, 1_500_000, 1_000_000, 1_000_900];
    let found = recognized(&coins(&inputs, 0), &coins(&outputs, 100)).unwrap();
    assert_eq!(
        (found.kind, found.participants, found.denomination),
        (CoinJoinKind::EqualOutputs, 3, 1_000_000)
    );
    assert_eq!((found.matched, found.confidence), (Some(Match::Exact), Confidence::percent(80)));
    // The taker sweeps and has no change.
    assert_eq!(
        kind(&[1_003_000, 2_499_000, 1_999_900], &[1_000_000, 1_500_000, 1_000_000, 1_000_000, 1_000_900]),
        Some(CoinJoinKind::EqualOutputs)
    );
    // Two parties: less sure.
    let two = recognized(
        &coins(&[6_001_500, 2_500_000], 0),
        &coins(&[1_000_000, 5_000_000, 1_000_000, 1_500_500], 100),
    )
    .unwrap();
    assert_eq!(two.confidence, Confidence::percent(50));
}

#[test]
fn payouts_of_equal_amounts_are_none() {
    // An exchange pays many the same from one address, or from several with one change.
    assert_eq!(kind(&[900_000_000], &[[10_000_000; 30].as_slice(), &[1_234_567]].concat()), None);
    let one_address = vec![(60_000_000, 7), (50_000_000, 7), (40_000_000, 7)];
    assert_eq!(
        recognized(&one_address, &coins(&[10_000_000, 10_000_000, 10_000_000, 119_990_000], 100)),
        None
    );
    assert_eq!(kind(&[2_700_000, 900_000, 450_000], &[1_000_000, 1_000_000, 1_000_000, 1_040_000]), None);
    // A large batch from many deposits, in round amounts, with one change.
    let deposits: Vec<u64> = (0..80).map(|number| 3_000_000 + number * 77_777).collect();
    let mut batch: Vec<u64> =
        [10_000_000, 5_000_000, 2_000_000, 1_000_000].iter().flat_map(|value| vec![*value; 18]).collect();
    batch.extend([3_333_333, 120_000_000]);
    batch.sort_unstable_by(|one, other| other.cmp(one));
    let mut sorted = deposits;
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(kind(&sorted, &batch), None);
    // The same address twice.
    assert_eq!(
        recognized(&coins(&[6_000_000, 3_000_000], 0), &[(1_000_000, 9), (1_000_000, 9), (6_999_000, 8)]),
        None
    );
    // Two dust outputs.
    assert_eq!(kind(&[50_000, 40_000], &[546, 546, 49_000, 39_000]), None);
    // A wallet pays two the same and keeps the rest.
    assert_eq!(kind(&[50_000_000, 30_000_000], &[10_000_000, 10_000_000, 59_990_000]), None);
    // Consolidation.
    assert_eq!(kind(&[1_000_000; 40], &[39_990_000]), None);
    assert_eq!(kind(&[1_000_000, 1_000_000], &[]), None);
}

#[test]
fn outputs_without_an_address_count_for_nothing() {
    let inputs = coins(&[1_003_000, 2_499_000, 1_999_900], 0);
    let mut outputs = coins(&[1_000_000, 1_500_000, 1_000_000, 1_000_000, 1_000_900], 100);
    outputs.extend([(0, NO_ADDRESS), (1_000_000, NO_ADDRESS), (0, NO_ADDRESS)]);
    assert_eq!(recognized(&inputs, &outputs).map(|coinjoin| coinjoin.equal), Some(3));
}

#[test]
fn a_search_gives_leads() {
    let mut world = World::new();
    world.pay(
        &coins(&[1_003_000, 2_499_000, 1_999_900], 0),
        &coins(&[1_000_000, 1_500_000, 1_000_000, 1_000_000, 1_000_900], 10),
    );
    world.together(&[0, 1]);
    let chain = world.chain();
    let found = coinjoin::search(&mut Transactions::of(&chain), 0..chain.txs(), &CoinJoinRules::default());
    assert_eq!((found.count, found.first.len()), (1, 1));
    assert_eq!((&found.first[0].transactions[..], found.first[0].addresses.len()), (&[3][..], 8));
}
