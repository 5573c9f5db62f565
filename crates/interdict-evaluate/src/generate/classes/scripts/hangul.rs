//! A romanized Korean name in Hangul, as somebody would write it who hears it: syllable by syllable.

use super::super::Draft;
use crate::generate::name::{Severity, words};
use interdict_core::random::Random;

/// A Korean name of two or three words in Hangul: without blanks by the most usual reading (light), with another vowel
/// where the romanization leaves it open (medium), with blanks too (heavy). Only for parties of Korea.
pub(in crate::generate::classes) fn hangul(
    draft: &Draft<'_>,
    severity: Severity,
    random: &mut Random,
) -> Option<String> {
    if !draft.source.countries.iter().any(|country| ["kp", "kr"].contains(country)) {
        return None;
    }
    let name = draft.name.to_lowercase().replace('-', " ");
    let mut words = words(&name);
    // The family name is first in Korean, and last where a list writes "KIM, Sang Man".
    if draft.source.listed.contains(',') {
        words.rotate_right(1);
    }
    if !(2..=3).contains(&words.len()) {
        return None;
    }
    let family = FAMILIES.iter().find(|(latin, _)| latin.split(' ').any(|latin| latin == words[0]))?.1;
    let is_open = severity != Severity::Light;
    let mut syllables = Vec::new();
    for word in &words[1..] {
        syllables.extend(parsed(word, is_open && random.one_in(2))?);
    }
    if syllables.is_empty() || syllables.len() > 2 {
        return None;
    }
    let given: String = syllables.iter().collect();
    Some(if severity == Severity::Heavy { format!("{family} {given}") } else { format!("{family}{given}") })
}

/// Family names by their romanizations.
const FAMILIES: [(&str, &str); 45] = [
    ("kim gim", "김"),
    ("ri lee yi rhee", "리"),
    ("pak park bak", "박"),
    ("choe choi ch'oe", "최"),
    ("chong jong jung chung jeong", "정"),
    ("kang gang", "강"),
    ("cho jo", "조"),
    ("yun yoon", "윤"),
    ("chang jang", "장"),
    ("im rim lim", "림"),
    ("han", "한"),
    ("o oh", "오"),
    ("so suh seo", "서"),
    ("sin shin", "신"),
    ("kwon gwon", "권"),
    ("hwang", "황"),
    ("an ahn", "안"),
    ("song", "송"),
    ("ryu yoo yu", "류"),
    ("chon jon jeon", "전"),
    ("hong", "홍"),
    ("ko go", "고"),
    ("mun moon", "문"),
    ("yang ryang", "양"),
    ("son", "손"),
    ("pae bae", "배"),
    ("paek baek", "백"),
    ("ho heo", "허"),
    ("nam", "남"),
    ("sim shim", "심"),
    ("no ro roh", "로"),
    ("ha", "하"),
    ("kwak gwak", "곽"),
    ("song seong", "성"),
    ("cha", "차"),
    ("chu ju joo", "주"),
    ("u woo", "우"),
    ("ku koo", "구"),
    ("min", "민"),
    ("chin jin", "진"),
    ("hyon hyun", "현"),
    ("pang bang", "방"),
    ("kil gil", "길"),
    ("thae tae", "태"),
    ("tong dong", "동"),
];

/// First consonants, in the order of Unicode, by their romanizations; the longest that fits is taken.
const INITIALS: [(&str, u32); 32] = [
    ("kk", 1),
    ("gg", 1),
    ("tt", 4),
    ("pp", 8),
    ("ss", 10),
    ("jj", 13),
    ("ch'", 14),
    ("k'", 15),
    ("t'", 16),
    ("p'", 17),
    ("ch", 14),
    ("sh", 9),
    ("kh", 15),
    ("th", 16),
    ("ph", 17),
    ("wh", 18),
    ("k", 0),
    ("g", 0),
    ("n", 2),
    ("t", 3),
    ("d", 3),
    ("r", 5),
    ("l", 5),
    ("m", 6),
    ("p", 7),
    ("b", 7),
    ("s", 9),
    ("j", 12),
    ("h", 18),
    ("f", 17),
    ("z", 12),
    ("", 11),
];

/// Vowels in the order of Unicode; the second number is the other vowel that the romanization may stand for.
const VOWELS: [(&str, u32, u32); 27] = [
    ("yeo", 6, 6),
    ("yae", 3, 3),
    ("wae", 10, 10),
    ("eui", 19, 19),
    ("ae", 1, 5),
    ("ai", 1, 1),
    ("ya", 2, 2),
    ("eo", 4, 4),
    ("ye", 7, 7),
    ("wa", 9, 9),
    ("oe", 11, 11),
    ("oi", 11, 11),
    ("yo", 6, 12),
    ("wo", 14, 14),
    ("we", 15, 15),
    ("wi", 16, 16),
    ("ui", 19, 19),
    ("yu", 17, 17),
    ("eu", 18, 18),
    ("oo", 13, 13),
    ("ee", 20, 20),
    ("ou", 13, 13),
    ("a", 0, 0),
    ("e", 5, 1),
    ("o", 8, 4),
    ("u", 13, 18),
    ("i", 20, 20),
];

/// Last consonants.
const FINALS: [(&str, u32); 8] =
    [("ng", 21), ("k", 1), ("g", 1), ("n", 4), ("l", 8), ("m", 16), ("p", 17), ("t", 7)];

/// The syllables of a word, or nothing when it is no Korean one. `is_open` takes the other vowel.
fn parsed(word: &str, is_open: bool) -> Option<Vec<char>> {
    let mut syllables = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let (initial, after) =
            INITIALS.iter().find_map(|(text, code)| Some((*code, rest.strip_prefix(text)?)))?;
        let (vowel, after) = VOWELS.iter().find_map(|(text, usual, other)| {
            Some((if is_open { *other } else { *usual }, after.strip_prefix(text)?))
        })?;
        let last = FINALS.iter().find_map(|(text, code)| {
            let after = after.strip_prefix(text)?;
            // A consonant before a vowel begins the next syllable, but for ng.
            let begins_next = *text != "ng" && after.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'w']);
            (!begins_next).then_some((*code, after))
        });
        let (last, after) = last.unwrap_or((0, after));
        syllables.push(char::from_u32(0xac00 + (initial * 21 + vowel) * 28 + last)?);
        rest = after;
    }
    Some(syllables)
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::tried;
    use super::*;
    use crate::generate::name::Kind;

    #[test]
    fn syllables() {
        assert_eq!(parsed("sangman", false).unwrap(), ['상', '만']);
        assert_eq!(parsed("jong", true).unwrap(), ['정']);
        assert_eq!(parsed("hyok", false).unwrap(), ['혁']);
        assert_eq!(parsed("wright", false), None);
    }

    #[test]
    fn names() {
        let made = |listed| tried("synthetic_hangul", listed, Kind::Person, &["kp"], Severity::Light);
        assert!(made("KIM, Sang Man").iter().all(|name| name == "김상만"));
        assert!(made("PAK JIN HYOK").iter().all(|name| name == "박진혁"));
        assert_eq!(made("SMITH, John"), [""; 0]);
    }
}
