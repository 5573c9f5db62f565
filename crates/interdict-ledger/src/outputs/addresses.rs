//! Is an address one of these? A bit for each, as millions are asked for.

use super::AddressId;

/// A set of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressSet {
    words: Vec<u64>,
}

impl AddressSet {
    /// Whether an address is in it.
    #[inline]
    pub fn contains(&self, address: AddressId) -> bool {
        self.words.get(address as usize / 64).is_some_and(|word| word >> (address % 64) & 1 == 1)
    }

    /// Adds an address. [`super::NO_ADDRESS`] is never in a set.
    pub fn insert(&mut self, address: AddressId) {
        if address == super::NO_ADDRESS {
            return;
        }
        let place = address as usize / 64;
        if place >= self.words.len() {
            self.words.resize(place + 1, 0);
        }
        if let Some(word) = self.words.get_mut(place) {
            *word |= 1 << (address % 64);
        }
    }

    /// Its addresses, in order.
    pub fn iter(&self) -> impl Iterator<Item = AddressId> {
        let numbers = (0_u32..).step_by(64).zip(&self.words);
        numbers.flat_map(|(first, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }

    /// Whether no address is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }
}

impl FromIterator<AddressId> for AddressSet {
    fn from_iter<I: IntoIterator<Item = AddressId>>(addresses: I) -> Self {
        let mut set = Self::default();
        addresses.into_iter().for_each(|address| set.insert(address));
        set
    }
}
