//! Which number has this text? Each text is kept once, one behind the other, and found by its hash.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// Texts by number. The hash is keyed at random, against texts made to collide; numbers depend on the order of adding alone.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    text: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    state: RandomState,
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
        let hash = self.state.hash_one(text);
        self.table.find(hash, |&number| at(&self.text, &self.ends, number) == text).copied()
    }

    /// The number of a text that is kept from now on; `None` when there are no more numbers.
    pub fn intern(&mut self, text: &str) -> Option<u32> {
        let hash = self.state.hash_one(text);
        let (all, ends, state) = (&self.text, &self.ends, &self.state);
        if let Some(&known) = self.table.find(hash, |&number| at(all, ends, number) == text) {
            return Some(known);
        }
        // The last number is left free: it stands for "none" elsewhere.
        let number = u32::try_from(ends.len()).ok().filter(|&number| number < u32::MAX)?;
        self.table.insert_unique(hash, number, |&number| state.hash_one(at(all, ends, number)));
        self.text.push_str(text);
        self.ends.push(self.text.len());
        Some(number)
    }
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
        }
        assert_eq!(texts.get(texts.find("n777").unwrap()), "n777");
    }
}
