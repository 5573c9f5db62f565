//! Is the loot of planted thefts found where it was laid, each alone and all at once?

use std::collections::{BTreeMap, BTreeSet};

use interdict_ledger::generate::{Planted, Settings, TheftKind, chain as generate};
use interdict_ledger::outputs::Output;
use interdict_ledger::outputs::addresses::AddressSet;
use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::segment::Segment;
use interdict_ledger::outputs::trace::{Fate, Request, trace};
use interdict_ledger::strategy::{Direction, Strategy};

fn made(seed: u64) -> (Chain, Vec<Planted>) {
    let settings = Settings { seed, txs: 20_000, thefts: 12 };
    let generated = generate(&settings, &mut |_, _, _| {}).expect("a chain");
    let mut bytes = Vec::new();
    generated.chain.finish(&mut bytes).expect("a segment");
    (Chain::new(vec![Segment::from_bytes(bytes).expect("sound")]).expect("a chain"), generated.thefts)
}

#[test]
fn the_loot_is_where_it_was_laid() {
    for seed in 1..6 {
        let (chain, thefts) = made(seed);
        let kinds: BTreeSet<TheftKind> = thefts.iter().map(|theft| theft.kind).collect();
        assert_eq!((thefts.len(), kinds.len()), (12, 4));
        for theft in &thefts {
            for (strategy, answer) in &theft.answers {
                let (unspent, stopped, fee) = follow(&chain, &[theft], *strategy);
                assert_eq!(unspent, answer.unspent, "{:?} {strategy}, seed {seed}", theft.kind);
                assert_eq!(stopped, answer.stopped, "{:?} {strategy}, seed {seed}", theft.kind);
                assert_eq!(fee, u128::from(answer.fee), "{:?} {strategy}, seed {seed}", theft.kind);
            }
        }
        for strategy in Strategy::ALL {
            let (unspent, stopped, fee) = follow(&chain, &thefts.iter().collect::<Vec<_>>(), strategy);
            let all = |of: fn(&Planted, Strategy) -> BTreeMap<Output, u64>| {
                thefts.iter().flat_map(|theft| of(theft, strategy)).collect()
            };
            assert_eq!(
                unspent,
                all(|theft, strategy| theft.answers[&strategy].unspent.clone()),
                "{strategy}, all at once"
            );
            assert_eq!(stopped, all(|theft, strategy| theft.answers[&strategy].stopped.clone()));
            assert_eq!(fee, thefts.iter().map(|theft| u128::from(theft.answers[&strategy].fee)).sum());
        }
    }
}

fn follow(
    chain: &Chain,
    thefts: &[&Planted],
    strategy: Strategy,
) -> (BTreeMap<Output, u64>, BTreeMap<Output, u64>, u128) {
    let seeds: Vec<Output> = thefts.iter().map(|theft| theft.seed).collect();
    let stops: AddressSet = thefts.iter().flat_map(|theft| theft.services.iter().copied()).collect();
    let request = Request {
        strategy,
        direction: Direction::Forward,
        seeds: &seeds,
        stops: &stops,
        window: 0..chain.txs(),
        dust: 0,
    };
    let traced = trace(chain, &request, &mut ()).expect("a trace");
    assert!(traced.conservation.holds() || !strategy.conserves());
    assert_eq!(traced.conservation.seed, thefts.iter().map(|theft| u128::from(theft.value)).sum());
    let stopped =
        traced.ended.iter().filter(|at| at.fate == Fate::Stopped).map(|at| (at.output, at.amount)).collect();
    (traced.unspent().iter().copied().collect(), stopped, traced.conservation.fee)
}

#[test]
fn the_same_settings_give_the_same_bytes() {
    let bytes = |seed| {
        let settings = Settings { seed, txs: 3_000, thefts: 4 };
        let mut bytes = Vec::new();
        generate(&settings, &mut |_, _, _| {})
            .expect("a chain")
            .chain
            .finish(&mut bytes)
            .expect("a segment")
            .digest
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}
