//! What does a transaction spend and make? Read in parts, as most detectors need only the outputs to say no.

use crate::outputs::Tx;
use crate::outputs::chain::{Chain, Extents, Reader};

/// Value at an address; [`crate::outputs::NO_ADDRESS`] if it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coin {
    /// Whose.
    pub address: u32,
    /// How much.
    pub value: u64,
}

/// Reads transactions of a chain, fastest in their order.
#[derive(Debug)]
pub struct Transactions<'a> {
    reader: Reader<'a>,
    spent: Vec<u64>,
    addresses: Vec<u32>,
    inputs: Vec<Coin>,
    outputs: Vec<Coin>,
}

/// One transaction. What is asked for is read when it is asked for first.
#[derive(Debug)]
pub struct View<'r, 'a> {
    transactions: &'r mut Transactions<'a>,
    number: Tx,
    extents: Extents,
}

impl<'a> Transactions<'a> {
    /// Those of a chain.
    pub fn of(chain: &'a Chain) -> Self {
        Self {
            reader: chain.reader(),
            spent: Vec::new(),
            addresses: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// What is made of one transaction. Beyond the end of the chain it has no inputs and outputs.
    pub fn read<T>(&mut self, number: Tx, make: impl FnOnce(&mut View<'_, 'a>) -> T) -> T {
        let extents = self.reader.transaction(number);
        self.spent.clear();
        self.addresses.clear();
        self.inputs.clear();
        self.outputs.clear();
        make(&mut View { transactions: self, number, extents })
    }
}

impl View<'_, '_> {
    /// Its number.
    pub fn number(&self) -> Tx {
        self.number
    }

    /// How many outputs it spends; 0 if it makes new coins.
    pub fn input_count(&self) -> u64 {
        self.extents.inputs
    }

    /// How many outputs it makes.
    pub fn output_count(&self) -> u64 {
        self.extents.outputs
    }

    /// The outputs it spends.
    pub fn spent(&mut self) -> &[u64] {
        let Transactions { reader, spent, .. } = &mut *self.transactions;
        if spent.is_empty() {
            reader.inputs(&self.extents, spent);
        }
        spent
    }

    /// The addresses of its inputs.
    pub fn input_addresses(&mut self) -> &[u32] {
        self.spent();
        let Transactions { reader, spent, addresses, .. } = &mut *self.transactions;
        if addresses.is_empty() {
            addresses.extend(spent.iter().map(|output| reader.address(*output)));
        }
        addresses
    }

    /// Its inputs, with their values.
    pub fn inputs(&mut self) -> &[Coin] {
        self.input_addresses();
        let Transactions { reader, spent, addresses, inputs, .. } = &mut *self.transactions;
        if inputs.is_empty() {
            let coins = spent.iter().zip(&*addresses);
            inputs.extend(
                coins.map(|(output, address)| Coin { address: *address, value: reader.value(*output) }),
            );
        }
        inputs
    }

    /// Its outputs.
    pub fn outputs(&mut self) -> &[Coin] {
        let Transactions { reader, outputs, .. } = &mut *self.transactions;
        if outputs.is_empty() {
            outputs.extend(
                self.extents
                    .output_numbers()
                    .map(|output| Coin { address: reader.address(output), value: reader.value(output) }),
            );
        }
        outputs
    }

    /// The transaction that spends one of its outputs, by the place of the output.
    pub fn spender(&mut self, place: u64) -> Option<Tx> {
        let output = self.extents.first_output.checked_add(place).filter(|_| place < self.extents.outputs)?;
        self.transactions.reader.spender(output, self.number)
    }

    /// The transaction that made the output which it spends first.
    pub fn before(&mut self) -> Option<Tx> {
        let first = *self.spent().first()?;
        self.transactions.reader.chain().creator(first)
    }

    /// When its block was made, in seconds since 1970, if the chain tells.
    pub fn time(&self) -> Option<i64> {
        self.transactions.reader.chain().block_of(self.number).map(|block| block.time)
    }
}
