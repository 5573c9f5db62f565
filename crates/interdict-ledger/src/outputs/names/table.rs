//! Which names are there already, while they are gathered? Each is kept once, one after the other in one run of bytes.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use super::lookup;

/// Names with numbers in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    bytes: Vec<u8>,
    ends: Vec<u64>,
    /// Hash and place of each: names are read only where the whole hash is the same.
    places: HashTable<(u64, u32)>,
    seed: Seed,
}

/// Keyed by chance against names that were made to collide; the order of names does not depend on it.
#[derive(Debug)]
struct Seed(u64);

impl Default for Seed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

fn slice<'a>(bytes: &'a [u8], ends: &[u64], place: u32) -> &'a [u8] {
    let end = |place: usize| ends.get(place).and_then(|end| usize::try_from(*end).ok());
    let start = (place as usize).checked_sub(1).map_or(Some(0), end).unwrap_or(0);
    bytes.get(start..end(place as usize).unwrap_or(start)).unwrap_or_default()
}

impl NameTable {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All names, one after the other.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The name at a place.
    pub(crate) fn name(&self, place: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, place)
    }

    /// The place of a name, the last if it was added more than once.
    pub(crate) fn find(&self, name: &[u8]) -> Option<u32> {
        let hash = lookup::seeded(self.seed.0, name);
        self.places.find(hash, |entry| entry.0 == hash && self.name(entry.1) == name).map(|entry| entry.1)
    }

    /// Adds a name, also one that is there already: then the new place is the one that is found. Gives the place; `None` when it is full.
    pub(crate) fn add(&mut self, name: &[u8]) -> Option<u32> {
        let place = u32::try_from(self.ends.len()).ok().filter(|place| *place < u32::MAX)?;
        let hash = lookup::seeded(self.seed.0, name);
        let (bytes, ends) = (&self.bytes, &self.ends);
        match self.places.find_mut(hash, |entry| entry.0 == hash && slice(bytes, ends, entry.1) == name) {
            Some(found) => found.1 = place,
            None => {
                self.places.insert_unique(hash, (hash, place), |entry| entry.0);
            }
        }
        self.bytes.extend(name);
        self.ends.push(self.bytes.len() as u64);
        Some(place)
    }
}
