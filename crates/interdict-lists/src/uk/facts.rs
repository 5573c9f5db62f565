//! What is said of one party, whichever form says it? Gathered from rows and elements, then sorted, so that the order of the
//! file leaves no trace.

use super::Edition;
use super::columns::{self, Slot, What};
use super::labels;
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
    /// How many there were when they were last looked at for repetitions.
    n_once: usize,
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

/// Up to so many facts of a party it is not asked whether they repeat.
const FACTS_UNSORTED: usize = 12;

impl Facts {
    pub(super) fn of(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// Takes one group of fields (key, name as written, text).
    pub(super) fn take(&mut self, edition: Edition, fields: &[(&str, &str, &str)]) {
        let mut name = Name::default();
        let mut address = Address::default();
        let (mut birth, mut passport, mut identifier) = (Pair::default(), Pair::default(), Pair::default());
        self.texts.reserve(fields.len());
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

    /// Adds what another record says of the same party. Rows repeat most of it: whenever there is twice as much as when it was last
    /// looked at, what repeats is left out.
    pub(super) fn add(&mut self, mut other: Self) {
        self.names.append(&mut other.names);
        self.addresses.append(&mut other.addresses);
        self.births.append(&mut other.births);
        self.passports.append(&mut other.passports);
        self.identifiers.append(&mut other.identifiers);
        self.texts.append(&mut other.texts);
        self.unknown.append(&mut other.unknown);
        if self.len() > 2 * self.n_once.max(FACTS_UNSORTED) {
            self.sort();
            self.n_once = self.len();
        }
    }

    fn len(&self) -> usize {
        let pairs = self.births.len() + self.passports.len() + self.identifiers.len();
        self.names.len() + self.addresses.len() + pairs + self.texts.len() + self.unknown.len()
    }

    fn sort(&mut self) {
        once(&mut self.names);
        once(&mut self.addresses);
        once(&mut self.births);
        once(&mut self.passports);
        once(&mut self.identifiers);
        once(&mut self.texts);
        once(&mut self.unknown);
    }

    /// The facts in an order of their own, each once, with what the free text labels.
    pub(super) fn sorted(mut self) -> Self {
        self.sort();
        let labelled: Vec<_> = self.all(What::Information).flat_map(labels::labelled).collect();
        if !labelled.is_empty() {
            self.texts.extend(labelled);
            once(&mut self.texts);
        }
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

/// Sorts facts and leaves out those that repeat.
fn once<T: Ord>(facts: &mut Vec<T>) {
    facts.sort_unstable();
    facts.dedup();
}
