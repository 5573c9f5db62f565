//! Of which files is a kept chain made, and what do they know together? Segments and their names, one after the other.
//!
//! Files are never changed and are named after their digests; a manifest says which of them are the chain. A longer chain, and a chain after a
//! reorganization, is another manifest; files that both have are the same. Who keeps files in a folder implements [`Keep`].

pub mod branch;
pub mod folder;
pub mod growing;
pub mod rewrite;

use std::collections::HashMap;
use std::io;

use interdict_core::digest::Digest;
use serde::{Deserialize, Serialize};

use super::chain::{Chain, NotConsecutive};
use super::names::{Names, NamesWriter, TxId, address_in, tx_in};
use super::segment::{Block, FinishError, Segment, SegmentWriter};
use super::{AddressId, Output, Tx};
use crate::column::BLOCK;
use branch::Known;

/// Version of the manifest.
pub const MANIFEST_FORMAT: u32 = 1;

/// Which files are a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`MANIFEST_FORMAT`].
    pub format: u32,
    /// Counts up with each change.
    pub number: u64,
    /// Name of the network.
    pub network: String,
    /// What amounts are counted in, such as `BTC`.
    pub unit: String,
    /// How many decimals the unit has.
    pub decimals: u8,
    /// The files, in the order of the chain.
    pub parts: Vec<PartRecord>,
}

/// One segment and its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartRecord {
    /// Digest of the segment file.
    pub segment: Digest,
    /// Its length.
    pub segment_bytes: u64,
    /// Digest of the file of names.
    pub names: Digest,
    /// Its length.
    pub names_bytes: u64,
    /// How many transactions it has.
    pub txs: u64,
    /// How many blocks it has.
    pub blocks: u64,
    /// Height of its first block.
    pub first_height: u64,
    /// Height of its last block.
    pub last_height: u64,
    /// Hash of its last block as it is usually printed: the bytes in reverse.
    pub last_hash: String,
}

/// A segment and its names, opened.
#[derive(Debug)]
pub struct Part {
    /// What the manifest says of it.
    pub record: PartRecord,
    /// The segment.
    pub segment: Segment,
    /// The names.
    pub names: Names,
}

/// A part that could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// A transaction does not fit the chain, or writing failed.
    #[error(transparent)]
    Finish(#[from] FinishError),
    /// Writing failed.
    #[error("cannot be written: {0}")]
    Io(#[from] io::Error),
    /// What was written cannot be read.
    #[error("what was written cannot be read: {0}")]
    Unreadable(String),
}

/// Who keeps the files of a chain.
pub trait Keep {
    /// Writes both files under their digests, so that they are whole or not there, and opens them.
    ///
    /// # Errors
    /// When that fails.
    fn keep(&mut self, segment: SegmentWriter, names: NamesWriter) -> Result<Part, KeepError>;
}

/// A hash or an id as it is usually printed: the bytes in reverse.
pub fn printed(hash: &[u8; 32]) -> String {
    hash.iter().rev().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash or an id from the text that is usually printed.
pub fn unprinted(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut hash = [0; 32];
    for (place, byte) in hash.iter_mut().rev().enumerate() {
        *byte = u8::from_str_radix(digits.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

/// The blocks of a segment, in order.
fn blocks_of(segment: &Segment) -> impl Iterator<Item = Block> {
    (0..segment.extent().blocks).map_while(|place| segment.block(place))
}

impl PartRecord {
    /// The record of two files that belong together.
    pub fn of(segment: &Segment, names: &Names, digests: [Digest; 2]) -> Self {
        let extent = segment.extent();
        let first = segment.block(0);
        let last = extent.blocks.checked_sub(1).and_then(|last| segment.block(last));
        Self {
            segment: digests[0],
            segment_bytes: segment.bytes().len() as u64,
            names: digests[1],
            names_bytes: names.bytes().len() as u64,
            txs: extent.txs,
            blocks: extent.blocks,
            first_height: first.map_or(0, |block| block.height),
            last_height: last.map_or(0, |block| block.height),
            last_hash: last.map_or_else(String::new, |block| printed(&block.hash)),
        }
    }
}

/// Parts that do not belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("part {0} does not fit the one before it, or its names are not those of its segment")]
pub struct Unconnected(usize);

/// Parts in the order of the chain.
#[derive(Debug, Default)]
pub struct Parts(Vec<Part>);

impl Parts {
    /// Puts parts together.
    ///
    /// # Errors
    /// When one does not begin where the one before it ends, or names are of another segment.
    pub fn new(parts: Vec<Part>) -> Result<Self, Unconnected> {
        let (mut txs, mut outputs, mut addresses) = (0, 0, 0);
        for (place, part) in parts.iter().enumerate() {
            let (segment, names) = (part.segment.extent(), part.names.extent());
            let begins =
                (segment.first_tx, segment.first_output, names.first_address) == (txs, outputs, addresses);
            let fits =
                (segment.first_tx, segment.txs, segment.blocks) == (names.first_tx, names.txs, names.blocks);
            if !begins || !fits {
                return Err(Unconnected(place));
            }
            (txs, outputs, addresses) =
                (txs + segment.txs, outputs + segment.outputs, addresses + names.addresses);
        }
        Ok(Self(parts))
    }

    /// The parts.
    pub fn list(&self) -> &[Part] {
        &self.0
    }

    /// What a manifest says of them.
    pub fn records(&self) -> Vec<PartRecord> {
        self.0.iter().map(|part| part.record.clone()).collect()
    }

    /// The numbers that come next: transaction, output, address.
    pub fn next(&self) -> (Tx, Output, AddressId) {
        self.0.last().map_or((0, 0, 0), |part| {
            (part.segment.txs().end, part.segment.outputs().end, part.names.addresses().end)
        })
    }

    /// The chain and its names, to be asked.
    ///
    /// # Errors
    /// When the segments do not follow one another.
    pub fn into_chain(self) -> Result<(Chain, Vec<Names>), NotConsecutive> {
        let (segments, names): (Vec<_>, Vec<_>) =
            self.0.into_iter().map(|part| (part.segment, part.names)).unzip();
        Ok((Chain::new(segments)?, names))
    }

    /// The transaction with an id, the last one if several have it.
    pub fn tx(&self, id: &TxId) -> Option<Tx> {
        tx_in(self.0.iter().map(|part| &part.names), id)
    }

    /// The address with a key.
    pub fn address(&self, key: &[u8]) -> Option<AddressId> {
        address_in(self.0.iter().map(|part| &part.names), key)
    }

    /// An output of a transaction, the first is 0.
    pub fn output(&self, tx: Tx, place: u32) -> Option<Output> {
        let part = self.0.get(self.0.partition_point(|part| part.segment.txs().end <= tx))?;
        let within = u64::from(tx.checked_sub(part.segment.txs().start)?);
        let (_, outputs) = part.segment.counts();
        let mut counts = [0; BLOCK];
        outputs.decode(within / BLOCK as u64, &mut counts);
        let at = usize::try_from(within % BLOCK as u64).ok()?;
        let before = counts.iter().take(at).fold(0_u64, |sum, count| sum.saturating_add(*count));
        let start = part.segment.starts(within / BLOCK as u64).1.saturating_add(before);
        let first = part.segment.outputs().start.saturating_add(start);
        (u64::from(place) < *counts.get(at)?).then(|| first.saturating_add(u64::from(place)))
    }

    /// Whether an output is spent.
    pub fn is_spent(&self, output: Output) -> bool {
        let place = self.0.partition_point(|part| part.segment.outputs().end <= output);
        let Some(part) = self.0.get(place) else { return false };
        part.segment.spent().get(output - part.segment.outputs().start) != 0
            || self.0.iter().skip(place + 1).any(|later| later.segment.spender_of_earlier(output).is_some())
    }

    /// Every block, from the first on, with the part that it is in and the work in it.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, Block, u128)> {
        self.0.iter().enumerate().flat_map(|(place, part)| {
            (0..).zip(blocks_of(&part.segment)).map(move |(within, block)| {
                let link = part.names.link(within);
                (place, block, link.map_or(1, |link| link.work))
            })
        })
    }

    /// What is known of the chain, for the choice among branches.
    pub fn known(&self) -> Known {
        let (mut blocks, mut work, mut tip) = (HashMap::new(), 0_u128, None);
        for (_, block, own) in self.blocks() {
            work = work.saturating_add(own);
            blocks.insert(block.hash, (block.height, work));
            tip = Some(block.hash);
        }
        Known { blocks, tip }
    }
}
