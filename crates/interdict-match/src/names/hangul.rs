//! Korean names in Hangul, read in Latin letters the ways that passports, lists and newspapers do.
//!
//! Three systems are read: McCune–Reischauer without its marks, which is also how North Korean names are usually given
//! (Kim Chong Un, Pak Chin Hyok); the spellings common in the South (Kim Jung Un, Park Jin Hyuk); and Revised Romanization
//! (Gim Jeong Eun). Each syllable becomes a word of its own: whether they are written together is up to the writer.

mod foreign;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::vocabulary;

/// One romanization: a text for each initial consonant, vowel and final consonant, in the order of Unicode's Hangul block.
struct System {
    initials: [&'static str; 19],
    vowels: [&'static str; 21],
    finals: [&'static str; 28],
    /// Which of the spellings of a family name this system takes.
    family_spelling: usize,
}

const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];

const MCCUNE_REISCHAUER: System = System {
    initials: [
        "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h",
    ],
    vowels: [
        "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "u", "ui", "i",
    ],
    finals: FINALS,
    family_spelling: 0,
};

const COMMON: System = System {
    initials: [
        "k", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
    ],
    vowels: [
        "a", "ae", "ya", "yae", "u", "e", "yu", "ye", "o", "wa", "wae", "oi", "yo", "oo", "wo", "we", "wi",
        "yoo", "eu", "ui", "i",
    ],
    finals: FINALS,
    family_spelling: 1,
};

const REVISED: System = System {
    initials: [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
    ],
    vowels: [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "eu", "ui", "i",
    ],
    finals: FINALS,
    family_spelling: 2,
};

/// Family names: Hangul, then a spelling for each system; the last is missing where the rules give it.
pub(super) const FAMILY_NAMES: &str = include_str!("../../words/scripts/korean_family_names.tsv");

/// A name of at most this many syllables without a blank is taken for family name and given name.
const PERSON_SYLLABLES_MAX: usize = 4;

/// Whether a character is a whole Hangul syllable.
pub(super) fn is_syllable(char: char) -> bool {
    ('가'..='힣').contains(&char)
}

/// The readings of a name in Latin letters; letters that are no Hangul stay. A name with syllables that only foreign words
/// have is first read as one.
pub(super) fn readings(name: &str) -> Vec<String> {
    let n_syllables = |word: &str| word.chars().filter(|&char| is_syllable(char)).count();
    let is_long = name.split_whitespace().any(|word| (3..=4).contains(&n_syllables(word)));
    let is_foreign = name.chars().any(foreign::is_foreign) || (is_long && family_name(name).is_none());
    let foreign = is_foreign.then(|| foreign::read(name));
    foreign.into_iter().chain(romanized(name)).collect()
}

/// The readings of a Korean name by the three systems, each once.
pub(super) fn romanized(name: &str) -> Vec<String> {
    let mut readings: Vec<String> = Vec::new();
    for system in [&MCCUNE_REISCHAUER, &COMMON, &REVISED] {
        let reading = read(name, system);
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// The two readings of a word that is left in a name otherwise put into English.
pub(super) fn read_word(word: &str) -> [String; 2] {
    if word.chars().any(foreign::is_foreign) {
        let read = foreign::read(word);
        return [read.clone(), read];
    }
    [&MCCUNE_REISCHAUER, &REVISED].map(|system| {
        let mut spelled = String::new();
        for char in word.chars() {
            if is_syllable(char) {
                spell(char, system, &mut spelled);
            } else {
                spelled.push(char);
            }
        }
        spelled
    })
}

fn read(name: &str, system: &System) -> String {
    let mut spelled = String::new();
    let name = name.trim_start();
    let mut rest = name;
    if let Some((syllables, spellings)) = family_name(name) {
        match spellings.get(system.family_spelling) {
            Some(family) => spelled.push_str(family),
            None => syllables.chars().for_each(|syllable| spell(syllable, system, &mut spelled)),
        }
        rest = &name[syllables.len()..];
    }
    for char in rest.chars() {
        if is_syllable(char) {
            spelled.push(' ');
            spell(char, system, &mut spelled);
            spelled.push(' ');
        } else {
            spelled.push(char);
        }
    }
    spelled
}

/// The family name at the start of a name that looks like a person's, in Hangul and in the spellings of the systems.
fn family_name(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    static NAMES: OnceLock<HashMap<&str, (&str, Vec<&str>)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let rows = FAMILY_NAMES.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t'))
            .map(|(family, spellings)| (family, (family, spellings.split('\t').collect())))
            .collect()
    });
    let first_word = name.split_whitespace().next()?;
    let n_syllables = name.chars().filter(|&char| is_syllable(char)).count();
    if !(2..=PERSON_SYLLABLES_MAX).contains(&n_syllables) {
        return None;
    }
    let ends = first_word.char_indices().map(|(at, char)| at + char.len_utf8());
    let ends: Vec<usize> = ends.take(if n_syllables > 2 { 2 } else { 1 }).collect();
    let known = ends.iter().rev().find_map(|&end| names.get(first_word.get(..end)?));
    known.map(|(family, spellings)| (*family, spellings.as_slice()))
}

/// Spells one syllable: Unicode puts the syllables in the order initial, vowel, final.
fn spell(syllable: char, system: &System, spelled: &mut String) {
    let idx = (u32::from(syllable) - u32::from('가')) as usize;
    let (initial, ending) = (system.initials[idx / 588], system.finals[idx % 28]);
    let vowel = system.vowels[idx % 588 / 28];
    // The South spells Seo and Yeo but Jung and Hyun, Woo and Woong but Soo, and Ah alone.
    let vowel = match (vowel, initial.is_empty(), ending.is_empty()) {
        _ if system.family_spelling != COMMON.family_spelling => vowel,
        ("u", _, true) => "eo",
        ("yu", _, true) if idx % 588 / 28 == VOWEL_YEO => "yeo",
        ("oo", true, _) => "woo",
        ("a", true, true) => "ah",
        _ => vowel,
    };
    spelled.extend([initial, vowel, ending]);
}

/// The place of ㅕ among the vowels.
const VOWEL_YEO: usize = 6;

/// The other spellings of a Korean family name: `yoo` and `ryu` for `yu`.
pub(crate) fn family_spellings(family: &str) -> impl Iterator<Item = &'static str> {
    static ROWS: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows: HashMap<&str, Vec<&str>> = HashMap::new();
        for mut row in vocabulary::rows(vocabulary::FAMILY_NAMES) {
            let is_korean = row.next() == Some("korean");
            let spellings: Vec<&str> = row.skip(1).filter(|_| is_korean).collect();
            for (idx, spelling) in spellings.iter().enumerate() {
                let others = [&spellings[..idx], &spellings[idx + 1..]].concat();
                rows.entry(spelling).or_default().extend(others);
            }
        }
        rows
    });
    rows.get(family).into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        let words = |reading: String| reading.split_whitespace().collect::<Vec<_>>().join(" ");
        let readings: Vec<String> = readings(name).into_iter().map(words).collect();
        assert_eq!(readings, expected, "{name}");
    }

    #[test]
    fn three_systems() {
        check("김상만", &["kim sang man", "gim sang man"]);
        check("김정은", &["kim chong un", "kim jung eun", "gim jeong eun"]);
        check("박진혁", &["pak chin hyok", "park jin hyuk", "bak jin hyeok"]);
        check("김민", &["kim min", "gim min"]);
        check("리영림", &["ri yong rim", "lee yung rim", "ri yeong rim"]);
        check("남궁 민", &["namgung min", "namgoong min"]);
        check(
            "라자루스 그룹",
            &["rajarus grup", "ra cha ru su ku rup", "ra ja roo seu keu roop", "ra ja ru seu geu rup"],
        );
    }

    #[test]
    fn blanks_in_front_change_nothing() {
        for blanks in [" ", "\t", "\u{3000} "] {
            assert_eq!(readings(&format!("{blanks}구본영")), readings("구본영"));
        }
    }
}
