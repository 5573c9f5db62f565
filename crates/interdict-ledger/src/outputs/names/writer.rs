//! How does a file of names come to be? Names are gathered in the order of the chain, and written with their look-ups.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::table::NameTable;
use super::{HEAD, Link, MAGIC, NamesExtent, SECTIONS, SHARED, TxId, lookup};
use crate::outputs::{AddressId, Tx};

/// Gathers the names of one segment. Holds some 60 bytes for each transaction and 65 for each new address; while it is written, 30 more.
#[derive(Debug)]
pub struct NamesWriter {
    first_tx: Tx,
    first_address: AddressId,
    ids: NameTable,
    keys: NameTable,
    blocks: Vec<u8>,
    block_count: u64,
}

impl NamesWriter {
    /// The names of a segment that begins with these numbers.
    pub fn new(first_tx: Tx, first_address: AddressId) -> Self {
        Self {
            first_tx,
            first_address,
            ids: NameTable::default(),
            keys: NameTable::default(),
            blocks: Vec::new(),
            block_count: 0,
        }
    }

    /// The number that the next new address will have.
    pub fn next_address(&self) -> AddressId {
        let count = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.first_address.saturating_add(count)
    }

    /// Adds a block.
    pub fn block(&mut self, link: &Link) {
        self.blocks.extend(link.previous);
        self.blocks.extend(link.work.to_le_bytes());
        self.block_count += 1;
    }

    /// Adds the id of the next transaction. `None` when no number is left.
    pub fn transaction(&mut self, id: &TxId) -> Option<Tx> {
        self.first_tx.checked_add(self.ids.add(id)?)
    }

    /// The transaction of this segment with an id, the last one if several have it.
    pub fn tx(&self, id: &TxId) -> Option<Tx> {
        self.first_tx.checked_add(self.ids.find(id)?)
    }

    /// The address with a key, if it came up first in this segment.
    pub fn address(&self, key: &[u8]) -> Option<AddressId> {
        self.first_address.checked_add(self.keys.find(key)?)
    }

    /// Adds a new address. `None` when no number is left, or the key is longer than 65,535 bytes.
    pub fn add_address(&mut self, key: &[u8]) -> Option<AddressId> {
        u16::try_from(key.len()).ok()?;
        let next = self.next_address();
        if next >= AddressId::MAX - 1 {
            return None;
        }
        self.keys.add(key).map(|_| next)
    }

    /// Writes the names. Gives the digest of the file and its length.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self, to: &mut impl Write) -> io::Result<([u8; 32], u64)> {
        let extent = NamesExtent {
            first_tx: u64::from(self.first_tx),
            txs: self.ids.len() as u64,
            first_address: u64::from(self.first_address),
            addresses: self.keys.len() as u64,
            blocks: self.block_count,
        };
        let (starts, lengths) = places_of(&self.keys);
        let id_table = lookup::write(self.ids.len(), |place| self.ids.name(place));
        let key_table = lookup::write(self.keys.len(), |place| self.keys.name(place));
        let sections =
            [self.ids.bytes(), &id_table, &starts, &lengths, self.keys.bytes(), &key_table, &self.blocks];
        write_file(&extent, &sections, to)
    }
}

/// Where each 64 keys begin, and how long each is.
fn places_of(keys: &NameTable) -> (Vec<u8>, Vec<u8>) {
    let (mut starts, mut lengths, mut start) = (Vec::new(), Vec::new(), 0_u64);
    for place in 0..keys.len() {
        if place.is_multiple_of(SHARED) {
            starts.extend(start.to_le_bytes());
        }
        let length = keys.name(u32::try_from(place).unwrap_or(u32::MAX)).len();
        lengths.extend(u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes());
        start += length as u64;
    }
    lengths.resize(lengths.len().next_multiple_of(8), 0);
    (starts, lengths)
}

fn write_file(
    extent: &NamesExtent,
    sections: &[&[u8]; SECTIONS],
    to: &mut impl Write,
) -> io::Result<([u8; 32], u64)> {
    let mut head = Vec::with_capacity(HEAD);
    head.extend(MAGIC);
    extent.numbers().iter().for_each(|number| head.extend(number.to_le_bytes()));
    let mut at = HEAD as u64;
    for section in sections {
        head.extend(at.to_le_bytes());
        head.extend((section.len() as u64).to_le_bytes());
        at = (at + section.len() as u64).next_multiple_of(8);
    }
    let mut digest = Sha256::new();
    let mut put = |bytes: &[u8]| {
        digest.update(bytes);
        to.write_all(bytes)
    };
    put(&head)?;
    for section in sections {
        put(section)?;
        put([0; 8].get(..section.len().next_multiple_of(8) - section.len()).unwrap_or_default())?;
    }
    Ok((digest.finalize().into(), at))
}
