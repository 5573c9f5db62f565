//! Which transactions are in a block? Its bytes taken apart, every count bounded by the bytes that are there, and checked against the head.

use std::ops::Range;

use super::head::{BlockHead, HEAD, sha256d};
use crate::outputs::names::TxId;
use crate::outputs::names::network::{Extras, Network};

/// Bit of the version that says that the work was done in a block of another chain.
const MERGED: u32 = 1 << 8;
/// Flags after the marker of a transaction: it has witnesses; it has to do with Litecoin's extension block.
const WITNESS: u8 = 1;
const EXTENSION: u8 = 8;
/// The place that a transaction spends that makes new coins.
const NOTHING: ([u8; 32], u32) = ([0; 32], u32::MAX);

/// What is wrong with a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A part is longer than what is left.
    #[error("it ends within a transaction")]
    Short,
    /// A count is written in more bytes than it needs.
    #[error("a count is not written in the shortest form")]
    Count,
    /// The transactions are not those of the head.
    #[error("its transactions are not those that its head commits to (merkle root)")]
    Merkle,
    /// It repeats transactions so that the merkle root stays the same (CVE-2012-2459).
    #[error("it repeats transactions")]
    Repeated,
    /// The first transaction, and only it, makes new coins.
    #[error("its first transaction does not make new coins, or another one does")]
    NewCoins,
    /// A transaction has no inputs or no outputs.
    #[error("a transaction has no inputs or no outputs")]
    Empty,
    /// Flags of a transaction that are not known.
    #[error("a transaction has a part that is not known (flags {0:#04x})")]
    Flags(u8),
    /// A value is negative.
    #[error("a value is negative")]
    Value,
    /// It goes on after its last transaction.
    #[error("{0} bytes follow its last transaction")]
    Rest(usize),
}

/// A transaction: its id, and where its inputs and outputs are.
#[derive(Debug, Clone)]
pub(super) struct BlockTx {
    pub id: TxId,
    pub inputs: Range<usize>,
    pub outputs: Range<usize>,
}

/// The transactions of a block. Made once and filled again for each.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub time: u32,
    pub txs: Vec<BlockTx>,
    pub inputs: Vec<(TxId, u32)>,
    /// Value, and where the script is in the bytes of the block.
    pub outputs: Vec<(u64, Range<usize>)>,
    /// Bytes after the last transaction.
    pub rest: usize,
    level: Vec<[u8; 32]>,
}

/// Bytes that are read from the front.
struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let end = self.at.checked_add(count).ok_or(Fault::Short)?;
        let taken = self.all.get(self.at..end).ok_or(Fault::Short)?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.take(N)?.first_chunk().copied().ok_or(Fault::Short)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn left(&self) -> usize {
        self.all.len().saturating_sub(self.at)
    }

    /// A number of variable length that counts bytes, or things of so many bytes at least.
    fn count(&mut self, least: usize) -> Result<usize, Fault> {
        let (number, shortest) = match self.byte()? {
            0xfd => (u64::from(u16::from_le_bytes(self.array()?)), 0xfd),
            0xfe => (u64::from(u32::from_le_bytes(self.array()?)), 0x1_0000),
            0xff => (u64::from_le_bytes(self.array()?), 0x1_0000_0000),
            small => (u64::from(small), 0),
        };
        if number < shortest {
            return Err(Fault::Count);
        }
        let number = usize::try_from(number).map_err(|_| Fault::Short)?;
        if number > self.left() / least.max(1) { Err(Fault::Short) } else { Ok(number) }
    }

    /// A run of bytes with its length before it; gives where it is.
    fn run(&mut self) -> Result<Range<usize>, Fault> {
        let length = self.count(1)?;
        let start = self.at;
        self.take(length)?;
        Ok(start..self.at)
    }
}

impl Block {
    /// Reads a block with its head.
    pub(super) fn read(&mut self, bytes: &[u8], network: &Network) -> Result<(), Fault> {
        self.txs.clear();
        self.inputs.clear();
        self.outputs.clear();
        let mut bytes = Bytes { all: bytes, at: 0 };
        let head = BlockHead::of(&bytes.array::<HEAD>()?);
        self.time = head.time;
        if network.extras == Extras::MergedMining && head.version & MERGED != 0 {
            self.pass_over_merged_work(&mut bytes)?;
        }
        // The shortest transaction has 60 bytes: one input and one output without scripts.
        for _ in 0..bytes.count(60)? {
            self.transaction(&mut bytes)?;
        }
        self.rest = bytes.left();
        if self.rest > 0 && network.extras != Extras::ExtensionBlock {
            return Err(Fault::Rest(self.rest));
        }
        self.check(&head)
    }

    /// The transaction, the two branches and the head of the other chain, of which nothing is needed.
    fn pass_over_merged_work(&mut self, bytes: &mut Bytes<'_>) -> Result<(), Fault> {
        self.transaction(bytes)?;
        self.txs.clear();
        self.inputs.clear();
        self.outputs.clear();
        bytes.take(32)?;
        for _ in 0..2 {
            let branch = bytes.count(32)?;
            bytes.take(branch * 32 + 4)?;
        }
        bytes.take(HEAD).map(|_| ())
    }

    fn transaction(&mut self, bytes: &mut Bytes<'_>) -> Result<(), Fault> {
        let version = bytes.take(4)?;
        let mut flags = 0;
        if bytes.all.get(bytes.at) == Some(&0) {
            bytes.byte()?;
            flags = bytes.byte()?;
            if flags == 0 || flags & !(WITNESS | EXTENSION) != 0 {
                return Err(Fault::Flags(flags));
            }
        }
        let body = bytes.at;
        let (first_input, first_output) = (self.inputs.len(), self.outputs.len());
        for _ in 0..bytes.count(41)? {
            let spent = (bytes.array()?, u32::from_le_bytes(bytes.array()?));
            self.inputs.push(spent);
            bytes.run()?;
            bytes.take(4)?;
        }
        for _ in 0..bytes.count(9)? {
            let value = u64::from_le_bytes(bytes.array()?);
            if i64::try_from(value).is_err() {
                return Err(Fault::Value);
            }
            let script = bytes.run()?;
            self.outputs.push((value, script));
        }
        let body = bytes.all.get(body..bytes.at).unwrap_or_default();
        let (inputs, outputs) = (first_input..self.inputs.len(), first_output..self.outputs.len());
        if inputs.is_empty() || outputs.is_empty() {
            return Err(Fault::Empty);
        }
        if flags & WITNESS != 0 {
            pass_over_witnesses(inputs.len(), bytes)?;
        }
        // In a block, only the mark of the transaction that joins the extension block may stand here; others are inside of that.
        if flags & EXTENSION != 0 && bytes.byte()? != 0 {
            return Err(Fault::Flags(flags));
        }
        let id = sha256d(&[version, body, bytes.take(4)?]);
        self.txs.push(BlockTx { id, inputs, outputs });
        Ok(())
    }

    /// Merkle root and new coins. The inputs of the transaction that makes new coins are taken out.
    fn check(&mut self, head: &BlockHead) -> Result<(), Fault> {
        for (place, tx) in self.txs.iter_mut().enumerate() {
            let inputs = self.inputs.get(tx.inputs.clone()).unwrap_or_default();
            let makes_coins = inputs == [NOTHING];
            if makes_coins != (place == 0) || (!makes_coins && inputs.contains(&NOTHING)) {
                return Err(Fault::NewCoins);
            }
            if makes_coins {
                tx.inputs = 0..0;
            }
        }
        self.level.clear();
        self.level.extend(self.txs.iter().map(|tx| tx.id));
        if self.level.is_empty() {
            return Err(Fault::NewCoins);
        }
        while self.level.len() > 1 {
            if self.level.chunks_exact(2).any(|pair| pair.first() == pair.last()) {
                return Err(Fault::Repeated);
            }
            let up = |pair: &[[u8; 32]]| match pair {
                [left, right] => sha256d(&[left, right]),
                [alone, ..] => sha256d(&[alone, alone]),
                [] => [0; 32],
            };
            self.level = self.level.chunks(2).map(up).collect();
        }
        if self.level.first() == Some(&head.merkle) { Ok(()) } else { Err(Fault::Merkle) }
    }
}

fn pass_over_witnesses(inputs: usize, bytes: &mut Bytes<'_>) -> Result<(), Fault> {
    for _ in 0..inputs {
        for _ in 0..bytes.count(1)? {
            bytes.run()?;
        }
    }
    Ok(())
}
