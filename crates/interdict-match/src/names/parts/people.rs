//! Which word of a person's name is the family name and which are given names, where it can be told.

use std::sync::OnceLock;

use super::super::Bearer;
use super::super::vocabulary::{self, Traits, Words};
use super::PartKind;
use super::tokens::Break;
use super::units::{Unit, is_of_organization};

/// Most letters of a Korean, Chinese or Vietnamese syllable: `hyong`, `zhuang`, `nguyen`.
const SYLLABLE_LETTERS_MAX: usize = 6;

/// Turns words into given and family names where it is known which they are.
pub(super) fn tell_given_and_family(units: &[Unit], bearer: Bearer, kinds: &mut [PartKind]) {
    let is_person = match bearer {
        Bearer::Person => true,
        Bearer::Unknown => {
            !is_of_organization(units.iter().map(|unit| unit.traits))
                && !kinds
                    .iter()
                    .any(|kind| matches!(kind, PartKind::Legal | PartKind::Generic | PartKind::Vessel))
        }
        Bearer::Organization | Bearer::Vehicle => false,
    };
    if !is_person {
        return;
    }
    let words: Vec<usize> = (0..kinds.len()).filter(|&idx| kinds[idx] == PartKind::Word).collect();
    let family = by_comma(units, kinds, &words)
        .or_else(|| by_initials(kinds, &words, bearer))
        .or_else(|| {
            let is_such = bearer == Bearer::Person || looks_east_asian(units);
            is_such.then(|| by_table(units, kinds, &words)).flatten()
        })
        .or_else(|| (bearer == Bearer::Person).then(|| by_ending(units, &words)).flatten());
    let Some(is_family) = family else { return };
    for (&idx, is_family) in words.iter().zip(is_family) {
        kinds[idx] = if is_family { PartKind::Family } else { PartKind::Given };
    }
}

/// `FAMILY, Given`: for each word whether it is of the family name.
fn by_comma(units: &[Unit], kinds: &[PartKind], words: &[usize]) -> Option<Vec<bool>> {
    let commas: Vec<usize> = (1..units.len()).filter(|&idx| units[idx].before == Break::Comma).collect();
    let &comma = commas.first()?;
    // A comma before a title at the end does not part the family name: "John Smith, Jr."
    let later_are_titles =
        commas[1..].iter().all(|&at| kinds[at..].iter().all(|kind| *kind == PartKind::Honorific));
    let n_family = words.iter().filter(|&&idx| idx < comma).count();
    let has_given = kinds[comma..].iter().any(|kind| matches!(kind, PartKind::Word | PartKind::Initial));
    let is_such = later_are_titles && (1..=4).contains(&n_family) && has_given;
    is_such.then(|| words.iter().map(|&idx| idx < comma).collect())
}

/// A person's only word beside initials is the family name.
fn by_initials(kinds: &[PartKind], words: &[usize], bearer: Bearer) -> Option<Vec<bool>> {
    let is_such = bearer == Bearer::Person && words.len() == 1 && kinds.contains(&PartKind::Initial);
    is_such.then(|| vec![true])
}

/// A Korean, Chinese, Vietnamese or Japanese name with its family name at one end.
fn by_table(units: &[Unit], kinds: &[PartKind], words: &[usize]) -> Option<Vec<bool>> {
    let (&first, &last) = (words.first()?, words.last()?);
    let has_others =
        kinds.iter().any(|kind| !matches!(kind, PartKind::Word | PartKind::Initial | PartKind::Honorific));
    if !(2..=4).contains(&words.len()) || has_others {
        return None;
    }
    let of = |idx: usize| families().get(units[idx].text.as_str()).copied();
    let is_known = |idx: usize| of(idx).is_some_and(|family| family.language != Language::Japanese);
    let others_are_syllables =
        |except: usize| words.iter().all(|&idx| idx == except || is_syllables(&units[idx].text));
    let family_first = is_known(first) && others_are_syllables(first);
    let family_last = is_known(last) && !is_known(first);
    let japanese = |idx: usize| of(idx).is_some_and(|family| family.language == Language::Japanese);
    let at = match (family_first, family_last) {
        (true, _) if words.len() > 2 || !is_known(last) => first,
        // Two words that are both family names: the commoner is the one.
        (true, _) => match (of(first)?.is_common, of(last)?.is_common) {
            (true, false) => first,
            (false, true) => last,
            _ => return None,
        },
        (false, true) => last,
        _ if words.len() == 2 && japanese(last) && !japanese(first) => last,
        _ if words.len() == 2 && japanese(first) && !japanese(last) => first,
        _ => return None,
    };
    Some(words.iter().map(|&idx| idx == at).collect())
}

/// A Russian or Ukrainian name: told by the father's name (`-ovich`), or else by the ending of the one family name.
fn by_ending(units: &[Unit], words: &[usize]) -> Option<Vec<bool>> {
    const FATHERS: [&str; 8] = ["ovich", "evich", "ovych", "yovych", "ovna", "evna", "ivna", "yivna"];
    const FAMILIES: [&str; 18] = [
        "ov", "ova", "ev", "eva", "yev", "yeva", "skiy", "skyi", "skii", "skij", "sky", "skaya", "skaia",
        "ska", "enko", "chuk", "ovic", "evic",
    ];
    let ends = |idx: usize, endings: &[&str], letters_min: usize| {
        let text = units[idx].text.as_str();
        text.len() >= letters_min && endings.iter().any(|ending| text.ends_with(ending))
    };
    if let [a, b, c] = *words {
        // Given, father's, family; or family, given, father's.
        if ends(b, &FATHERS, 7) {
            return Some(vec![false, false, c != b]);
        }
        if ends(c, &FATHERS, 7) && a != c {
            return Some(vec![true, false, false]);
        }
    }
    let with_ending: Vec<usize> = words.iter().copied().filter(|&idx| ends(idx, &FAMILIES, 5)).collect();
    match (with_ending.as_slice(), words.len()) {
        ([family], 2..=3) if words.first() == Some(family) || words.last() == Some(family) => {
            Some(words.iter().map(|idx| idx == family).collect())
        }
        _ => None,
    }
}

/// Whether a name is a Korean, Chinese or Vietnamese one by its first word and the shortness of the others. In such a name
/// `an` or `se` are syllables.
pub(super) fn looks_east_asian(units: &[Unit]) -> bool {
    let Some((first, others)) = units.split_first() else { return false };
    (1..=3).contains(&others.len())
        && families().get(first.text.as_str()).is_some_and(|family| family.language != Language::Japanese)
        && others.iter().all(|unit| is_syllables(&unit.text))
}

/// Whether a word is a Korean, Chinese, Vietnamese or Japanese family name.
pub(super) fn is_family_name(word: &str) -> bool {
    families().contains_key(word)
}

/// Whether a unit is an Arabic article.
pub(super) fn is_article(unit: &Unit) -> bool {
    unit.has(Traits::ARTICLE) || matches!(&*unit.text, "al" | "el" | "ul" | "ur" | "ud")
}

/// Whether a word can be one or two syllables of a Korean, Chinese or Vietnamese name.
fn is_syllables(word: &str) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() > 2 * SYLLABLE_LETTERS_MAX {
        return false;
    }
    (1..=word.len()).any(|at| is_syllable(&word[..at]) && (at == word.len() || is_syllable(&word[at..])))
}

/// Consonants, vowels, and a final consonant, as these languages have them when written in Latin letters.
fn is_syllable(text: &str) -> bool {
    const STARTS: [&str; 45] = [
        "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z",
        "c", "s", "y", "w", "hs", "ts", "tz", "kk", "pp", "tt", "ss", "jj", "kh", "ph", "th", "tr", "ng",
        "nh", "v", "gi", "qu", "kw", "gw", "hw", "dz",
    ];
    const ENDS: [&str; 14] = ["", "n", "ng", "k", "t", "p", "l", "m", "h", "r", "ch", "nh", "c", "w"];
    let is_vowel = |char: char| matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let Some(start) = text.find(is_vowel) else { return false };
    let vowels = text[start..].find(|char| !is_vowel(char)).map_or(text.len(), |at| start + at);
    text.len() <= SYLLABLE_LETTERS_MAX
        && vowels - start <= 4
        && STARTS.contains(&&text[..start])
        && ENDS.contains(&&text[vowels..])
}

/// A family name of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FamilyName {
    language: Language,
    is_common: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Korean,
    Chinese,
    Vietnamese,
    Japanese,
}

/// The family names by spelling. A spelling of several languages is of the first; it is common when it is so in one.
fn families() -> &'static Words<FamilyName> {
    static FAMILIES: OnceLock<Words<FamilyName>> = OnceLock::new();
    FAMILIES.get_or_init(|| {
        let mut families: Words<FamilyName> = Words::default();
        for mut fields in vocabulary::rows(vocabulary::FAMILY_NAMES) {
            let language = match fields.next() {
                Some("korean") => Language::Korean,
                Some("chinese") => Language::Chinese,
                Some("vietnamese") => Language::Vietnamese,
                Some("japanese") => Language::Japanese,
                _ => continue,
            };
            let is_common = fields.next() == Some("common");
            for spelling in fields {
                let name = families.entry(spelling).or_insert(FamilyName { language, is_common });
                name.is_common |= is_common;
            }
        }
        families
    })
}
