//! Which month does an English word name?

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Fewer letters could mean several months.
const LETTERS_MIN: usize = 3;

/// The month, 1 to 12, of its name or the first letters of it (`Sep`, `Sept`), in any case.
pub(crate) fn month(word: &str) -> Option<u8> {
    let begins = |month: &str| month.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let at = MONTHS.iter().position(|month| word.len() >= LETTERS_MIN && begins(month))?;
    u8::try_from(at + 1).ok()
}

/// The first three letters of a month, 1 to 12: `Sep`.
pub(crate) fn short(month: u8) -> Option<&'static str> {
    const SHORT: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    SHORT.get(usize::from(month).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn words_and_beginnings() {
        for (word, expected) in [
            ("Jan", Some(1)),
            ("march", Some(3)),
            ("SEPT", Some(9)),
            ("December", Some(12)),
            ("Ju", None),
            ("Mai", None),
            ("Septembre", None),
            ("Jan.", None),
            ("décembre", None),
            ("", None),
        ] {
            assert_eq!(month(word), expected, "{word}");
        }
    }
}
