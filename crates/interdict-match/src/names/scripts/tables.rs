//! Tables of words in other scripts, made into maps once.

use std::collections::HashMap;
use std::hash::Hash;

use crate::names::fold;

/// The rows of a table without its head: fields separated by tabs.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

/// The rows of a table by their first field, folded as names are and put into the form of a key. Of rows with one key the
/// first counts.
pub(super) fn by_word<K: Hash + Eq, T>(
    table: &'static str,
    key: impl Fn(&str) -> K,
    value: impl Fn(&[&'static str]) -> Option<T>,
) -> HashMap<K, T> {
    let mut words = HashMap::new();
    for row in rows(table) {
        if let Some((word, fields)) = row.split_first()
            && let Some(value) = value(fields)
        {
            words.entry(key(&fold::fold(word))).or_insert(value);
        }
    }
    words
}

/// The text with every run of letters that are of a script read by `read`, and the rest as it is.
pub(super) fn read_words(text: &str, is_letter: fn(char) -> bool, read: impl Fn(&str) -> String) -> String {
    let mut latin = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        latin.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|char| !is_letter(char)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        latin.push_str(&read(word));
        rest = after;
    }
    latin.push_str(rest);
    latin
}
