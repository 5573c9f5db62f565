//! Which number has this text? Each text is kept once, one behind the other, and found by its hash.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// Texts by number. The hash is keyed at random, against texts made to collide; numbers depend on the order of adding alone.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    text: String,
    ends: Vec<usize>,
    table: HashTable<Slot>,
    state: RandomState,
}

/// Longest text that a slot of the table holds itself.
const SHORT_MAX: usize = 11;

/// A number, and its text where that is short: most ids are, and are then found without a look anywhere else in memory.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The length, then the text; [`LONG`] for one that has no room.
    short: [u8; SHORT_MAX + 1],
    number: u32,
}

/// Instead of a length: the text is long.
const LONG: u8 = u8::MAX;

impl Slot {
    fn short(text: &str) -> [u8; SHORT_MAX + 1] {
        let mut short = [0; SHORT_MAX + 1];
        let (len, room) = short.split_at_mut(1);
        match (u8::try_from(text.len()), room.get_mut(..text.len())) {
            (Ok(n), Some(room)) => {
                len[0] = n;
                room.copy_from_slice(text.as_bytes());
            }
            _ => len[0] = LONG,
        }
        short
    }
}

impl Interner {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number; empty for none.
    pub fn get(&self, number: u32) -> &str {
        at(&self.text, &self.ends, number)
    }

    /// The number of a text.
    pub fn find(&self, text: &str) -> Option<u32> {
        let short = Slot::short(text);
        let is_it = |slot: &Slot| {
            slot.short == short && (short[0] != LONG || at(&self.text, &self.ends, slot.number) == text)
        };
        self.table.find(self.hash(&short, text), is_it).map(|slot| slot.number)
    }

    /// The number of a text that is kept from now on; `None` when there are no more numbers.
    pub fn intern(&mut self, text: &str) -> Option<u32> {
        if let Some(known) = self.find(text) {
            return Some(known);
        }
        // The last number is left free: it stands for "none" elsewhere.
        let number = u32::try_from(self.ends.len()).ok().filter(|&number| number < u32::MAX)?;
        let short = Slot::short(text);
        let hash = self.hash(&short, text);
        let (all, ends, state) = (&self.text, &self.ends, &self.state);
        self.table.insert_unique(hash, Slot { short, number }, |slot| {
            hash_of(state, &slot.short, || at(all, ends, slot.number))
        });
        self.text.push_str(text);
        self.ends.push(self.text.len());
        Some(number)
    }

    fn hash(&self, short: &[u8; SHORT_MAX + 1], text: &str) -> u64 {
        hash_of(&self.state, short, || text)
    }
}

fn hash_of<'t>(state: &RandomState, short: &[u8; SHORT_MAX + 1], text: impl FnOnce() -> &'t str) -> u64 {
    if short[0] == LONG { state.hash_one(text()) } else { state.hash_one(short) }
}

fn at<'a>(text: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(number).and_then(|&end| text.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number() {
        let mut texts = Interner::default();
        assert_eq!(
            (texts.intern("a"), texts.intern(""), texts.intern("bc"), texts.intern("a")),
            (Some(0), Some(1), Some(2), Some(0))
        );
        assert_eq!((texts.get(0), texts.get(1), texts.get(2), texts.get(3)), ("a", "", "bc", ""));
        assert_eq!((texts.find("bc"), texts.find("b"), texts.len()), (Some(2), None, 3));
        for number in 0..10_000 {
            texts.intern(&format!("n{number}"));
            texts.intern(&format!("a text of some length {number}"));
        }
        assert_eq!(texts.get(texts.find("a text of some length 777").unwrap()), "a text of some length 777");
        for text in ["twelve bytes", "eleven byte", "\0", "\0\0"] {
            let number = texts.intern(text).unwrap();
            assert_eq!((texts.find(text), texts.get(number)), (Some(number), text));
        }
        assert_eq!(texts.get(texts.find("n777").unwrap()), "n777");
    }
}
