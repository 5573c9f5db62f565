//! Names in Arabic letters: Arabic, Persian, Urdu, Pashto, Kurdish.
//!
//! Short vowels are not written. Words of the table are spelled with them, others without: `mhmwd` would be all that the
//! letters of `mahmud` tell.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::tables;

pub(super) const NAMES: &str = include_str!("../../../words/scripts/arabic_names.tsv");

/// After which language the letters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Arabic: th, dh, d, w.
    Arabic,
    /// Persian and its neighbors: s, z, z, v.
    Persian,
}

/// The name with its Arabic words in Latin letters, the article as a word of its own.
pub(super) fn read(name: &str, style: Style) -> String {
    tables::read_words(name, is_letter, |word| word_in_latin(&chars_of(word), style))
}

pub(super) fn is_letter(char: char) -> bool {
    matches!(char, '\u{0620}'..='\u{064a}' | '\u{066e}'..='\u{06d3}' | '\u{06d5}' | '\u{06fa}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{08a0}'..='\u{08c7}')
}

/// The letters of a word as the table has them.
fn chars_of(word: &str) -> Vec<char> {
    word.chars().map(|char| if char == 'ة' { 'ه' } else { char }).collect()
}

fn word_in_latin(word: &[char], style: Style) -> String {
    known(word, style).or_else(|| compound(word, style)).unwrap_or_else(|| spell(word, style))
}

/// The spelling of a word of the table.
fn known(word: &[char], style: Style) -> Option<String> {
    static WORDS: OnceLock<HashMap<Vec<char>, (&str, &str)>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let spellings = |fields: &[&'static str]| {
            let arabic = *fields.first()?;
            Some((arabic, fields.get(1).copied().unwrap_or(arabic)))
        };
        tables::by_word(NAMES, chars_of, spellings)
    });
    let (arabic, persian) = words.get(word)?;
    Some(if style == Style::Arabic { *arabic } else { *persian }.to_owned())
}

/// What stands at the start of a word and is written as one of its own in Latin letters.
const PREFIXES: &[(&str, &str)] = &[
    ("وال", "wa al "),
    ("عبدال", "abd al "),
    ("ابوال", "abu al "),
    ("ذوال", "dhu al "),
    ("ابو", "abu "),
    ("عبد", "abd "),
    ("ال", "al "),
    ("لل", "lil "),
];

/// What stands at the end of Persian names of families, and of words derived from others.
const SUFFIXES: &[(&str, &str)] = &[
    ("زاده", "zadeh"),
    ("نژاد", "nejad"),
    ("پناه", "panah"),
    ("پور", "pour"),
    ("يان", "ian"),
    ("الدين", " al din"),
    ("الله", "ullah"),
    ("وند", "vand"),
    ("فر", "far"),
    ("زي", "zai"),
    ("ي", "i"),
    ("ه", "a"),
];

/// A word of several parts of which at least one is known: prefix, article, suffix, or two words written together.
fn compound(word: &[char], style: Style) -> Option<String> {
    for (prefix, latin) in PREFIXES {
        let Some(rest) = strip_prefix(word, prefix) else { continue };
        // "عبدي" or "الياس" are no compounds; the article is one before any word of two letters or more.
        let has_article = prefix.ends_with("ال") || *prefix == "لل";
        if rest.len() >= 2 && (has_article || known(rest, style).is_some()) {
            return Some([latin, word_in_latin(rest, style).as_str()].concat());
        }
    }
    for (suffix, latin) in SUFFIXES {
        let Some(rest) = strip_suffix(word, suffix).filter(|rest| rest.len() >= 3) else { continue };
        if let Some(stem) = known(rest, style) {
            return Some([stem.as_str(), latin].concat());
        }
        if suffix.chars().count() > 3 || matches!(*suffix, "پور") {
            return Some([spell(rest, style).as_str(), latin].concat());
        }
    }
    apart(word, style)
}

/// Small words that stand between others, and how they are spelled.
const SMALL: &[(&str, &str)] =
    &[("ال", "al"), ("بن", "bin"), ("ابن", "ibn"), ("ابو", "abu"), ("ولد", "ould")];

/// Words that are written without blanks taken apart: as few known ones as can be, with small words between them. Unknown
/// letters may be left only in a long row, as a word of their own.
fn apart(word: &[char], style: Style) -> Option<String> {
    /// Costs: of a known word, of a short one, of a small one, of an unknown one and of each of its letters.
    const KNOWN: u32 = 10;
    const SHORT: u32 = 13;
    const SMALL_WORD: u32 = 5;
    const UNKNOWN: u32 = 22;
    const LETTER: u32 = 5;
    const LEFT_FROM: usize = 9;
    const LETTERS_MAX: usize = 60;
    if !(5..=LETTERS_MAX).contains(&word.len()) {
        return None;
    }
    // For each place the cheapest way there, and where its last word starts.
    let mut best: Vec<Option<(u32, usize, String)>> = vec![None; word.len() + 1];
    best[0] = Some((0, 0, String::new()));
    for end in 2..=word.len() {
        for start in 0..end - 1 {
            let Some((before, ..)) = best[start].as_ref() else { continue };
            let piece = &word[start..end];
            let small = SMALL.iter().find(|(small, _)| piece.iter().copied().eq(small.chars()));
            let known = || known(piece, style).filter(|_| piece.len() > 2);
            let (cost, latin) = match small {
                Some((_, latin)) if end < word.len() => (SMALL_WORD, (*latin).to_owned()),
                _ => match known() {
                    Some(latin) => (if piece.len() == 3 { SHORT } else { KNOWN }, latin),
                    None if word.len() >= LEFT_FROM && piece.len() > 2 && piece.len() < word.len() => {
                        let n_letters = u32::try_from(piece.len()).unwrap_or(u32::MAX);
                        (UNKNOWN + LETTER * n_letters, spell(piece, style))
                    }
                    None => continue,
                },
            };
            let cost = before + cost;
            if best[end].as_ref().is_none_or(|(known, ..)| cost < *known) {
                best[end] = Some((cost, start, latin));
            }
        }
    }
    let mut words = Vec::new();
    let mut at = word.len();
    while at > 0 {
        let (_, start, latin) = best[at].take()?;
        words.push(latin);
        at = start;
    }
    words.reverse();
    (words.len() > 1).then(|| words.join(" "))
}

fn strip_prefix<'a>(word: &'a [char], prefix: &str) -> Option<&'a [char]> {
    let n = prefix.chars().count();
    let (start, rest) = word.split_at_checked(n)?;
    start.iter().copied().eq(prefix.chars()).then_some(rest)
}

fn strip_suffix<'a>(word: &'a [char], suffix: &str) -> Option<&'a [char]> {
    let n = suffix.chars().count();
    let (rest, end) = word.split_at_checked(word.len().checked_sub(n)?)?;
    end.iter().copied().eq(suffix.chars()).then_some(rest)
}

/// The word letter by letter.
fn spell(word: &[char], style: Style) -> String {
    let is_vowel_letter = |char: Option<&char>| matches!(char, Some('ا' | 'و' | 'ي'));
    let mut latin = String::with_capacity(word.len() * 2);
    for (idx, &char) in word.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|idx| word.get(idx));
        let next = word.get(idx + 1);
        let sounded_as_vowel = before.is_some() && !is_vowel_letter(before) && !matches!(next, Some('ا'));
        let letters = match char {
            // تش is how Arabic writes ch.
            'ت' if next == Some(&'ش') => "c",
            'ش' if before == Some(&'ت') => "h",
            'ا' if before.is_none() && matches!(next, Some('و' | 'ي')) => "",
            'ا' => "a",
            'و' if before == Some(&'ا') && idx == 1 => "u",
            'و' if sounded_as_vowel => "u",
            'و' if style == Style::Persian => "v",
            'و' => "w",
            'ي' if before == Some(&'ا') && idx == 1 => "i",
            'ي' if sounded_as_vowel || next.is_none() => "i",
            'ي' => "y",
            'ع' if next.is_none() || (before.is_none() && next == Some(&'ي')) => "",
            'ع' if is_vowel_letter(before) || next == Some(&'ا') => "",
            'ع' => "a",
            'ه' if next.is_none() && style == Style::Persian => "eh",
            'ه' if next.is_none() && !is_vowel_letter(before) => "a",
            _ => consonant(char, style),
        };
        latin.push_str(letters);
    }
    // The glottal stop alone is a sound that Latin letters leave out.
    if latin.is_empty() { "a".to_owned() } else { latin }
}

fn consonant(char: char, style: Style) -> &'static str {
    let by_style = |arabic, persian| if style == Style::Arabic { arabic } else { persian };
    match char {
        'ب' | 'ٻ' | 'ݐ' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' | 'ټ' | 'ٺ' => "t",
        'ث' => by_style("th", "s"),
        'ج' => "j",
        'چ' | 'څ' => "ch",
        'ح' | 'ه' | 'ۀ' | 'ة' => "h",
        'خ' => "kh",
        'د' | 'ڈ' | 'ډ' | 'ڌ' => "d",
        'ذ' => by_style("dh", "z"),
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => "r",
        'ز' | 'ځ' => "z",
        'ژ' | 'ږ' => "zh",
        'س' | 'ص' => "s",
        'ش' | 'ښ' => "sh",
        'ض' => by_style("d", "z"),
        'ظ' => "z",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' => "k",
        'گ' | 'ڨ' | 'ڭ' => "g",
        'ڤ' | 'ۋ' => "v",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' => "n",
        'ە' | 'ے' => "e",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold::fold;

    fn check(name: &str, arabic: &str, persian: &str) {
        assert_eq!(read(&fold(name), Style::Arabic), arabic, "{name}");
        assert_eq!(read(&fold(name), Style::Persian), persian, "{name}");
    }

    #[test]
    fn known_words_are_vowelled() {
        check("محمد علي", "muhammad ali", "mohammad ali");
        check("أُسامة بن لادن", "usama bin ladin", "osama bin laden");
        check("عبد الرحمن الظاهر", "abd al rahman al zahir", "abd al rahman al zaher");
        check("مصطفی صادقی", "mustafa sadiqi", "mostafa sadeghi");
        check("ﻛﻤﺎل", "kamal", "kamal"); // presentation forms
    }

    #[test]
    fn words_of_several_parts() {
        check("عبدالكريم", "abd al karim", "abd al karim");
        check("بشارالاسد", "bashar al asad", "bashar al assad");
        check("نورالدین", "nur al din", "nur al din");
        check("حسین‌زاده", "husaynzadeh", "hosseinzadeh");
        check("ناصرملکی", "nasir maliki", "naser maleki");
    }

    #[test]
    fn unknown_words_have_no_short_vowels() {
        check("المقداش", "al mqdash", "al mqdash");
        check("توینبی", "tuynbi", "tuynbi");
        check("ثذضظغ", "thdhdzgh", "szzzgh");
        check("ء", "a", "a");
    }
}
