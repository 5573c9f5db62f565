//! Other spellings of what sounds the same: romanizations, spelling by ear, nicknames.

use super::Draft;
use crate::generate::name::{Kind, Severity, cased_like, n_letters, plain, words};
use crate::generate::tables::{NICKNAMES, PHONETIC, Place, Rule, TRANSLITERATION};
use interdict_core::random::Random;

/// Another romanization: one place (light), two (medium), three or more (heavy), by rules of the region of the party.
pub(super) fn transliteration(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let region = region(&draft.source.countries);
    let rules: Vec<Rule> = TRANSLITERATION
        .iter()
        .filter(|rule| rule.region == region || (rule.region.is_empty() && region != "kr" && region != "cn"))
        .copied()
        .collect();
    // A clerk romanizes the proper name of a company, not its English words.
    let is_proper = |word: &str| draft.source.kind == Kind::Person || plain(word) == draft.source.telling;
    respelled(&draft.name, &rules, &is_proper, severity, random)
}

/// Spelled by ear: one place (light), two (medium), three or more (heavy).
pub(super) fn phonetic(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    // Letters such as LLC are spelled out, not heard.
    respelled(&draft.name, &PHONETIC, &|word| n_letters(word) > 3, severity, random)
}

/// A nickname for the given name, or the given name for a nickname: short forms (light), diminutives (medium), those of
/// other languages too (heavy).
pub(super) fn nickname(draft: &Draft<'_>, severity: Severity, random: &mut Random) -> Option<String> {
    let mut words: Vec<String> = words(&draft.name).into_iter().map(str::to_owned).collect();
    if words.len() < 2 {
        return None;
    }
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (idx, word) in words.iter().enumerate() {
        let word = word.to_lowercase();
        for pair in NICKNAMES.iter().filter(|pair| pair.from == severity) {
            if pair.a == word {
                found.push((idx, pair.b));
            }
            // A family name may be another's nickname, so the way back is only for the first word.
            if pair.b == word && idx == 0 {
                found.push((idx, pair.a));
            }
        }
    }
    let &(idx, other) = random.pick(&found)?;
    words[idx] = cased_like(&words[idx], other);
    Some(words.join(" "))
}

/// The countries of a region by which romanizations differ.
const REGIONS: [(&str, &[&str]); 5] = [
    ("kr", &["kp", "kr"]),
    ("cn", &["cn", "tw", "hk", "mo", "sg"]),
    ("ru", &["ru", "by", "ua", "kz", "kg", "uz", "tj", "tm", "am", "ge", "md", "bg", "suhh", "su"]),
    ("ir", &["ir", "af"]),
    (
        "ar",
        &[
            "sa", "iq", "sy", "eg", "ye", "ly", "lb", "jo", "ps", "kw", "qa", "ae", "bh", "om", "tn", "dz",
            "ma", "sd", "so", "mr", "pk", "id",
        ],
    ),
];
const SPANISH: [&str; 8] = ["mx", "co", "ve", "cu", "gt", "hn", "ni", "es"];

/// The region of a party's countries; the first that fits, in the order of the table.
pub(super) fn region(countries: &[&str]) -> &'static str {
    let fits = |codes: &[&str]| countries.iter().any(|country| codes.contains(country));
    match REGIONS.iter().find(|(_, codes)| fits(codes)) {
        Some((region, _)) => region,
        None if fits(&SPANISH) => "es",
        None => "other",
    }
}

/// A place of a name where a rule holds: from and until which byte of the name in lower case.
type Found<'a> = (usize, usize, &'a Rule);

/// A name after some of the rules that hold in those of its words that may change, in places that do not touch: one, two,
/// three to four.
pub(super) fn respelled(
    name: &str,
    rules: &[Rule],
    may_change: &dyn Fn(&str) -> bool,
    severity: Severity,
    random: &mut Random,
) -> Option<String> {
    let lower = name.to_lowercase();
    if lower.len() != name.len() {
        return None; // the places in one would not be those in the other
    }
    let is_open = |(from, ..): &Found<'_>| {
        let start = lower[..*from].rfind(' ').map_or(0, |at| at + 1);
        lower[start..].split(' ').next().is_some_and(may_change)
    };
    let mut found: Vec<Found<'_>> =
        rules.iter().flat_map(|rule| places(&lower, rule)).filter(is_open).collect();
    random.shuffle(&mut found);
    // Whole words first: they are how people do it.
    found.sort_by_key(|(.., rule)| rule.place != Place::Whole);
    let n_most = if severity == Severity::Heavy { 4 } else { severity.places() };
    let mut taken: Vec<Found<'_>> = Vec::new();
    for place in found {
        let touches = taken.iter().any(|(from, until, _)| place.0 <= *until && *from <= place.1);
        if !touches && taken.len() < n_most {
            taken.push(place);
        }
    }
    if taken.len() < severity.places() {
        return None;
    }
    taken.sort_by_key(|(from, ..)| std::cmp::Reverse(*from));
    let mut text = name.to_owned();
    for (from, until, rule) in taken {
        let old = text.get(from..until)?;
        let new = cased_like(old, rule.to);
        text.replace_range(from..until, &new);
    }
    Some(words(&text).join(" "))
}

/// Where a rule holds in a text of lower case.
fn places<'a>(lower: &str, rule: &'a Rule) -> Vec<Found<'a>> {
    let letter_before = |at: usize| lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let letter_behind = |at: usize| lower[at..].chars().next().is_some_and(char::is_alphanumeric);
    lower
        .match_indices(rule.from)
        .map(|(from, text)| (from, from + text.len()))
        .filter(|&(from, until)| match rule.place {
            Place::Any => true,
            Place::Start => !letter_before(from) && letter_behind(until),
            Place::Inner => letter_before(from) && letter_behind(until),
            Place::End => letter_before(from) && !letter_behind(until),
            Place::Whole => !letter_before(from) && !letter_behind(until),
        })
        .map(|(from, until)| (from, until, rule))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::trial::tried;
    use super::*;

    #[test]
    fn regions_decide_which_romanizations_there_are() {
        assert_eq!(region(&["us", "kp"]), "kr");
        assert_eq!(region(&["fr"]), "other");
        let names = tried("transliteration", "KIM, Sang Man", Kind::Person, &["kp"], Severity::Light);
        assert!(names.iter().any(|name| name == "Sang Man Gim"), "{names:?}");
        let names = tried("transliteration", "IVANOV, Yuri", Kind::Person, &["ru"], Severity::Light);
        assert!(names.iter().any(|name| name == "Yury Ivanov"), "{names:?}");
    }

    #[test]
    fn heavier_changes_more() {
        let rule = |from, to| Rule { region: "", from, to, place: Place::Any };
        let rules = [rule("a", "aa"), rule("o", "ou")];
        let mut random = Random::new(1, "x");
        let length = |severity, random: &mut Random| {
            respelled("Bato Maro", &rules, &|_| true, severity, random).unwrap().len()
        };
        assert_eq!(length(Severity::Light, &mut random), 10);
        assert_eq!(length(Severity::Medium, &mut random), 11);
        assert_eq!(length(Severity::Heavy, &mut random), 13);
    }

    #[test]
    fn places_hold() {
        let count = |place| places("yuri ya y", &Rule { region: "", from: "y", to: "", place }).len();
        assert_eq!(
            [Place::Any, Place::Start, Place::Inner, Place::End, Place::Whole].map(count),
            [3, 2, 0, 0, 1]
        );
    }

    #[test]
    fn nicknames() {
        let names = |severity| tried("nickname", "PETROV, Mikhail", Kind::Person, &[], severity);
        assert!(names(Severity::Medium).iter().all(|name| name == "Misha Petrov"));
        assert!(
            names(Severity::Heavy)
                .iter()
                .all(|name| ["Michael Petrov", "Michel Petrov"].contains(&name.as_str()))
        );
        assert_eq!(names(Severity::Light), [""; 0]);
    }
}
