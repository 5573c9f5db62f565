//! Which party is meant by a name in the remarks of another: `Linked To: HIZBALLAH`, `Aircraft Operator MAHAN AIR`.

use std::collections::HashMap;

use interdict_core::model::Schema;

use super::draft::{Draft, Listed, NOTE, Reference, ReferenceUse, Target};
use super::relations;
use crate::reading::Log;

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

/// The parties that bear the names that are looked for.
struct Names(HashMap<String, Bearers>);

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
    fn of(parties: &[Listed]) -> Self {
        let references = parties.iter().flat_map(|party| &party.draft.references);
        let names = references.filter_map(|reference| match &reference.target {
            Target::Name(name) => Some((key(name), Bearers::default())),
            Target::Number(_) => None,
        });
        let mut names: HashMap<String, Bearers> = names.collect();
        if names.is_empty() {
            return Self(names);
        }
        let mut buffer = String::new();
        for (at, Listed { draft, .. }) in parties.iter().enumerate() {
            for property in ["name", "alias", "previousName"] {
                for name in draft.party.get(property) {
                    write_key(name, &mut buffer);
                    let Some(bearers) = names.get_mut(buffer.as_str()) else { continue };
                    if property == "name" { &mut bearers.primary } else { &mut bearers.other }.add(at);
                }
            }
        }
        Self(names)
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

fn key(name: &str) -> String {
    let mut key = String::new();
    write_key(name, &mut key);
    key
}

/// The name without what two spellings of it differ in: case, blanks, quotes, a full stop at the end.
fn write_key(name: &str, key: &mut String) {
    key.clear();
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
    key.truncate(key.trim_end_matches(['.', ' ']).len());
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
