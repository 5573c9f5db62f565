//! Names in Hebrew letters. Vowels are mostly not written; words of the table are spelled with them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::tables;

pub(super) const NAMES: &str = include_str!("../../../words/scripts/hebrew_names.tsv");

/// The name with its Hebrew words in Latin letters.
pub(super) fn read(name: &str) -> String {
    static WORDS: OnceLock<HashMap<String, &str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| tables::by_word(NAMES, str::to_owned, |fields| fields.first().copied()));
    let is_of_word = |char: char| is_letter(char) || char == '\'';
    tables::read_words(name, is_of_word, |word| match words.get(word.trim_matches('\'')) {
        Some(latin) => (*latin).to_owned(),
        None => spell(&word.chars().collect::<Vec<_>>()),
    })
}

pub(super) fn is_letter(char: char) -> bool {
    matches!(char, '\u{05d0}'..='\u{05ea}')
}

fn spell(word: &[char]) -> String {
    let mut latin = String::with_capacity(word.len() * 2);
    let mut idx = 0;
    while let Some(&char) = word.get(idx) {
        let first = idx == 0;
        let before = idx.checked_sub(1).and_then(|idx| word.get(idx)).copied();
        let next = word.get(idx + 1).copied();
        let is_vowel = |char| matches!(char, Some('ו' | 'י' | 'א'));
        let between_vowels = is_vowel(before) && (is_vowel(next) || next.is_none());
        let (letters, n_letters) = match (char, next) {
            ('ג', Some('\'')) => ("j", 2),
            ('ז', Some('\'')) => ("zh", 2),
            ('צ' | 'ץ', Some('\'')) => ("ch", 2),
            ('ת', Some('\'')) => ("th", 2),
            ('ד', Some('\'')) => ("dh", 2),
            ('ו', Some('ו')) => (if first || word.len() > idx + 2 { "v" } else { "u" }, 2),
            ('י', Some('י')) => ("ay", 2),
            ('א', Some('ו')) if first => ("o", 2),
            ('א', Some('י')) if first => ("i", 2),
            ('א' | 'ע', Some(_)) if first => ("a", 1),
            ('א', None) => ("a", 1),
            ('א', _) => ("a", 1),
            ('ע', _) => ("", 1),
            ('ב', _) => (if first { "b" } else { "v" }, 1),
            ('ג', _) => ("g", 1),
            ('ד', _) => ("d", 1),
            ('ה', None) => ("a", 1),
            ('ה', _) => ("h", 1),
            ('ו', _) => (if first || between_vowels { "v" } else { "o" }, 1),
            ('ז', _) => ("z", 1),
            ('ח', _) => ("ch", 1),
            ('ט' | 'ת', _) => ("t", 1),
            ('י', _) => (if first { "y" } else { "i" }, 1),
            ('כ', _) => (if first { "k" } else { "kh" }, 1),
            ('ך', _) => ("kh", 1),
            ('ל', _) => ("l", 1),
            ('מ' | 'ם', _) => ("m", 1),
            ('נ' | 'ן', _) => ("n", 1),
            ('ס', _) => ("s", 1),
            ('פ', _) => ("p", 1),
            ('ף', _) => ("f", 1),
            ('צ' | 'ץ', _) => ("tz", 1),
            ('ק', _) => ("k", 1),
            ('ר', _) => ("r", 1),
            ('ש', _) => ("sh", 1),
            _ => ("", 1),
        };
        latin.push_str(letters);
        idx += n_letters;
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, expected: &str) {
        assert_eq!(read(&fold(name)), expected, "{name}");
    }

    #[test]
    fn names() {
        check("משה כהן", "moshe cohen");
        check("דָּוִד בן־גוריון", "david ben-gorion");
        check("מאיר אטינגר", "meir atingr");
        check("ג׳ורג׳", "jorj");
        check("להב״ה", "lhva");
    }
}
