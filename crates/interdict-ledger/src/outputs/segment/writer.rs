//! How does a segment come to be? Blocks and transactions in order, packed as they come.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::{Extent, HEAD, MAGIC, SECTIONS};
use crate::column::{BLOCK, Bases, ColumnWriter};
use crate::outputs::{AddressId, NO_ADDRESS, Output, Tx};

/// A transaction that cannot be added. Nothing of it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It spends an output that is not before it.
    #[error("it spends output {0}, which does not come before it")]
    NotBefore(Output),
    /// It spends an output that this segment spends already, or one twice.
    #[error("it spends output {0}, which is spent already")]
    Spent(Output),
    /// No number is left for it.
    #[error("a segment holds fewer than 2^32 transactions, inputs and outputs")]
    Full,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Which part of the chain it is.
    pub extent: Extent,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// Length of the file.
    pub bytes: u64,
}

/// Takes blocks and transactions in the order of the chain. Holds the packed columns and four bytes for each output.
#[derive(Debug)]
pub struct SegmentWriter {
    first_tx: u64,
    first_output: u64,
    txs: u64,
    starts: Vec<u8>,
    input_counts: ColumnWriter,
    output_counts: ColumnWriter,
    inputs: ColumnWriter,
    values: ColumnWriter,
    addresses: ColumnWriter,
    highest_address: u64,
    address_base: u64,
    /// For each output of the segment, 1 and the transaction in the segment that spends it.
    spent: Vec<u32>,
    output_ends: Vec<u32>,
    earlier: Vec<(Output, u32)>,
    blocks: Vec<u8>,
    block_count: u64,
}

impl SegmentWriter {
    /// A segment that begins with these numbers.
    pub fn new(first_tx: Tx, first_output: Output) -> Self {
        Self {
            first_tx: u64::from(first_tx),
            first_output,
            txs: 0,
            starts: Vec::new(),
            input_counts: ColumnWriter::new(Bases::None),
            output_counts: ColumnWriter::new(Bases::None),
            inputs: ColumnWriter::new(Bases::None),
            values: ColumnWriter::new(Bases::None),
            addresses: ColumnWriter::new(Bases::PerBlock),
            highest_address: 0,
            address_base: 0,
            spent: Vec::new(),
            output_ends: Vec::new(),
            earlier: Vec::new(),
            blocks: Vec::new(),
            block_count: 0,
        }
    }

    /// The highest address number that came up before, so that new addresses are near it. For a segment that follows another.
    #[must_use]
    pub fn after_addresses(mut self, addresses: AddressId) -> Self {
        self.highest_address = u64::from(addresses);
        self
    }

    /// The number that the next transaction will have.
    pub fn next_tx(&self) -> Tx {
        Tx::try_from(self.first_tx + self.txs).unwrap_or(Tx::MAX)
    }

    /// The number that the next output will have.
    pub fn next_output(&self) -> Output {
        self.first_output + self.spent.len() as u64
    }

    /// Begins a block: the transactions that follow are in it.
    pub fn block(&mut self, height: u64, time: i64, hash: [u8; 32]) {
        self.blocks.extend(u32::try_from(self.txs).unwrap_or(u32::MAX).to_le_bytes());
        self.blocks.extend([0; 4]);
        self.blocks.extend(height.to_le_bytes());
        self.blocks.extend(time.to_le_bytes());
        self.blocks.extend(hash);
        self.block_count += 1;
    }

    /// Adds a transaction: the outputs that it spends, in order (none for one that makes new coins), and value and address of its own.
    ///
    /// # Errors
    /// When it spends what is not there to be spent, or the segment is full. Outputs of earlier segments are known to the caller alone.
    pub fn transaction(&mut self, inputs: &[Output], outputs: &[(u64, AddressId)]) -> Result<Tx, Unfit> {
        let first = self.next_output();
        let (tx, end) = self.room(inputs.len(), outputs.len())?;
        for (place, input) in inputs.iter().enumerate() {
            if let Err(unfit) = self.spend(*input, first, tx) {
                inputs.iter().take(place).for_each(|undone| self.unspend(*undone));
                return Err(unfit);
            }
        }
        if self.txs.is_multiple_of(BLOCK as u64) {
            let start = |count: u64| u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
            self.starts.extend(start(self.inputs.len()));
            self.starts.extend(start(self.spent.len() as u64));
        }
        self.input_counts.push(inputs.len() as u64);
        self.output_counts.push(outputs.len() as u64);
        inputs.iter().for_each(|input| self.inputs.push(first - input - 1));
        for (value, address) in outputs {
            self.values.push(*value);
            self.address(*address);
            self.spent.push(0);
        }
        self.output_ends.push(end);
        self.txs += 1;
        Ok(Tx::try_from(self.first_tx + u64::from(tx)).unwrap_or(Tx::MAX))
    }

    /// The place of the next transaction in the segment, and where its outputs end.
    fn room(&self, inputs: usize, outputs: usize) -> Result<(u32, u32), Unfit> {
        let fits = |count: u64| u32::try_from(count).ok().filter(|&count| count < u32::MAX);
        let end = fits(self.spent.len() as u64 + outputs as u64).ok_or(Unfit::Full)?;
        fits(self.inputs.len() + inputs as u64).ok_or(Unfit::Full)?;
        fits(self.first_tx + self.txs + 1).ok_or(Unfit::Full)?;
        Ok((u32::try_from(self.txs).map_err(|_| Unfit::Full)?, end))
    }

    fn spend(&mut self, output: Output, first: Output, tx: u32) -> Result<(), Unfit> {
        if output >= first {
            return Err(Unfit::NotBefore(output));
        }
        let Some(place) = output.checked_sub(self.first_output) else {
            self.earlier.push((output, tx));
            return Ok(());
        };
        let spent = usize::try_from(place)
            .ok()
            .and_then(|place| self.spent.get_mut(place))
            .ok_or(Unfit::NotBefore(output))?;
        if *spent != 0 {
            return Err(Unfit::Spent(output));
        }
        *spent = tx + 1;
        Ok(())
    }

    fn unspend(&mut self, output: Output) {
        match output.checked_sub(self.first_output) {
            None => drop(self.earlier.pop()),
            Some(place) => {
                if let Some(spent) = usize::try_from(place).ok().and_then(|place| self.spent.get_mut(place)) {
                    *spent = 0;
                }
            }
        }
    }

    fn address(&mut self, address: AddressId) {
        if self.addresses.at_block() {
            self.address_base = self.highest_address;
            self.addresses.base(self.address_base);
        }
        if address == NO_ADDRESS {
            return self.addresses.push(0);
        }
        let address = u64::from(address);
        self.highest_address = self.highest_address.max(address);
        let distance = address.cast_signed() - self.address_base.cast_signed();
        let zigzag = ((distance << 1) ^ (distance >> 63)).cast_unsigned();
        self.addresses.push(zigzag + 1);
    }

    /// Writes the segment.
    ///
    /// # Errors
    /// When an output of an earlier segment is spent twice, or writing fails.
    pub fn finish(mut self, to: &mut impl Write) -> Result<Written, FinishError> {
        self.earlier.sort_unstable();
        if let Some(twice) = self.earlier.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(FinishError::Unfit(Unfit::Spent(twice[0].0)));
        }
        let extent = Extent {
            first_tx: self.first_tx,
            txs: self.txs,
            first_output: self.first_output,
            outputs: self.spent.len() as u64,
            inputs: self.inputs.len(),
            blocks: self.block_count,
            spends_earlier: self.earlier.len() as u64,
        };
        let (earlier, spenders) = earlier_columns(&self.earlier);
        let spent = spent_column(&self.spent, &self.output_ends);
        self.starts.resize(self.starts.len().next_multiple_of(8), 0);
        let sections = [
            self.starts,
            self.input_counts.finish(),
            self.output_counts.finish(),
            self.inputs.finish(),
            self.values.finish(),
            self.addresses.finish(),
            spent,
            earlier,
            spenders,
            self.blocks,
        ];
        let (digest, bytes) = write_file(&extent, &sections, to)?;
        Ok(Written { extent, digest, bytes })
    }
}

/// A segment that could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// A transaction does not fit the chain.
    #[error(transparent)]
    Unfit(Unfit),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

fn earlier_columns(earlier: &[(Output, u32)]) -> (Vec<u8>, Vec<u8>) {
    let (mut outputs, mut spenders) = (ColumnWriter::new(Bases::PerBlock), ColumnWriter::new(Bases::None));
    let mut base = 0;
    for (output, spender) in earlier {
        if outputs.at_block() {
            base = *output;
            outputs.base(base);
        }
        outputs.push(output - base);
        spenders.push(u64::from(*spender));
    }
    (outputs.finish(), spenders.finish())
}

/// For each output, how many transactions later it is spent.
fn spent_column(spent: &[u32], ends: &[u32]) -> Vec<u8> {
    let mut column = ColumnWriter::new(Bases::None);
    let mut start = 0;
    for (tx, end) in (0_u32..).zip(ends) {
        for spender in spent.get(start as usize..*end as usize).unwrap_or_default() {
            column.push(spender.checked_sub(1).map_or(0, |spender| u64::from(spender - tx)));
        }
        start = *end;
    }
    column.finish()
}

fn write_file(
    extent: &Extent,
    sections: &[Vec<u8>; SECTIONS],
    to: &mut impl Write,
) -> io::Result<([u8; 32], u64)> {
    let mut head = Vec::with_capacity(HEAD);
    head.extend(MAGIC);
    extent.numbers().iter().for_each(|number| head.extend(number.to_le_bytes()));
    let mut at = HEAD as u64;
    for section in sections {
        head.extend(at.to_le_bytes());
        head.extend((section.len() as u64).to_le_bytes());
        at += section.len() as u64;
    }
    let mut digest = Sha256::new();
    for part in std::iter::once(&head).chain(sections) {
        digest.update(part);
        to.write_all(part)?;
    }
    Ok((digest.finalize().into(), at))
}
