//! Which number has this key? Each run of bytes is kept once, one behind the other, and found by its hash.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// Keys by number. The hash is keyed at random, against keys made to collide; numbers depend on the order of adding alone.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
    state: RandomState,
}

impl Keys {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The key of a number; empty for none.
    pub fn get(&self, number: u32) -> &[u8] {
        at(&self.bytes, &self.ends, number)
    }

    /// The number of a key.
    pub fn find(&self, key: &[u8]) -> Option<u32> {
        self.table.find(self.state.hash_one(key), |&number| self.get(number) == key).copied()
    }

    /// The number of a key that is kept from now on; `None` when there are no more numbers.
    pub fn intern(&mut self, key: &[u8]) -> Option<u32> {
        let hash = self.state.hash_one(key);
        let (bytes, ends, state) = (&self.bytes, &self.ends, &self.state);
        if let Some(&known) = self.table.find(hash, |&number| at(bytes, ends, number) == key) {
            return Some(known);
        }
        // The last number is left free: it stands for "none" elsewhere.
        let number = u32::try_from(self.ends.len()).ok().filter(|&number| number < u32::MAX)?;
        self.table.insert_unique(hash, number, |&other| state.hash_one(at(bytes, ends, other)));
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len());
        Some(number)
    }
}

fn at<'k>(bytes: &'k [u8], ends: &[usize], number: u32) -> &'k [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(number).and_then(|&end| bytes.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_number() {
        let mut keys = Keys::default();
        assert_eq!(
            (keys.intern(b"a"), keys.intern(b""), keys.intern(b"bc"), keys.intern(b"a")),
            (Some(0), Some(1), Some(2), Some(0))
        );
        assert_eq!(
            (keys.get(0), keys.get(1), keys.get(2), keys.get(3)),
            (&b"a"[..], &b""[..], &b"bc"[..], &b""[..])
        );
        assert_eq!((keys.find(b"bc"), keys.find(b"b"), keys.len()), (Some(2), None, 3));
        for number in 0..10_000 {
            keys.intern(format!("n{number}").as_bytes());
        }
        assert_eq!(keys.get(keys.find(b"n777").unwrap()), b"n777");
    }
}
