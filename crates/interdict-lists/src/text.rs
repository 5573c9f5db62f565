//! How is a text of a source put on one line, and how is it cut for a message?

use std::borrow::Cow;

/// A text on one line, with single blanks and none around it.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_plain(text) {
        return Cow::Borrowed(text); // nearly all texts, and much faster
    }
    let mut before = ' ';
    let is_folded = text.chars().all(|char| {
        let fits = !char.is_whitespace() || (char == ' ' && before != ' ');
        before = char;
        fits
    });
    if is_folded {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    Cow::Owned(folded)
}

/// Whether a text is ASCII without control characters or a blank behind a blank.
fn is_plain(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        let fits = matches!(byte, b' '..=b'~') && (byte, before) != (b' ', b' ');
        before = byte;
        fits
    })
}

/// The first characters of a text from outside, for a message.
pub(crate) fn clip(text: &str, chars: usize) -> &str {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_folded() {
        for (text, folded) in [
            ("", ""),
            (" \t", ""),
            ("one line", "one line"),
            (" two  words\n", "two words"),
            ("a\u{a0}b", "a b"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
        assert!(matches!(fold(" as it is "), Cow::Borrowed("as it is")));
    }

    #[test]
    fn clips_are_of_whole_characters() {
        assert_eq!((clip("äöü", 2), clip("äöü", 3), clip("", 5), clip("abc", 0)), ("äö", "äöü", "", ""));
    }
}
