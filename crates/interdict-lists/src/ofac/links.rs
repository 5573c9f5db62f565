//! Which party is meant by a name in the remarks of another: `Linked To: HIZBALLAH`, `Aircraft Operator MAHAN AIR`.

use std::collections::HashMap;

use interdict_core::entity::Entity;
use interdict_core::issue::Severity;

use super::draft::{Draft, Reference, ReferenceUse};
use super::log::{Log, NOTE};

/// Ties every name to the one party of that published name, or keeps the clause as a note when there is not exactly one.
pub(super) fn resolve(drafts: &mut [Draft<'_>], log: &mut Log) {
    let names = Names::of(drafts);
    for draft in drafts {
        for reference in std::mem::take(&mut draft.references) {
            resolve_one(draft, &reference, &names, log);
        }
    }
}

fn resolve_one(draft: &mut Draft<'_>, reference: &Reference, names: &Names, log: &mut Log) {
    let found = names.find(&reference.name).filter(|id| *id != draft.party.id);
    match (reference.place, found) {
        (ReferenceUse::Link, Some(id)) => {
            log.count("link");
            let link = link(draft, id, log);
            draft.links.push(link);
        }
        (ReferenceUse::Link, None) => {
            log.count(NOTE);
            draft.note(&reference.clause, log);
            let reason = "the party that it is linked to is not, or not only once, in this file by that name";
            log.issue(Severity::Note, "unresolved_link", &draft.place, reason);
        }
        (ReferenceUse::Property(property), Some(id)) => {
            draft.put(property, id, log);
        }
        (ReferenceUse::Property(_), None) => draft.note(&reference.clause, log),
    }
}

fn link(draft: &Draft<'_>, id: &str, log: &mut Log) -> Entity {
    let suffix = format!("link-{}", draft.links.len() + 1);
    let mut link = draft.part("UnknownLink", &suffix, "subject", log);
    log.add(&mut link, "object", id, &draft.place);
    log.add(&mut link, "role", "Linked To", &draft.place);
    link
}

/// The ids of the parties by primary name and by alias; `None` for a name of several parties.
struct Names {
    primary: HashMap<String, Option<String>>,
    other: HashMap<String, Option<String>>,
}

impl Names {
    fn of(drafts: &[Draft<'_>]) -> Self {
        let mut names = Self { primary: HashMap::new(), other: HashMap::new() };
        for Draft { party, .. } in drafts {
            for name in party.get("name") {
                add(&mut names.primary, name, &party.id);
            }
            for name in party.get("alias").iter().chain(party.get("previousName")) {
                add(&mut names.other, name, &party.id);
            }
        }
        names
    }

    fn find(&self, name: &str) -> Option<&str> {
        let key = key(name);
        self.primary.get(&key).or_else(|| self.other.get(&key))?.as_deref()
    }
}

fn add(names: &mut HashMap<String, Option<String>>, name: &str, id: &str) {
    let known = names.entry(key(name)).or_insert_with(|| Some(id.to_owned()));
    if known.as_deref().is_some_and(|other| other != id) {
        *known = None;
    }
}

/// The name without what two spellings of it differ in: case, blanks, quotes, a full stop at the end.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().filter(|char| !matches!(char, '\'' | '"')).flat_map(char::to_uppercase));
    }
    key.truncate(key.trim_end_matches(['.', ' ']).len());
    key
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
