//! Names of organizations in other scripts with their frequent words put into English: 무역은행 is `trade bank`.
//!
//! What the table does not have is read aloud. In scripts without blanks the longest word that fits is taken.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::char::is_combining_mark;

use super::{arabic, han, hangul, japanese, tables};

pub(super) const WORDS: &str = include_str!("../../../words/scripts/organization_words.tsv");

/// Most words of an entry.
const PHRASE_WORDS_MAX: usize = 5;
/// Most characters of an entry in scripts without blanks.
const UNSPACED_CHARS_MAX: usize = 14;
/// Fewest letters of a stem, and most that an ending may have.
const STEM_CHARS_MIN: usize = 3;
const ENDING_CHARS_MAX: usize = 6;

/// A word in English.
#[derive(Clone, Copy)]
struct Meaning {
    english: &'static str,
    is_place: bool,
}

/// The name in English as far as its words are known, the rest read by `read`; nothing when no word but places is known.
pub(super) fn translate(name: &str, read: impl Fn(&str) -> String) -> Option<String> {
    let words: Vec<&str> = name.split(|char| !is_of_word(char)).filter(|word| !word.is_empty()).collect();
    let mut english = English { text: String::new(), is_telling: false };
    let mut rest = words.as_slice();
    while let Some((&first, after)) = rest.split_first() {
        let phrase = (1..=PHRASE_WORDS_MAX.min(rest.len())).rev().find_map(|n_words| {
            let (phrase, after) = rest.split_at_checked(n_words)?;
            Some((phrase_meaning(phrase)?, after))
        });
        rest = match phrase {
            Some((meaning, after)) => {
                english.push_meaning(meaning);
                after
            }
            None if is_unspaced(first) => {
                translate_unspaced(first, &read, &mut english);
                after
            }
            None => {
                english.push(&read(first));
                after
            }
        };
    }
    (english.is_telling && !english.text.is_empty()).then_some(english.text)
}

struct English {
    text: String,
    /// Whether a word was translated that says more than a place.
    is_telling: bool,
}

impl English {
    fn push(&mut self, word: &str) {
        if !self.text.is_empty() && !word.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    fn push_meaning(&mut self, meaning: Meaning) {
        self.is_telling |= !(meaning.is_place || matches!(meaning.english, "" | "and"));
        self.push(meaning.english);
    }
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || is_combining_mark(char) || char == '\''
}

fn is_unspaced(word: &str) -> bool {
    word.chars().any(is_unspaced_letter)
}

fn is_unspaced_letter(char: char) -> bool {
    hangul::is_syllable(char) || han::is_han(char) || japanese::is_kana(char)
}

/// The entry of a phrase, or of a stem with its star.
fn entry(phrase: &str) -> Option<Meaning> {
    static MEANINGS: OnceLock<HashMap<String, Meaning>> = OnceLock::new();
    let meanings = MEANINGS.get_or_init(|| {
        tables::by_word(WORDS, key, |fields| {
            let (english, more) = fields.split_first()?;
            Some(Meaning { english, is_place: more.first() == Some(&"place") })
        })
    });
    meanings.get(phrase).copied()
}

/// The form under which a word stands: the endings ة and ه are one.
fn key(word: &str) -> String {
    word.replace('ة', "ه")
}

fn phrase_meaning(phrase: &[&str]) -> Option<Meaning> {
    let [word] = phrase else {
        return entry(&key(&phrase.join(" ")));
    };
    if is_unspaced(word) && word.chars().nth(1).is_none() {
        return None;
    }
    let form = key(word);
    entry(&form).or_else(|| {
        if form.starts_with(arabic::is_letter) { arabic_meaning(&form) } else { stem_meaning(&form) }
    })
}

/// A word with an ending of its grammar: the longest stem that the table has.
fn stem_meaning(word: &str) -> Option<Meaning> {
    let ends = word.char_indices().map(|(at, char)| at + char.len_utf8());
    let ends: Vec<usize> = ends.collect();
    let shortest = STEM_CHARS_MIN.max(ends.len().saturating_sub(ENDING_CHARS_MAX));
    let stems = ends.get(shortest - 1..)?.iter().rev().filter_map(|&end| word.get(..end));
    stems.into_iter().find_map(|stem| entry(&format!("{stem}*")))
}

/// An Arabic or Persian word with an article, a preposition or an ending.
fn arabic_meaning(word: &str) -> Option<Meaning> {
    const PREFIXES: [&str; 7] = ["", "ال", "وال", "لل", "بال", "و", "ل"];
    const SUFFIXES: [&str; 5] = ["", "ي", "هاي", "ها", "ات"];
    PREFIXES.iter().find_map(|prefix| {
        let rest = word.strip_prefix(prefix)?;
        SUFFIXES.iter().find_map(|suffix| {
            let stem = rest.strip_suffix(suffix).filter(|stem| stem.chars().count() >= 3)?;
            entry(stem)
        })
    })
}

/// A run without blanks, cut greedily; what is left between the words that are known is read as one word. A word of one
/// character counts at the end after another one, such as 국 for a bureau.
fn translate_unspaced(run: &str, read: &impl Fn(&str) -> String, english: &mut English) {
    let mut rest = run;
    let mut unknown = String::new();
    while let Some(char) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, char)| at + char.len_utf8()).take(UNSPACED_CHARS_MAX);
        let ends: Vec<usize> = ends.collect();
        let closes = ends.len() == 1 && english.is_telling && unknown.is_empty();
        let known = ends.iter().skip(usize::from(!closes)).rev().find_map(|&end| {
            let (word, after) = rest.split_at_checked(end)?;
            Some((entry(word)?, after))
        });
        match known {
            Some((meaning, after)) => {
                push_read(&unknown, read, english);
                unknown.clear();
                english.push_meaning(meaning);
                rest = after;
            }
            None => {
                unknown.push(char);
                rest = rest.get(char.len_utf8()..).unwrap_or_default();
            }
        }
    }
    push_read(&unknown, read, english);
}

fn push_read(unknown: &str, read: &impl Fn(&str) -> String, english: &mut English) {
    // 110호 is number 110.
    let number = unknown.trim_end_matches(['호', '号', '號']);
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        english.push(number);
    } else if !unknown.is_empty() {
        english.push(&read(unknown).split_whitespace().collect::<String>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, expected: Option<&str>) {
        let translated = translate(&fold(name), |word| format!("<{word}>"));
        assert_eq!(translated.as_deref(), expected, "{name}");
    }

    #[test]
    fn words_without_blanks() {
        check(
            "진영정보기술개발협조회사",
            Some("<진영> information technology development cooperation company"),
        );
        check("조선무역은행", Some("korea trade bank"));
        check("华为技术有限公司", Some("<华为> technology co ltd"));
        check("三菱重工業株式会社", Some("<三菱> heavy industries co ltd"));
        check("110호 연구소", Some("110 research institute"));
        check("기술정찰국", Some("technology reconnaissance bureau"));
        check("조선희", None);
        check("김 성", None);
        check("김정은", None);
    }

    #[test]
    fn words_with_endings() {
        check(
            "АО «Государственный научно-исследовательский институт приборостроения»",
            Some("jsc state scientific research institute instrument making"),
        );
        check("Общество с ограниченной ответственностью Ромашка", Some("llc <ромашка>"));
        check("شركة قاطرجي للتجارة", Some("company <قاطرجي> trading"));
        check("بانک ملی ایران", Some("bank national iran"));
        check("Υπουργείο Εθνικής Άμυνας", Some("ministry national defense"));
        check("Иван Петров", None);
    }

    #[test]
    fn translations_are_plain() {
        for row in tables::rows(WORDS) {
            assert!((2..=3).contains(&row.len()), "{row:?}");
            assert!(row[1].bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' '), "{row:?}");
            assert!(row.get(2).is_none_or(|kind| *kind == "place"), "{row:?}");
            let word = row[0].trim_end_matches('*');
            let n_chars = word.chars().count();
            assert!(!is_unspaced(word) || (1..=UNSPACED_CHARS_MAX).contains(&n_chars), "{row:?}");
            assert!(!row[0].ends_with('*') || n_chars >= STEM_CHARS_MIN, "{row:?}");
            assert!(word.split(' ').count() <= PHRASE_WORDS_MAX, "{row:?}");
        }
    }
}
