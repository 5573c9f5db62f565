//! Does a made-up name name a listed party after all? Decided by a rule of names, not by any engine: the distinctive parts of
//! the one are all among those of the other, whatever their order, legal form and romanization.
//!
//! An engine that alerts on such a name is right, so it is no hard negative. `docs/evaluate.md` tells the rule.

mod spelling;

use std::collections::{BTreeMap, BTreeSet};

use super::name::{Kind, is_latin};
use super::tables::{SAYS_LITTLE, SaysLittle};
use spelling::Spelling;

/// A word that so many organizations and ships have tells none of them from another: in "Velin Energy", "Energy" does not.
const FREQUENT_AT: usize = 12;

/// The distinctive parts of all listed names.
#[derive(Debug, Default)]
pub(super) struct ListedNames {
    /// The spellings of the distinctive parts of each name.
    names: Vec<Vec<Spelling>>,
    /// Which names have a part with these consonants.
    by_consonants: BTreeMap<String, Vec<usize>>,
    /// The distinctive parts of each name, written together.
    joined: BTreeSet<String>,
    /// Words that many organizations and ships have.
    frequent: BTreeSet<String>,
}

impl ListedNames {
    /// Takes up all names of all parties. Those in other scripts have no part in it.
    pub fn of(names: &[(Option<Kind>, &str)]) -> Self {
        let mut listed = Self::default();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, name) in names.iter().filter(|(kind, _)| *kind != Some(Kind::Person)) {
            for word in words(name).into_iter().collect::<BTreeSet<_>>() {
                *counts.entry(word).or_default() += 1;
            }
        }
        listed.frequent =
            counts.into_iter().filter(|(_, n)| *n >= FREQUENT_AT).map(|(word, _)| word).collect();
        let mut seen = BTreeSet::new();
        for (kind, name) in names.iter().filter(|(_, name)| is_latin(name)) {
            let parts = listed.distinctive(name, *kind);
            if !parts.is_empty() && seen.insert(parts.clone()) {
                listed.add(&parts);
            }
        }
        listed
    }

    fn add(&mut self, parts: &[String]) {
        let idx = self.names.len();
        let spellings: Vec<Spelling> = parts.iter().map(|part| Spelling::of(part)).collect();
        for spelling in &spellings {
            let names = self.by_consonants.entry(spelling.consonants.clone()).or_default();
            if names.last() != Some(&idx) {
                names.push(idx);
            }
        }
        self.joined.insert(parts.concat());
        self.names.push(spellings);
    }

    /// Whether a name of a party of this kind is a name of some listed party, of whichever kind:
    ///
    /// - all its distinctive parts are among those of a listed name,
    /// - or a listed name has two distinctive parts and more, and all are among its own,
    /// - or both are the same when written together.
    pub fn has(&self, name: &str, kind: Kind) -> bool {
        let parts = self.distinctive(name, Some(kind));
        if self.joined.contains(&parts.concat()) {
            return true;
        }
        let own: Vec<Spelling> = parts.iter().map(|part| Spelling::of(part)).collect();
        let names: BTreeSet<usize> = own
            .iter()
            .filter_map(|part| self.by_consonants.get(&part.consonants))
            .flatten()
            .copied()
            .collect();
        names
            .into_iter()
            .filter_map(|idx| self.names.get(idx))
            .any(|listed| is_one_within_the_other(&own, listed))
    }

    /// The parts of a name that tell its party from others. Where none does, those that are only frequent do; where all say
    /// little, all.
    fn distinctive(&self, name: &str, kind: Option<Kind>) -> Vec<String> {
        let words = words(name);
        let is_person = kind == Some(Kind::Person);
        let says_something = |word: &&String| {
            let is_number = word.chars().any(|char| char.is_ascii_digit());
            let says_little = match SAYS_LITTLE.get(word.as_str()) {
                Some(SaysLittle::Particle | SaysLittle::Title) => true,
                Some(SaysLittle::Generic) => !is_person,
                None => false,
            };
            is_number || (word.chars().count() > 1 && !says_little)
        };
        let saying: Vec<String> = words.iter().filter(says_something).cloned().collect();
        let telling: Vec<String> =
            saying.iter().filter(|word| is_person || !self.frequent.contains(*word)).cloned().collect();
        [telling, saying].into_iter().find(|parts| !parts.is_empty()).unwrap_or(words)
    }
}

fn is_one_within_the_other(a: &[Spelling], b: &[Spelling]) -> bool {
    let among = |parts: &[Spelling], others: &[Spelling]| {
        parts.iter().filter(|part| others.iter().any(|other| part.may_be(other))).count()
    };
    // A part that stands twice in one name needs two in the other.
    let shared = among(a, b).min(among(b, a));
    shared == a.len() || (shared == b.len() && b.len() >= 2)
}

/// The words of a name in small letters without accents and apostrophes; letters with dots are one word, hyphens separate.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for piece in name.split(|char: char| !(char.is_alphanumeric() || ".'’‘`ʼʻʿʾ".contains(char))) {
        let letters: Vec<&str> = piece.split('.').filter(|part| !part.is_empty()).collect();
        if letters.iter().all(|part| part.chars().count() == 1) {
            words.push(spelling::plain_letters(&letters.concat()));
        } else {
            words.extend(letters.into_iter().map(spelling::plain_letters));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: [(Option<Kind>, &str); 12] = [
        (Some(Kind::Organization), "PROMINVESTBANK"),
        (Some(Kind::Organization), "VELINVESTMENT D.O.O."),
        (Some(Kind::Organization), "LIMITED LIABILITY COMPANY RADIOPRIBORSNAB"),
        (Some(Kind::Person), "HAJI, Ali Ahmed"),
        (Some(Kind::Person), "AZIMI, Mohammad"),
        (Some(Kind::Person), "SULEIMAN, Karim Hussein"),
        (Some(Kind::Person), "KARIMI, Farzin"),
        (Some(Kind::Person), "BASIM"),
        (Some(Kind::Vessel), "KUM UN SAN"),
        (Some(Kind::Vessel), "FU YUAN YU 7896"),
        (None, "Mohammad Mohammad"),
        (Some(Kind::Organization), "НЕВА"),
    ];

    #[test]
    fn names_of_listed_parties_are_told() {
        let listed = ListedNames::of(&LISTED);
        for (name, kind) in [
            ("Prominvestbank OOO", Kind::Organization),
            ("Velinvestment Trading, S.A.", Kind::Organization),
            ("Radiopriborsnab Eood", Kind::Organization),
            ("Ali Ahmed", Kind::Person),
            ("Ahmad Aly al-Haji", Kind::Person),
            ("Muhammed Azimi", Kind::Person),
            ("Karim Sulayman", Kind::Person),
            ("Farzin Karimi Castro", Kind::Person),
            ("Dr. Basim", Kind::Person),
            ("Kumunsan Sarl", Kind::Organization),
            ("Yuan Fu Yu 7896", Kind::Vessel),
        ] {
            assert!(listed.has(name, kind), "{name}");
        }
    }

    #[test]
    fn names_of_nobody_are_not() {
        let listed = ListedNames::of(&LISTED);
        for (name, kind) in [
            ("Ali Azimi", Kind::Person),
            ("Ahmadi Ali", Kind::Person),
            ("Karim Hassan", Kind::Person),
            ("Farzin Karami", Kind::Person),
            ("Basim Castro", Kind::Person),
            ("Mohammad Castro", Kind::Person),
            ("Fu Yuan Yu 7897", Kind::Vessel),
            ("Promstroybank OOO", Kind::Organization),
        ] {
            assert!(!listed.has(name, kind), "{name}");
        }
    }

    #[test]
    fn words_that_many_organizations_have_tell_nothing() {
        let listed: Vec<String> = (0..12).map(|idx| format!("Tehran {idx}a")).collect();
        let names = listed.iter().map(String::as_str).chain(["SEPTEM"]);
        let listed = ListedNames::of(&names.map(|name| (Some(Kind::Organization), name)).collect::<Vec<_>>());
        assert!(listed.has("Septem Tehran", Kind::Organization));
        // But where a listed name has nothing else, they do.
        assert!(listed.has("OOO Tehran 3a", Kind::Organization));
        assert!(!listed.has("Septem Isfahan", Kind::Organization));
    }

    #[test]
    fn letters_with_dots_are_one_word() {
        assert_eq!(words("A.W.A. Co.,Ltd Al-Sa'di"), ["awa", "co", "ltd", "al", "sadi"]);
    }
}
