//! A chain of outputs (Bitcoin and its like): what is stored of it, and how value is followed through it.
//!
//! Transactions have numbers in the order of the chain, and so have outputs: those of one transaction follow one another. A transaction spends
//! outputs with smaller numbers, so that one walk in the order of numbers is exact. Addresses are numbers too; what they are called is told by
//! who built the chain.

pub mod addresses;
pub mod answer;
pub mod chain;
pub mod exposure;
pub mod names;
pub mod segment;
pub mod store;
pub mod trace;

/// A transaction, by its place in the chain.
pub type Tx = u32;

/// An output, by its place among all outputs of the chain.
pub type Output = u64;

/// An address, by the order in which addresses came up.
pub type AddressId = u32;

/// Stands for an output without an address: data, or a script that no address stands for.
pub const NO_ADDRESS: AddressId = AddressId::MAX;
