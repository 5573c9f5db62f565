//! Words of letters and digits (`fuyuanyu7883`, `builder5`): the blank between them may be missing, or the digits may stand
//! for letters. Folding leaves such words alone, because either may be wrong; here both are read besides.

/// Words with fewer letters are codes: `mi8`, `a320`.
const LETTERS_MIN: usize = 3;

/// The other readings of a folded name with such words.
pub(super) fn readings(folded: &str) -> Vec<String> {
    let is_mixed = |word: &str| {
        word.is_ascii()
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().filter(u8::is_ascii_alphabetic).count() >= LETTERS_MIN
    };
    if !folded.split_whitespace().any(is_mixed) {
        return Vec::new();
    }
    let read = |change: fn(&str) -> String| {
        let words: Vec<String> = folded
            .split_whitespace()
            .map(|word| if is_mixed(word) { change(word) } else { word.to_owned() })
            .collect();
        words.join(" ")
    };
    vec![read(apart), read(as_letters)]
}

/// Letters and digits with blanks between them.
fn apart(word: &str) -> String {
    let mut text = String::with_capacity(word.len() + 2);
    let mut before: Option<char> = None;
    for char in word.chars() {
        let changes = before.is_some_and(|before| {
            before.is_ascii_alphanumeric()
                && char.is_ascii_alphanumeric()
                && before.is_ascii_digit() != char.is_ascii_digit()
        });
        if changes {
            text.push(' ');
        }
        text.push(char);
        before = Some(char);
    }
    text
}

/// Digits as the letters that they look like.
fn as_letters(word: &str) -> String {
    let letter = |char| match char {
        '0' => 'o',
        '1' => 'i',
        '2' => 'z',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '6' | '9' => 'g',
        '7' => 't',
        '8' => 'b',
        other => other,
    };
    word.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits() {
        assert_eq!(readings("fuyuanyu7883"), ["fuyuanyu 7883", "fuyuanyutbbe"]);
        assert_eq!(readings("mr builder5"), ["mr builder 5", "mr builders"]);
        assert_eq!(readings("unit 8200 a320"), [""; 0]);
    }
}
