//! However the blocks came, the chain is that of the final branch.

use bitcoin::Block;
use interdict_core::random::Random;
use interdict_ledger::outputs::store::{Parts, rewrite};
use interdict_ledger::outputs::trace::{Request, trace};
use interdict_ledger::sources::bitcoin_blocks::{BlocksReport, import};
use interdict_ledger::strategy::{Direction, Strategy};
use proptest::prelude::*;

use crate::kept::{Kept, plain};
use crate::made::{Miner, write};
use crate::reading::expected;

fn take<'a>(
    parts: Parts,
    kept: &mut Kept,
    blocks: impl IntoIterator<Item = &'a Block>,
) -> (Parts, BlocksReport) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0, blocks);
    import(folder.path(), None, parts, kept, 12, &mut |_, _| ()).expect("an import")
}

/// What tracing every output of the first blocks says, by every strategy.
fn traces(parts: Parts) -> Vec<String> {
    let (chain, _) = parts.into_chain().unwrap();
    let seeds: Vec<u64> = (0..chain.outputs().min(8)).collect();
    let strategies = [Strategy::Poison, Strategy::Haircut, Strategy::Fifo, Strategy::Lifo, Strategy::Tiho];
    let mut all = Vec::new();
    for strategy in strategies {
        for direction in [Direction::Forward, Direction::Backward] {
            let request = Request {
                strategy,
                direction,
                seeds: &seeds,
                stops: &interdict_ledger::outputs::addresses::AddressSet::default(),
                window: 0..u32::MAX,
                dust: 0,
            };
            all.push(format!("{:?}", trace(&chain, &request, &mut ()).unwrap()));
        }
    }
    all
}

#[test]
fn a_longer_branch_takes_over_and_an_equal_one_does_not() {
    let mut trunk = Miner::new(11);
    trunk.mine_many(30);
    let (mut ours, mut theirs) = (trunk.branch(1), trunk.branch(2));
    ours.mine_many(3);
    theirs.mine_many(3);
    let mut kept = Kept::default();
    let (parts, _) = take(Parts::default(), &mut kept, trunk.blocks.iter().chain(&ours.blocks));
    let before = parts.records();
    let (parts, report) = take(parts, &mut kept, &theirs.blocks);
    assert_eq!((parts.records(), report.choice.stale.len()), (before, 1), "as long is not longer");
    theirs.mine_many(1);
    let (parts, report) = take(parts, &mut kept, &theirs.blocks);
    assert_eq!((report.choice.stays_to, report.choice.leaving, report.choice.add.len()), (Some(29), 3, 4));
    let branch: Vec<Block> = trunk.blocks.iter().chain(&theirs.blocks).cloned().collect();
    assert_eq!(plain(parts), expected(&branch));
}

#[test]
fn many_small_parts_become_few_with_the_same_answers() {
    let mut miner = Miner::new(12);
    let mut kept = Kept::default();
    let mut parts = Parts::default();
    let mut most = 0;
    for _ in 0..60 {
        miner.mine_many(2);
        (parts, _) = take(parts, &mut kept, miner.blocks.iter().rev().take(2).collect::<Vec<_>>());
        if let Some(range) = rewrite::worth_merging(&parts, 10_000) {
            parts = rewrite::merge(parts, range, &mut kept).unwrap();
        }
        most = most.max(parts.list().len());
    }
    assert!(most <= 7, "{most} parts");
    assert_eq!(plain(kept.open(&parts.records())), expected(&miner.blocks));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_history_gives_the_chain_of_the_last_branch(seed in any::<u64>(), steps in 1_usize..9) {
        let mut random = Random::new(seed, "history");
        let mut best = Miner::new(seed);
        best.mine_many(1 + random.below(8));
        let mut chain = best.blocks.clone();
        let mut kept = Kept::default();
        let (mut parts, _) = take(Parts::default(), &mut kept, &chain);
        let mut states = vec![(best.branch(0), chain.clone())];
        for step in 0..steps {
            let (from, trunk) = states[random.below(states.len())].clone();
            let mut branch = from.branch(seed ^ step as u64);
            branch.mine_many(1 + random.below(6));
            let whole: Vec<Block> = trunk.iter().chain(&branch.blocks).cloned().collect();
            (parts, _) = take(parts, &mut kept, &whole);
            if whole.len() > chain.len() {
                chain.clone_from(&whole);
                states.push((branch, whole));
            }
            if random.percent(30)
                && let Some(range) = rewrite::worth_merging(&parts, 200)
            {
                parts = rewrite::merge(parts, range, &mut kept).unwrap();
            }
        }
        let records = parts.records();
        prop_assert_eq!(plain(kept.open(&records)), expected(&chain));
        let (at_once, _) = take(Parts::default(), &mut Kept::default(), &chain);
        prop_assert_eq!(traces(kept.open(&records)), traces(at_once));
    }
}
