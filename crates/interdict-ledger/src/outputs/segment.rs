//! How is a part of a chain stored? One file that is never changed, mapped and read in place.
//!
//! A segment holds consecutive blocks. Everything is a distance, so that numbers are small: an input says how far back the output is that it
//! spends, an output how many transactions later it is spent. Outputs of earlier segments that are spent in this one are a list of its own, so
//! that a new segment changes no old one.
//!
//! The file, little-endian: magic `IDLEDGR1`, then the numbers of [`Extent`] as `u64`, then offset and length of ten sections, then the sections,
//! each at a multiple of 8:
//!
//! | section | content |
//! |---|---|
//! | 0 | for each 64 transactions: first input and first output, in the segment, as `u32` |
//! | 1, 2 | column: inputs, outputs of each transaction |
//! | 3 | column: for each input, the transaction's first output less the output that it spends, less 1 |
//! | 4 | column: values, in the smallest unit |
//! | 5 | column with bases: addresses: 0 is none, else 1 and the distance to the base, zigzag |
//! | 6 | column: how many transactions later an output is spent, 0 if not in this segment |
//! | 7, 8 | columns: spent outputs of earlier segments, sorted (with bases); the transaction in the segment that spends each |
//! | 9 | blocks: first transaction in the segment `u32`, 0 `u32`, height `u64`, time `i64`, hash 32 bytes |

mod writer;

use std::ops::Range;
use std::path::Path;

use interdict_core::mapped::MappedFile;

pub use writer::{FinishError, SegmentWriter, Unfit, Written};

use super::{AddressId, NO_ADDRESS, Output, Tx};
use crate::column::{BLOCK, Bases, Column, ColumnShape};

/// First bytes of a segment file; the digit is the version of the format.
const MAGIC: &[u8; 8] = b"IDLEDGR1";
/// How many sections there are.
const SECTIONS: usize = 10;
/// Bytes before the sections.
const HEAD: usize = 8 + 7 * 8 + SECTIONS * 16;
/// Bytes of a block in section 9.
const BLOCK_BYTES: usize = 56;

/// Which part of the chain a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// The number of its first transaction.
    pub first_tx: u64,
    /// How many transactions it has.
    pub txs: u64,
    /// The number of its first output.
    pub first_output: u64,
    /// How many outputs it has.
    pub outputs: u64,
    /// How many inputs it has.
    pub inputs: u64,
    /// How many blocks it has.
    pub blocks: u64,
    /// How many outputs of earlier segments it spends.
    pub spends_earlier: u64,
}

impl Extent {
    fn numbers(&self) -> [u64; 7] {
        [
            self.first_tx,
            self.txs,
            self.first_output,
            self.outputs,
            self.inputs,
            self.blocks,
            self.spends_earlier,
        ]
    }

    fn of([first_tx, txs, first_output, outputs, inputs, blocks, spends_earlier]: [u64; 7]) -> Self {
        Self { first_tx, txs, first_output, outputs, inputs, blocks, spends_earlier }
    }
}

/// A block of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// The number of its first transaction.
    pub first_tx: Tx,
    /// Its height.
    pub height: u64,
    /// Its time, in seconds since 1970.
    pub time: i64,
    /// Its hash, in the order of bytes in which it is computed.
    pub hash: [u8; 32],
}

/// A segment file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Damaged {
    /// The file cannot be opened.
    #[error("cannot be opened: {0}")]
    Io(#[from] std::io::Error),
    /// It is no segment, or of another version.
    #[error("is no segment of a chain in the format of this version; import the chain again")]
    NotASegment,
    /// Its parts do not fit together.
    #[error("is damaged ({0}); import the chain again")]
    Unsound(&'static str),
}

#[derive(Debug)]
enum Bytes {
    Mapped(MappedFile),
    Held(Vec<u8>),
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(file) => file,
            Self::Held(bytes) => bytes,
        }
    }
}

/// A part of a chain, read in place.
#[derive(Debug)]
pub struct Segment {
    bytes: Bytes,
    extent: Extent,
    sections: [(usize, usize); SECTIONS],
    shapes: [Option<ColumnShape>; SECTIONS],
}

/// The column of a section, if the section is one.
fn bases_of(section: usize) -> Option<Bases> {
    match section {
        0 | 9 => None,
        5 | 7 => Some(Bases::PerBlock),
        _ => Some(Bases::None),
    }
}

fn number(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u64::from_le_bytes)
}

fn small(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

/// The address that a number of section 5 means, in a block with this base.
#[inline]
pub(crate) fn address_of(code: u64, base: u64) -> AddressId {
    let Some(zigzag) = code.checked_sub(1) else { return NO_ADDRESS };
    let distance = (zigzag >> 1) ^ (zigzag & 1).wrapping_neg();
    AddressId::try_from(base.wrapping_add(distance)).unwrap_or(NO_ADDRESS)
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A number that is known to fit, as extents are checked when a segment is opened.
fn tx(number: u64) -> Tx {
    Tx::try_from(number).unwrap_or(Tx::MAX)
}

impl Segment {
    /// Maps a segment file.
    ///
    /// # Errors
    /// When it cannot be opened, or is no sound segment.
    pub fn open(path: &Path) -> Result<Self, Damaged> {
        Self::read(Bytes::Mapped(MappedFile::open(path)?))
    }

    /// Reads a segment from memory.
    ///
    /// # Errors
    /// When the bytes are no sound segment.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Damaged> {
        Self::read(Bytes::Held(bytes))
    }

    fn read(bytes: Bytes) -> Result<Self, Damaged> {
        if bytes.len() < HEAD || !bytes.starts_with(MAGIC) {
            return Err(Damaged::NotASegment);
        }
        let extent = Extent::of(std::array::from_fn(|place| number(&bytes, 8 + place * 8)));
        let mut sections = [(0, 0); SECTIONS];
        let mut shapes = [None; SECTIONS];
        for (section, (place, shape)) in sections.iter_mut().zip(&mut shapes).enumerate() {
            let at = 64 + section * 16;
            *place = (index(number(&bytes, at)), index(number(&bytes, at + 8)));
            let part = bytes
                .get(place.0..place.0.saturating_add(place.1))
                .ok_or(Damaged::Unsound("it is cut off"))?;
            if let Some(bases) = bases_of(section) {
                *shape = Some(ColumnShape::read(part, bases).map_err(|_| Damaged::Unsound("a column"))?);
            }
        }
        let segment = Self { bytes, extent, sections, shapes };
        segment.check()?;
        Ok(segment)
    }

    /// Whether the sections have as many numbers as the extent says.
    fn check(&self) -> Result<(), Damaged> {
        let Extent { txs, outputs, inputs, blocks, spends_earlier, .. } = self.extent;
        let counts = [
            (1, txs),
            (2, txs),
            (3, inputs),
            (4, outputs),
            (5, outputs),
            (6, outputs),
            (7, spends_earlier),
            (8, spends_earlier),
        ];
        let fits = counts.iter().all(|&(section, count)| self.column(section).len() == count);
        let starts_fit = self.sections[0].1 as u64 == txs.div_ceil(BLOCK as u64) * 8;
        let blocks_fit = self.sections[9].1 as u64 == blocks.saturating_mul(BLOCK_BYTES as u64);
        let txs_fit = self.extent.first_tx.checked_add(txs).is_some_and(|end| end <= u64::from(Tx::MAX));
        let outputs_fit = self.extent.first_output.checked_add(outputs).is_some_and(|end| end < 1 << 62);
        if fits && starts_fit && blocks_fit && txs_fit && outputs_fit {
            Ok(())
        } else {
            Err(Damaged::Unsound("its counts do not fit"))
        }
    }

    /// The bytes of the file, for a digest.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Which part of the chain it is.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// The numbers of its transactions.
    pub fn txs(&self) -> Range<Tx> {
        tx(self.extent.first_tx)..tx(self.extent.first_tx + self.extent.txs)
    }

    /// The numbers of its outputs.
    pub fn outputs(&self) -> Range<Output> {
        self.extent.first_output..self.extent.first_output + self.extent.outputs
    }

    fn section(&self, section: usize) -> &[u8] {
        let (start, length) = self.sections.get(section).copied().unwrap_or((0, 0));
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    fn column(&self, section: usize) -> Column<'_> {
        // Sections that are columns have a shape since the segment was opened.
        let shape = self.shapes.get(section).copied().flatten().unwrap_or(ColumnShape::EMPTY);
        shape.of(self.section(section))
    }

    /// How many inputs and outputs the transactions have.
    pub(crate) fn counts(&self) -> (Column<'_>, Column<'_>) {
        (self.column(1), self.column(2))
    }

    /// First input and first output, in the segment, of a block of 64 transactions.
    #[inline]
    pub(crate) fn starts(&self, block: u64) -> (u64, u64) {
        let starts = self.section(0);
        let at = index(block).saturating_mul(8);
        (u64::from(small(starts, at)), u64::from(small(starts, at.saturating_add(4))))
    }

    /// Distances of inputs.
    pub(crate) fn inputs(&self) -> Column<'_> {
        self.column(3)
    }

    /// Values of outputs.
    pub(crate) fn values(&self) -> Column<'_> {
        self.column(4)
    }

    /// Distances to the spending transactions.
    pub(crate) fn spent(&self) -> Column<'_> {
        self.column(6)
    }

    /// The address of one of its outputs.
    #[inline]
    pub fn address(&self, output: Output) -> AddressId {
        let column = self.column(5);
        let place = output.wrapping_sub(self.extent.first_output);
        address_of(column.get(place), column.base(place))
    }

    /// Addresses of outputs, for [`address_of`].
    pub(crate) fn addresses(&self) -> Column<'_> {
        self.column(5)
    }

    /// The transaction that made one of its outputs.
    pub fn creator(&self, output: Output) -> Tx {
        let place = output.wrapping_sub(self.extent.first_output);
        let (mut low, mut high) = (0, self.extent.txs.div_ceil(BLOCK as u64));
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.starts(middle).1 <= place { low = middle } else { high = middle }
        }
        let mut counts = [0; BLOCK];
        let in_block = self.column(2).decode(low, &mut counts);
        let mut end = self.starts(low).1;
        let within = counts.iter().take(in_block).position(|count| {
            end = end.saturating_add(*count);
            place < end
        });
        tx(self.extent.first_tx + low * BLOCK as u64 + within.unwrap_or(0) as u64)
    }

    /// The transaction of this segment that spends an output of an earlier one.
    pub fn spender_of_earlier(&self, output: Output) -> Option<Tx> {
        let sorted = self.column(7);
        let (mut low, mut high) = (0, sorted.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if sorted.base(middle) + sorted.get(middle) < output { low = middle + 1 } else { high = middle }
        }
        let found = low < sorted.len() && sorted.base(low) + sorted.get(low) == output;
        found.then(|| tx(self.extent.first_tx + self.column(8).get(low)))
    }

    /// One of its blocks, the first is 0.
    pub fn block(&self, place: u64) -> Option<Block> {
        let bytes = self.section(9).chunks_exact(BLOCK_BYTES).nth(index(place))?;
        Some(Block {
            first_tx: tx(self.extent.first_tx + u64::from(small(bytes, 0))),
            height: number(bytes, 8),
            time: number(bytes, 16).cast_signed(),
            hash: bytes.get(24..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default(),
        })
    }

    /// The block that a transaction of it is in.
    pub fn block_of(&self, of: Tx) -> Option<Block> {
        let (mut low, mut high) = (0, self.extent.blocks);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.block(middle)?.first_tx <= of { low = middle + 1 } else { high = middle }
        }
        self.block(low.checked_sub(1)?)
    }
}
