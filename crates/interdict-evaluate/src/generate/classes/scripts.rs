//! Names in other scripts: as the list has them, and written by rule.

mod hangul;

pub(super) use hangul::hangul;

use super::Draft;
use super::spelling::region;
use crate::generate::name::{Severity, is_latin, n_letters, words};
use crate::generate::tables::{ARABIC, CYRILLIC, Place, Rule};
use interdict_core::random::Random;

/// The name of the same party in another script, where the list has one beside the Latin: as it stands (light), with its
/// words in another order or without blanks (medium), with a letter left out (heavy).
pub(super) fn original(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let native = *random.pick(&draft.source.others)?;
    let mut parts = words(native);
    match severity {
        Severity::Light => Some(native.to_owned()),
        Severity::Medium if parts.len() < 2 => None,
        Severity::Medium if random.one_in(2) => Some(parts.concat()),
        Severity::Medium => {
            parts.rotate_left(1);
            Some(parts.join(" "))
        }
        Severity::Heavy => {
            let mut chars: Vec<char> = native.chars().collect();
            let letters: Vec<usize> = (0..chars.len()).filter(|&idx| chars[idx].is_alphabetic()).collect();
            if letters.len() < 6 {
                return None;
            }
            chars.remove(*random.pick(&letters)?);
            Some(chars.into_iter().collect())
        }
    }
}

/// Written in Cyrillic: by the usual rules (light), by less usual ones (medium), by usual ones with a letter left out (heavy).
/// Names of East Asia are left to Hangul.
pub(super) fn cyrillic(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    if ["kr", "cn"].contains(&region(&draft.source.countries)) {
        return None;
    }
    written(draft, severity, random, &CYRILLIC)
}

/// Names of Arab countries, Iran and Afghanistan in Arabic letters: with all vowels (light), with a letter left out (heavy),
/// without short vowels (medium).
pub(super) fn arabic(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    if !["ar", "ir"].contains(&region(&draft.source.countries)) {
        return None;
    }
    written(draft, severity, random, &ARABIC)
}

/// A name letter by letter in another script.
fn written(draft: &Draft<'_>, severity: Severity, random: &mut Random, rules: &[Rule]) -> Option<String> {
    let is_other = severity == Severity::Medium;
    let mut texts = Vec::new();
    for word in draft.name.split([' ', '-']).filter(|word| !word.is_empty()) {
        texts.push(word_in(&word.to_lowercase(), rules, is_other)?);
    }
    let mut text = texts.join(" ");
    if severity == Severity::Heavy {
        let chars: Vec<char> = text.chars().collect();
        let letters: Vec<usize> = (1..chars.len()).filter(|&idx| chars[idx].is_alphabetic()).collect();
        if letters.len() < 6 {
            return None;
        }
        let gone = *random.pick(&letters)?;
        text = (0..chars.len()).filter(|&idx| idx != gone).map(|idx| chars[idx]).collect();
    }
    (n_letters(&text) >= 4 && !is_latin(&text)).then_some(text)
}

/// A word in another script, or nothing when it has a letter without a rule.
fn word_in(word: &str, rules: &[Rule], is_other: bool) -> Option<String> {
    let whole = rules.iter().find(|rule| rule.place == Place::Whole && rule.from == word);
    if let Some(rule) = whole {
        return Some(rule.to.to_owned());
    }
    let mut text = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let fits = |rule: &&Rule| {
            let place = match rule.place {
                Place::Any => true,
                Place::Start => rest.len() == word.len(),
                Place::End => rest.len() == rule.from.len() && rest.len() < word.len(),
                Place::Inner | Place::Whole => false,
            };
            place && rest.starts_with(rule.from) && (is_other || rule.region.is_empty())
        };
        // Of the rules that fit, those of the second way go first where they are asked for, then the longest.
        let rule = rules
            .iter()
            .filter(fits)
            .max_by_key(|rule| (rule.from.len(), !rule.region.is_empty(), rule.place != Place::Any));
        match rule {
            Some(rule) => {
                text.push_str(rule.to);
                rest = &rest[rule.from.len()..];
            }
            None if first.is_alphabetic() => return None,
            None => rest = &rest[first.len_utf8()..],
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;
    use crate::generate::name::Kind;

    #[test]
    fn cyrillic_by_rule() {
        let made =
            |severity| tried("synthetic_cyrillic", "ZHUKOVSKIY, Andrey", Kind::Person, &["ru"], severity);
        assert!(made(Severity::Light).iter().all(|name| name == "андрей жуковский"));
        assert!(made(Severity::Heavy).iter().all(|name| name.chars().count() == 15));
    }

    #[test]
    fn arabic_by_rule() {
        let made =
            |severity| tried("synthetic_arabic", "AL-KARIMI, Mohammed", Kind::Person, &["iq"], severity);
        assert!(made(Severity::Light).iter().all(|name| name.starts_with("محمد ")));
        assert_eq!(
            tried("synthetic_arabic", "PETROV, Ivan", Kind::Person, &["ru"], Severity::Light),
            [""; 0]
        );
    }
}
