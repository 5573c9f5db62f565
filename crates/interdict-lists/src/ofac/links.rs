//! Which party is meant by a name in the remarks of another: `Linked To: HIZBALLAH`, `Aircraft Operator MAHAN AIR`.

use std::collections::HashMap;

use interdict_core::model::Schema;

use super::draft::{Draft, Listed, NOTE, Reference, ReferenceUse, Target};
use super::relations;
use crate::reading::{Key, Log};

/// Ties every name to the one party of that published name, and every number to its party (`of_number` gives its place);
/// keeps the clause as a note when there is not exactly one.
pub(crate) fn resolve(parties: &mut [Listed], of_number: impl Fn(&str) -> Option<usize>) {
    let names = Names::of(parties);
    for at in 0..parties.len() {
        let Some(party) = parties.get_mut(at) else { continue };
        for reference in std::mem::take(&mut party.draft.references) {
            let found = match &reference.target {
                Target::Name(name) => names.find(name),
                Target::Number(number) => of_number(number),
            };
            let found = found.filter(|found| *found != at);
            let found = found.and_then(|found| parties.get(found));
            let found = found.map(|party| (party.draft.party.id.clone(), party.draft.party.schema));
            if let Some(Listed { draft, log }) = parties.get_mut(at) {
                resolve_one(draft, &reference, found, log);
            }
        }
    }
}

fn resolve_one(
    draft: &mut Draft,
    reference: &Reference,
    found: Option<(String, &'static Schema)>,
    log: &mut Log,
) {
    match (reference.place, found) {
        (ReferenceUse::Link, Some((id, schema))) => {
            draft.clauses.push("link");
            let mut link = relations::link(draft, (&id, schema), &reference.relation, log);
            reference.remarks.iter().for_each(|remark| log.put(&mut link, "description", remark));
            draft.links.push(link);
        }
        (ReferenceUse::Link, None) => {
            draft.clauses.push(NOTE);
            draft.note(&reference.clause, log);
            let reason = "the party that it is linked to is not, or not only once, in this file";
            log.note("unresolved_link", reason);
        }
        (ReferenceUse::Property(property), Some((id, _))) => {
            draft.put(property, id, log);
        }
        (ReferenceUse::Property(_), None) => draft.note(&reference.clause, log),
    }
}

/// The parties of a file whose records stand on their own but for the names of others: only those that name one are held until
/// all are read.
#[derive(Default)]
pub(crate) struct Linking {
    names: Names,
    /// Id and schema of every party.
    parties: Vec<(Box<str>, &'static Schema)>,
    /// The parties that name others, with their places.
    waiting: Vec<(usize, Listed)>,
}

impl Linking {
    /// Takes a party, and gives it back when it names no other.
    pub(crate) fn take(&mut self, party: Listed) -> Option<Listed> {
        let at = self.parties.len();
        self.parties.push((party.draft.party.id.as_str().into(), party.draft.party.schema));
        self.names.add(at, &party.draft, |names, key| Some(names.entry(key).or_default()));
        if party.draft.references.is_empty() {
            return Some(party);
        }
        self.waiting.push((at, party));
        None
    }

    /// Gives the parties that name others, tied to them by name; what has a number is not found.
    pub(crate) fn resolved(self) -> impl Iterator<Item = Listed> {
        let Self { names, parties, waiting } = self;
        waiting.into_iter().map(move |(at, Listed { mut draft, mut log })| {
            for reference in std::mem::take(&mut draft.references) {
                let found = match &reference.target {
                    Target::Name(name) => names.find(name),
                    Target::Number(_) => None,
                };
                let found = found.filter(|found| *found != at).and_then(|found| parties.get(found));
                let found = found.map(|(id, schema)| (id.to_string(), *schema));
                resolve_one(&mut draft, &reference, found, &mut log);
            }
            Listed { draft, log }
        })
    }
}

/// The parties that bear a name, by its key.
#[derive(Default)]
struct Names(HashMap<Key, Bearers>);

#[derive(Default)]
struct Bearers {
    /// By primary name.
    primary: Bearer,
    /// By alias.
    other: Bearer,
}

/// The place of the one party that bears a name.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Bearer {
    #[default]
    Nobody,
    One(usize),
    Several,
}

impl Names {
    /// Those that the references of the parties look for.
    fn of(parties: &[Listed]) -> Self {
        let references = parties.iter().flat_map(|party| &party.draft.references);
        let names = references.filter_map(|reference| match &reference.target {
            Target::Name(name) => Some((key(name), Bearers::default())),
            Target::Number(_) => None,
        });
        let mut names = Self(names.collect());
        if !names.0.is_empty() {
            for (at, Listed { draft, .. }) in parties.iter().enumerate() {
                names.add(at, draft, |names, key| names.get_mut(&key));
            }
        }
        names
    }

    /// Notes the names of the party at a place, where `place` gives them one.
    fn add(
        &mut self,
        at: usize,
        draft: &Draft,
        place: impl Fn(&mut HashMap<Key, Bearers>, Key) -> Option<&mut Bearers>,
    ) {
        for property in ["name", "alias", "previousName"] {
            for name in draft.party.get(property) {
                let Some(bearers) = place(&mut self.0, key(name)) else { continue };
                if property == "name" { &mut bearers.primary } else { &mut bearers.other }.add(at);
            }
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let bearers = self.0.get(&key(name))?;
        match (bearers.primary, bearers.other) {
            (Bearer::One(at), _) | (Bearer::Nobody, Bearer::One(at)) => Some(at),
            _ => None,
        }
    }
}

impl Bearer {
    fn add(&mut self, at: usize) {
        *self = match *self {
            Self::Nobody => Self::One(at),
            Self::One(known) if known == at => Self::One(at),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

/// The name without what two spellings of it differ in: case, blanks, quotes, a full stop at the end.
fn key(name: &str) -> Key {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        let chars = word.chars().filter(|char| !matches!(char, '\'' | '"'));
        if word.is_ascii() {
            key.extend(chars.map(|char| char.to_ascii_uppercase())); // nearly all names, and much faster
        } else {
            key.extend(chars.flat_map(char::to_uppercase));
        }
    }
    Key::of(key.trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        assert_eq!(key("Private  Military Company 'Wagner'."), key("PRIVATE MILITARY COMPANY WAGNER"));
        assert_ne!(key("INFOROS, OOO"), key("INFOROS"));
    }
}
