//! Chains made in memory, transaction by transaction.

use interdict_ledger::outputs::chain::Chain;
use interdict_ledger::outputs::segment::{Segment, SegmentWriter};
use interdict_ledger::outputs::{Output, Tx};

pub struct World {
    writer: SegmentWriter,
    time: i64,
}

impl World {
    pub fn new() -> Self {
        Self { writer: SegmentWriter::new(0, 0), time: 0 }
    }

    /// A transaction ten minutes later; its number and its first output.
    pub fn spend(&mut self, inputs: &[Output], outputs: &[(u64, u32)]) -> (Tx, Output) {
        self.time += 600;
        let number = self.writer.next_tx();
        self.writer.block(u64::from(number), self.time, [0; 32]);
        let first = self.writer.next_output();
        assert_eq!(self.writer.transaction(inputs, outputs).expect("a sound transaction"), number);
        (number, first)
    }

    /// New coins at an address.
    pub fn fund(&mut self, address: u32, value: u64) -> Output {
        self.spend(&[], &[(value, address)]).1
    }

    /// A transaction that spends new coins of these addresses and values.
    pub fn pay(&mut self, from: &[(u64, u32)], to: &[(u64, u32)]) -> Tx {
        let inputs: Vec<Output> = from.iter().map(|(value, address)| self.fund(*address, *value)).collect();
        self.spend(&inputs, to).0
    }

    /// Addresses that are spent from together.
    pub fn together(&mut self, addresses: &[u32]) -> Tx {
        let from: Vec<(u64, u32)> = addresses.iter().map(|address| (1_000, *address)).collect();
        self.pay(&from, &[(900, u32::MAX)])
    }

    pub fn wait(&mut self, seconds: i64) {
        self.time += seconds;
    }

    pub fn chain(self) -> Chain {
        let mut bytes = Vec::new();
        self.writer.finish(&mut bytes).expect("a segment");
        Chain::new(vec![Segment::from_bytes(bytes).expect("a sound segment")]).expect("a chain")
    }
}

/// Coins of these values, at addresses from the first on.
pub fn coins(values: &[u64], first_address: u32) -> Vec<(u64, u32)> {
    values.iter().copied().zip(first_address..).collect()
}
