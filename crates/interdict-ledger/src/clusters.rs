//! Which addresses have one owner, as far as spending together tells? Clusters of addresses by common inputs, with guards.
//!
//! Who spends outputs of two addresses in one transaction holds the keys of both: the heuristic of multiple inputs. It fails where several
//! parties build a transaction together, so that such transactions are left out ([`crate::leads::coinjoin`]), a transaction that would make
//! a large cluster out of several is refused ([`guards`]), and all that was left out or refused is counted and listed. What cannot be told
//! from the chain is PayJoin, where payee and payer put in one input each: see `docs/ledger-clusters.md`.

pub mod common;
pub mod evidence;
pub mod forest;
pub mod guards;
mod zeros;

use std::collections::BTreeMap;

use interdict_core::limits::CLUSTER_EXCEPTIONS_KEPT_MAX;

use crate::leads::Confidence;
use crate::leads::coinjoin::{self, CoinJoin, CoinJoinKind, CoinJoinRules};
use crate::leads::transaction::{Transactions, View};
use crate::outputs::chain::Chain;
use crate::outputs::{NO_ADDRESS, Tx};

use common::CommonInputs;
use forest::Forest;
use guards::{Collapse, Guard, JoinedBy, Labels, Refusals};

/// So many inputs are gathered before they are joined.
const GATHERED: usize = 1 << 16;

/// What is left out, what is refused and what is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Transactions that look like CoinJoins at least this surely join nothing. `None`: nothing is left out.
    pub coinjoins_from: Option<Confidence>,
    /// How CoinJoins are recognized.
    pub coinjoin: CoinJoinRules,
    /// When a transaction would make a cluster collapse. `None`: only labels are watched.
    pub collapse: Option<Collapse>,
    /// Whether it is kept which transactions joined, so that clusters can be explained: four more bytes for each address.
    pub evidence: Evidence,
}

impl Default for Rules {
    /// CoinJoins of 0.40 and more are left out: to leave out too much splits a cluster, to leave out too little joins strangers.
    fn default() -> Self {
        Self {
            coinjoins_from: Some(Confidence::percent(40)),
            coinjoin: CoinJoinRules::default(),
            collapse: Some(Collapse::default()),
            evidence: Evidence::NotKept,
        }
    }
}

/// Whether it is kept which transactions joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Clusters can be explained.
    Kept,
    /// They cannot, and take half the memory.
    NotKept,
}

/// A clustering that failed.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// More addresses than a forest has room for.
    #[error("{addresses} addresses are more than {} (ADDRESSES_MAX)", forest::ADDRESSES_MAX)]
    TooManyAddresses {
        /// How many were asked for.
        addresses: u32,
    },
    /// An address that is not below the number of addresses.
    #[error("address {address} of a transaction is not one of the {addresses} addresses")]
    UnknownAddress {
        /// Which.
        address: u32,
        /// How many addresses there are.
        addresses: u32,
    },
    /// Arrays of inputs that do not fit each other.
    #[error("the ends of the transactions' inputs do not fit the inputs")]
    Inputs,
    /// The system did not give the memory.
    #[error("no memory for the clusters")]
    Memory(#[source] std::io::Error),
}

/// A CoinJoin that joined nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    /// The transaction.
    pub transaction: Tx,
    /// What it looks like.
    pub coinjoin: CoinJoin,
}

/// What was read, left out and refused. Counts are exact; lists end at [`CLUSTER_EXCEPTIONS_KEPT_MAX`], the first ones are kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    /// Transactions that were read.
    pub transactions: u64,
    /// Those that spend from two addresses and more, those left out included.
    pub several_addresses: u64,
    /// Inputs that no address stands for: they join nothing.
    pub inputs_without_address: u64,
    /// CoinJoins that were left out, by kind.
    pub coinjoins: BTreeMap<CoinJoinKind, u64>,
    /// The first of them.
    pub left_out: Vec<LeftOut>,
    /// What guards refused.
    pub refusals: Refusals,
}

/// Addresses in clusters.
#[derive(Debug)]
pub struct Clusters {
    forest: Forest,
    joined_by: Option<JoinedBy>,
    account: Account,
}

impl Clusters {
    /// Clusters the addresses of a chain, whose numbers are below `addresses`. With guards, the order of the chain decides which of two
    /// transactions is refused; without, the clusters are the same in any order.
    ///
    /// # Errors
    /// An address that is not below `addresses`, too many addresses, or no memory.
    pub fn of_chain(
        chain: &Chain,
        addresses: u32,
        rules: &Rules,
        labels: Labels,
    ) -> Result<Self, ClusterError> {
        let mut forest = Forest::new(addresses)?;
        let mut guard = Guard::new(addresses, rules.collapse, labels, rules.evidence)?;
        let mut account = Account::default();
        let mut transactions = Transactions::of(chain);
        let mut gathered = CommonInputs::default();
        for number in 0..chain.txs() {
            transactions.read(number, |view| gather(view, rules, &mut account, &mut gathered))?;
            if gathered.addresses().len() >= GATHERED {
                forest.join(&gathered, &mut guard)?;
                gathered.clear();
            }
        }
        forest.join(&gathered, &mut guard)?;
        forest.settle();
        let (refusals, joined_by) = guard.finish();
        account.refusals = refusals;
        Ok(Self { forest, joined_by, account })
    }

    /// The clusters themselves.
    pub fn forest(&self) -> &Forest {
        &self.forest
    }

    /// What was read, left out and refused.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The transactions that joined a cluster together, in order; `None` when they were not kept. Looks through all addresses.
    pub fn joining(&self, cluster: u32) -> Option<Vec<Tx>> {
        let joined_by = self.joined_by.as_ref()?;
        let mut joining: Vec<Tx> =
            self.forest.members(cluster).filter_map(|address| joined_by.transaction(address)).collect();
        joining.sort_unstable();
        joining.dedup();
        Some(joining)
    }
}

/// Takes a transaction in, unless it joins nothing.
fn gather(
    view: &mut View<'_, '_>,
    rules: &Rules,
    account: &mut Account,
    into: &mut CommonInputs,
) -> Result<(), ClusterError> {
    account.transactions += 1;
    if view.input_count() < 2 {
        return Ok(());
    }
    let addresses = view.input_addresses();
    let known = addresses.iter().filter(|address| **address != NO_ADDRESS).count();
    account.inputs_without_address += (addresses.len() - known) as u64;
    let first = addresses.iter().find(|address| **address != NO_ADDRESS);
    if !addresses.iter().any(|address| *address != NO_ADDRESS && Some(address) != first) {
        return Ok(());
    }
    account.several_addresses += 1;
    let found = rules.coinjoins_from.and_then(|from| {
        coinjoin::recognize(view, &rules.coinjoin).filter(|coinjoin| coinjoin.confidence >= from)
    });
    if let Some(coinjoin) = found {
        *account.coinjoins.entry(coinjoin.kind).or_default() += 1;
        if account.left_out.len() < CLUSTER_EXCEPTIONS_KEPT_MAX {
            account.left_out.push(LeftOut { transaction: view.number(), coinjoin });
        }
        return Ok(());
    }
    let number = view.number();
    into.push(number, view.input_addresses().iter().copied())
}
