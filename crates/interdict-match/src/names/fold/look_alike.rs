//! Letters of other scripts that look like Latin ones, inside Latin words and instead of them.
//!
//! The pairs are common knowledge and as in Unicode's table of confusable characters.

use std::borrow::Cow;

use unicode_script::{Script, UnicodeScript as _};

/// The text with look-alikes made one: a word that mixes scripts gets the one it was meant in, and words of look-alikes
/// alone among Latin words become Latin (`КIМ РЕТR`). Letters must still have their case.
pub(super) fn unify(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|char| broad(char).is_some()) {
        return Cow::Borrowed(text);
    }
    let words: Vec<Word<'_>> = words(text).collect();
    let n_latin = words.iter().filter(|word| word.n_latin > 0).count();
    let n_alike = words.iter().filter(|word| word.n_latin == 0 && word.n_foreign > 0).count();
    let all_alike = words.iter().all(|word| word.n_strict == word.n_foreign);
    let whole_words = all_alike && n_latin >= n_alike;
    // No language mixes scripts in a word. Where one does, the other words are not what they seem either.
    let is_masked = words.iter().any(Word::mixes_scripts);
    Cow::Owned(words.iter().map(|word| word.unified(whole_words, is_masked)).collect())
}

/// A word, or what stands between two.
struct Word<'a> {
    text: &'a str,
    n_latin: usize,
    /// Letters of scripts that have look-alikes, and those of them that are ones in their case.
    n_foreign: usize,
    n_strict: usize,
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|char| is_of_word(char) != is_of_word(first)).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        let count = |is: fn(char) -> bool| text.chars().filter(|&char| is(char)).count();
        Some(Word {
            text,
            n_latin: count(|char| char.is_alphabetic() && char.script() == Script::Latin),
            n_foreign: count(is_foreign),
            n_strict: count(|char| is_foreign(char) && strict(char).is_some()),
        })
    })
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || unicode_normalization::char::is_combining_mark(char)
}

fn is_foreign(char: char) -> bool {
    char.is_alphabetic()
        && matches!(
            char.script(),
            Script::Cyrillic
                | Script::Greek
                | Script::Armenian
                | Script::Cherokee
                | Script::Lisu
                | Script::Coptic
        )
}

impl Word<'_> {
    /// Whether letters of two scripts stand in the word that look like Latin ones.
    fn mixes_scripts(&self) -> bool {
        let mut scripts = self.text.chars().filter(|&char| is_foreign(char)).map(|char| char.script());
        let first = scripts.next();
        scripts.any(|script| Some(script) != first)
    }

    fn unified(&self, whole_words: bool, is_masked: bool) -> Cow<'_, str> {
        let mixes = (self.n_latin > 0 && self.n_foreign > 0) || self.mixes_scripts();
        let all_alike = self.text.chars().all(|char| !is_foreign(char) || broad(char).is_some());
        let stands_for_latin = (whole_words || (is_masked && all_alike)) && self.n_foreign > 0;
        if !(mixes || stands_for_latin) {
            return self.text.into();
        }
        if mixes && self.n_strict < self.n_foreign && self.n_foreign > self.n_latin {
            let cyrillic: Option<String> = self.text.chars().map(to_cyrillic).collect();
            if let Some(cyrillic) = cyrillic {
                return cyrillic.into();
            }
        }
        self.text.chars().map(|char| broad(char).unwrap_or(char)).collect()
    }
}

/// The Latin letter that a letter looks like in its own case.
fn strict(char: char) -> Option<char> {
    Some(match char {
        'А' | 'а' | 'Α' | 'α' | 'Ꭺ' | 'ꓮ' => 'a',
        'В' | 'Β' | 'Ᏼ' | 'ꓐ' | 'Ⲃ' => 'b',
        'С' | 'с' | 'Ϲ' | 'ϲ' | 'Ꮯ' | 'ꓚ' | 'Ⲥ' | 'ⲥ' => 'c',
        'Ԁ' | 'ԁ' | 'Ꭰ' | 'ꓓ' => 'd',
        'Е' | 'е' | 'Ё' | 'ё' | 'Ε' | 'Ꭼ' | 'ꓰ' | 'Ⲉ' => 'e',
        'ꓝ' | 'Ϝ' => 'f',
        'Ԍ' | 'Ꮐ' | 'ꓖ' | 'ց' => 'g',
        'Н' | 'Һ' | 'һ' | 'Η' | 'Ꮋ' | 'ꓧ' | 'հ' | 'Ⲏ' => 'h',
        'І' | 'і' | 'Ї' | 'ї' | 'Ι' | 'ι' | 'Ӏ' | 'Ꭵ' | 'ꓲ' | 'Ⲓ' => 'i',
        'Ј' | 'ј' | 'Ϳ' | 'ϳ' | 'Ꭻ' | 'ꓙ' | 'յ' => 'j',
        'К' | 'Κ' | 'κ' | 'Ꮶ' | 'ꓗ' | 'Ⲕ' => 'k',
        'ӏ' | 'Ꮮ' | 'ꓡ' | 'Լ' => 'l',
        'М' | 'Μ' | 'Ϻ' | 'Ꮇ' | 'ꓟ' | 'Ⲙ' => 'm',
        'Ν' | 'ꓠ' | 'ո' | 'Ⲛ' => 'n',
        'О' | 'о' | 'Ο' | 'ο' | 'Օ' | 'օ' | 'ꓳ' | 'Ⲟ' | 'ⲟ' => 'o',
        'Р' | 'р' | 'Ρ' | 'ρ' | 'Ꮲ' | 'ꓑ' | 'Ⲣ' | 'ⲣ' => 'p',
        'Ԛ' | 'ԛ' => 'q',
        'Ꭱ' | 'ꓣ' => 'r',
        'Ѕ' | 'ѕ' | 'Ꮪ' | 'ꓢ' | 'Տ' => 's',
        'Т' | 'Τ' | 'Ꭲ' | 'ꓔ' | 'Ⲧ' => 't',
        'Ս' | 'ս' | 'υ' | 'ꓴ' => 'u',
        'ν' | 'Ѵ' | 'ѵ' | 'Ꮩ' | 'ꓦ' => 'v',
        'Ԝ' | 'ԝ' | 'Ꮃ' | 'ꓪ' | 'ω' => 'w',
        'Х' | 'х' | 'Χ' | 'χ' | 'ꓫ' | 'Ⲭ' | 'ⲭ' => 'x',
        'У' | 'у' | 'Ү' | 'ү' | 'Υ' | 'γ' | 'Ꭹ' | 'ꓬ' => 'y',
        'Ζ' | 'Ꮓ' | 'ꓜ' => 'z',
        _ => return None,
    })
}

/// The Latin letter that a letter looks like in one of its cases.
fn broad(char: char) -> Option<char> {
    strict(char).or_else(|| {
        Some(match char {
            'в' | 'β' | 'ь' => 'b',
            'ε' | 'є' => 'e',
            'н' | 'η' => 'h',
            'к' => 'k',
            'м' | 'μ' => 'm',
            'п' | 'П' => 'n',
            'σ' => 'o',
            'г' => 'r',
            'т' | 'τ' => 't',
            'ζ' => 'z',
            _ => return None,
        })
    })
}

/// The Cyrillic letter that a Latin one looks like; Cyrillic letters and digits stay, and nothing else can be turned.
fn to_cyrillic(char: char) -> Option<char> {
    if char.script() == Script::Cyrillic || char.is_numeric() {
        return Some(char);
    }
    Some(match char.to_ascii_lowercase() {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(unify(text).to_lowercase(), expected, "{text}");
    }

    #[test]
    fn words_of_mixed_scripts() {
        check("Kіm Sаng", "kim sang");
        check("КIМ РЕТR", "kim petr");
        check("Соmраny", "company");
        check("Нoвак Пyтин", "новак путин"); // Latin o and y
        check("ꓗim Ꭺli", "kim ali");
    }

    #[test]
    fn words_of_look_alikes() {
        check("ОМАР Hassan", "omap hassan");
        check("АО Geran", "ao geran");
        check("ООО Москва Bank", "ооо москва bank");
        check("Москва Bank", "москва bank");
        check("Вера Сара", "вера сара");
    }
}
