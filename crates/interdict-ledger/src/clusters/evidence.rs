//! Why are two addresses in one cluster? A path of transactions, each spending from two addresses together.
//!
//! Only the transactions that joined two clusters are kept, so the path is the shortest among these and not among all of the chain.
//! Any of its steps can be looked up: both addresses are among the inputs of the transaction.

use std::collections::HashMap;

use super::Clusters;
use crate::leads::transaction::Transactions;
use crate::outputs::chain::Chain;
use crate::outputs::{NO_ADDRESS, Tx};

/// Two addresses that are spent from together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// One address.
    pub from: u32,
    /// The other.
    pub to: u32,
    /// The transaction that spends from both.
    pub transaction: Tx,
}

/// The steps from one address to another, none if they are the same. `None`: they are not in one cluster, or the transactions were not kept.
/// Takes time and memory with the size of the cluster.
pub fn path(clusters: &Clusters, chain: &Chain, from: u32, to: u32) -> Option<Vec<Step>> {
    let cluster = clusters.forest().cluster(from);
    if cluster != clusters.forest().cluster(to) {
        return None;
    }
    let spending = Spending::of(&clusters.joining(cluster)?, chain);
    spending.shortest(from, to)
}

/// The input addresses of some transactions, and the transactions of each address.
struct Spending {
    transactions: Vec<(Tx, Vec<u32>)>,
    of_address: HashMap<u32, Vec<usize>>,
}

impl Spending {
    fn of(joining: &[Tx], chain: &Chain) -> Self {
        let mut reader = Transactions::of(chain);
        let mut spending = Self { transactions: Vec::new(), of_address: HashMap::new() };
        for (place, &number) in joining.iter().enumerate() {
            let mut addresses = reader.read(number, |view| view.input_addresses().to_vec());
            addresses.retain(|address| *address != NO_ADDRESS);
            addresses.sort_unstable();
            addresses.dedup();
            for &address in &addresses {
                spending.of_address.entry(address).or_default().push(place);
            }
            spending.transactions.push((number, addresses));
        }
        spending
    }

    /// Breadth first, addresses and transactions in their order, so that the answer is always the same.
    fn shortest(&self, from: u32, to: u32) -> Option<Vec<Step>> {
        let mut came: HashMap<u32, Step> = HashMap::new();
        let mut used = vec![false; self.transactions.len()];
        let mut front = vec![from];
        while !front.is_empty() && from != to && !came.contains_key(&to) {
            let mut next = Vec::new();
            for &at in &front {
                for &place in self.of_address.get(&at).map(Vec::as_slice).unwrap_or_default() {
                    let Some((used, (transaction, addresses))) =
                        used.get_mut(place).zip(self.transactions.get(place))
                    else {
                        continue;
                    };
                    if std::mem::replace(used, true) {
                        continue;
                    }
                    for &other in addresses.iter().filter(|other| **other != from) {
                        came.entry(other).or_insert_with(|| {
                            next.push(other);
                            Step { from: at, to: other, transaction: *transaction }
                        });
                    }
                }
            }
            front = next;
        }
        back(&came, from, to)
    }
}

/// The steps back from the end, turned round.
fn back(came: &HashMap<u32, Step>, from: u32, to: u32) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut at = to;
    while at != from {
        let step = came.get(&at)?;
        steps.push(*step);
        at = step.from;
    }
    steps.reverse();
    Some(steps)
}
