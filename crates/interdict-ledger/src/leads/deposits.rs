//! Which value reached a bridge, a mixer or a swap? Outputs at addresses that the caller has labeled.
//!
//! Value that goes into such a service goes on elsewhere: on another chain, with other outputs, in another asset. A trace ends there, and the
//! lead says where to ask. How sure it is, is how sure the label is.

use std::collections::{BTreeMap, BTreeSet};

use crate::outputs::Tx;
use crate::report::Unit;

use super::transaction::{Transactions, View};
use super::{Confidence, Pattern, Patterns, Seen};

/// What a service does with what it receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceKind {
    /// Moves it to another chain.
    Bridge,
    /// Gives back other value than it received.
    Mixer,
    /// Gives back another asset.
    Swap,
}

impl ServiceKind {
    /// A short stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bridge => "bridge",
            Self::Mixer => "mixer",
            Self::Swap => "swap",
        }
    }
}

/// A service that an address is labeled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service {
    /// What it does.
    pub kind: ServiceKind,
    /// Which it is, as a number of the caller's.
    pub number: u32,
    /// How sure the label is.
    pub confidence: Confidence,
}

/// Value that reached one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deposits {
    /// What the service does.
    pub kind: ServiceKind,
    /// Which it is, as a number of the caller's.
    pub service: u32,
    /// How sure the least sure label is.
    pub confidence: Confidence,
    /// In how many outputs.
    pub outputs: u64,
    /// How much. All of the outputs, traced or not.
    pub value: u128,
}

impl Deposits {
    /// The method.
    pub fn method(&self) -> String {
        "deposit (outputs at labeled addresses, of transactions that spend nothing of the same service)"
            .to_owned()
    }

    /// What was seen.
    pub fn in_words(&self, service: &str, unit: &Unit) -> String {
        format!("{} {} in {} outputs went to {service}", unit.written(self.value), unit.asset, self.outputs)
    }
}

struct Found {
    deposits: Deposits,
    transactions: Vec<Tx>,
    addresses: BTreeSet<u32>,
}

/// The deposits of some transactions, one pattern for each service. What a service moves among its own addresses is none.
pub fn search(
    transactions: &mut Transactions<'_>,
    among: impl IntoIterator<Item = Tx>,
    labels: &BTreeMap<u32, Service>,
) -> Patterns {
    let mut by_service: BTreeMap<(ServiceKind, u32), Found> = BTreeMap::new();
    for number in among {
        transactions.read(number, |view| deposits_of(view, labels, &mut by_service));
    }
    let mut patterns = Patterns::default();
    for found in by_service.into_values() {
        patterns.add(|| Pattern {
            seen: Seen::Deposits(found.deposits),
            transactions: found.transactions,
            addresses: found.addresses.into_iter().collect(),
        });
    }
    patterns
}

fn deposits_of(
    view: &mut View<'_, '_>,
    labels: &BTreeMap<u32, Service>,
    by_service: &mut BTreeMap<(ServiceKind, u32), Found>,
) {
    let received: Vec<_> =
        view.outputs().iter().filter_map(|output| Some((*output, *labels.get(&output.address)?))).collect();
    if received.is_empty() {
        return;
    }
    let number = view.number();
    let payers: BTreeSet<(ServiceKind, u32)> = view
        .input_addresses()
        .iter()
        .filter_map(|address| labels.get(address))
        .map(|service| (service.kind, service.number))
        .collect();
    for (output, service) in
        received.into_iter().filter(|(_, service)| !payers.contains(&(service.kind, service.number)))
    {
        let found = by_service.entry((service.kind, service.number)).or_insert_with(|| Found {
            deposits: Deposits {
                kind: service.kind,
                service: service.number,
                confidence: service.confidence,
                outputs: 0,
                value: 0,
            },
            transactions: Vec::new(),
            addresses: BTreeSet::new(),
        });
        let deposits = &mut found.deposits;
        deposits.outputs += 1;
        deposits.value += u128::from(output.value);
        deposits.confidence = deposits.confidence.min(service.confidence);
        found.addresses.insert(output.address);
        if found.transactions.last() != Some(&number) {
            found.transactions.push(number);
        }
    }
}
