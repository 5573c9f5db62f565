//! A planted collapse is refused, recorded and counted; CoinJoins join nothing.

use interdict_ledger::clusters::guards::{Collapse, Labels, Refusal};
use interdict_ledger::clusters::{Clusters, Rules};
use interdict_ledger::leads::coinjoin::CoinJoinKind;

use crate::built::{World, coins};

fn rules(collapse: Collapse) -> Rules {
    Rules { collapse: Some(collapse), ..Rules::default() }
}

const SMALL: Collapse = Collapse { both_above: 3, growth_times: 10, growth_above: 100, addresses_max: None };

#[test]
fn two_large_clusters_do_not_become_one() {
    let mut world = World::new();
    world.together(&[0, 1, 2, 3]);
    world.together(&[10, 11, 12, 13]);
    let bridge = world.together(&[0, 10, 20]);
    world.together(&[3, 30]);
    let chain = world.chain();

    let clusters = Clusters::of_chain(&chain, 40, &rules(SMALL), Labels::default()).unwrap();
    assert_eq!(
        (clusters.forest().size(0), clusters.forest().size(13), clusters.forest().size(20)),
        (5, 4, 1)
    );
    let refusals = &clusters.account().refusals;
    assert_eq!(refusals.counts.get("both_large"), Some(&1));
    let refused = refusals.first[0];
    assert_eq!((refused.transaction, refused.refusal, refused.clusters), (bridge, Refusal::BothLarge, 3));
    assert_eq!((refused.largest, refused.second, refused.together), ((0, 4), (10, 4), 9));

    let free = Rules { collapse: None, ..Rules::default() };
    let clusters = Clusters::of_chain(&chain, 40, &free, Labels::default()).unwrap();
    assert_eq!(clusters.forest().size(30), 10);
    assert!(clusters.account().refusals.counts.is_empty());
}

#[test]
fn one_large_cluster_takes_small_ones_in() {
    let mut world = World::new();
    world.together(&[0, 1, 2, 3, 4, 5]);
    world.together(&[10, 11, 12]);
    world.together(&[5, 12]);
    let clusters = Clusters::of_chain(&world.chain(), 40, &rules(SMALL), Labels::default()).unwrap();
    assert_eq!(clusters.forest().size(10), 9);
}

#[test]
fn many_small_clusters_do_not_become_one_large() {
    let mut world = World::new();
    for first in 0..30 {
        world.together(&[first * 3, first * 3 + 1, first * 3 + 2]);
    }
    let every_first: Vec<u32> = (0..30).map(|first| first * 3).collect();
    let sweep = world.together(&every_first);
    let chain = world.chain();
    let collapse = Collapse { growth_times: 10, growth_above: 50, ..SMALL };
    let clusters = Clusters::of_chain(&chain, 90, &rules(collapse), Labels::default()).unwrap();
    let refused = clusters.account().refusals.first[0];
    assert_eq!((refused.transaction, refused.refusal, refused.together), (sweep, Refusal::Growth, 90));
    let collapse = Collapse { growth_above: 90, ..collapse };
    let clusters = Clusters::of_chain(&chain, 90, &rules(collapse), Labels::default()).unwrap();
    assert_eq!(clusters.forest().size(0), 90);
    let collapse = Collapse { addresses_max: Some(89), ..collapse };
    let clusters = Clusters::of_chain(&chain, 90, &rules(collapse), Labels::default()).unwrap();
    assert_eq!(clusters.account().refusals.counts.get("too_large"), Some(&1));
}

#[test]
fn labels_of_two_entities_stay_apart_wherever_the_clusters_went() {
    let mut world = World::new();
    world.together(&[5, 6]);
    world.together(&[1, 5]);
    world.together(&[8, 9]);
    world.together(&[2, 9]);
    let refused = world.together(&[1, 2]);
    world.together(&[6, 7]);
    let chain = world.chain();
    // 6 is one entity, 8 another; both come to stand at other roots than their own. 7 is of the first entity too.
    let labels = Labels::new([(6, 100), (8, 200), (7, 100), (3, 1), (3, 2)]);
    assert_eq!(labels.contested(), [3]);
    let clusters = Clusters::of_chain(&chain, 10, &Rules::default(), labels).unwrap();
    let forest = clusters.forest();
    assert_eq!((forest.cluster(7), forest.cluster(8)), (1, 2));
    assert_eq!((forest.size(1), forest.size(2)), (4, 3));
    let first = clusters.account().refusals.first[0];
    assert_eq!((first.transaction, first.refusal), (refused, Refusal::Labels(100, 200)));
    assert_eq!(clusters.account().refusals.counts.get("labels"), Some(&1));
}

#[test]
fn a_coinjoin_joins_nothing_and_is_listed() {
    let mut world = World::new();
    // Three makers and a taker: each puts in the denomination, the change and a fee or an earning.
    let inputs = coins(&[5_003_000, 3_499_500, 9_119_300, 2_000_900], 0);
    let mut outputs = coins(&[1_000_000; 4], 50);
    outputs.extend(coins(&[4_000_000, 2_500_000, 8_120_000, 1_001_000], 60));
    let join = world.pay(&inputs, &outputs);
    world.together(&[0, 9]);
    let chain = world.chain();

    let clusters = Clusters::of_chain(&chain, 100, &Rules::default(), Labels::default()).unwrap();
    assert_eq!((clusters.forest().size(1), clusters.forest().size(0)), (1, 2));
    let account = clusters.account();
    assert_eq!(account.coinjoins.get(&CoinJoinKind::EqualOutputs), Some(&1));
    assert_eq!((account.left_out[0].transaction, account.left_out[0].coinjoin.participants), (join, 4));

    let all = Rules { coinjoins_from: None, ..Rules::default() };
    let clusters = Clusters::of_chain(&chain, 100, &all, Labels::default()).unwrap();
    assert_eq!(clusters.forest().size(0), 5);
    assert!(clusters.account().coinjoins.is_empty());
}
