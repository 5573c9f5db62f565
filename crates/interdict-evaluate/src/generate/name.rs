//! A name as a clerk has it before anything is done to it, and the means to change it.

use interdict_core::model::Schema;

/// Which kind of party bears a name. Parties of other kinds are not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// A company, an authority, a group.
    Organization,
    /// A ship.
    Vessel,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organization, Self::Vessel];

    /// The kind of a schema.
    pub fn of(schema: &Schema) -> Option<Self> {
        if schema.is_a("Person") {
            Some(Self::Person)
        } else if schema.is_a("LegalEntity") {
            Some(Self::Organization)
        } else if schema.is_a("Vessel") {
            Some(Self::Vessel)
        } else {
            None
        }
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Vessel => "vessel",
        }
    }
}

/// How much is done to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A slip.
    Light,
    /// A careless clerk.
    Medium,
    /// Somebody who does not want to be found.
    Heavy,
}

impl Severity {
    /// All severities.
    pub const ALL: [Self; 3] = [Self::Light, Self::Medium, Self::Heavy];

    /// The name in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Heavy => "heavy",
        }
    }

    /// The severity of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }

    /// How many places of a name are touched, where places are counted: 1, 2, 3.
    pub(super) fn places(self) -> usize {
        match self {
            Self::Light => 1,
            Self::Medium => 2,
            Self::Heavy => 3,
        }
    }

    /// How many of `n` places are touched, where shares are meant: one, half, all.
    pub(super) fn share(self, n: usize) -> usize {
        match self {
            Self::Light => n.min(1),
            Self::Medium => n.div_ceil(2),
            Self::Heavy => n,
        }
    }
}

/// A listed name in the order and case in which a clerk would have it: `KIM, Sang Man` is `Sang Man Kim`.
pub(super) fn natural(listed: &str, kind: Kind) -> String {
    let ordered = match listed.split_once(',') {
        Some((family, given)) if kind == Kind::Person && !given.contains(',') => format!("{given} {family}"),
        _ => listed.to_owned(),
    };
    let words: Vec<String> = ordered.split_whitespace().map(|word| titled(word, kind)).collect();
    words.join(" ")
}

/// A word in capitals as it is usually written. Short words of organizations stay: they may be letters.
fn titled(word: &str, kind: Kind) -> String {
    let shortest = if kind == Kind::Organization { 4 } else { 2 };
    const SMALL: [&str; 10] = ["AND", "FOR", "THE", "OF", "IN", "ON", "TO", "BY", "DE", "Y"];
    if kind == Kind::Organization && SMALL.contains(&word) {
        return word.to_lowercase();
    }
    let is_loud = !word.chars().any(char::is_lowercase);
    if !is_loud || n_letters(word) < shortest {
        return word.to_owned();
    }
    let mut starts = true;
    let mut text = String::new();
    for char in word.chars() {
        if starts {
            text.push(char);
        } else {
            text.extend(char.to_lowercase());
        }
        starts = !char.is_alphabetic() && char != '\'' && char != '’';
    }
    text
}

/// The words of a name.
pub(super) fn words(name: &str) -> Vec<&str> {
    name.split_whitespace().collect()
}

/// How many letters a text has.
pub(super) fn n_letters(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphabetic()).count()
}

/// Whether every letter is Latin.
pub(super) fn is_latin(text: &str) -> bool {
    text.chars().filter(|char| char.is_alphabetic()).all(is_latin_letter)
}

fn is_latin_letter(char: char) -> bool {
    matches!(char, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ')
}

/// A name as it is compared when the question is whether anything was changed at all: letters and digits in lower case,
/// with single blanks between.
pub(super) fn plain(name: &str) -> String {
    let spaced: String = name.chars().map(|char| if char == ',' { ' ' } else { char }).collect();
    words(&spaced.to_lowercase()).join(" ")
}

/// `with` in the case of what it stands for: capital where `old` starts with one, capitals where all of it is.
pub(super) fn cased_like(old: &str, with: &str) -> String {
    let mut letters = old.chars().filter(|char| char.is_alphabetic());
    let starts_high = letters.next().is_some_and(char::is_uppercase);
    let goes_on_high = letters.next().is_some_and(char::is_uppercase);
    let mut chars = with.chars();
    match chars.next() {
        Some(first) if starts_high && !goes_on_high => first.to_uppercase().chain(chars).collect(),
        _ if starts_high => with.to_uppercase(),
        _ => with.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_brought_into_their_natural_order_and_case() {
        assert_eq!(natural("KIM, Sang Man", Kind::Person), "Sang Man Kim");
        assert_eq!(natural("AL-'ALI, Hamid 'Abdallah", Kind::Person), "Hamid 'Abdallah Al-'ali");
        assert_eq!(natural("ANGLO-CARIBBEAN CO., LTD.", Kind::Organization), "Anglo-Caribbean CO., LTD.");
        assert_eq!(natural("CHONG  CHON GANG", Kind::Vessel), "Chong Chon Gang");
    }

    #[test]
    fn case_is_kept() {
        assert_eq!(cased_like("Kim", "gim"), "Gim");
        assert_eq!(cased_like("KIM", "gim"), "GIM");
        assert_eq!(cased_like("kim", "gim"), "gim");
    }

    #[test]
    fn what_counts_as_a_change() {
        assert_eq!(plain("KIM,  Sang"), plain("kim sang"));
        assert_ne!(plain("Kim Sang"), plain("Kimsang"));
    }
}
