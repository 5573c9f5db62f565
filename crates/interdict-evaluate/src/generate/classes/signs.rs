//! Other signs for the same letters: accents, look-alikes, invisible and full-width characters, digits, scanner errors,
//! punctuation, case. Light is one place, medium half of the places, heavy all of them.

use super::Draft;
use super::spelling::respelled;
use crate::generate::name::{Severity, words};
use crate::generate::tables::{DIACRITICS, HOMOGLYPHS, OCR, others};
use interdict_core::random::Random;

/// Accents on letters that have none. Heavy is two thirds of the letters: nobody writes all.
pub(super) fn diacritics(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let one = |char: char, random: &mut Random| random.pick(&others(&DIACRITICS, char)).cloned();
    let n = |n_places: usize| match severity {
        Severity::Light => 1,
        Severity::Medium => n_places.div_ceil(3),
        Severity::Heavy => n_places * 2 / 3,
    };
    sprinkled(&draft.name, n, random, &one)
}

/// Cyrillic and Greek letters that look like Latin ones.
pub(super) fn homoglyph(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let exact = |char: char, random: &mut Random| {
        let (_, others) = HOMOGLYPHS.iter().find(|(letter, _)| *letter == char)?;
        random.pick(others).map(|&other| other.to_owned())
    };
    sprinkled(&draft.name, |n| severity.share(n), random, &exact)
}

/// Digits and signs that stand for letters.
pub(super) fn leetspeak(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let digit = |char: char, _: &mut Random| {
        let digit = match char.to_ascii_lowercase() {
            'a' => "4",
            'e' => "3",
            'i' => "1",
            'o' => "0",
            's' => "5",
            't' => "7",
            'b' => "8",
            'g' => "9",
            _ => return None,
        };
        Some(digit.to_owned())
    };
    sprinkled(&draft.name, |n| severity.share(n), random, &digit)
}

/// Full-width letters: one word, half of them, all and the blanks too.
pub(super) fn full_width(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let words = words(&draft.name);
    let mut wide: Vec<usize> = (0..words.len()).collect();
    random.shuffle(&mut wide);
    wide.truncate(severity.share(words.len()));
    let widened = |word: &str| -> String {
        let widened = |char: char| match char {
            '!'..='~' => char::from_u32(u32::from(char) + 0xfee0).unwrap_or(char),
            _ => char,
        };
        word.chars().map(widened).collect()
    };
    let word = |idx: usize| if wide.contains(&idx) { widened(words[idx]) } else { words[idx].to_owned() };
    let blank = if severity == Severity::Heavy { "\u{3000}" } else { " " };
    Some((0..words.len()).map(word).collect::<Vec<_>>().join(blank))
}

/// Characters that nobody sees: one, one in every word, one after every letter.
pub(super) fn invisible(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    const UNSEEN: [char; 7] =
        ['\u{200b}', '\u{200c}', '\u{200d}', '\u{ad}', '\u{2060}', '\u{feff}', '\u{200e}'];
    let hidden = |char: char, random: &mut Random| {
        let unseen = random.pick(&UNSEEN)?;
        char.is_alphabetic().then(|| format!("{char}{unseen}"))
    };
    let n_words = words(&draft.name).len();
    let n = |n_places: usize| match severity {
        Severity::Light => 1,
        Severity::Medium => n_words.max(2).min(n_places),
        Severity::Heavy => n_places,
    };
    sprinkled(&draft.name, n, random, &hidden)
}

/// What a scanner reads instead: one, two, three to four places.
pub(super) fn ocr(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    respelled(&draft.name, &OCR, &|_| true, severity, random)
}

/// Punctuation. Light: signs in the name go, or a hyphen comes between two words; medium: dots or commas instead of blanks;
/// heavy: signs of all kinds around and between the words.
pub(super) fn punctuation(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    const BETWEEN: [&str; 7] = [". ", ", ", "/", "_", " - ", "; ", "  "];
    const AROUND: [(&str, &str); 5] = [("\"", "\""), ("(", ")"), ("'", "'"), ("«", "»"), ("*", ".")];
    let words = words(&draft.name);
    let signs: Vec<usize> = draft
        .name
        .char_indices()
        .filter(|(_, char)| matches!(char, '\'' | '’' | '-' | '.' | ','))
        .map(|(at, _)| at)
        .collect();
    match severity {
        Severity::Light if !signs.is_empty() => {
            let at = *random.pick(&signs)?;
            let with = if random.one_in(2) { "" } else { " " };
            let mut text = draft.name.clone();
            text.replace_range(at..at + text.get(at..)?.chars().next()?.len_utf8(), with);
            Some(text.trim().to_owned())
        }
        Severity::Light if words.len() > 1 => {
            let at = random.below(words.len() - 1);
            let between = |idx: usize| if idx == at { "-" } else { " " };
            Some(joined(&words, between))
        }
        Severity::Light => Some(format!("{}.", draft.name)),
        Severity::Medium => {
            let sign = *random.pick(&[".", ",", "-", ". ", "_"])?;
            (words.len() > 1).then(|| joined(&words, |_| sign))
        }
        Severity::Heavy => {
            let (open, close) = *random.pick(&AROUND)?;
            let mut text = open.to_owned();
            for (idx, word) in words.iter().enumerate() {
                if idx > 0 {
                    text.push_str(random.pick(&BETWEEN)?);
                }
                text.push_str(word);
            }
            text.push_str(close);
            Some(text)
        }
    }
}

fn joined<'a>(words: &[&str], between: impl Fn(usize) -> &'a str) -> String {
    let mut text = String::new();
    for (idx, word) in words.iter().enumerate() {
        text.push_str(word);
        if idx + 1 < words.len() {
            text.push_str(between(idx));
        }
    }
    text
}

/// Another case: all small (light), all capital with the Turkish capital of i (medium), by chance (heavy).
pub(super) fn case(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    Some(match severity {
        Severity::Light => draft.name.to_lowercase(),
        Severity::Medium => {
            let is_turkish = random.one_in(2);
            let name = if is_turkish { draft.name.replace('i', "İ") } else { draft.name.clone() };
            name.to_uppercase()
        }
        Severity::Heavy => {
            let mut text = String::new();
            for char in draft.name.chars() {
                if random.one_in(2) {
                    text.extend(char.to_uppercase())
                } else {
                    text.extend(char.to_lowercase())
                }
            }
            text
        }
    })
}

/// A name with some of its characters replaced: as many as `n` says of those that can be.
pub(super) fn sprinkled(
    name: &str,
    n: impl Fn(usize) -> usize,
    random: &mut Random,
    replacement: &dyn Fn(char, &mut Random) -> Option<String>,
) -> Option<String> {
    let chars: Vec<char> = name.chars().collect();
    let all: Vec<Option<String>> = chars.iter().map(|&char| replacement(char, random)).collect();
    let mut places: Vec<usize> = (0..chars.len()).filter(|&idx| all[idx].is_some()).collect();
    random.shuffle(&mut places);
    places.truncate(n(places.len()));
    if places.is_empty() {
        return None;
    }
    let mut text = String::new();
    for (idx, char) in chars.iter().enumerate() {
        match &all[idx] {
            Some(other) if places.contains(&idx) => text.push_str(other),
            _ => text.push(*char),
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;
    use crate::generate::name::Kind;

    fn made(class: &str, severity: Severity) -> Vec<String> {
        tried(class, "PETROVSKY, Konstantin", Kind::Person, &[], severity)
    }

    fn n_changed(name: &str) -> usize {
        name.chars().zip("Konstantin Petrovsky".chars()).filter(|(a, b)| a != b).count()
    }

    #[test]
    fn one_half_all() {
        for (class, n) in [("homoglyph", [1, 10, 19]), ("leetspeak", [1, 5, 10]), ("diacritics", [1, 6, 11])]
        {
            for (severity, n) in Severity::ALL.into_iter().zip(n) {
                for name in made(class, severity) {
                    assert_eq!(n_changed(&name), n, "{class} {name}");
                }
            }
        }
    }

    #[test]
    fn what_nobody_sees() {
        for severity in Severity::ALL {
            for name in made("invisible", severity) {
                let seen: String = name.chars().filter(|char| char.is_ascii()).collect();
                assert_eq!(seen, "Konstantin Petrovsky");
                assert_ne!(name, seen);
            }
        }
    }

    #[test]
    fn wide_letters() {
        assert!(
            made("full_width", Severity::Heavy)
                .iter()
                .all(|name| !name.is_ascii() && name.contains('\u{3000}'))
        );
        assert!(made("full_width", Severity::Heavy)[0].starts_with('Ｋ'));
    }

    #[test]
    fn punctuation_keeps_the_letters() {
        for severity in Severity::ALL {
            for name in made("punctuation", severity) {
                let letters: String = name.chars().filter(|char| char.is_alphabetic()).collect();
                assert_eq!(letters, "KonstantinPetrovsky");
                assert_ne!(name, "Konstantin Petrovsky");
            }
        }
    }

    #[test]
    fn case_keeps_the_letters() {
        assert!(made("case", Severity::Light).iter().all(|name| name == "konstantin petrovsky"));
        for name in made("case", Severity::Heavy) {
            assert_eq!(name.to_lowercase(), "konstantin petrovsky");
        }
    }
}
