//! Which words are common names of people somewhere in the world? The table is `words/common_names.tsv`.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use super::vocabulary::{self, WordHasher};

pub(super) const TABLE: &str = include_str!("../../words/common_names.tsv");

/// Whether a folded word is a common given or family name.
pub(crate) fn is_common(word: &str) -> bool {
    static NAMES: OnceLock<HashSet<&'static str, BuildHasherDefault<WordHasher>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| vocabulary::rows(TABLE).flat_map(|row| row.skip(2)).collect());
    names.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_world() {
        let common = ["matthew", "kowalski", "fatima", "takahashi", "lazarus-group"].map(is_common);
        assert_eq!(common, [true, true, true, true, false]);
        assert!(!is_common("english") || !is_common("given"));
    }

    #[test]
    fn rows_are_words_in_small_letters() {
        for mut row in vocabulary::rows(TABLE) {
            let (region, kind) = (row.next().unwrap(), row.next().unwrap());
            assert!(matches!(kind, "given" | "family"), "{region}: {kind}");
            let names: Vec<&str> = row.collect();
            assert!(names.is_sorted() && !names.is_empty(), "{region} {kind}");
            for name in names {
                assert!(name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
            }
        }
    }
}
