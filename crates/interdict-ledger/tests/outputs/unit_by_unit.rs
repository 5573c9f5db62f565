//! Do random chains give what moving each unit gives, forward and back, in one segment and in many?

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::random::Random;
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::trace::{At, Fate, Listener, Request, Step, Traced, trace};
use interdict_ledger::outputs::{Output, chain::Chain};
use interdict_ledger::strategy::{Direction, Strategy};

use crate::built::{by_chance, chain};
use crate::naive::{self, Ended};

#[derive(Default)]
struct Fees(BTreeMap<u32, u64>);

impl Listener for Fees {
    fn step(&mut self, step: &Step<'_>) {
        if step.rest > 0 {
            self.0.insert(step.tx, step.rest);
        }
    }
}

fn run(
    chain: &Chain,
    seeds: &BTreeSet<Output>,
    stops: &BTreeSet<u32>,
    strategy: Strategy,
    direction: Direction,
) -> (Traced, Ended) {
    let seeds: Vec<Output> = seeds.iter().copied().collect();
    let request = Request {
        strategy,
        direction,
        seeds: &seeds,
        stops: &stops.iter().copied().collect(),
        window: 0..chain.txs(),
        dust: 0,
    };
    let mut fees = Fees::default();
    let traced = trace(chain, &request, &mut fees).expect("a trace");
    let of = |fate: Fate| {
        traced.ended.iter().filter(move |at| at.fate == fate).map(|at: &At| (at.output, at.amount))
    };
    let ended = Ended {
        unspent: traced.unspent().iter().copied().collect(),
        fees: fees.0,
        stopped: of(Fate::Stopped).collect(),
        superseded: of(Fate::Superseded).map(|at| at.1).sum(),
    };
    (traced, ended)
}

#[test]
fn forward_is_what_marked_coins_do() {
    for seed in 0..400 {
        let txs = by_chance(seed, 60, 30);
        let outputs: u64 = txs.iter().map(|tx| tx.outputs.len() as u64).sum();
        let mut random = Random::new(seed, "seeds");
        let seeds: BTreeSet<Output> = (0..1 + random.below(4))
            .map(|_| random.below(usize::try_from(outputs).unwrap()) as u64)
            .collect();
        let stops: BTreeSet<u32> = (0..random.below(4)).map(|_| random.below_u32(40)).collect();
        let (whole, cut) = (chain(&txs, txs.len()), chain(&txs, 1 + random.below(20)));
        for strategy in Strategy::ALL {
            let expected = naive::forward(&txs, &seeds, &stops, strategy);
            for chain in [&whole, &cut] {
                let (traced, ended) = run(chain, &seeds, &stops, strategy, Direction::Forward);
                assert_eq!(ended, expected, "{strategy}, seed {seed}");
                assert!(
                    traced.conservation.holds() || !strategy.conserves(),
                    "{strategy}, seed {seed}: {:?}",
                    traced.conservation
                );
            }
        }
    }
}

#[test]
fn backward_finds_where_each_coin_was_made() {
    for seed in 0..300 {
        let txs = by_chance(seed, 50, 30);
        let chain = chain(&txs, 17);
        for strategy in [Strategy::Fifo, Strategy::Lifo] {
            let origins = naive::origins(&txs, strategy);
            for (output, coins) in (0_u64..).zip(&origins) {
                let (traced, _) =
                    run(&chain, &BTreeSet::from([output]), &BTreeSet::new(), strategy, Direction::Backward);
                let mut expected: BTreeMap<Output, u64> = BTreeMap::new();
                coins.iter().for_each(|origin| *expected.entry(*origin).or_default() += 1);
                let found: BTreeMap<Output, u64> =
                    traced.ended.iter().map(|at| (at.output, at.amount)).collect();
                assert_eq!(found, expected, "{strategy}, seed {seed}, output {output}");
                assert!(traced.conservation.holds());
                assert!(traced.ended.iter().all(|at| at.fate == Fate::Issued));
            }
        }
    }
}

#[test]
fn backward_every_strategy_adds_up_and_reaches_only_what_poison_reaches() {
    for seed in 0..200 {
        let txs = by_chance(seed, 60, 1_000);
        let chain = chain(&txs, 60);
        let mut random = Random::new(seed, "targets");
        let seeds: BTreeSet<Output> =
            (0..3).map(|_| random.below(usize::try_from(chain.outputs()).unwrap()) as u64).collect();
        let stops = BTreeSet::from([random.below_u32(40)]);
        let reached = |strategy| {
            let (traced, _) = run(&chain, &seeds, &stops, strategy, Direction::Backward);
            assert!(
                traced.conservation.holds() || !strategy.conserves(),
                "{strategy}, seed {seed}: {:?}",
                traced.conservation
            );
            traced.ended.iter().map(|at| at.output).collect::<BTreeSet<Output>>()
        };
        let poisoned = reached(Strategy::Poison);
        for strategy in Strategy::ALL {
            assert!(reached(strategy).is_subset(&poisoned), "{strategy}, seed {seed}");
        }
    }
}

#[test]
fn a_window_and_a_threshold_lose_nothing() {
    for seed in 0..100 {
        let txs = by_chance(seed, 60, 1_000);
        let chain = chain(&txs, 25);
        let seeds: Vec<Output> = vec![0, 3, 9];
        for strategy in Strategy::ALL.into_iter().filter(|strategy| strategy.conserves()) {
            for direction in [Direction::Forward, Direction::Backward] {
                let request = Request {
                    strategy,
                    direction,
                    seeds: &seeds,
                    stops: &AddressSet::default(),
                    window: 4..40,
                    dust: 5,
                };
                let traced = trace(&chain, &request, &mut ()).expect("a trace");
                assert!(traced.conservation.holds(), "{strategy}, seed {seed}: {:?}", traced.conservation);
                assert!(traced.ended.iter().filter(|at| at.fate == Fate::Dust).all(|at| at.amount < 5));
            }
        }
    }
}
