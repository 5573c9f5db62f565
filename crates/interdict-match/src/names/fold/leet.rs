//! Digits and signs written for letters: `H4ss4n` for `hassan`. Model numbers and ordinals are left alone.

/// The text with digits and signs for letters read as letters, word by word.
///
/// A word is read so when digits stand between letters (`k1m`), or letters between digits (`4l1`), or signs such as `@`.
/// Once one word of a name is, the others are too, as far as they can be: in `05m4n b1n l4d3n` the first word has more digits than letters.
/// Words with a 2 or a 6, ordinals (`110th`), words that only end in digits (`a320`) or only start with one (`3m`) stay.
pub(super) fn unmask(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'@' | b'$' | b'!' | b'|' | b'+'))
        && !text.contains('€')
    {
        return text.to_owned();
    }
    let words = runs(text);
    let masked = |&(word, after): &(&str, &str)| is_masked(word) && !is_mail(word, after);
    if !words.iter().any(masked) {
        return text.to_owned();
    }
    let mut unmasked = String::with_capacity(text.len());
    for (word, after) in words {
        if is_mail(word, after) || !(is_masked(word) || can_be_masked(word)) {
            unmasked.push_str(word);
        } else {
            unmasked.push_str(&letters(word));
        }
        let next = after.find(is_of_word).unwrap_or(after.len());
        unmasked.push_str(&after[..next]);
    }
    unmasked
}

/// The words of a text, each with everything that follows it; the first is empty when the text does not start with one.
fn runs(text: &str) -> Vec<(&str, &str)> {
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|char| !is_of_word(char)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        words.push((word, after));
        match after.find(is_of_word) {
            Some(next) => rest = &after[next..],
            None => return words,
        }
    }
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(char)
        || matches!(char, '@' | '$' | '!' | '|' | '+' | '€')
}

/// `info@company` before `.com`.
fn is_mail(word: &str, after: &str) -> bool {
    let mut next = after.chars();
    word.contains('@') && next.next() == Some('.') && next.next().is_some_and(char::is_alphabetic)
}

/// What a word is made of: letters and digits in turns.
struct Shape {
    n_letters: usize,
    n_digits: usize,
    /// Changes between letters and digits.
    turns: usize,
    /// The longest run of digits.
    digits_max: usize,
    starts_with_digit: bool,
}

/// The shape of a word of ASCII letters and of digits that stand for letters; signs count as letters.
fn shape(word: &str) -> Option<Shape> {
    let mut shape = Shape { n_letters: 0, n_digits: 0, turns: 0, digits_max: 0, starts_with_digit: false };
    let mut run = 0;
    let mut before = None;
    for char in word.chars() {
        let is_digit = char.is_ascii_digit();
        if matches!(char, '2' | '6') || !(char.is_ascii() || char == '€') {
            return None;
        }
        if is_digit {
            shape.n_digits += 1;
            run += 1;
            shape.digits_max = shape.digits_max.max(run);
        } else {
            shape.n_letters += 1;
            run = 0;
        }
        match before {
            None => shape.starts_with_digit = is_digit,
            Some(before) if before != is_digit => shape.turns += 1,
            Some(_) => {}
        }
        before = Some(is_digit);
    }
    Some(shape)
}

/// Whether a word has certainly digits or signs for letters.
fn is_masked(word: &str) -> bool {
    let Some(shape) = shape(word) else { return false };
    let n_signs = word.chars().filter(|char| !char.is_ascii_alphanumeric()).count();
    if n_signs > 0 {
        return has_sign_for_letter(word) && shape.n_letters - n_signs > n_signs && shape.digits_max < 3;
    }
    let between_letters = shape.turns >= if shape.starts_with_digit { 3 } else { 2 };
    let between_digits = shape.turns == 2
        && shape.starts_with_digit
        && word.bytes().any(|byte| byte.is_ascii_alphabetic() && byte != b'x');
    // `b4b` and `p2p` are words of their own.
    let mirrors = word.len() == 3 && word.bytes().next() == word.bytes().next_back();
    match (between_letters, between_digits) {
        (true, _) => shape.n_letters >= shape.n_digits && shape.digits_max < 3 && !mirrors,
        (_, true) => shape.n_digits <= shape.n_letters + 1 && !mirrors,
        _ => false,
    }
}

/// Whether a sign stands where a letter does: between letters or digits, or in front of them.
fn has_sign_for_letter(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    chars.windows(2).enumerate().any(|(idx, pair)| {
        let inside = idx > 0 || matches!(pair[0], '@' | '$' | '€');
        matches!(pair[0], '@' | '$' | '€' | '!') && inside && pair[1].is_ascii_alphanumeric()
    })
}

/// Whether a word can be read so in a name where another word is.
fn can_be_masked(word: &str) -> bool {
    shape(word).is_some_and(|shape| {
        let has_letter = word.bytes().any(|byte| byte.is_ascii_alphabetic());
        has_letter && (shape.turns >= 2 || shape.digits_max == 1 || shape.n_digits == 0)
    }) && !is_ordinal(word)
}

fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|char: char| char.is_ascii_digit());
    ending.len() < word.len() && matches!(ending, "st" | "nd" | "rd" | "th")
}

/// The letters that a word stands for; signs at its end are punctuation.
fn letters(word: &str) -> String {
    let core = word.trim_end_matches(['!', '|', '+', '€']).trim_start_matches(['!', '|', '+']);
    let mut letters = String::with_capacity(word.len());
    let mut chars = core.chars().peekable();
    let mut before = None;
    while let Some(char) = chars.next() {
        let letter = match char {
            '0' => 'o',
            '1' => one(before, chars.peek().copied()),
            '3' | '€' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' | '+' => 't',
            '8' => 'b',
            '9' => 'g',
            '!' => 'i',
            '|' => 'l',
            other => other,
        };
        letters.push(letter);
        before = Some(letter);
    }
    letters
}

/// A 1 is an `l` between vowels, before another `l`, and at the end after a vowel; else an `i`.
fn one(before: Option<char>, next: Option<char>) -> char {
    let is_vowel =
        |char: char| matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '0' | '1' | '3' | '4' | '@');
    match (before, next) {
        (Some(before), next) if is_vowel(before) && next.is_none_or(|next| next == 'l' || is_vowel(next)) => {
            'l'
        }
        (None, Some(next)) if is_vowel(next) => 'l',
        _ => 'i',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(unmask(text), expected, "{text}");
    }

    #[test]
    fn digits_for_letters() {
        check("k1m j0ng un", "kim jong un");
        check("m0h4mm3d h4ss4n", "mohammed hassan");
        check("4l1 kha1ed abdu1lah", "ali khaled abdullah");
        check("054m4 b1n l4d3n", "osama bin laden");
        check("v1adim1r p|u+in4", "viadimir plutina");
        check("s@lim a$$ad", "salim assad");
        check("r0uh4n1, h4554n", "rouhani, hassan");
    }

    #[test]
    fn numbers_stay() {
        for text in [
            "110th research center",
            "b2b 3m a320 x5",
            "unit8200",
            "7eleven",
            "info@company.com",
            "yahoo! japan",
            "canal+",
            "4x4 club",
            "b4b",
            "n488rc",
            "office 39",
            "a+b",
            "us$",
            "covid19",
            "2nd 5th",
            "в0ва",
        ] {
            check(text, text);
        }
    }
}
