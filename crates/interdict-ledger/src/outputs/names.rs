//! What are transactions and addresses called? The names of one segment in a file beside it, mapped, with look-ups both ways.
//!
//! A segment knows numbers only. Its names are a file that is never changed either: ids of its transactions, keys of the addresses that came
//! up in it for the first time, and what blocks say of those before them. Numbers of addresses go on from segment to segment.
//!
//! The file, little-endian: magic `IDNAMES1`, then `first transaction, transactions, first address, addresses, blocks` as `u64`, then offset and
//! length of seven sections, then the sections, each at a multiple of 8:
//!
//! | section | content |
//! |---|---|
//! | 0 | ids of transactions, 32 bytes each, in the order of bytes in which they are computed |
//! | 1 | look-up of ids ([`lookup`]) |
//! | 2 | for each 64 addresses: where their keys begin, `u64` |
//! | 3 | length of each key, `u16` |
//! | 4 | the keys ([`name`]) |
//! | 5 | look-up of keys |
//! | 6 | blocks: hash of the block before 32 bytes, work `u128` |

pub mod lookup;
pub mod name;
pub mod network;
pub mod script;
mod table;
mod writer;

use std::fmt;
use std::ops::{Deref, Range};
use std::path::Path;

use interdict_core::mapped::MappedFile;

use super::{AddressId, Tx};
use lookup::Lookup;
pub use writer::NamesWriter;

/// First bytes of a file of names; the digit is the version of the format.
const MAGIC: &[u8; 8] = b"IDNAMES1";
/// How many sections there are.
const SECTIONS: usize = 7;
/// Bytes before the sections.
const HEAD: usize = 8 + 5 * 8 + SECTIONS * 16;
/// Bytes of an id of a transaction.
const ID: usize = 32;
/// Bytes of a block in section 6.
const BLOCK_BYTES: usize = 48;
/// Addresses that share a start.
const SHARED: usize = 64;

/// The id of a transaction, in the order of bytes in which it is computed: the reverse of what is usually printed.
pub type TxId = [u8; 32];

/// What a block says of those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The hash of the block before.
    pub previous: [u8; 32],
    /// The work in it, 1 where the source does not tell.
    pub work: u128,
}

/// Which names a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NamesExtent {
    /// The number of its first transaction.
    pub first_tx: u64,
    /// How many transactions it has.
    pub txs: u64,
    /// The number of its first address.
    pub first_address: u64,
    /// How many addresses came up first in it.
    pub addresses: u64,
    /// How many blocks it has.
    pub blocks: u64,
}

impl NamesExtent {
    fn numbers(&self) -> [u64; 5] {
        [self.first_tx, self.txs, self.first_address, self.addresses, self.blocks]
    }

    fn of([first_tx, txs, first_address, addresses, blocks]: [u64; 5]) -> Self {
        Self { first_tx, txs, first_address, addresses, blocks }
    }
}

/// A file of names that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DamagedNames {
    /// The file cannot be opened.
    #[error("cannot be opened: {0}")]
    Io(#[from] std::io::Error),
    /// It is none, or of another version.
    #[error("is no file of names in the format of this version; import the chain again")]
    NotNames,
    /// Its parts do not fit together.
    #[error("is damaged ({0}); import the chain again")]
    Unsound(&'static str),
}

type Bytes = Box<dyn Deref<Target = [u8]> + Send + Sync>;

/// The names of one segment, read in place.
pub struct Names {
    bytes: Bytes,
    extent: NamesExtent,
    sections: [(usize, usize); SECTIONS],
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").field("extent", &self.extent).finish_non_exhaustive()
    }
}

fn number(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u64::from_le_bytes)
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Names {
    /// Maps a file of names.
    ///
    /// # Errors
    /// When it cannot be opened, or is no sound file of names.
    pub fn open(path: &Path) -> Result<Self, DamagedNames> {
        Self::read(Box::new(MappedFile::open(path)?))
    }

    /// Reads names from memory.
    ///
    /// # Errors
    /// When the bytes are no sound file of names.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DamagedNames> {
        Self::read(Box::new(bytes))
    }

    fn read(bytes: Bytes) -> Result<Self, DamagedNames> {
        if bytes.len() < HEAD || !bytes.starts_with(MAGIC) {
            return Err(DamagedNames::NotNames);
        }
        let extent = NamesExtent::of(std::array::from_fn(|place| number(&bytes, 8 + place * 8)));
        let mut sections = [(0, 0); SECTIONS];
        for (section, place) in sections.iter_mut().enumerate() {
            let at = 48 + section * 16;
            *place = (index(number(&bytes, at)), index(number(&bytes, at + 8)));
            if place.0.checked_add(place.1).is_none_or(|end| end > bytes.len()) {
                return Err(DamagedNames::Unsound("it is cut off"));
            }
        }
        let names = Self { bytes, extent, sections };
        names.check()?;
        Ok(names)
    }

    /// Whether the sections have as many names as the extent says.
    fn check(&self) -> Result<(), DamagedNames> {
        let NamesExtent { first_tx, txs, first_address, addresses, blocks } = self.extent;
        let lengths = [
            (0, txs.checked_mul(ID as u64)),
            (2, addresses.div_ceil(SHARED as u64).checked_mul(8)),
            (3, addresses.checked_mul(2).and_then(|bytes| bytes.checked_next_multiple_of(8))),
            (6, blocks.checked_mul(BLOCK_BYTES as u64)),
        ];
        let fits =
            lengths.iter().all(|&(section, length)| Some(self.section(section).len() as u64) == length);
        let look_ups = Lookup::of(self.section(1)).fits(txs) && Lookup::of(self.section(5)).fits(addresses);
        let in_range =
            |first: u64, count: u64| first.checked_add(count).is_some_and(|end| end < u64::from(u32::MAX));
        if fits && look_ups && in_range(first_tx, txs) && in_range(first_address, addresses) {
            Ok(())
        } else {
            Err(DamagedNames::Unsound("its counts do not fit"))
        }
    }

    fn section(&self, section: usize) -> &[u8] {
        let (start, length) = self.sections.get(section).copied().unwrap_or((0, 0));
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    /// The bytes of the file, for a digest.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Which names it has.
    pub fn extent(&self) -> NamesExtent {
        self.extent
    }

    /// The numbers of the transactions that it names.
    pub fn txs(&self) -> Range<Tx> {
        narrow(self.extent.first_tx)..narrow(self.extent.first_tx + self.extent.txs)
    }

    /// The numbers of the addresses that came up first in it.
    pub fn addresses(&self) -> Range<AddressId> {
        narrow(self.extent.first_address)..narrow(self.extent.first_address + self.extent.addresses)
    }

    fn id_at(&self, place: u32) -> Option<&[u8]> {
        self.section(0).get(place as usize * ID..)?.get(..ID)
    }

    /// The id of a transaction.
    pub fn id(&self, tx: Tx) -> Option<TxId> {
        let place = tx.checked_sub(narrow(self.extent.first_tx))?;
        self.id_at(place)?.try_into().ok()
    }

    /// The transaction with an id, the last one if several have it.
    pub fn tx(&self, id: &TxId) -> Option<Tx> {
        let place = Lookup::of(self.section(1)).find(id, |place| self.id_at(place).unwrap_or_default())?;
        narrow(self.extent.first_tx).checked_add(place)
    }

    fn key_at(&self, place: u32) -> Option<&[u8]> {
        let place = place as usize;
        let lengths = self.section(3);
        let length = |place: usize| lengths.get(place * 2..)?.first_chunk().copied().map(u16::from_le_bytes);
        let first = place - place % SHARED;
        let before: usize = (first..place).filter_map(length).map(usize::from).sum();
        let start = index(number(self.section(2), place / SHARED * 8)).saturating_add(before);
        self.section(4).get(start..start.saturating_add(usize::from(length(place)?)))
    }

    /// The key of an address that came up first in this segment.
    pub fn key(&self, address: AddressId) -> Option<&[u8]> {
        let place = address.checked_sub(narrow(self.extent.first_address))?;
        (u64::from(place) < self.extent.addresses).then(|| self.key_at(place)).flatten()
    }

    /// The address with a key, if it came up first in this segment.
    pub fn address(&self, key: &[u8]) -> Option<AddressId> {
        let place = Lookup::of(self.section(5)).find(key, |place| self.key_at(place).unwrap_or_default())?;
        narrow(self.extent.first_address).checked_add(place)
    }

    /// What one of its blocks says of those before it, the first is 0.
    pub fn link(&self, block: u64) -> Option<Link> {
        let bytes = self.section(6).get(index(block).checked_mul(BLOCK_BYTES)?..)?;
        let previous = bytes.first_chunk().copied()?;
        let work = bytes.get(32..)?.first_chunk().copied().map(u128::from_le_bytes)?;
        Some(Link { previous, work })
    }
}

/// A number that is known to fit, as extents are checked when a file is opened.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The transaction with an id in any of several files, the last one if several have it.
pub fn tx_in<'a>(
    names: impl IntoIterator<Item = &'a Names, IntoIter: DoubleEndedIterator>,
    id: &TxId,
) -> Option<Tx> {
    names.into_iter().rev().find_map(|names| names.tx(id))
}

/// The address with a key in any of several files.
pub fn address_in<'a>(
    names: impl IntoIterator<Item = &'a Names, IntoIter: DoubleEndedIterator>,
    key: &[u8],
) -> Option<AddressId> {
    names.into_iter().rev().find_map(|names| names.address(key))
}
