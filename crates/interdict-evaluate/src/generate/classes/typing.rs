//! What fingers do: letters inserted, left out, replaced, swapped, doubled, or hit beside the right key.

use super::Draft;
use crate::generate::name::{Severity, cased_like, n_letters, words};
use crate::generate::tables::{KEYBOARD, others};
use interdict_core::random::Random;

/// One edit at a position: how many characters go from there on, and what comes instead. Nothing when it would change nothing.
type Edit = fn(&[char], usize, &mut Random) -> Option<(usize, String)>;

/// Letters that do not belong there.
pub(super) fn insert(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    scattered(&draft.name, severity, random, insert_at)
}

/// Letters left out.
pub(super) fn delete(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    scattered(&draft.name, severity, random, delete_at)
}

/// Letters replaced by any other.
pub(super) fn substitute(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    scattered(&draft.name, severity, random, substitute_at)
}

/// Neighboring letters swapped.
pub(super) fn transpose(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    scattered(&draft.name, severity, random, transpose_at)
}

/// Letters doubled.
pub(super) fn double(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    scattered(&draft.name, severity, random, double_at)
}

/// The key beside the right one.
pub(super) fn keyboard(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    scattered(&draft.name, severity, random, keyboard_at)
}

/// An error in every word of three letters and more: light never in its first letter, heavy always at a letter of chance.
pub(super) fn every_word(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    const LIGHT: [Edit; 3] = [double_at, keyboard_at, transpose_at];
    const ALL: [Edit; 6] = [double_at, keyboard_at, transpose_at, insert_at, delete_at, substitute_at];
    let edits: &[Edit] = if severity == Severity::Light { &LIGHT } else { &ALL };
    let mut changed = Vec::new();
    for word in words(&draft.name) {
        let mut chars: Vec<char> = word.chars().collect();
        if n_letters(word) >= 3 {
            let from = usize::from(severity != Severity::Heavy);
            let edit = *random.pick(edits)?;
            one_edit(&mut chars, from, random, edit)?;
        }
        changed.push(chars.into_iter().collect::<String>());
    }
    Some(changed.join(" "))
}

/// One edit somewhere behind the first `from` characters.
fn one_edit(chars: &mut Vec<char>, from: usize, random: &mut Random, edit: Edit) -> Option<()> {
    let at: Vec<usize> = (from..chars.len()).filter(|&idx| is_letter(chars[idx])).collect();
    edited(chars, &at, random, edit)
}

/// One edit at one of these positions. A few are tried, since not every edit changes something everywhere.
fn edited(chars: &mut Vec<char>, at: &[usize], random: &mut Random, edit: Edit) -> Option<()> {
    for _ in 0..8 {
        let at = *random.pick(at)?;
        if let Some((n_gone, text)) = edit(chars, at, random) {
            chars.splice(at..at + n_gone, text.chars());
            return Some(());
        }
    }
    None
}

/// As many edits as the severity has places, one in each stretch of the name. A name needs four letters for each of them.
fn scattered(name: &str, severity: Severity, random: &mut Random, edit: Edit) -> Option<String> {
    let mut chars: Vec<char> = name.chars().collect();
    let starts = |idx: usize| idx == 0 || !chars[idx - 1].is_alphabetic();
    let at: Vec<usize> = (0..chars.len())
        .filter(|&idx| is_letter(chars[idx]) && (severity != Severity::Light || !starts(idx)))
        .collect();
    let n_edits = severity.places();
    if at.len() < 4 * n_edits {
        return None;
    }
    for stretch in (0..n_edits).rev() {
        let stretch = &at[at.len() * stretch / n_edits..at.len() * (stretch + 1) / n_edits];
        // From behind, so that the positions before stay what they were.
        edited(&mut chars, stretch, random, edit)?;
    }
    Some(chars.into_iter().collect())
}

fn is_letter(char: char) -> bool {
    char.is_alphabetic()
}

fn some_letter(random: &mut Random, like: char) -> char {
    let letter = random.pick(&ALPHABET).copied().unwrap_or('x');
    if like.is_uppercase() { letter.to_ascii_uppercase() } else { letter }
}

const ALPHABET: [char; 26] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'w', 'x', 'y', 'z',
];

fn insert_at(chars: &[char], at: usize, random: &mut Random) -> Option<(usize, String)> {
    let letter = some_letter(random, if at == 0 { 'a' } else { chars[at] });
    Some((1, [chars[at], letter].iter().collect()))
}

fn delete_at(chars: &[char], at: usize, _: &mut Random) -> Option<(usize, String)> {
    let is_there = |char: Option<&char>| char.is_some_and(|char| is_letter(*char));
    let before = at.checked_sub(1).and_then(|idx| chars.get(idx));
    (is_there(before) || is_there(chars.get(at + 1))).then(|| (1, String::new()))
}

fn substitute_at(chars: &[char], at: usize, random: &mut Random) -> Option<(usize, String)> {
    let letter = some_letter(random, chars[at]);
    (letter != chars[at]).then(|| (1, letter.to_string()))
}

fn transpose_at(chars: &[char], at: usize, _: &mut Random) -> Option<(usize, String)> {
    let (here, next) = (chars[at], *chars.get(at + 1)?);
    if !is_letter(next) || next.to_lowercase().eq(here.to_lowercase()) {
        return None;
    }
    let cased =
        |place: char, letter: char| cased_like(&place.to_string(), &letter.to_lowercase().to_string());
    Some((2, format!("{}{}", cased(here, next), cased(next, here))))
}

fn double_at(chars: &[char], at: usize, _: &mut Random) -> Option<(usize, String)> {
    Some((1, format!("{}{}", chars[at], chars[at].to_lowercase())))
}

fn keyboard_at(chars: &[char], at: usize, random: &mut Random) -> Option<(usize, String)> {
    let beside = others(&KEYBOARD, chars[at]);
    random.pick(&beside).map(|key| (1, key.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use crate::generate::name::{Kind, Severity};

    const NAME: &str = "PETROVSKY, Konstantin";

    fn lengths(class: &str, severity: Severity) -> Vec<usize> {
        let mut lengths: Vec<usize> =
            tried(class, NAME, Kind::Person, &[], severity).iter().map(|name| name.chars().count()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        lengths
    }

    #[test]
    fn each_kind_of_error_changes_the_length_as_it_must() {
        let whole = "Konstantin Petrovsky".len();
        for (severity, n) in Severity::ALL.into_iter().zip(1..) {
            assert_eq!(lengths("insert", severity), [whole + n]);
            assert_eq!(lengths("double", severity), [whole + n]);
            assert_eq!(lengths("delete", severity), [whole - n]);
            for class in ["substitute", "transpose", "keyboard"] {
                assert_eq!(lengths(class, severity), [whole], "{class}");
            }
        }
    }

    #[test]
    fn swapped_letters_are_the_same_letters() {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.to_lowercase().chars().collect();
            letters.sort_unstable();
            letters
        };
        for name in tried("transpose", NAME, Kind::Person, &[], Severity::Light) {
            assert_eq!(sorted(&name), sorted("Konstantin Petrovsky"));
            assert_ne!(name, "Konstantin Petrovsky");
        }
    }

    #[test]
    fn every_word_is_hit() {
        for name in tried("every_word_misspelt", NAME, Kind::Person, &[], Severity::Light) {
            let words: Vec<&str> = name.split(' ').collect();
            assert!(words.len() == 2 && words[0] != "Konstantin" && words[1] != "Petrovsky", "{name}");
            assert!(words[0].starts_with('K') && words[1].starts_with('P'), "{name}");
        }
    }

    #[test]
    fn a_short_name_is_not_hit_three_times() {
        assert_eq!(tried("delete", "Ali Reza", Kind::Person, &[], Severity::Heavy), [""; 0]);
    }
}
