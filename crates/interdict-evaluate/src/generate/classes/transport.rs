//! What machines do on the way: character sets mixed up, fields cut, lines of payment messages.

use super::Draft;
use super::signs::sprinkled;
use crate::generate::name::{Severity, n_letters, words};
use crate::generate::tables::{DIACRITICS, others};
use interdict_core::random::Random;

/// Letters damaged by a wrong character set: one, two, three. The name is first given the accents that it might have had.
/// Damage is UTF-8 read as Latin-1, a question mark, the replacement character, or nothing left of the letter.
pub(super) fn encoding(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let kind = random.below(4);
    let damaged = |char: char, random: &mut Random| {
        let accented = if char.is_ascii() {
            random.pick(&others(&DIACRITICS, char)).cloned()?
        } else {
            char.to_string()
        };
        Some(match kind {
            0 | 1 => accented.bytes().map(char::from).collect(),
            2 => "?".to_owned(),
            _ if severity == Severity::Light => "\u{fffd}".to_owned(),
            _ => String::new(),
        })
    };
    let is_long = n_letters(&draft.name) >= 4 * severity.places();
    if !is_long {
        return None;
    }
    sprinkled(&draft.name, |n| severity.places().min(n), random, &damaged)
}

/// Cut at the end: light leaves 85 % of the characters and more, medium 70 %, heavy 60 % or leaves out the last word.
/// At least the first three letters of the most telling word stay. Names that are longer than the usual fields of 50 to 25
/// characters are cut there, where that leaves so much.
pub(super) fn truncation(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let n_chars = draft.name.chars().count();
    if n_chars < 10 {
        return None;
    }
    let percent = match severity {
        Severity::Light => 85,
        Severity::Medium => 70,
        Severity::Heavy => 60,
    };
    let shortest = (n_chars * percent).div_ceil(100);
    let fields: Vec<usize> =
        [50, 40, 35, 30, 25].into_iter().filter(|&width| (shortest..n_chars).contains(&width)).collect();
    let words = words(&draft.name);
    let loses_a_word = severity == Severity::Heavy && fields.is_empty() && words.len() > 2;
    let cut = if loses_a_word && random.one_in(2) {
        words[..words.len() - 1].join(" ")
    } else {
        let width = match random.pick(&fields) {
            Some(&width) => width,
            None => shortest + random.below(n_chars - shortest),
        };
        draft.name.chars().take(width).collect()
    };
    let telling: String = draft.source.telling.chars().take(3).collect();
    let tells = cut.to_lowercase().contains(&telling);
    tells.then(|| cut.trim_end().to_owned())
}

/// A payment message: the code of its name line (light), a line that breaks within a word (medium), line codes on both lines
/// (heavy). Long names break at column 35, as they do in SWIFT messages.
pub(super) fn payment_lines(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let name = draft.name.to_uppercase();
    if severity == Severity::Light {
        let code = *random.pick(&["1/", "NAME/", "/NAME/", "NAME: ", "N: ", "BENEFICIARY: "])?;
        return Some(format!("{code}{name}"));
    }
    let chars: Vec<char> = name.chars().collect();
    let is_inside = |at: usize| chars[at - 1].is_alphabetic() && chars[at].is_alphabetic();
    let width = 35;
    let at = if chars.len() > width {
        width
    } else {
        // The columns before are the account or the street; where the name breaks is chance.
        let inside: Vec<usize> = (3..chars.len().saturating_sub(2)).filter(|&at| is_inside(at)).collect();
        *random.pick(&inside)?
    };
    let (first, second) = (String::from_iter(&chars[..at]), String::from_iter(&chars[at..]));
    Some(match severity {
        Severity::Heavy => format!("1/{first}\n1/{second}"),
        _ if random.one_in(2) => format!("{first} {second}"),
        _ => format!("{first}\n{second}"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;
    use crate::generate::name::Kind;

    fn made(class: &str, listed: &str, severity: Severity) -> Vec<String> {
        tried(class, listed, Kind::Person, &[], severity)
    }

    #[test]
    fn damage_is_of_the_known_kinds() {
        for name in made("encoding_damage", "PETROVSKY, Konstantin", Severity::Light) {
            let is_mojibake = name.contains(['Ã', 'Ä', 'Å']);
            assert!(is_mojibake || name.contains('?') || name.contains('\u{fffd}'), "{name}");
        }
    }

    #[test]
    fn cuts_leave_enough() {
        for (severity, percent) in [(Severity::Light, 85), (Severity::Medium, 70), (Severity::Heavy, 50)] {
            for name in made("truncation", "PETROVSKY, Konstantin Olegovich", severity) {
                assert!("Konstantin Olegovich Petrovsky".starts_with(&name), "{name}");
                assert!(name.len() * 100 >= 30 * (percent - 3) && name.len() < 30, "{name}");
            }
        }
    }

    #[test]
    fn long_names_break_at_column_35() {
        let name = "COMMITTEE FOR THE RESTORATION OF SOMETHING";
        for broken in tried("payment_lines", name, Kind::Organization, &[], Severity::Heavy) {
            let first = broken.lines().next().unwrap();
            assert_eq!(first.chars().count(), 2 + 35);
            assert_eq!(broken.replace("1/", "").replace('\n', ""), name);
        }
    }
}
