//! The clusters are those that a plain search over the graph of common inputs finds, in any order, and each can be explained.

use std::collections::BTreeSet;

use interdict_core::random::Random;
use interdict_ledger::clusters::common::CommonInputs;
use interdict_ledger::clusters::forest::{ADDRESSES_MAX, Forest, Unwatched};
use interdict_ledger::clusters::guards::Labels;
use interdict_ledger::clusters::{ClusterError, Clusters, Evidence, Rules, evidence};
use interdict_ledger::outputs::NO_ADDRESS;
use proptest::prelude::*;

use crate::built::World;

/// The smallest address that each address is connected to, by search.
fn searched(addresses: u32, transactions: &[Vec<u32>]) -> Vec<u32> {
    let mut cluster: Vec<Option<u32>> = vec![None; addresses as usize];
    for start in 0..addresses {
        let mut front = vec![start];
        while let Some(at) = front.pop() {
            if cluster[at as usize].is_none() {
                cluster[at as usize] = Some(start);
                front.extend(transactions.iter().filter(|inputs| inputs.contains(&at)).flatten());
            }
        }
    }
    cluster.into_iter().map(Option::unwrap).collect()
}

fn joined(addresses: u32, transactions: &[Vec<u32>]) -> Forest {
    let mut inputs = CommonInputs::default();
    for (number, addresses) in (0..).zip(transactions) {
        inputs.push(number, addresses.iter().copied()).unwrap();
    }
    let mut forest = Forest::new(addresses).unwrap();
    forest.join(&inputs, &mut Unwatched).unwrap();
    forest
}

fn all_clusters(forest: &Forest) -> Vec<u32> {
    (0..forest.addresses()).map(|address| forest.cluster(address)).collect()
}

proptest! {
    #[test]
    fn the_partition_is_that_of_a_search(
        transactions in proptest::collection::vec(proptest::collection::vec(0_u32..60, 0..5), 0..40),
        seed in any::<u64>(),
    ) {
        let expected = searched(60, &transactions);
        let mut forest = joined(60, &transactions);
        prop_assert_eq!(all_clusters(&forest), expected.clone());
        forest.settle();
        prop_assert_eq!(all_clusters(&forest), expected.clone());
        for address in 0..60 {
            let members: Vec<u32> = forest.members(forest.cluster(address)).collect();
            prop_assert_eq!(forest.size(address) as usize, members.len());
            prop_assert!(members.contains(&address));
        }
        let of_two: Vec<(u32, u32)> = forest.joined().collect();
        let distinct: BTreeSet<u32> = expected.iter().copied().filter(|cluster| forest.size(*cluster) > 1).collect();
        prop_assert_eq!(of_two.iter().map(|(cluster, _)| *cluster).collect::<BTreeSet<_>>(), distinct);
        prop_assert!(of_two.iter().all(|(cluster, size)| forest.size(*cluster) == *size));

        let mut shuffled = transactions.clone();
        let mut random = Random::new(seed, "order");
        random.shuffle(&mut shuffled);
        shuffled.iter_mut().for_each(|inputs| random.shuffle(inputs));
        prop_assert_eq!(all_clusters(&joined(60, &shuffled)), expected);
    }

    #[test]
    fn every_pair_of_a_cluster_is_explained(
        transactions in proptest::collection::vec(proptest::collection::vec(0_u32..20, 2..4), 1..20),
    ) {
        let mut world = World::new();
        let numbers: Vec<u32> = transactions.iter().map(|inputs| world.together(inputs)).collect();
        let chain = world.chain();
        let rules = Rules { evidence: Evidence::Kept, ..Rules::default() };
        let clusters = Clusters::of_chain(&chain, 20, &rules, Labels::default()).unwrap();
        for from in 0..20 {
            for to in 0..20 {
                let is_one = clusters.forest().cluster(from) == clusters.forest().cluster(to);
                let path = evidence::path(&clusters, &chain, from, to);
                prop_assert_eq!(path.is_some(), is_one);
                let mut at = from;
                for step in path.unwrap_or_default() {
                    let inputs = &transactions[numbers.binary_search(&step.transaction).unwrap()];
                    prop_assert!(step.from == at && inputs.contains(&step.from) && inputs.contains(&step.to));
                    at = step.to;
                }
                prop_assert!(at == to || !is_one);
            }
        }
    }
}

#[test]
fn many_transactions_join_across_windows() {
    // More than are read ahead, one with more inputs than that, and a chain of pairs that ends far away.
    let addresses = 5_000;
    let mut transactions: Vec<Vec<u32>> =
        (1_000..1_999).rev().map(|address| vec![address, address + 1]).collect();
    transactions.push((2_500..3_500).collect());
    transactions.push(vec![3_499, 4_999, 7]);
    let forest = joined(addresses, &transactions);
    assert_eq!((forest.cluster(1_999), forest.size(1_500)), (1_000, 1_000));
    assert_eq!((forest.cluster(4_999), forest.size(2_500)), (7, 1_002));
    assert_eq!((forest.cluster(8), forest.size(8)), (8, 1));
}

#[test]
fn inputs_without_an_address_join_nothing() {
    let mut world = World::new();
    world.together(&[3, NO_ADDRESS, NO_ADDRESS]);
    world.together(&[4, NO_ADDRESS, 5]);
    let clusters = Clusters::of_chain(&world.chain(), 10, &Rules::default(), Labels::default()).unwrap();
    assert_eq!((clusters.forest().size(3), clusters.forest().cluster(5)), (1, 4));
    let account = clusters.account();
    assert_eq!((account.inputs_without_address, account.several_addresses, account.transactions), (3, 1, 8));
}

#[test]
fn what_does_not_fit_is_an_error() {
    assert!(matches!(Forest::new(ADDRESSES_MAX + 1), Err(ClusterError::TooManyAddresses { .. })));
    let inputs = CommonInputs::from_parts(vec![0, 1], vec![2, 4], vec![0, 1, 2, 9]).unwrap();
    let mut forest = Forest::new(9).unwrap();
    let failed = forest.join(&inputs, &mut Unwatched);
    assert!(matches!(failed, Err(ClusterError::UnknownAddress { address: 9, addresses: 9 })));
    assert_eq!(forest.size(0), 1, "nothing was joined");
    for (ends, addresses) in [(vec![2], vec![0, 1]), (vec![3, 2], vec![0, 1]), (vec![1, 3], vec![0, 1])] {
        assert!(matches!(CommonInputs::from_parts(vec![0, 1], ends, addresses), Err(ClusterError::Inputs)));
    }
    assert_eq!(Forest::new(0).unwrap().joined().count(), 0);
}
