//! When does a transaction join nothing because clusters would collapse into one? Guards over the sizes and labels of clusters.
//!
//! One transaction that is wrongly taken for one owner's joins two services and all their customers (Harrigan and Fretter, "The
//! unreasonable effectiveness of address clustering", 2016, describe how clusters grow by such mergers). A refused transaction joins nothing at
//! all, as it may be built by several parties. Which of several transactions is refused depends on their order, which is that of the chain.

use std::collections::{BTreeMap, HashMap};

use interdict_core::limits::CLUSTER_EXCEPTIONS_KEPT_MAX;

use super::forest::{Sizes, Watch};
use super::zeros::Zeros;
use super::{ClusterError, Evidence};
use crate::outputs::Tx;

/// Which transaction took the cluster of an address into another, while the address was the smallest in it.
#[derive(Debug)]
pub struct JoinedBy(Zeros);

impl JoinedBy {
    /// `None` for an address that still names its cluster.
    pub fn transaction(&self, address: u32) -> Option<Tx> {
        self.0.numbers().get(address as usize)?.checked_sub(1)
    }
}

/// Bounds beyond which a transaction joins nothing. The defaults are a judgment: no ground truth for them is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collapse {
    /// Two clusters with more addresses than this each do not become one by one transaction.
    pub both_above: u32,
    /// A transaction does not make a cluster so many times larger than the largest that goes into it...
    pub growth_times: u32,
    /// ...when the cluster that comes out has more addresses than this.
    pub growth_above: u32,
    /// No cluster gets more addresses than this, if there is a bound.
    pub addresses_max: Option<u32>,
}

impl Default for Collapse {
    fn default() -> Self {
        Self { both_above: 10_000, growth_times: 10, growth_above: 10_000, addresses_max: None }
    }
}

/// Why a transaction was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// Two clusters are labeled as different entities: the two smallest entities.
    Labels(u32, u32),
    /// Two clusters are large.
    BothLarge,
    /// Many clusters would become one that is far larger than any of them.
    Growth,
    /// The cluster would be larger than any may be.
    TooLarge,
}

impl Refusal {
    /// A short stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Labels(..) => "labels",
            Self::BothLarge => "both_large",
            Self::Growth => "growth",
            Self::TooLarge => "too_large",
        }
    }
}

/// A transaction that joined nothing because of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The transaction.
    pub transaction: Tx,
    /// Why.
    pub refusal: Refusal,
    /// How many clusters it would have joined.
    pub clusters: usize,
    /// The largest of them: its smallest address, and how many addresses it has.
    pub largest: (u32, u32),
    /// The second largest.
    pub second: (u32, u32),
    /// How many addresses the cluster would have had.
    pub together: u64,
}

/// What was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusals {
    /// How many transactions, by the name of the reason. Exact.
    pub counts: BTreeMap<&'static str, u64>,
    /// The first of them, at most [`CLUSTER_EXCEPTIONS_KEPT_MAX`].
    pub first: Vec<Refused>,
}

/// Which entity an address is known to belong to, as far as it is known. Entities are numbers of the caller's.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    entities: HashMap<u32, u32>,
    contested: Vec<u32>,
}

impl Labels {
    /// From addresses and their entities. An address with two entities guards nothing, and is told by [`Labels::contested`].
    pub fn new(labels: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = labels.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut found = Self::default();
        for of_address in sorted.chunk_by(|one, other| one.0 == other.0) {
            match of_address {
                [(address, entity)] => drop(found.entities.insert(*address, *entity)),
                several => found.contested.extend(several.first().map(|(address, _)| *address)),
            }
        }
        found
    }

    /// The addresses that were given with several entities, in their order.
    pub fn contested(&self) -> &[u32] {
        &self.contested
    }

    /// The two smallest different entities of clusters, if there are two.
    fn different(&self, roots: &[u32]) -> Option<(u32, u32)> {
        let entities = || roots.iter().filter_map(|root| self.entities.get(root)).copied();
        let smallest = entities().min()?;
        let other = entities().filter(|entity| *entity != smallest).min()?;
        Some((smallest, other))
    }

    /// The label of a cluster goes where the cluster goes.
    fn joined(&mut self, root: u32, into: u32) {
        if let Some(entity) = self.entities.remove(&root) {
            self.entities.insert(into, entity);
        }
    }
}

/// Refuses by sizes and labels, and keeps what joined.
#[derive(Debug)]
pub struct Guard {
    collapse: Option<Collapse>,
    labels: Labels,
    joined_by: Option<JoinedBy>,
    refusals: Refusals,
    roots: Vec<u32>,
}

impl Guard {
    /// A guard of so many addresses.
    ///
    /// # Errors
    /// The system has no memory for the evidence.
    pub fn new(
        addresses: u32,
        collapse: Option<Collapse>,
        labels: Labels,
        evidence: Evidence,
    ) -> Result<Self, ClusterError> {
        let joined_by = match evidence {
            Evidence::Kept => Some(JoinedBy(Zeros::new(addresses)?)),
            Evidence::NotKept => None,
        };
        Ok(Self { collapse, labels, joined_by, refusals: Refusals::default(), roots: Vec::new() })
    }

    /// What was refused, and what joined if that was to be kept.
    pub fn finish(self) -> (Refusals, Option<JoinedBy>) {
        (self.refusals, self.joined_by)
    }

    /// Whether no bound can be met, as all clusters are small; without looking which roots are named twice.
    fn is_small(&self, roots: &[u32], sizes: &Sizes<'_>) -> bool {
        let Some(collapse) = self.collapse else { return true };
        let most: u64 = roots.iter().map(|root| u64::from(sizes.of(*root))).sum();
        let bound =
            collapse.both_above.min(collapse.growth_above).min(collapse.addresses_max.unwrap_or(u32::MAX));
        most <= u64::from(bound)
    }
}

impl Watch for Guard {
    fn allows(&mut self, transaction: u32, roots: &[u32], sizes: &Sizes<'_>) -> bool {
        if self.labels.entities.is_empty() && self.is_small(roots, sizes) {
            return true;
        }
        self.roots.clear();
        self.roots.extend_from_slice(roots);
        self.roots.sort_unstable();
        self.roots.dedup();
        let joined = Joined::of(&self.roots, sizes);
        let different = self.labels.different(&self.roots).map(|(one, other)| Refusal::Labels(one, other));
        let Some(refusal) =
            different.or_else(|| self.collapse.and_then(|collapse| joined.refused_by(&collapse)))
        else {
            return true;
        };
        *self.refusals.counts.entry(refusal.name()).or_default() += 1;
        if self.refusals.first.len() < CLUSTER_EXCEPTIONS_KEPT_MAX {
            self.refusals.first.push(Refused {
                transaction,
                refusal,
                clusters: self.roots.len(),
                largest: joined.largest,
                second: joined.second,
                together: joined.together,
            });
        }
        false
    }

    fn joined(&mut self, transaction: u32, root: u32, into: u32) {
        let joined_by = self.joined_by.as_mut().map(|joined_by| joined_by.0.numbers_mut());
        if let Some(place) = joined_by.and_then(|numbers| numbers.get_mut(root as usize)) {
            *place = transaction.saturating_add(1);
        }
        if !self.labels.entities.is_empty() {
            self.labels.joined(root, into);
        }
    }
}

/// What would come out of joining.
struct Joined {
    largest: (u32, u32),
    second: (u32, u32),
    together: u64,
}

impl Joined {
    fn of(roots: &[u32], sizes: &Sizes<'_>) -> Self {
        let mut joined = Self { largest: (0, 0), second: (0, 0), together: 0 };
        for &root in roots {
            let cluster = (root, sizes.of(root));
            joined.together += u64::from(cluster.1);
            if cluster.1 > joined.largest.1 {
                joined.second = joined.largest;
                joined.largest = cluster;
            } else if cluster.1 > joined.second.1 {
                joined.second = cluster;
            }
        }
        joined
    }

    fn refused_by(&self, collapse: &Collapse) -> Option<Refusal> {
        let grows = self.together > u64::from(collapse.growth_above)
            && self.together > u64::from(self.largest.1) * u64::from(collapse.growth_times);
        if self.second.1 > collapse.both_above {
            Some(Refusal::BothLarge)
        } else if grows {
            Some(Refusal::Growth)
        } else {
            collapse.addresses_max.filter(|most| self.together > u64::from(*most)).map(|_| Refusal::TooLarge)
        }
    }
}
