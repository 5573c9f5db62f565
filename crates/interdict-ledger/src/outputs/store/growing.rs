//! How does a chain grow by blocks? Ids become numbers, keys of addresses become numbers, and full segments are kept.

use super::{Keep, KeepError, Part, Parts, printed};
use crate::outputs::names::{Link, NamesWriter, TxId};
use crate::outputs::segment::{SegmentWriter, Unfit};
use crate::outputs::{AddressId, NO_ADDRESS, Output, Tx};

/// After so many transactions a segment ends with its block. With it an import needs up to 3 GiB of memory.
pub const SEGMENT_TXS: u64 = 16_000_000;
/// After so many outputs a segment ends with its block.
const SEGMENT_OUTPUTS: u64 = 64_000_000;

/// Why a chain cannot grow.
#[derive(Debug, thiserror::Error)]
pub enum Ungrown {
    /// A transaction spends what is not there.
    #[error(
        "transaction {tx} spends output {place} of transaction {spent}, which is not in the chain before it; give the blocks from the first on"
    )]
    Unknown {
        /// The transaction, as printed.
        tx: String,
        /// What it spends, as printed.
        spent: String,
        /// Which output of it.
        place: u32,
    },
    /// A transaction spends what is spent.
    #[error("transaction {tx} spends output {place} of transaction {spent}, which is spent already")]
    Spent {
        /// The transaction, as printed.
        tx: String,
        /// What it spends, as printed.
        spent: String,
        /// Which output of it.
        place: u32,
    },
    /// No number is left.
    #[error("a chain holds fewer than 2^32 transactions and addresses")]
    Full,
    /// The name of an address is too long.
    #[error("transaction {0} pays to an address whose name is longer than 65,535 bytes")]
    LongName(String),
    /// A part could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
}

/// A block that begins.
#[derive(Debug, Clone, Copy)]
pub struct NewBlock {
    /// Its height.
    pub height: u64,
    /// Its time, in seconds since 1970.
    pub time: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// What it says of those before it.
    pub link: Link,
}

/// Outputs of a transaction: value, and key of the address. Made once and filled again for each.
#[derive(Debug, Default)]
pub struct NewOutputs {
    keys: Vec<u8>,
    outputs: Vec<(u64, Option<(usize, usize)>)>,
}

impl NewOutputs {
    /// Takes all out.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.outputs.clear();
    }

    /// Adds one; without a key it has no address.
    pub fn push(&mut self, value: u64, key: Option<&[u8]>) {
        let span = key.map(|key| {
            let start = self.keys.len();
            self.keys.extend(key);
            (start, self.keys.len())
        });
        self.outputs.push((value, span));
    }

    /// Each value and key.
    pub fn iter(&self) -> impl Iterator<Item = (u64, Option<&[u8]>)> {
        self.outputs
            .iter()
            .map(|(value, span)| (*value, span.and_then(|(start, end)| self.keys.get(start..end))))
    }
}

/// What grew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Growth {
    /// Blocks.
    pub blocks: u64,
    /// Transactions.
    pub txs: u64,
    /// Inputs.
    pub inputs: u64,
    /// Outputs.
    pub outputs: u64,
    /// Addresses that came up for the first time.
    pub addresses: u64,
    /// Transactions whose id an earlier one has. What later ones spend under that id is the later one's.
    pub repeated_ids: u64,
}

/// A chain that is added to.
#[derive(Debug)]
pub struct Growing<'a, K> {
    parts: Parts,
    keeper: &'a mut K,
    segment_txs: u64,
    segment: SegmentWriter,
    names: NamesWriter,
    first_tx: Tx,
    first_output: Output,
    /// First output of each transaction of the segment, counted in the segment.
    starts: Vec<u32>,
    inputs: Vec<Output>,
    outputs: Vec<(u64, AddressId)>,
    has_blocks: bool,
    growth: Growth,
}

impl<'a, K: Keep> Growing<'a, K> {
    /// Goes on where the parts end; a segment ends with the block that brings it to so many transactions.
    pub fn new(parts: Parts, keeper: &'a mut K, segment_txs: u64) -> Self {
        let (first_tx, first_output, first_address) = parts.next();
        Self {
            parts,
            keeper,
            segment_txs,
            segment: SegmentWriter::new(first_tx, first_output).after_addresses(first_address),
            names: NamesWriter::new(first_tx, first_address),
            first_tx,
            first_output,
            starts: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            has_blocks: false,
            growth: Growth::default(),
        }
    }

    /// Begins a block.
    ///
    /// # Errors
    /// When a full segment cannot be kept.
    pub fn block(&mut self, block: &NewBlock) -> Result<(), Ungrown> {
        let outputs = self.segment.next_output() - self.first_output;
        if self.starts.len() as u64 >= self.segment_txs || outputs >= SEGMENT_OUTPUTS {
            self.turn()?;
        }
        self.segment.block(block.height, block.time, block.hash);
        self.names.block(&block.link);
        self.has_blocks = true;
        self.growth.blocks += 1;
        Ok(())
    }

    /// Keeps the segment and begins another.
    fn turn(&mut self) -> Result<(), KeepError> {
        let first_address = self.names.next_address();
        self.first_tx = self.segment.next_tx();
        self.first_output = self.segment.next_output();
        let next = SegmentWriter::new(self.first_tx, self.first_output).after_addresses(first_address);
        let segment = std::mem::replace(&mut self.segment, next);
        let names = std::mem::replace(&mut self.names, NamesWriter::new(self.first_tx, first_address));
        self.starts.clear();
        self.has_blocks = false;
        let part: Part = self.keeper.keep(segment, names)?;
        self.parts.0.push(part);
        Ok(())
    }

    /// Adds a transaction of the block: its id, the outputs that it spends by id and place (none for one that makes new coins), and its own.
    ///
    /// # Errors
    /// When it spends what is not there to be spent, or no number is left.
    pub fn transaction(
        &mut self,
        id: &TxId,
        inputs: &[(TxId, u32)],
        outputs: &NewOutputs,
    ) -> Result<Tx, Ungrown> {
        self.inputs.clear();
        for (spent, place) in inputs {
            let output = self.spendable(id, spent, *place)?;
            self.inputs.push(output);
        }
        self.outputs.clear();
        for (value, key) in outputs.iter() {
            let address = key.map_or(Ok(NO_ADDRESS), |key| self.address(id, key))?;
            self.outputs.push((value, address));
        }
        let start =
            u32::try_from(self.segment.next_output() - self.first_output).map_err(|_| Ungrown::Full)?;
        let tx = self.segment.transaction(&self.inputs, &self.outputs).map_err(|unfit| match unfit {
            Unfit::Full => Ungrown::Full,
            Unfit::NotBefore(output) | Unfit::Spent(output) => {
                let of = self.inputs.iter().position(|input| *input == output).and_then(|at| inputs.get(at));
                let (spent, place) = of.copied().unwrap_or_default();
                Ungrown::Spent { tx: printed(id), spent: printed(&spent), place }
            }
        })?;
        self.growth.repeated_ids += u64::from(self.names.tx(id).or_else(|| self.parts.tx(id)).is_some());
        self.names.transaction(id).ok_or(Ungrown::Full)?;
        self.starts.push(start);
        self.growth.txs += 1;
        self.growth.inputs += inputs.len() as u64;
        self.growth.outputs += self.outputs.len() as u64;
        Ok(tx)
    }

    fn spendable(&self, id: &TxId, spent: &TxId, place: u32) -> Result<Output, Ungrown> {
        let unknown = || Ungrown::Unknown { tx: printed(id), spent: printed(spent), place };
        if let Some(tx) = self.names.tx(spent) {
            let within = (tx - self.first_tx) as usize;
            let start = self.starts.get(within).copied().ok_or_else(unknown)?;
            let end = self
                .starts
                .get(within + 1)
                .map_or(self.segment.next_output() - self.first_output, |end| u64::from(*end));
            let output = u64::from(start) + u64::from(place);
            return if output < end { Ok(self.first_output + output) } else { Err(unknown()) };
        }
        let tx = self.parts.tx(spent).ok_or_else(unknown)?;
        let output = self.parts.output(tx, place).ok_or_else(unknown)?;
        if self.parts.is_spent(output) {
            return Err(Ungrown::Spent { tx: printed(id), spent: printed(spent), place });
        }
        Ok(output)
    }

    fn address(&mut self, id: &TxId, key: &[u8]) -> Result<AddressId, Ungrown> {
        if let Some(address) = self.names.address(key).or_else(|| self.parts.address(key)) {
            return Ok(address);
        }
        if u16::try_from(key.len()).is_err() {
            return Err(Ungrown::LongName(printed(id)));
        }
        self.growth.addresses += 1;
        self.names.add_address(key).ok_or(Ungrown::Full)
    }

    /// Keeps what is left and gives all parts.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn finish(mut self) -> Result<(Parts, Growth), Ungrown> {
        if self.has_blocks {
            self.turn()?;
        }
        Ok((self.parts, self.growth))
    }
}
