//! By which texts a reading is found: its parts, neighboring parts written together, the whole name written together, and
//! the skeleton of each: the consonants, with those that are confused folded into one.
//!
//! A key is found from a query text when one of them, or one of them with one letter left out, is the same: that is every
//! pair at most one edit apart. Skeletons find what differs in more places, but only in vowels and like sounds.

use std::collections::BTreeSet;

use crate::names::{Part, PartKind};

/// Longest key in characters; longer texts are cut, in the index and in the query alike.
const KEY_CHARS_MAX: usize = 40;
/// Most parts that are written together as one key of a whole name.
const WHOLE_PARTS_MAX: usize = 4;
/// The sign in front of a skeleton, which no name has.
const SKELETON: char = '~';

/// The keys of a reading, each once: of a list name for the index, of a subject to look up.
pub(crate) fn keys(parts: &[Part]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in texts(parts) {
        found.extend(skeleton(&text));
        found.insert(cut(text));
    }
    found
}

/// Every text with one letter left out, and the text itself; a skeleton is looked up as it is.
pub(crate) fn deletions(key: &str) -> Vec<String> {
    let mut texts = vec![key.to_owned()];
    let has_digit = key.bytes().any(|byte| byte.is_ascii_digit());
    if key.starts_with(SKELETON) || has_digit || key.chars().nth(2).is_none() {
        return texts;
    }
    for (at, char) in key.char_indices() {
        let text = [&key[..at], &key[at + char.len_utf8()..]].concat();
        if texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    texts
}

/// Parts alone, in pairs, and all together, without what every other name has too.
fn texts(parts: &[Part]) -> Vec<String> {
    let telling: Vec<&Part> = parts.iter().filter(|part| tells(part.kind)).collect();
    let telling = if telling.is_empty() { parts.iter().collect() } else { telling };
    let mut texts: Vec<String> = telling.iter().map(|part| part.text.clone()).collect();
    texts.extend(telling.windows(2).map(|pair| [pair[0].text.as_str(), &pair[1].text].concat()));
    if (3..=WHOLE_PARTS_MAX).contains(&telling.len()) {
        texts.push(telling.iter().map(|part| part.text.as_str()).collect());
    }
    if let Some(acronym) = acronym(parts) {
        texts.push(acronym);
    }
    texts
}

/// The first letters of three to six words: `rgb` of Reconnaissance General Bureau.
fn acronym(parts: &[Part]) -> Option<String> {
    let words =
        parts.iter().filter(|part| matches!(part.kind, PartKind::Word | PartKind::Generic | PartKind::Place));
    let letters: String = words.filter_map(|part| part.text.chars().next()).collect();
    (3..=6).contains(&letters.chars().count()).then_some(letters)
}

fn tells(kind: PartKind) -> bool {
    !matches!(
        kind,
        PartKind::Legal | PartKind::Particle | PartKind::Patronymic | PartKind::Honorific | PartKind::Vessel
    )
}

fn cut(text: String) -> String {
    match text.char_indices().nth(KEY_CHARS_MAX) {
        Some((at, _)) => text[..at].to_owned(),
        None => text,
    }
}

/// The skeleton of a Latin text of at least four letters, when at least two consonants are left.
fn skeleton(text: &str) -> Option<String> {
    if text.len() < 4 || !text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut skeleton = String::from(SKELETON);
    let mut last = SKELETON;
    let mut rest = text;
    while let Some((sound, letters)) = sound(rest) {
        rest = &rest[letters..];
        if let Some(sound) = sound
            && sound != last
        {
            skeleton.push(sound);
            last = sound;
        }
    }
    (skeleton.len() > 2).then_some(skeleton)
}

/// The class of the sound that a text starts with, and the number of letters it takes; `None` as class for vowels and for
/// h, w and y, which come and go between spellings.
fn sound(text: &str) -> Option<(Option<char>, usize)> {
    const PAIRS: &[(&str, char)] = &[
        ("kh", 'k'),
        ("gh", 'k'),
        ("ck", 'k'),
        ("ph", 'p'),
        ("th", 't'),
        ("dh", 't'),
        ("sh", 's'),
        ("ch", 'j'),
        ("zh", 'j'),
        ("dj", 'j'),
        ("tz", 's'),
        ("ts", 's'),
        ("dz", 's'),
        ("ks", 'x'),
    ];
    let first = text.chars().next()?;
    if let Some(&(_, class)) = PAIRS.iter().find(|(pair, _)| text.starts_with(pair)) {
        return Some((Some(class), 2));
    }
    let class = match first {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => return Some((None, 1)),
        'b' | 'f' | 'p' | 'v' => 'p',
        'c' | 'g' | 'k' | 'q' => 'k',
        'd' | 't' => 't',
        's' | 'z' => 's',
        'l' | 'r' => 'r',
        other => other,
    };
    Some((Some(class), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Bearer, analyze};

    #[test]
    fn skeletons_of_one_name_meet() {
        for (a, b) in
            [("mohammed", "muhammad"), ("chinyong", "jinyong"), ("hussein", "husayn"), ("qadhafi", "gaddafi")]
        {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        assert_ne!(skeleton("sangman"), skeleton("sangmin x"));
        assert_eq!(skeleton("aoe"), None);
    }

    #[test]
    fn keys_of_a_name() {
        let readings = analyze("Hidden Cobra Ltd", Bearer::Organization).unwrap().readings;
        let keys: Vec<_> = keys(&readings[0].parts).into_iter().collect();
        assert_eq!(keys, ["cobra", "hidden", "hiddencobra", "~kpr", "~tn", "~tnkpr"]);
    }

    #[test]
    fn one_letter_left_out() {
        assert_eq!(deletions("abb"), ["abb", "bb", "ab"]);
        assert_eq!(deletions("~kpr"), ["~kpr"]);
        assert_eq!(deletions("144"), ["144"]);
    }
}
