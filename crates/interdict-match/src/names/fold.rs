//! One spelling for what looks or sounds the same in writing: case, width, accents, invisible signs, look-alike letters.

use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, UnicodeScript as _};

/// A name in lower case, without accents, invisible characters and compatibility forms. Latin letters become ASCII;
/// letters of other scripts stay.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for char in name.nfkd().filter(|&char| !is_invisible(char)) {
        if unicode_normalization::char::is_combining_mark(char) && !is_letter_in_its_script(char) {
            continue;
        }
        for char in char.to_lowercase() {
            if char.is_ascii() {
                folded.push(char);
            } else if char.script() == Script::Latin {
                folded.push_str(&any_ascii::any_ascii_char(char).to_ascii_lowercase());
            } else {
                folded.push(char);
            }
        }
    }
    let composed: String = folded.nfc().collect();
    composed.split_inclusive(char::is_whitespace).map(unify_script).collect()
}

/// The name with every letter in Latin script: the fallback for scripts without a reading of their own.
pub(super) fn to_latin(folded: &str) -> String {
    any_ascii::any_ascii(folded).to_ascii_lowercase()
}

/// Format and control characters: zero-width spaces and joiners, direction marks, variation selectors, soft hyphens.
fn is_invisible(char: char) -> bool {
    let format = matches!(
        char,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    );
    format || (char.is_control() && !char.is_whitespace())
}

/// Marks that are vowels or consonants of their script, not accents: Indic, Thai, Tibetan and the like, and the voicing
/// marks of kana.
fn is_letter_in_its_script(mark: char) -> bool {
    !matches!(
        mark.script(),
        Script::Inherited
            | Script::Common
            | Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Hebrew
            | Script::Arabic
    ) || matches!(mark, '\u{3099}' | '\u{309a}')
}

/// A word that mixes Latin letters with look-alikes of other scripts gets the Latin ones.
fn unify_script(word: &str) -> String {
    let has_latin = word.chars().any(|char| char.is_ascii_alphabetic());
    let has_other = word.chars().any(|char| look_alike(char).is_some());
    if !(has_latin && has_other) {
        return word.to_owned();
    }
    word.chars().map(|char| look_alike(char).unwrap_or(char)).collect()
}

/// The Latin letter that a lower-case Cyrillic, Greek or Armenian letter looks like, as in Unicode's table of confusable characters.
fn look_alike(char: char) -> Option<char> {
    Some(match char {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ε' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' | 'η' | 'հ' => 'h',
        'і' | 'ї' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'п' | 'ո' | 'ν' => 'n',
        'о' | 'ο' | 'σ' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ᴢ' | 'ζ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(fold(name), expected, "{name:?}");
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        check("KIM Sang Man", "kim sang man");
        check("ＫＩＭ　Ｓａｎｇ", "kim sang");
        check("Müller-Łódź Ærø Þór ǅ", "muller-lodz aero thor dz");
        check("Ki\u{200b}m\u{202e}", "kim");
        check("Kіm Sаng", "kim sang"); // Cyrillic і and а
        check("Александр", "александр");
        check("김상만", "김상만");
        check("ガ", "ガ");
        check("Αλέξανδρος", "αλεξανδρος");
        check("مُحَمَّد", "محمد");
    }
}
