//! Names in Greek letters, read by the standard of passports and by sound, which is how foreign names in Greek go back.

use super::tables;

/// The two readings of a name.
pub(super) fn readings(name: &str) -> [String; 2] {
    [false, true].map(|by_sound| tables::read_words(name, is_letter, |word| spell(word, by_sound)))
}

pub(super) fn is_letter(char: char) -> bool {
    matches!(char, '\u{0370}'..='\u{03ff}')
}

fn spell(word: &str, by_sound: bool) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(char) = rest.chars().next() {
        let first = rest.len() == word.len();
        let pairs: &[(&str, &str)] = if by_sound { BY_SOUND } else { &[] };
        let at_start = if first { AT_START } else { &[] };
        let pair = at_start.iter().chain(pairs).chain(PAIRS).find(|(letters, _)| rest.starts_with(letters));
        if let Some((letters, sound)) = pair {
            latin.push_str(sound);
            rest = &rest[letters.len()..];
            continue;
        }
        rest = &rest[char.len_utf8()..];
        if char == 'υ' && latin.ends_with(['a', 'e']) && !by_sound_pair(&latin) {
            // αυ and ευ end in v, or in f before a voiceless consonant.
            let voiceless =
                rest.is_empty() || rest.starts_with(['θ', 'κ', 'ξ', 'π', 'σ', 'τ', 'φ', 'χ', 'ψ']);
            latin.push(if voiceless { 'f' } else { 'v' });
        } else {
            latin.push_str(letter(char, by_sound));
        }
    }
    if latin.is_empty() { "y".to_owned() } else { latin }
}

/// Whether the last vowel is itself the second of a pair.
fn by_sound_pair(latin: &str) -> bool {
    latin.ends_with("ae")
}

const AT_START: &[(&str, &str)] = &[("μπ", "b"), ("ντ", "d"), ("γκ", "g")];

const BY_SOUND: &[(&str, &str)] = &[
    ("ου", "u"),
    ("αι", "e"),
    ("ει", "i"),
    ("οι", "i"),
    ("υι", "i"),
    ("μπ", "b"),
    ("ντ", "d"),
    ("γκ", "g"),
    ("τζ", "j"),
];

const PAIRS: &[(&str, &str)] = &[("ου", "ou"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch")];

fn letter(char: char, by_sound: bool) -> &'static str {
    match char {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' | 'ϲ' => "s",
        'τ' => "t",
        'υ' if by_sound => "i",
        'υ' => "y",
        'φ' => "f",
        'χ' if by_sound => "h",
        'χ' => "ch",
        'ψ' => "ps",
        'ϳ' => "j",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, standard: &str, by_sound: &str) {
        assert_eq!(readings(&fold(name)), [standard, by_sound], "{name}");
    }

    #[test]
    fn names() {
        check("Αλέξανδρος Παπαδόπουλος", "alexandros papadopoulos", "alexandros papadopulos");
        check("Ευάγγελος Αυγουστίνος", "evangelos avgoustinos", "evangelos avgustinos");
        check("Μπασάρ Χασάν", "basar chasan", "basar hasan");
        check("Ντίνα Γκίκα Αντώνης", "dina gika antonis", "dina gika adonis");
        check("ΛΕΥΤΕΡΗΣ", "lefteris", "lefteris");
    }
}
