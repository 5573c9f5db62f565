//! The parts of a folded name in order, each with its kind.
//!
//! The text of a part never depends on who bears the name, only its kind does: a name meets itself whether or not it is
//! known that it is a person's.

mod kinds;
mod people;
mod tokens;
mod units;

pub(super) use units::is_of_organization;

use super::Bearer;

/// One part of a name: a word, an initial, a number, or several words that are one, such as a legal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The folded text in the form in which it is compared.
    pub text: String,
    /// What it is.
    pub kind: PartKind,
    /// Whether a dot behind it says that it may be the start of a longer word: `gen.`, `fin.`.
    pub is_cut: bool,
    /// The word or words as they are written, without blanks, where the compared form is another: `company` for `co`.
    pub written: Option<String>,
}

impl Part {
    /// The word or words as they are written, without blanks.
    pub fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.text)
    }
}

macro_rules! part_kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal, $weight:literal;)*) => {
        /// What a part of a name is. It decides how much the part weighs beside its rarity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PartKind { $($(#[$doc])* $variant,)* }

        impl PartKind {
            /// The name in explanations and tables.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The number under which it stands in an index file.
            pub(crate) fn code(self) -> u8 {
                match self { $(Self::$variant => $code,)* }
            }

            /// The kind of that number; a number that is none is a plain word.
            pub(crate) fn from_code(code: u8) -> Self {
                match code { $($code => Self::$variant,)* _ => Self::Word }
            }

            /// The share of a plain word's weight, 0 to 1.
            pub(crate) fn weight(self) -> f32 {
                match self { $(Self::$variant => $weight,)* }
            }
        }
    };
}

part_kinds! {
    /// A word that names: the proper name of an organization, a person's name of which it is not known which it is.
    Word = 0, "word", 1.0;
    /// A single letter.
    Initial = 1, "initial", 0.5;
    /// A number.
    Number = 2, "number", 1.0;
    /// A word of many organizations: trading, technology, bank.
    Generic = 3, "generic", 0.35;
    /// A frequent place.
    Place = 4, "place", 0.6;
    /// A legal form.
    Legal = 5, "legal", 0.06;
    /// A small word: of, the, al, de.
    Particle = 6, "particle", 0.10;
    /// "Son of", "daughter of".
    Patronymic = 7, "patronymic", 0.12;
    /// A title before or after a name.
    Honorific = 8, "honorific", 0.06;
    /// The prefix of a ship's name.
    Vessel = 9, "vessel", 0.05;
    /// A word that tells two namesakes apart: Bank of Korea, Bank of North Korea.
    Direction = 10, "direction", 1.2;
    /// A given name of a person.
    Given = 11, "given", 0.9;
    /// A family name of a person.
    Family = 12, "family", 1.1;
}

impl PartKind {
    /// Whether a part of this kind names: a word, a given or a family name.
    pub fn is_name(self) -> bool {
        matches!(self, Self::Word | Self::Given | Self::Family)
    }

    /// Whether a name of such parts alone names nobody.
    pub(super) fn says_nothing_alone(self) -> bool {
        use PartKind::{Honorific, Initial, Legal, Number, Particle, Patronymic, Vessel};
        matches!(self, Legal | Particle | Honorific | Vessel | Patronymic | Initial | Number)
    }
}

/// The same parts as plain words: for names that have nothing else.
pub(super) fn as_words(parts: &mut [Part]) {
    for part in parts {
        part.kind = PartKind::Word;
    }
}

/// The parts of a folded name. Apostrophes join, every other sign separates.
pub(super) fn split(folded: &str, bearer: Bearer) -> Vec<Part> {
    let units = units::units(tokens::tokens(folded));
    let mut kinds = kinds::kinds(&units, bearer);
    people::tell_given_and_family(&units, bearer, &mut kinds);
    units
        .into_iter()
        .zip(kinds)
        .map(|(unit, kind)| Part { is_cut: unit.is_cut, text: unit.text, kind, written: unit.written })
        .collect()
}

#[cfg(test)]
mod tests;
