//! Which addresses are in one cluster, as a forest: four bytes for each address, joined transaction by transaction.
//!
//! The root of a cluster is its smallest address, so that the partition has one form, whatever the order of joining. What limits
//! the speed is the time that memory takes, not the processor:
//!
//! - A root keeps the size of its cluster in the place of its parent, so that guards cost no second array. The array starts as zeros,
//!   which the system hands out when they are touched.
//! - The parents of the inputs of many transactions are read before any is joined, so that the reads wait at the same time.
//! - Pages of the array are large where the system has them.

use super::ClusterError;
use super::common::CommonInputs;
use super::zeros::Zeros;

/// The bit that tells a child from a root. A root is the number of the others of its cluster, a child its parent with this bit.
const CHILD: u32 = 1 << 31;

/// So many inputs are read ahead of joining. Measured from 64 to 2,048: all about as fast.
const AHEAD: usize = 256;

/// Most addresses of one clustering: 2,147,483,648. Bitcoin had some 1.4 billion in 2025.
pub const ADDRESSES_MAX: u32 = CHILD;

/// Who is asked before clusters are joined, and told of each that was.
pub trait Watch {
    /// Whether the clusters that have these roots may become one by this transaction. A root may be named more than once.
    fn allows(&mut self, transaction: u32, roots: &[u32], sizes: &Sizes<'_>) -> bool;
    /// The cluster of a root went into that of another root.
    fn joined(&mut self, transaction: u32, root: u32, into: u32);
}

/// Nobody watches: everything joins.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn allows(&mut self, _: u32, _: &[u32], _: &Sizes<'_>) -> bool {
        true
    }

    fn joined(&mut self, _: u32, _: u32, _: u32) {}
}

/// The sizes of clusters, by their roots.
#[derive(Debug)]
pub struct Sizes<'a>(&'a [u32]);

impl Sizes<'_> {
    /// How many addresses are in the cluster of a root; 0 for what is no root.
    pub fn of(&self, root: u32) -> u32 {
        self.0.get(root as usize).filter(|value| **value & CHILD == 0).map_or(0, |others| others + 1)
    }
}

/// The forest of all addresses.
#[derive(Debug)]
pub struct Forest {
    values: Zeros,
    addresses: u32,
}

impl Forest {
    /// Every address alone in its cluster.
    ///
    /// # Errors
    /// More addresses than [`ADDRESSES_MAX`], or the system has not so much memory.
    pub fn new(addresses: u32) -> Result<Self, ClusterError> {
        if addresses > ADDRESSES_MAX {
            return Err(ClusterError::TooManyAddresses { addresses });
        }
        Ok(Self { values: Zeros::new(addresses)?, addresses })
    }

    /// How many addresses there are.
    pub fn addresses(&self) -> u32 {
        self.addresses
    }

    /// Joins what the inputs have in common, in their order. What the watch does not allow stays as it is.
    ///
    /// # Errors
    /// An address that is not below the number of addresses; nothing of the inputs is joined then.
    pub fn join(&mut self, inputs: &CommonInputs, watch: &mut impl Watch) -> Result<(), ClusterError> {
        if let Some(&address) = inputs.addresses().iter().max().filter(|address| **address >= self.addresses)
        {
            return Err(ClusterError::UnknownAddress { address, addresses: self.addresses });
        }
        let values = self.values.numbers_mut();
        let mut ahead = Vec::with_capacity(AHEAD);
        for window in inputs.windows(AHEAD) {
            ahead.clear();
            ahead.extend(window.addresses().iter().map(|&address| above(values, address)));
            for transaction in window.transactions() {
                let Some(ahead) = ahead.get_mut(transaction.place.clone()) else { continue };
                join_one(values, transaction.number, transaction.addresses, ahead, watch);
            }
        }
        Ok(())
    }

    /// Makes every address a child of its root, so that looking a cluster up takes one step.
    pub fn settle(&mut self) {
        let values = self.values.numbers_mut();
        // A parent is smaller than its child, so it is settled when the child's turn comes.
        for address in 0..values.len() {
            let value = values[address];
            if value & CHILD != 0 {
                let parent = values[(value & !CHILD) as usize];
                if parent & CHILD != 0 {
                    values[address] = parent;
                }
            }
        }
    }

    /// The cluster of an address: the smallest address in it. An address that is not in the forest is a cluster by itself.
    pub fn cluster(&self, address: u32) -> u32 {
        let values = self.values.numbers();
        let mut at = address;
        while let Some(value) = values.get(at as usize).filter(|value| **value & CHILD != 0) {
            at = value & !CHILD;
        }
        at
    }

    /// How many addresses are in the cluster of an address.
    pub fn size(&self, address: u32) -> u32 {
        Sizes(self.values.numbers()).of(self.cluster(address)).max(1)
    }

    /// All clusters of two addresses and more, by their smallest address, with their sizes.
    pub fn joined(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..self.addresses)
            .zip(self.values.numbers())
            .filter(|(_, value)| **value & CHILD == 0 && **value > 0)
            .map(|(root, others)| (root, others + 1))
    }

    /// The addresses of a cluster, in their order. Looks through all addresses.
    pub fn members(&self, cluster: u32) -> impl Iterator<Item = u32> {
        (cluster..self.addresses).filter(move |address| self.cluster(*address) == cluster)
    }
}

/// The parent of an address, or the address if it is a root.
fn above(values: &[u32], address: u32) -> u32 {
    let value = values[address as usize];
    if value & CHILD == 0 { address } else { value & !CHILD }
}

/// The root above an address; the way there gets shorter.
fn root(values: &mut [u32], address: u32) -> u32 {
    let mut at = address;
    loop {
        let value = values[at as usize];
        if value & CHILD == 0 {
            return at;
        }
        let parent = value & !CHILD;
        let next = values[parent as usize];
        if next & CHILD == 0 {
            return parent;
        }
        values[at as usize] = next;
        at = next & !CHILD;
    }
}

/// Joins the inputs of one transaction. `ahead` has for each address one that is above it, and is used up.
fn join_one(
    values: &mut [u32],
    transaction: u32,
    addresses: &[u32],
    ahead: &mut [u32],
    watch: &mut impl Watch,
) {
    let (mut smallest, mut largest) = (u32::MAX, 0);
    for at in ahead.iter_mut() {
        *at = root(values, *at);
        smallest = smallest.min(*at);
        largest = largest.max(*at);
    }
    if smallest < largest {
        if !watch.allows(transaction, ahead, &Sizes(values)) {
            return;
        }
        for &other in ahead.iter() {
            let others = values[other as usize];
            if other != smallest && others & CHILD == 0 {
                values[other as usize] = smallest | CHILD;
                values[smallest as usize] += others + 1;
                watch.joined(transaction, other, smallest);
            }
        }
    }
    for &address in addresses {
        if address != smallest {
            values[address as usize] = smallest | CHILD;
        }
    }
}
