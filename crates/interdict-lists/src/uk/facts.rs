//! What is said of one party, whichever form says it? Gathered from rows and elements, then sorted, so that the order of the
//! file leaves no trace.

use std::collections::HashSet;

use super::Edition;
use super::columns::{self, Slot, What};
use super::labels;
use crate::reading::Key;
use crate::text::fold;

/// The facts of one party.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) id: String,
    pub(super) names: Vec<Name>,
    pub(super) addresses: Vec<Address>,
    pub(super) births: Vec<Pair>,
    pub(super) passports: Vec<Pair>,
    pub(super) identifiers: Vec<Pair>,
    pub(super) texts: Vec<(What, String)>,
    /// Columns that are not known, with their texts.
    pub(super) unknown: Vec<(String, String)>,
    seen: HashSet<Key>,
}

/// A name as published: six parts or one piece.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) kind: String,
    pub(super) strength: String,
    pub(super) parts: [String; 6],
    pub(super) whole: String,
}

/// The six lines of an address, the postal code and the country.
pub(super) type Address = [String; 8];
/// Two texts that belong together: town and country, number and details.
pub(super) type Pair = (String, String);

/// Stands for what was taken already: what it is, and its texts.
fn seen_as<'t>(what: &'t str, texts: impl IntoIterator<Item = &'t str>) -> Key {
    Key::of_parts(std::iter::once(what).chain(texts))
}

fn seen_text(what: What, text: &str) -> Key {
    seen_as(&format!("{what:?}"), [text])
}

impl Facts {
    pub(super) fn of(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// Takes one group of fields (key, name as written, text).
    pub(super) fn take(&mut self, edition: Edition, fields: &[(&str, &str, &str)]) {
        let mut name = Name::default();
        let mut address = Address::default();
        let (mut birth, mut passport, mut identifier) = (Pair::default(), Pair::default(), Pair::default());
        for (key, written, text) in fields {
            let text = fold(text).into_owned();
            if !text.contains(char::is_alphanumeric) {
                continue; // `-` for nothing
            }
            let place = match columns::slot(edition, key) {
                Some(Slot::Id) => continue,
                Some(Slot::NamePart(part)) => name.parts.get_mut(part),
                Some(Slot::WholeName) => Some(&mut name.whole),
                Some(Slot::NameType) => Some(&mut name.kind),
                Some(Slot::NameStrength) => Some(&mut name.strength),
                Some(Slot::Address(line)) => address.get_mut(line),
                Some(Slot::TownOfBirth) => Some(&mut birth.0),
                Some(Slot::CountryOfBirth) => Some(&mut birth.1),
                Some(Slot::PassportNumber) => Some(&mut passport.0),
                Some(Slot::PassportDetails) => Some(&mut passport.1),
                Some(Slot::IdentifierNumber) => Some(&mut identifier.0),
                Some(Slot::IdentifierDetails) => Some(&mut identifier.1),
                Some(Slot::Fact(what)) => {
                    self.texts.push((what, text));
                    continue;
                }
                None => {
                    self.unknown.push(((*written).to_owned(), text));
                    continue;
                }
            };
            if let Some(place) = place {
                *place = text;
            }
        }
        if !name.whole.is_empty() || name.parts.iter().any(|part| !part.is_empty()) {
            self.names.push(name);
        }
        if address.iter().any(|line| !line.is_empty()) {
            self.addresses.push(address);
        }
        for (pairs, pair) in
            [(&mut self.births, birth), (&mut self.passports, passport), (&mut self.identifiers, identifier)]
        {
            if pair != Pair::default() {
                pairs.push(pair);
            }
        }
    }

    /// Adds what another record says of the same party, once.
    pub(super) fn add(&mut self, other: Self) {
        let seen = &mut self.seen;
        self.names.extend(other.names.into_iter().filter(|name| seen.insert(seen_as("name", name.texts()))));
        self.addresses.extend(
            other
                .addresses
                .into_iter()
                .filter(|address| seen.insert(seen_as("address", address.iter().map(String::as_str)))),
        );
        for (what, pairs, others) in [
            ("birth", &mut self.births, other.births),
            ("passport", &mut self.passports, other.passports),
            ("identifier", &mut self.identifiers, other.identifiers),
        ] {
            pairs.extend(
                others.into_iter().filter(|pair| seen.insert(seen_as(what, [pair.0.as_str(), &pair.1]))),
            );
        }
        for (what, text) in other.texts {
            if seen.insert(seen_text(what, &text)) {
                if what == What::Information {
                    let labelled = labels::labelled(&text).into_iter();
                    self.texts.extend(labelled.filter(|(what, text)| seen.insert(seen_text(*what, text))));
                }
                self.texts.push((what, text));
            }
        }
        self.unknown.extend(
            other
                .unknown
                .into_iter()
                .filter(|(name, text)| seen.insert(seen_as("unknown", [name.as_str(), text]))),
        );
    }

    /// The facts in an order of their own.
    pub(super) fn sorted(mut self) -> Self {
        self.names.sort();
        self.addresses.sort();
        self.births.sort();
        self.passports.sort();
        self.identifiers.sort();
        self.texts.sort();
        self.unknown.sort();
        self
    }

    /// A name, for a record without an id.
    pub(super) fn any_name(&self) -> Option<String> {
        let name = self.names.first().map(Name::full);
        name.or_else(|| self.all(What::OtherScript).next().map(str::to_owned))
    }

    /// The texts of one kind.
    pub(super) fn all(&self, what: What) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(known, _)| *known == what).map(|(_, text)| text.as_str())
    }
}

impl Name {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let parts = [&self.kind, &self.strength, &self.whole].into_iter().chain(&self.parts);
        parts.map(String::as_str)
    }

    /// The whole name: given names first, the family name or the name of an organization last.
    pub(super) fn full(&self) -> String {
        if !self.whole.is_empty() {
            return self.whole.clone();
        }
        let parts: Vec<&str> =
            self.parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}
