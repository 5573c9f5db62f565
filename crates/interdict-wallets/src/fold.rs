//! How are the letters of a text brought to those of an address, and what was put right? Pasted text has blanks, characters that are
//! not seen, full-width forms, and letters of other scripts that look the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::reading::Folded;

/// What may stand around an address.
const QUOTES: &[char] = &[
    '"', '\'', '`', '<', '>', '(', ')', '[', ']', '{', '}', '.', ',', ';', '“', '”', '‘', '’', '«', '»', '|',
    '*',
];

/// A text in plain letters, with single blanks, and what was put right.
pub(crate) fn fold(text: &str) -> (Cow<'_, str>, Folded) {
    let mut folded = Folded::default();
    let plain = if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(to_plain(text, &mut folded))
    };
    if !plain.contains(' ') && !plain.starts_with(QUOTES) && !plain.ends_with(QUOTES) {
        return (plain, folded);
    }
    let trimmed = plain.trim();
    let bare = trimmed.trim_matches(|char: char| QUOTES.contains(&char) || char.is_whitespace());
    folded.blanks |= trimmed.len() != plain.len();
    folded.quotes |= bare.len() != trimmed.len();
    (Cow::Owned(bare.to_owned()), folded)
}

fn to_plain(text: &str, folded: &mut Folded) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii_graphic() || char == ' ' {
            plain.push(char);
        } else if is_invisible(char) {
            folded.invisible = true;
        } else if char.is_whitespace() {
            folded.blanks = true;
            plain.push(' ');
        } else if let Some(letter) = looks_like(char) {
            folded.lookalikes = true;
            plain.push(letter);
        } else {
            let compatible = std::iter::once(char).nfkc().map(|char| looks_like(char).unwrap_or(char));
            let before = plain.len();
            plain.extend(compatible);
            folded.compatible |= plain.get(before..).is_some_and(|added| added.is_ascii());
        }
    }
    plain
}

/// Does a character that is not ASCII become a Latin letter, a digit, or nothing?
pub(crate) fn is_foldable(char: char) -> bool {
    // Most letters of texts in these scripts; none of them is like a Latin one.
    if matches!(char, '\u{620}'..='\u{64a}' | '\u{3041}'..='\u{3163}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
    {
        return false;
    }
    is_invisible(char)
        || looks_like(char).is_some()
        || std::iter::once(char).nfkc().all(|char| char.is_ascii_alphanumeric())
}

/// Characters without a shape: of zero width, for direction, variation or as controls.
fn is_invisible(char: char) -> bool {
    (char.is_control() && !char.is_whitespace())
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The Latin letter that a Cyrillic or Greek one looks like (Unicode TR 39, `confusables.txt`, those that are the same at a glance).
fn looks_like(char: char) -> Option<char> {
    const CYRILLIC: &str = "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT ХX УY аa еe ѕs іi јj оo рp сc уy хx һh ԁd ԛq ԝw ӏl ҮY үy З3 гr";
    const GREEK: &str = "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa νv οo ρp ιi κk υu χx γy";
    const LATIN: &str = "ıi ɑa ɡg ɩi ʏY ᴏo ᴄc ᴠv ᴡw ᴢz";
    if char.is_ascii() {
        return None;
    }
    let pairs = [CYRILLIC, GREEK, LATIN].into_iter().flat_map(|table| table.split(' '));
    let mut found = pairs.filter_map(|pair| pair.strip_prefix(char));
    found.next().and_then(|letter| letter.chars().next())
}

/// A text without blanks.
pub(crate) fn without_blanks<'a>(text: &'a str, folded: &mut Folded) -> Cow<'a, str> {
    if !text.contains(' ') {
        return Cow::Borrowed(text);
    }
    folded.blanks = true;
    Cow::Owned(text.split(' ').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_put_right() {
        let said = |text: &str| {
            let (plain, folded) = fold(text);
            (plain.into_owned(), folded)
        };
        let none = Folded::default();
        assert_eq!(said("1abc"), ("1abc".to_owned(), none));
        assert_eq!(said(" \u{a0}1abc\t"), ("1abc".to_owned(), Folded { blanks: true, ..none }));
        assert_eq!(said("1a\u{200b}b\u{202e}c"), ("1abc".to_owned(), Folded { invisible: true, ..none }));
        assert_eq!(said("１ａｂｃ"), ("1abc".to_owned(), Folded { compatible: true, ..none }));
        assert_eq!(said("𝟏𝐚𝐛𝐜"), ("1abc".to_owned(), Folded { compatible: true, ..none }));
        assert_eq!(said("1аЬс"), ("1aЬc".to_owned(), Folded { lookalikes: true, ..none }));
        assert_eq!(said("«1abc»,"), ("1abc".to_owned(), Folded { quotes: true, ..none }));
    }

    #[test]
    fn every_lookalike_is_one_letter() {
        for char in '\u{80}'..='\u{ffff}' {
            assert!(looks_like(char).is_none_or(|letter| letter.is_ascii_alphanumeric()), "{char}");
        }
    }
}
