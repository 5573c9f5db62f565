//! Planted peel chains are found with their steps; ordinary payments and moves are none.

use interdict_ledger::leads::peel::{self, PeelChain, PeelRules};
use interdict_ledger::leads::{Confidence, Names, Pattern, Seen};
use interdict_ledger::outputs::Output;
use interdict_ledger::report::Unit;

use crate::built::World;

/// Steps from an output at `at`, each peeling so many hundredths to addresses from 1,000 on; the rest goes to new addresses.
fn peeled(world: &mut World, mut at: (Output, u64), percents: &[u64]) -> (Output, u64) {
    for (percent, number) in percents.iter().zip(0_u32..) {
        let small = at.1 / 100 * percent;
        let rest = at.1 - small - 100;
        let (_, first) = world.spend(&[at.0], &[(small, 1_000 + number), (rest, 2_000 + number)]);
        at = (first + 1, rest);
    }
    at
}

fn found(world: World) -> Vec<Pattern> {
    let chain = world.chain();
    let patterns = peel::search(&chain, 0..chain.txs(), &PeelRules::default());
    assert_eq!(patterns.count, patterns.first.len() as u64);
    patterns.first
}

fn chain_of(pattern: &Pattern) -> PeelChain {
    match pattern.seen {
        Seen::PeelChain(chain) => chain,
        _ => panic!("no peel chain"),
    }
}

#[test]
fn a_chain_is_found_once_with_all_its_steps() {
    let mut world = World::new();
    let start = world.fund(1, 100_000_000_000);
    peeled(&mut world, (start, 100_000_000_000), &[5; 12]);
    let patterns = found(world);
    assert_eq!(patterns.len(), 1);
    let chain = chain_of(&patterns[0]);
    assert_eq!((chain.steps, chain.exceptions, chain.seconds), (12, 0, Some(11 * 600)));
    assert_eq!(u128::from(chain.started_with), chain.peeled + u128::from(chain.left) + 11 * 100);
    assert_eq!(chain.confidence(), Confidence::percent(45));
    assert_eq!(patterns[0].transactions, (1..=12).collect::<Vec<u32>>());
    assert_eq!(patterns[0].addresses.len(), 25);
    assert_eq!(patterns[0].addresses[..3], [1, 1_000, 2_000]);
}

#[test]
fn few_steps_are_none() {
    let mut world = World::new();
    let start = world.fund(1, 1_000_000_000);
    peeled(&mut world, (start, 1_000_000_000), &[5; 4]);
    assert!(found(world).is_empty());
}

#[test]
fn one_step_in_five_may_differ_but_not_two_in_a_row() {
    let mut world = World::new();
    let start = world.fund(1, 1_000_000_000);
    peeled(&mut world, (start, 1_000_000_000), &[5, 5, 5, 5, 40, 5, 5, 5]);
    let patterns = found(world);
    assert_eq!((chain_of(&patterns[0]).steps, chain_of(&patterns[0]).exceptions), (8, 1));
    assert_eq!(chain_of(&patterns[0]).confidence(), Confidence::percent(20));

    let mut world = World::new();
    let start = world.fund(1, 1_000_000_000);
    peeled(&mut world, (start, 1_000_000_000), &[5, 5, 5, 5, 40, 40, 5, 5, 5]);
    assert!(found(world).is_empty());
}

#[test]
fn what_only_moves_or_halves_or_waits_is_none() {
    let mut world = World::new();
    let start = world.fund(1, 1_000_000_000);
    peeled(&mut world, (start, 1_000_000_000), &[48; 10]);
    let mut at = world.fund(2, 1_000_000_000);
    for number in 0..10 {
        at = world.spend(&[at], &[(1_000_000_000 - u64::from(number), 100 + number)]).1;
    }
    let mut at = (world.fund(3, 1_000_000_000), 1_000_000_000);
    for _ in 0..10 {
        at = peeled(&mut world, at, &[3]);
        world.wait(15 * 24 * 60 * 60);
    }
    assert!(found(world).is_empty());
}

#[test]
fn batches_of_payouts_are_none() {
    let mut world = World::new();
    let mut at = world.fund(1, 1_000_000_000);
    let mut left = 1_000_000_000;
    for _ in 0..10 {
        let mut outputs: Vec<(u64, u32)> = (0..20).map(|customer| (100_000, 5_000 + customer)).collect();
        left -= 2_000_100;
        outputs.push((left, 1));
        at = world.spend(&[at], &outputs).1 + 20;
    }
    assert!(found(world).is_empty());
}

struct Numbers;

impl Names for Numbers {
    fn transaction(&self, number: u32) -> String {
        format!("t{number}")
    }

    fn address(&self, number: u32) -> String {
        format!("a{number}")
    }

    fn service(&self, number: u32) -> String {
        format!("s{number}")
    }
}

#[test]
fn a_lead_tells_its_method_and_what_was_seen() {
    let mut world = World::new();
    let start = world.fund(1, 1_000_000_000);
    peeled(&mut world, (start, 1_000_000_000), &[10; 5]);
    let lead = found(world)[0].named(&Numbers, &Unit { asset: "BTC".into(), decimals: 8 });
    assert_eq!((lead.kind, lead.transactions.len(), lead.addresses[0].as_str()), ("peel_chain", 5, "a1"));
    assert!((lead.confidence - 0.3).abs() < 1e-9);
    assert!(lead.method.contains("30 % peeled at most"), "{}", lead.method);
    assert_eq!(
        lead.seen,
        "5 steps within 2400 s, 0 of them exceptions: 4.095099 BTC were peeled off 9.999999 BTC, 5.904896 BTC were left"
    );
}
