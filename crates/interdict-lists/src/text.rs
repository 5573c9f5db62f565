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

/// Whether there is nothing in a text but blanks.
pub(crate) fn is_blank(text: &str) -> bool {
    // The indent between elements is looked at once; what is none is told by its first character.
    text.bytes().all(|byte| byte.is_ascii_whitespace()) || text.trim_start().is_empty()
}

/// Whether a text is ASCII without control characters or a blank behind a blank.
fn is_plain(text: &str) -> bool {
    // Without a way out in the middle, so that many bytes are looked at at once.
    let bytes = text.as_bytes();
    let is_printable = bytes.iter().fold(true, |fits, byte| fits & matches!(byte, b' '..=b'~'));
    let behind = bytes.iter().skip(1);
    is_printable && bytes.iter().zip(behind).fold(true, |fits, pair| fits & (pair != (&b' ', &b' ')))
}

/// Nobody writes more than so many bytes in brackets; a text that is nothing but brackets is not searched to its beginning for each.
const BRACKETS_MAX: usize = 2_048;

/// Where the bracket was opened that is closed behind a text; brackets in between are passed over.
pub(crate) fn open_bracket(head: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, char) in head.char_indices().rev() {
        match char {
            _ if head.len() - at > BRACKETS_MAX => return None,
            ')' => depth += 1,
            '(' if depth == 0 => return Some(at),
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
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
    fn the_bracket_that_is_closed_is_found_within_reason() {
        assert_eq!(open_bracket("a (b (c) d"), Some(2));
        assert_eq!((open_bracket("a) b"), open_bracket("a b")), (None, None));
        let (near, far) = ("x".repeat(BRACKETS_MAX - 1), "x".repeat(BRACKETS_MAX));
        assert_eq!((open_bracket(&format!("({near}")), open_bracket(&format!("({far}"))), (Some(0), None));
        // Without the bound this takes minutes.
        let hostile = "):".repeat(200_000);
        assert_eq!(hostile.match_indices("):").filter_map(|(at, _)| open_bracket(&hostile[..at])).count(), 0);
    }

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
