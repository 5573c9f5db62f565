//! The addresses that transactions spend from together: what clustering takes in.

use std::ops::Range;

use super::ClusterError;
use crate::outputs::NO_ADDRESS;

/// The input addresses of some transactions, one transaction after the other.
#[derive(Debug, Clone, Default)]
pub struct CommonInputs {
    transactions: Vec<u32>,
    /// Where the addresses of each transaction end.
    ends: Vec<u32>,
    addresses: Vec<u32>,
}

/// One transaction of a part of the inputs.
#[derive(Debug)]
pub(crate) struct Spender<'a> {
    pub(crate) number: u32,
    pub(crate) addresses: &'a [u32],
    /// Where its addresses are in those of the part.
    pub(crate) place: Range<usize>,
}

/// Some transactions of the inputs, one after the other.
#[derive(Debug)]
pub(crate) struct Window<'a> {
    inputs: &'a CommonInputs,
    transactions: Range<usize>,
    start: usize,
    end: usize,
}

impl CommonInputs {
    /// From arrays: the numbers of the transactions, where the addresses of each end, and the addresses.
    ///
    /// # Errors
    /// Ends that go backward or beyond the addresses, or are not one for each transaction.
    pub fn from_parts(
        transactions: Vec<u32>,
        ends: Vec<u32>,
        addresses: Vec<u32>,
    ) -> Result<Self, ClusterError> {
        let last = ends.last().map_or(0, |end| *end as usize);
        if transactions.len() != ends.len() || last != addresses.len() || !ends.is_sorted() {
            return Err(ClusterError::Inputs);
        }
        Ok(Self { transactions, ends, addresses })
    }

    /// Forgets all transactions and keeps the room.
    pub fn clear(&mut self) {
        self.transactions.clear();
        self.ends.clear();
        self.addresses.clear();
    }

    /// Takes a transaction in; inputs without an address are left out. One that has fewer than two addresses is not taken in.
    ///
    /// # Errors
    /// More inputs than the ends have room for: 4,294,967,295.
    pub fn push(
        &mut self,
        transaction: u32,
        addresses: impl Iterator<Item = u32>,
    ) -> Result<(), ClusterError> {
        let start = self.addresses.len();
        self.addresses.extend(addresses.filter(|address| *address != NO_ADDRESS));
        let added = self.addresses.get(start..).unwrap_or_default();
        let several = added.first().is_some_and(|first| added.iter().any(|other| other != first));
        let end = u32::try_from(self.addresses.len());
        match end {
            Ok(end) if several => {
                self.transactions.push(transaction);
                self.ends.push(end);
                Ok(())
            }
            fits => {
                self.addresses.truncate(start);
                fits.map(drop).map_err(|_| ClusterError::Inputs)
            }
        }
    }

    /// How many transactions there are.
    pub fn len(&self) -> usize {
        self.transactions.len()
    }

    /// Whether there is no transaction.
    pub fn is_empty(&self) -> bool {
        self.transactions.is_empty()
    }

    /// The addresses of all transactions.
    pub fn addresses(&self) -> &[u32] {
        &self.addresses
    }

    /// The transactions in parts of at most so many addresses, or of one transaction that has more.
    pub(crate) fn windows(&self, most: usize) -> impl Iterator<Item = Window<'_>> {
        let mut first = 0;
        let mut start = 0;
        std::iter::from_fn(move || {
            let mut end = *self.ends.get(first)? as usize;
            let mut next = first + 1;
            while let Some(further) =
                self.ends.get(next).map(|end| *end as usize).filter(|end| *end - start <= most)
            {
                end = further;
                next += 1;
            }
            let window = Window { inputs: self, transactions: first..next, start, end };
            (first, start) = (next, end);
            Some(window)
        })
    }
}

impl<'a> Window<'a> {
    pub(crate) fn addresses(&self) -> &'a [u32] {
        self.inputs.addresses.get(self.start..self.end).unwrap_or_default()
    }

    pub(crate) fn transactions(&self) -> impl Iterator<Item = Spender<'a>> {
        let inputs = self.inputs;
        let start = self.start;
        let mut from = self.start;
        let numbers = inputs.transactions.get(self.transactions.clone()).unwrap_or_default();
        let ends = inputs.ends.get(self.transactions.clone()).unwrap_or_default();
        numbers.iter().zip(ends).map(move |(&number, &end)| {
            let end = end as usize;
            let addresses = inputs.addresses.get(from..end).unwrap_or_default();
            let place = from - start..end - start;
            from = end;
            Spender { number, addresses, place }
        })
    }
}
