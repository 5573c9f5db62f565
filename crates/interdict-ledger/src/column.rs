//! How are millions of whole numbers kept in few bytes, and any of them read at once?
//!
//! A column packs numbers in blocks of 64. Each number has one of four widths, two bits say which, and the place of a number is counted from
//! those bits: no search, one or two lines of memory for a look-up. The widths are chosen anew for each chunk of 1,024 blocks, those that make
//! it smallest. Small numbers are cheap and large ones possible, so that callers store distances instead of numbers.
//!
//! The bytes, all little-endian: `count u64`, then for each chunk `start of its data u64, widths [u8; 4], 0 u32`, then for each block `start in
//! the chunk u32` (filled up to 8 bytes), then the data. A block is its base if the column has bases (`u64`), the low and the high bits of the
//! classes (`u64` each), and the numbers, lowest bit first. 16 zero bytes end the data.

mod widths;

use widths::Widths;

/// Numbers in a block.
pub const BLOCK: usize = 64;
/// Blocks that share their widths.
const BLOCKS_IN_CHUNK: usize = 1_024;
/// Numbers in a chunk.
const CHUNK: usize = BLOCK * BLOCKS_IN_CHUNK;
/// Bytes of the head of a chunk.
const CHUNK_HEAD: usize = 16;
/// Zero bytes after the data, so that a number is always read as a whole word.
const TAIL: usize = 16;

/// Whether blocks have a number of their own that the caller relates the numbers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bases {
    /// None.
    None,
    /// One for each block.
    PerBlock,
}

impl Bases {
    fn bytes(self) -> usize {
        match self {
            Self::None => 0,
            Self::PerBlock => 8,
        }
    }
}

/// Puts numbers into a column, in order. Holds what is packed and one chunk that is not.
#[derive(Debug)]
pub struct ColumnWriter {
    bases: Bases,
    count: u64,
    waiting: Vec<u64>,
    waiting_bases: Vec<u64>,
    chunks: Vec<(u64, Widths)>,
    starts: Vec<u32>,
    data: Vec<u8>,
}

impl ColumnWriter {
    /// An empty column.
    pub fn new(bases: Bases) -> Self {
        Self {
            bases,
            count: 0,
            waiting: Vec::new(),
            waiting_bases: Vec::new(),
            chunks: Vec::new(),
            starts: Vec::new(),
            data: Vec::new(),
        }
    }

    /// How many numbers are in it.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether no number is in it.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether the next number begins a block, and a base may be set.
    pub fn at_block(&self) -> bool {
        self.waiting.len().is_multiple_of(BLOCK)
    }

    /// The base of the block that begins. Blocks without a call have 0.
    pub fn base(&mut self, base: u64) {
        if self.at_block() {
            self.waiting_bases.resize(self.waiting.len() / BLOCK, 0);
            self.waiting_bases.push(base);
        }
    }

    /// Adds a number.
    pub fn push(&mut self, number: u64) {
        self.waiting.push(number);
        self.count += 1;
        if self.waiting.len() == CHUNK {
            self.pack();
        }
    }

    fn pack(&mut self) {
        let widths = Widths::best_for(&self.waiting);
        let start = self.data.len();
        self.chunks.push((start as u64, widths));
        self.waiting_bases.resize(self.waiting.len().div_ceil(BLOCK), 0);
        for (numbers, base) in self.waiting.chunks(BLOCK).zip(&self.waiting_bases) {
            // A chunk has at most 65,536 numbers of 8 bytes and their heads: far below 4 GiB.
            self.starts.push(u32::try_from(self.data.len() - start).unwrap_or(u32::MAX));
            if self.bases == Bases::PerBlock {
                self.data.extend(base.to_le_bytes());
            }
            widths.pack(numbers, &mut self.data);
        }
        self.waiting.clear();
        self.waiting_bases.clear();
    }

    /// The bytes of the column; their number is a multiple of 8.
    pub fn finish(mut self) -> Vec<u8> {
        if !self.waiting.is_empty() {
            self.pack();
        }
        let starts_bytes = (self.starts.len() * 4).next_multiple_of(8);
        let mut bytes = Vec::with_capacity(
            8 + self.chunks.len() * CHUNK_HEAD + starts_bytes + self.data.len() + TAIL + 8,
        );
        bytes.extend(self.count.to_le_bytes());
        for (start, widths) in &self.chunks {
            bytes.extend(start.to_le_bytes());
            bytes.extend(widths.bytes());
            bytes.extend([0; 4]);
        }
        for start in &self.starts {
            bytes.extend(start.to_le_bytes());
        }
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes.append(&mut self.data);
        bytes.resize((bytes.len() + TAIL).next_multiple_of(8), 0);
        bytes
    }
}

/// Where the parts of a column are in its bytes. Cheap to copy; the bytes are handed in with each look-up, so that a mapped file can hold many.
#[derive(Debug, Clone, Copy)]
pub struct ColumnShape {
    bases: Bases,
    count: u64,
    starts: usize,
    data: usize,
}

/// A column that is not what its bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a column is damaged: {0}")]
pub struct DamagedColumn(&'static str);

/// A column in bytes that somebody else holds.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    shape: ColumnShape,
    bytes: &'a [u8],
}

fn word(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u64::from_le_bytes)
}

fn half(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl ColumnShape {
    /// A column without numbers.
    pub(crate) const EMPTY: Self = Self { bases: Bases::None, count: 0, starts: 0, data: 0 };

    /// Reads how a column is laid out, and checks that every block is inside of it.
    ///
    /// # Errors
    /// When the bytes are no column.
    pub fn read(bytes: &[u8], bases: Bases) -> Result<Self, DamagedColumn> {
        let count = word(bytes, 0);
        let blocks = index(count.div_ceil(BLOCK as u64));
        let chunks = blocks.div_ceil(BLOCKS_IN_CHUNK);
        // A block has 16 bytes at least, so a count that the bytes cannot hold ends here and nothing is sized by it.
        if bytes.len() < 8 + TAIL || blocks > bytes.len() / 16 {
            return Err(DamagedColumn("it is shorter than its count of numbers"));
        }
        let starts = 8 + chunks * CHUNK_HEAD;
        let data = (starts + blocks * 4).next_multiple_of(8);
        let shape = Self { bases, count, starts, data };
        let column = Column { shape, bytes };
        for block in 0..blocks {
            let (at, widths) = column.block(block);
            let numbers = (count - (block * BLOCK) as u64).min(BLOCK as u64);
            let end =
                at.checked_add(widths.bytes_of(word(bytes, at), word(bytes, at + 8), index(numbers)) + TAIL);
            if end.is_none_or(|end| end > bytes.len() + 8) || !widths.are_sound() {
                return Err(DamagedColumn("a block is not inside of it"));
            }
        }
        Ok(shape)
    }

    /// How many numbers are in it.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether no number is in it.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The column, with its bytes: those that [`ColumnShape::read`] was given.
    pub fn of<'a>(&self, bytes: &'a [u8]) -> Column<'a> {
        Column { shape: *self, bytes }
    }
}

impl Column<'_> {
    /// How many numbers are in it.
    pub fn len(&self) -> u64 {
        self.shape.count
    }

    /// Whether no number is in it.
    pub fn is_empty(&self) -> bool {
        self.shape.count == 0
    }

    /// Where the classes of a block begin, and its widths.
    #[inline]
    fn block(&self, block: usize) -> (usize, Widths) {
        let head = 8 + block / BLOCKS_IN_CHUNK * CHUNK_HEAD;
        let at = self.shape.data.saturating_add(index(word(self.bytes, head)))
            + half(self.bytes, self.shape.starts + block * 4) as usize;
        (at + self.shape.bases.bytes(), Widths::of(half(self.bytes, head + 8).to_le_bytes()))
    }

    /// The number at a place; 0 beyond the end.
    #[inline]
    pub fn get(&self, place: u64) -> u64 {
        if place >= self.shape.count {
            return 0;
        }
        let place = index(place);
        let (at, widths) = self.block(place / BLOCK);
        widths.number(self.bytes, at, place % BLOCK)
    }

    /// The base of the block that a place is in; 0 if the column has none.
    #[inline]
    pub fn base(&self, place: u64) -> u64 {
        if place >= self.shape.count || self.shape.bases == Bases::None {
            return 0;
        }
        let (at, _) = self.block(index(place) / BLOCK);
        word(self.bytes, at - 8)
    }

    /// The numbers of a block, one after the other, into the buffer; gives how many there are.
    pub fn decode(&self, block: u64, numbers: &mut [u64; BLOCK]) -> usize {
        let first = block.saturating_mul(BLOCK as u64);
        if first >= self.shape.count {
            return 0;
        }
        let in_block = index((self.shape.count - first).min(BLOCK as u64));
        let (at, widths) = self.block(index(block));
        widths.unpack(self.bytes, at, numbers.get_mut(..in_block).unwrap_or_default());
        in_block
    }

    /// The sum of the first numbers of a block, before the place.
    pub fn sum_before(&self, place: u64) -> u64 {
        let mut numbers = [0; BLOCK];
        let in_block = self.decode(place / BLOCK as u64, &mut numbers);
        let before = index(place % BLOCK as u64).min(in_block);
        numbers.iter().take(before).fold(0, |sum, number| sum.wrapping_add(*number))
    }
}

/// Reads a column where look-ups are near each other at times and far apart at others: a block is unpacked when it is asked for a third time in
/// a row, as that costs as much as some ten single look-ups.
#[derive(Debug)]
pub(crate) struct Near {
    /// Of which column of several, by a number of the caller's.
    column: usize,
    block: u64,
    asked: u32,
    base: u64,
    numbers: [u64; BLOCK],
}

/// How often a block is asked for before it is unpacked.
const ASKED_SINGLY: u32 = 2;

impl Near {
    /// Nothing was asked yet.
    pub fn new() -> Self {
        Self { column: 0, block: u64::MAX, asked: 0, base: 0, numbers: [0; BLOCK] }
    }

    /// The number at a place, and the base of its block.
    #[inline]
    pub fn get(&mut self, (number, column): (usize, Column<'_>), place: u64) -> (u64, u64) {
        let block = place / BLOCK as u64;
        if block != self.block || number != self.column {
            (self.column, self.block, self.asked) = (number, block, 0);
        }
        if self.asked < ASKED_SINGLY {
            self.asked += 1;
            return (column.get(place), column.base(place));
        }
        if self.asked == ASKED_SINGLY {
            self.asked += 1;
            let in_block = column.decode(block, &mut self.numbers);
            self.numbers.iter_mut().skip(in_block).for_each(|number| *number = 0);
            self.base = column.base(place);
        }
        (self.numbers.get(index(place % BLOCK as u64)).copied().unwrap_or(0), self.base)
    }
}

/// Reads a column mostly in order: the block read last is kept unpacked.
#[derive(Debug)]
pub struct Cursor<'a> {
    column: Column<'a>,
    block: u64,
    numbers: [u64; BLOCK],
}

impl<'a> Cursor<'a> {
    /// A cursor before the first number.
    pub fn new(column: Column<'a>) -> Self {
        Self { column, block: u64::MAX, numbers: [0; BLOCK] }
    }

    /// The number at a place; 0 beyond the end.
    #[inline]
    pub fn get(&mut self, place: u64) -> u64 {
        let block = place / BLOCK as u64;
        if block != self.block {
            let in_block = self.column.decode(block, &mut self.numbers);
            self.numbers.iter_mut().skip(in_block).for_each(|number| *number = 0);
            self.block = block;
        }
        self.numbers.get(index(place % BLOCK as u64)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column_of(numbers: &[u64], bases: Bases) -> Vec<u8> {
        let mut writer = ColumnWriter::new(bases);
        for (place, number) in numbers.iter().enumerate() {
            if writer.at_block() {
                writer.base(place as u64 * 3);
            }
            writer.push(*number);
        }
        writer.finish()
    }

    fn assert_reads(numbers: &[u64], bases: Bases) {
        let bytes = column_of(numbers, bases);
        let shape = ColumnShape::read(&bytes, bases).expect("a column");
        let column = shape.of(&bytes);
        let (mut cursor, mut near) = (Cursor::new(column), Near::new());
        for (place, number) in numbers.iter().enumerate() {
            assert_eq!(column.get(place as u64), *number, "at {place} of {}", numbers.len());
            assert_eq!(cursor.get(place as u64), *number);
            assert_eq!(near.get((0, column), place as u64), (*number, column.base(place as u64)));
            let first = place - place % BLOCK;
            assert_eq!(
                column.base(place as u64),
                if bases == Bases::PerBlock { first as u64 * 3 } else { 0 }
            );
            if place % 7 == 0 {
                let sum = numbers[first..place].iter().fold(0_u64, |sum, number| sum.wrapping_add(*number));
                assert_eq!(column.sum_before(place as u64), sum);
            }
        }
        assert_eq!(column.get(numbers.len() as u64), 0);
    }

    #[test]
    fn chunks_and_ends_are_read() {
        for count in [0, 1, 63, 64, 65, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17] {
            let numbers: Vec<u64> = (0..count as u64)
                .map(|place| place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (place % 64))
                .collect();
            assert_reads(&numbers, Bases::None);
            assert_reads(&numbers, Bases::PerBlock);
        }
    }

    #[test]
    fn a_cut_or_changed_column_is_no_panic() {
        let numbers: Vec<u64> = (0..500).map(|place| place * place * place).collect();
        let bytes = column_of(&numbers, Bases::None);
        for cut in 0..bytes.len() {
            if let Ok(shape) = ColumnShape::read(&bytes[..cut], Bases::None) {
                (0..600).for_each(|place| _ = shape.of(&bytes[..cut]).get(place));
            }
        }
        for at in 0..bytes.len().min(200) {
            let mut changed = bytes.clone();
            changed[at] = 0xff;
            if let Ok(shape) = ColumnShape::read(&changed, Bases::None) {
                (0..600).for_each(|place| _ = shape.of(&changed).get(place));
            }
        }
    }

    proptest! {
        #[test]
        fn what_went_in_comes_out(numbers in prop::collection::vec((any::<u64>(), 0_u32..64).prop_map(|(n, s)| n >> s), 0..400)) {
            assert_reads(&numbers, Bases::None);
            assert_reads(&numbers, Bases::PerBlock);
        }
    }
}
