//! In which order did transfers of one second happen? A file that is out of order does not tell; a spend follows the receipt it needs.
//!
//! The order of the file stays where nobody spends more in it than came. Otherwise spends are put behind the receipts of the same second
//! (circles are broken by the order of the file), and that order is taken where less is missing in it.

use std::collections::{BTreeSet, HashMap};

use crate::accounts::{AccountId, AssetId};

/// A transfer, as far as its order goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::sources) struct Tied {
    pub from: Option<AccountId>,
    pub to: Option<AccountId>,
    pub asset: AssetId,
    pub value: u128,
}

type Holder = (AccountId, AssetId);

impl Tied {
    fn sender(&self) -> Option<Holder> {
        self.from.map(|from| (from, self.asset))
    }

    fn receiver(&self) -> Option<Holder> {
        self.to.map(|to| (to, self.asset))
    }
}

/// Balances behind all groups so far.
#[derive(Debug, Default)]
pub(in crate::sources) struct Ties {
    held: HashMap<Holder, u128>,
    /// Groups whose order is not that of the file.
    pub reordered: u64,
}

impl Ties {
    /// The order of the next group: places in it.
    pub fn order(&mut self, group: &[Tied]) -> Vec<usize> {
        let by_file: Vec<usize> = (0..group.len()).collect();
        let mut order = by_file;
        if group.len() > 1 {
            let missing = self.missing(group, &order);
            let other = if missing > 0 { receipts_first(group) } else { Vec::new() };
            if missing > 0 && self.missing(group, &other) < missing {
                self.reordered += 1;
                order = other;
            }
        }
        let mut held = std::mem::take(&mut self.held);
        for tied in order.iter().filter_map(|&at| group.get(at)) {
            happen(&mut held, &HashMap::new(), tied);
        }
        self.held = held;
        order
    }

    /// How much is spent in an order that was not there.
    fn missing(&self, group: &[Tied], order: &[usize]) -> u128 {
        let mut held = HashMap::new();
        let all = order.iter().filter_map(|&at| group.get(at));
        all.fold(0, |sum, tied| sum.saturating_add(happen(&mut held, &self.held, tied)))
    }
}

/// Moves balances; how much was missing. What is not in `held` is looked up in `before`.
fn happen(held: &mut HashMap<Holder, u128>, before: &HashMap<Holder, u128>, tied: &Tied) -> u128 {
    let known = |holder: &Holder| before.get(holder).copied().unwrap_or(0);
    let mut missing = 0;
    if let Some(sender) = tied.sender() {
        let balance = held.entry(sender).or_insert_with(|| known(&sender));
        missing = tied.value.saturating_sub(*balance);
        *balance = balance.saturating_sub(tied.value);
    }
    if let Some(receiver) = tied.receiver() {
        let balance = held.entry(receiver).or_insert_with(|| known(&receiver));
        *balance = balance.saturating_add(tied.value);
    }
    missing
}

/// Spends behind all receipts of the group.
fn receipts_first(group: &[Tied]) -> Vec<usize> {
    let mut awaited: HashMap<Holder, usize> = HashMap::new();
    let mut spends: HashMap<Holder, Vec<usize>> = HashMap::new();
    for (at, tied) in group.iter().enumerate() {
        if let Some(receiver) = tied.receiver().filter(|_| tied.from != tied.to) {
            *awaited.entry(receiver).or_default() += 1;
        }
        if let Some(sender) = tied.sender() {
            spends.entry(sender).or_default().push(at);
        }
    }
    let is_free = |awaited: &HashMap<Holder, usize>, tied: &Tied| {
        tied.sender().is_none_or(|sender| awaited.get(&sender).is_none_or(|&n| n == 0))
    };
    let mut left: BTreeSet<usize> = (0..group.len()).collect();
    let mut free: BTreeSet<usize> =
        group.iter().enumerate().filter(|(_, tied)| is_free(&awaited, tied)).map(|(at, _)| at).collect();
    let mut order = Vec::with_capacity(group.len());
    while let Some(at) = free.pop_first().or_else(|| left.first().copied()) {
        if !left.remove(&at) {
            continue;
        }
        order.push(at);
        let Some(tied) = group.get(at).filter(|tied| tied.from != tied.to) else { continue };
        let Some(receiver) = tied.receiver() else { continue };
        let Some(n) = awaited.get_mut(&receiver) else { continue };
        *n -= 1;
        if *n == 0 {
            free.extend(spends.get(&receiver).into_iter().flatten());
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{AddressKey, Builder};

    fn group(text: &[(&str, &str, u128)]) -> Vec<Tied> {
        let mut builder = Builder::new();
        let asset = builder.asset("USD", 0).unwrap();
        for name in ["a", "b", "c", "d", "x"] {
            builder.account(&AddressKey::of(name).unwrap()).unwrap(); // the same numbers in all groups
        }
        let mut account = |name: &str| Some(builder.account(&AddressKey::of(name).unwrap()).unwrap());
        text.iter()
            .map(|(from, to, value)| Tied { from: account(from), to: account(to), asset, value: *value })
            .collect()
    }

    #[test]
    fn a_spend_follows_its_receipt() {
        let mut ties = Ties::default();
        // Whoever has no receipts is a source.
        assert_eq!(ties.order(&group(&[("b", "c", 5), ("a", "b", 5), ("c", "d", 5)])), [1, 0, 2]);
        assert_eq!(ties.reordered, 1);
    }

    #[test]
    fn the_order_of_the_file_stays_where_it_is_possible() {
        let mut ties = Ties::default();
        ties.order(&group(&[("a", "b", 5)]));
        assert_eq!(
            ties.order(&group(&[("b", "c", 5), ("x", "b", 5)])),
            [0, 1],
            "b had 5; x is a source in any order"
        );
        let mut ties = Ties::default();
        assert_eq!(ties.order(&group(&[("a", "b", 5), ("b", "a", 5), ("a", "a", 5)])), [0, 1, 2]);
        assert_eq!(ties.reordered, 0);
    }
}
