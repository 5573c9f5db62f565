//! What stays in its place, what goes, what comes, and how are the later ones put together again?

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::DeltaError;

/// How the values of one property became others. What only moves is among the removed and the added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsChange {
    /// The places they had, with the texts, rising.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<(usize, String)>,
    /// The places they get, with the texts, rising.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<(usize, String)>,
}

impl TextsChange {
    /// The change from `old` to `new`.
    pub(super) fn between(old: &[String], new: &[String]) -> Self {
        if old == new {
            return Self::default();
        }
        let stay = staying(old.iter().map(String::as_str), new.iter().map(String::as_str));
        let rest = |texts: &[String], stay: Vec<usize>| -> Vec<(usize, String)> {
            others(texts.len(), &stay).filter_map(|at| texts.get(at).map(|text| (at, text.clone()))).collect()
        };
        let (in_old, in_new) = stay.into_iter().unzip();
        Self { removed: rest(old, in_old), added: rest(new, in_new) }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty()
    }

    /// The values after the change.
    pub(super) fn replay(&self, old: &[String]) -> Result<Vec<String>, DeltaError> {
        let mut removed = self.removed.iter().peekable();
        let mut kept = Vec::with_capacity(old.len());
        for (at, text) in old.iter().enumerate() {
            if removed.next_if(|(place, gone)| *place == at && gone == text).is_none() {
                kept.push(text.clone());
            }
        }
        if let Some((_, text)) = removed.next() {
            return Err(DeltaError::Missing { what: text.clone() });
        }
        put_in(kept, self.added.clone()).map_err(|what| DeltaError::Place { what })
    }

    /// The change back.
    pub(super) fn inverse(&self) -> Self {
        Self { removed: self.added.clone(), added: self.removed.clone() }
    }
}

/// The places, in both runs, of what stays in order: as many as possible. Texts that come several times are paired in order.
pub(super) fn staying<'a>(
    old: impl IntoIterator<Item = &'a str>,
    new: impl IntoIterator<Item = &'a str>,
) -> Vec<(usize, usize)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in old.into_iter().enumerate() {
        places.entry(text).or_default().push(at);
    }
    places.values_mut().for_each(|places| places.reverse());
    let pairs: Vec<(usize, usize)> = new
        .into_iter()
        .enumerate()
        .filter_map(|(at, text)| Some((places.get_mut(text)?.pop()?, at)))
        .collect();
    longest_rising(&pairs)
}

/// The longest run of pairs in which the first numbers rise; the second rise already.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let first = |place: usize| pairs.get(place).map(|pair| pair.0);
    // For each length the run that ends lowest, by its last place; and what stands before each place in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (place, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| first(*end) < Some(pair.0));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let back = |place: &usize| before.get(*place).copied().flatten();
    let mut run: Vec<(usize, usize)> = std::iter::successors(ends.last().copied(), back)
        .filter_map(|place| pairs.get(place).copied())
        .collect();
    run.reverse();
    run
}

/// The places up to `len` that are not among these, which rise.
pub(super) fn others(len: usize, places: &[usize]) -> impl Iterator<Item = usize> {
    let mut places = places.iter().peekable();
    (0..len).filter(move |at| places.next_if(|place| *place == at).is_none())
}

/// Puts things in their places among what is kept.
///
/// # Errors
/// The thing whose place is taken, or beyond the end.
pub(super) fn put_in<T>(kept: Vec<T>, mut placed: Vec<(usize, T)>) -> Result<Vec<T>, T> {
    placed.sort_by_key(|(at, _)| *at);
    let len = kept.len() + placed.len();
    let mut kept = kept.into_iter();
    let mut all = Vec::with_capacity(len);
    for (at, thing) in placed {
        if at < all.len() || at >= len {
            return Err(thing);
        }
        let missing = at - all.len();
        all.extend(kept.by_ref().take(missing));
        if all.len() != at {
            return Err(thing);
        }
        all.push(thing);
    }
    all.extend(kept);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn as_few_as_possible_move() {
        let change = TextsChange::between(&texts("a b c d e"), &texts("b c a d f e"));
        let (a, f) = ("a".to_owned(), "f".to_owned());
        assert_eq!(change, TextsChange { removed: vec![(0, a.clone())], added: vec![(2, a), (4, f)] });
    }

    #[test]
    fn places_from_outside_are_checked() {
        let added = |places: &[usize]| TextsChange {
            removed: Vec::new(),
            added: places.iter().map(|at| (*at, at.to_string())).collect(),
        };
        assert_eq!(added(&[2]).replay(&texts("a b")), Ok(texts("a b 2")));
        for wrong in [&[3][..], &[1, 1], &[usize::MAX]] {
            assert!(matches!(added(wrong).replay(&texts("a b")), Err(DeltaError::Place { .. })), "{wrong:?}");
        }
        let gone = TextsChange { removed: vec![(0, "b".to_owned())], added: Vec::new() };
        assert!(matches!(gone.replay(&texts("a b")), Err(DeltaError::Missing { .. })));
    }

    proptest! {
        #[test]
        fn texts_come_back(old in prop::collection::vec("[a-f]", 0..20), new in prop::collection::vec("[a-f]", 0..20)) {
            let change = TextsChange::between(&old, &new);
            prop_assert_eq!(change.replay(&old), Ok(new.clone()));
            prop_assert_eq!(change.inverse().replay(&new), Ok(old));
        }
    }
}
