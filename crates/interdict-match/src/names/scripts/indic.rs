//! Names in the scripts of India that share one layout: Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada,
//! Malayalam.
//!
//! Each script has a block of 128 signs, and a sign has the same place in all of them. Every consonant carries an `a`
//! unless a vowel sign or the virama follows; in the northern languages the `a` is silent at the end of a word and in the
//! middle between two syllables.

use super::tables;

const BLOCK: u32 = 0x80;
const FIRST: u32 = 0x0900;
/// The number of blocks.
const N_SCRIPTS: u32 = 9;
/// From Tamil on, the `a` is always spoken.
const TAMIL: u32 = 5;
const BENGALI: u32 = 1;
const GURMUKHI: u32 = 2;
const MALAYALAM: u32 = 8;
const VIRAMA: u32 = 0x4d;
const NUKTA: u32 = 0x3c;

pub(super) fn read(name: &str) -> String {
    tables::read_words(name, is_letter, |word| spell(&word.chars().collect::<Vec<_>>()))
}

pub(super) fn is_letter(char: char) -> bool {
    place(char).is_some_and(|(_, place)| !matches!(place, 0x64..=0x6f))
}

/// The block and the place in it.
fn place(char: char) -> Option<(u32, u32)> {
    let at = u32::from(char).checked_sub(FIRST)?;
    (at / BLOCK < N_SCRIPTS).then_some((at / BLOCK, at % BLOCK))
}

/// A sound; `a` that is not written may be silent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sound {
    Consonant(&'static str),
    Vowel(&'static str),
    Inherent,
}

fn spell(word: &[char]) -> String {
    let places: Vec<(u32, u32)> = word.iter().filter_map(|&char| place(char)).collect();
    let mut sounds: Vec<Sound> = Vec::with_capacity(word.len() * 2);
    for (idx, &(script, at)) in places.iter().enumerate() {
        let next = places.get(idx + 1).map(|&(_, at)| at);
        if let Some(consonant) = consonant(script, at, next, places.get(idx + 2).map(|&(_, at)| at)) {
            sounds.push(Sound::Consonant(consonant));
            let after_nukta = if next == Some(NUKTA) { places.get(idx + 2).map(|&(_, at)| at) } else { next };
            if !after_nukta.is_some_and(|at| at == VIRAMA || vowel_sign(at).is_some()) {
                sounds.push(Sound::Inherent);
            }
        } else if let Some(vowel) = vowel(at).or_else(|| vowel_sign(at)) {
            sounds.push(Sound::Vowel(vowel));
        } else if let Some(nasal) = mark(script, at, next) {
            sounds.push(Sound::Consonant(nasal));
        }
    }
    let northern = places.first().is_some_and(|&(script, _)| script < TAMIL);
    if northern {
        silence(&mut sounds);
    }
    let latin: String = sounds
        .iter()
        .map(|sound| match sound {
            Sound::Consonant(letters) | Sound::Vowel(letters) => letters,
            Sound::Inherent => "a",
        })
        .collect();
    if latin.is_empty() { "a".to_owned() } else { latin }
}

/// Takes out the `a` that is not spoken, from the end of the word to its start: at the end, and between a vowel with one
/// consonant and a consonant with a vowel.
fn silence(sounds: &mut Vec<Sound>) {
    let is_vowel = |sound: Option<&Sound>| matches!(sound, Some(Sound::Vowel(_) | Sound::Inherent));
    let is_consonant = |sound: Option<&Sound>| matches!(sound, Some(Sound::Consonant(_)));
    for idx in (1..sounds.len()).rev() {
        if sounds.get(idx) != Some(&Sound::Inherent) {
            continue;
        }
        let at = |offset: usize| idx.checked_sub(offset).and_then(|idx| sounds.get(idx));
        let ends = idx + 1 == sounds.len() && sounds.len() > 2;
        let between = is_vowel(at(2)) && is_consonant(sounds.get(idx + 1)) && is_vowel(sounds.get(idx + 2));
        if ends || between {
            sounds.remove(idx);
        }
    }
}

fn consonant(script: u32, at: u32, next: Option<u32>, after: Option<u32>) -> Option<&'static str> {
    let has_nukta = next == Some(NUKTA);
    // The letters of a pair that is spoken otherwise than written: jña is gya.
    let before_nya = next == Some(VIRAMA) && after == Some(0x1e);
    Some(match at {
        0x15 if has_nukta => "q",
        0x15 => "k",
        0x16 => "kh",
        0x17 if has_nukta => "gh",
        0x17 => "g",
        0x18 => "gh",
        0x19 => "ng",
        0x1a if script == TAMIL => "s",
        0x1a => "ch",
        0x1b => "chh",
        0x1c if has_nukta => "z",
        0x1c if before_nya => "g",
        0x1c => "j",
        0x1d => "jh",
        0x1e if script < TAMIL => "y",
        0x1e => "n",
        0x1f => "t",
        0x20 => "th",
        0x21 if has_nukta => "r",
        0x21 => "d",
        0x22 if has_nukta => "rh",
        0x22 => "dh",
        0x23 => "n",
        0x24 if script >= TAMIL => "th",
        0x24 => "t",
        0x25 => "th",
        0x26 => "d",
        0x27 => "dh",
        0x28 | 0x29 => "n",
        0x2a => "p",
        0x2b if has_nukta => "f",
        0x2b => "ph",
        0x2c => "b",
        0x2d => "bh",
        0x2e => "m",
        0x2f if script == BENGALI && !has_nukta => "j",
        0x2f | 0x5f => "y",
        0x30 | 0x31 => "r",
        0x32 | 0x33 => "l",
        0x34 => "zh",
        0x35 => "v",
        0x36 | 0x37 => "sh",
        0x38 => "s",
        0x39 => "h",
        // Bengali and Gurmukhi letters that are no pair of letter and nukta; Bengali ra and wa of Assamese.
        0x5c | 0x5d => "r",
        0x5e => "f",
        0x70 if script == BENGALI => "r",
        0x71 if script == BENGALI => "w",
        _ => return None,
    })
}

fn vowel(at: u32) -> Option<&'static str> {
    Some(match at {
        0x04..=0x06 => "a",
        0x07 | 0x08 => "i",
        0x09 | 0x0a => "u",
        0x0b | 0x60 => "ri",
        0x0c => "li",
        0x0d..=0x0f => "e",
        0x10 => "ai",
        0x11..=0x13 => "o",
        0x14 => "au",
        _ => return None,
    })
}

fn vowel_sign(at: u32) -> Option<&'static str> {
    Some(match at {
        0x3e => "a",
        0x3f | 0x40 => "i",
        0x41 | 0x42 => "u",
        0x43 | 0x44 => "ri",
        0x45..=0x47 => "e",
        0x48 => "ai",
        0x49..=0x4b => "o",
        0x4c => "au",
        _ => return None,
    })
}

/// Consonants that never have a vowel: anusvara, candrabindu and tippi, visarga, the bare letters of Malayalam, the t of
/// Bengali.
fn mark(script: u32, at: u32, next: Option<u32>) -> Option<&'static str> {
    Some(match (script, at) {
        (_, 0x01 | 0x02) | (GURMUKHI, 0x70) => match next {
            Some(0x2a..=0x2e) => "m",
            Some(0x39) => "ng",
            _ => "n",
        },
        (_, 0x03) => "h",
        (BENGALI, 0x4e) => "t",
        (MALAYALAM, 0x7a | 0x7b) => "n",
        (MALAYALAM, 0x7c) => "r",
        (MALAYALAM, 0x7d | 0x7e) => "l",
        (MALAYALAM, 0x7f) => "k",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, expected: &str) {
        assert_eq!(read(&fold(name)), expected, "{name}");
    }

    #[test]
    fn northern_scripts() {
        check("मनमोहन सिंह", "manmohan singh");
        check("नरेन्द्र मोदी", "narendr modi");
        check("राहुल गांधी", "rahul gandhi");
        check("ज़ाकिर हुसैन", "zakir husain");
        check("আবদুর রহমান", "abdur rahman");
        check("ਮਨਮੋਹਨ", "manmohan");
        check("નરેન્દ્ર", "narendr");
    }

    #[test]
    fn southern_scripts() {
        check("பிரபாகரன்", "pirapakaran");
        check("చంద్రబాబు", "chandrababu");
        check("രാജൻ", "rajan");
    }
}
