//! Which listed party is meant by the name of an owner, a parent company or a subsidiary?

use std::collections::{HashMap, HashSet};

use interdict_core::entity::Entity;
use interdict_core::model;

use super::columns::What;
use super::party::{Draft, Link};
use crate::reading::{Key, keep_as_note};
use crate::table;

/// The word in the ids of links.
const LINK: &str = "link";

/// The ids by names; none where several parties have the name.
#[derive(Default)]
pub(super) struct Bearers(HashMap<Key, Option<Box<str>>>);

impl Bearers {
    /// Notes the names of a party.
    pub(super) fn add(&mut self, party: &Entity) {
        for name in party.get("name") {
            let id = party.id.as_str();
            let known = self.0.entry(key(name)).or_insert_with(|| Some(id.into()));
            if known.as_deref() != Some(id) {
                *known = None;
            }
        }
    }

    /// Ties each name to the one party that has it as its name; the others become notes, which say nothing less.
    pub(super) fn resolve(&self, draft: &mut Draft) {
        let mut tied = HashSet::new();
        for Link { what, name } in std::mem::take(&mut draft.links) {
            let found = self.0.get(&key(&name)).and_then(Option::as_deref);
            match found.filter(|id| *id != draft.party.id) {
                Some(id) if !tied.insert((what, id)) => {} // named twice
                Some(id) => {
                    if let Some(link) = link(draft, what, id) {
                        draft.parts.push(LINK, link);
                    }
                }
                None => keep_as_note(&mut draft.party, words(what), &name),
            }
        }
    }
}

fn key(name: &str) -> Key {
    Key::of(&table::key(name))
}

fn link(draft: &Draft, what: What, other: &str) -> Option<Entity> {
    let id = draft.parts.next_id(&draft.party, LINK);
    let this = draft.party.id.as_str();
    let (schema, properties) = match what {
        What::Owner | What::Parent => ("Ownership", [("owner", other), ("asset", this)]),
        What::Subsidiary => ("Ownership", [("owner", this), ("asset", other)]),
        _ => ("UnknownLink", [("subject", other), ("object", this)]),
    };
    let mut link = Entity::new(id, model::schema(schema)?);
    for (property, value) in properties {
        link.add(property, value).ok()?;
    }
    link.add("role", words(what)).ok()?;
    Some(link)
}

fn words(what: What) -> &'static str {
    match what {
        What::Owner => "current owner or operator",
        What::PastOwner => "previous owner or operator",
        What::Parent => "parent company",
        _ => "subsidiary",
    }
}
