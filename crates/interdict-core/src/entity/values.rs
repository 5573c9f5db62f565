//! Which values does a property have, in which order, and is this one among them?

use std::cmp::Ordering;

/// Up to so many values, a look at each is faster than a search.
const SEARCHED_MIN: usize = 32;

/// Values in the order in which they were added, none of them twice. Most properties have one, which stands in its place without a
/// vector around it: a list has millions.
#[derive(Debug, Clone, Default)]
pub(super) enum Values {
    #[default]
    None,
    One(String),
    Several(Box<Several>),
}

#[derive(Debug, Clone)]
pub(super) struct Several {
    texts: Vec<String>,
    /// The places of all values in the order of their texts, once there are many: without it, a file could make the search
    /// for repetitions take the square of its length.
    sorted: Vec<usize>,
}

impl Values {
    pub(super) fn as_slice(&self) -> &[String] {
        match self {
            Self::None => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(several) => &several.texts,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.as_slice().len()
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(known) => known == text,
            Self::Several(several) => several.contains(text),
        }
    }

    /// Adds a value that is not there yet.
    pub(super) fn push(&mut self, text: String) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(text),
            Self::One(first) => {
                Self::Several(Box::new(Several { texts: vec![first, text], sorted: Vec::new() }))
            }
            Self::Several(mut several) => {
                several.push(text);
                Self::Several(several)
            }
        };
    }
}

impl Several {
    fn contains(&self, text: &str) -> bool {
        if self.sorted.is_empty() {
            self.texts.iter().any(|known| known == text)
        } else {
            self.find(text).is_ok()
        }
    }

    fn push(&mut self, text: String) {
        if self.texts.len() + 1 > SEARCHED_MIN {
            self.sort();
            if let Err(at) = self.find(&text) {
                self.sorted.insert(at, self.texts.len());
            }
        }
        self.texts.push(text);
    }

    fn sort(&mut self) {
        if self.sorted.is_empty() {
            self.sorted = (0..self.texts.len()).collect();
            self.sorted.sort_by(|a, b| self.texts.get(*a).cmp(&self.texts.get(*b)));
        }
    }

    fn find(&self, text: &str) -> Result<usize, usize> {
        let known = |place: &usize| self.texts.get(*place).map(String::as_str);
        self.sorted.binary_search_by(|place| known(place).map_or(Ordering::Less, |known| known.cmp(text)))
    }
}

/// How they are searched is no part of what they are.
impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Values {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_values_are_kept_like_few(numbers in prop::collection::vec(0u32..200, 0..300)) {
            let mut values = Values::default();
            let mut plain: Vec<String> = Vec::new();
            for text in numbers.iter().map(u32::to_string) {
                prop_assert_eq!(values.contains(&text), plain.contains(&text));
                if !plain.contains(&text) {
                    values.push(text.clone());
                    plain.push(text);
                }
            }
            prop_assert_eq!(values.as_slice(), plain.as_slice());
            prop_assert_eq!(values.len(), plain.len());
        }
    }
}
