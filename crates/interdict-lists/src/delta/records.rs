//! Which party does an entity belong to, and which parties does a change touch?

use std::collections::HashMap;

use interdict_core::entity::Entity;
use interdict_core::model::PropertyKind;

use super::EntityChange;

/// A party with the entities of its record, in both versions.
pub(super) struct Record {
    /// The id of the party; of the entity itself where it belongs to none.
    pub root: String,
    /// The places of its entities in the earlier version.
    pub old: Vec<usize>,
    /// The places of its entities in the later version.
    pub new: Vec<usize>,
    /// What changes of them.
    pub changes: Vec<EntityChange>,
}

/// The records that the changes touch, each in the order of its list. An entity that stays belongs where the later version has it.
pub(super) fn touched(a: &[Entity], b: &[Entity], changes: Vec<EntityChange>) -> Vec<Record> {
    let (old, new) = (Owners::of(a), Owners::of(b));
    let mut records: Vec<Record> = Vec::new();
    let mut by_root: HashMap<&str, usize> = HashMap::new();
    for change in changes {
        let owners = if matches!(change, EntityChange::Removed { .. }) { &old } else { &new };
        let Some(root) = owners.owner(change.id()) else { continue };
        let at = *by_root.entry(root).or_insert(records.len());
        if at == records.len() {
            records.push(Record {
                root: root.to_owned(),
                old: Vec::new(),
                new: Vec::new(),
                changes: Vec::new(),
            });
        }
        records[at].changes.push(change);
    }
    let mut members = |owners: &Owners<'_>, put: fn(&mut Record, usize)| {
        for (place, owner) in owners.roots.iter().enumerate() {
            let record = by_root.get(owner).and_then(|at| records.get_mut(*at));
            record.into_iter().for_each(|record| put(record, place));
        }
    };
    members(&old, |record, place| record.old.push(place));
    members(&new, |record, place| record.new.push(place));
    // A record that is gone has no place in the later version: it stands where it stood.
    let root_place = |record: &Record| {
        new.places.get(record.root.as_str()).or(old.places.get(record.root.as_str())).copied()
    };
    records.sort_by_key(root_place);
    records
}

/// Which party each entity of a version belongs to.
struct Owners<'a> {
    /// For each entity the id of its party, or its own.
    roots: Vec<&'a str>,
    /// The place of each entity.
    places: HashMap<&'a str, usize>,
}

impl<'a> Owners<'a> {
    fn of(entities: &'a [Entity]) -> Self {
        let known = Known::of(entities);
        let mut last = None;
        let roots = entities.iter().map(|entity| {
            if entity.is_party() {
                last = Some(entity.id.as_str());
                return entity.id.as_str();
            }
            let follows = last.filter(|last| is_numbered(&entity.id, last));
            follows.or_else(|| known.owner(entity)).unwrap_or(&entity.id)
        });
        let roots = roots.collect();
        let places = entities.iter().enumerate().map(|(at, entity)| (entity.id.as_str(), at)).collect();
        Self { roots, places }
    }

    fn owner(&self, id: &str) -> Option<&'a str> {
        self.places.get(id).and_then(|at| self.roots.get(*at)).copied()
    }
}

/// Whether an id is that of a party with a suffix.
fn is_numbered(id: &str, party: &str) -> bool {
    id.strip_prefix(party).is_some_and(|rest| rest.starts_with('-'))
}

/// The parties of a version, and what they point to.
struct Known<'a> {
    parties: HashMap<&'a str, &'a str>,
    pointed_to: HashMap<&'a str, &'a str>,
}

impl<'a> Known<'a> {
    fn of(entities: &'a [Entity]) -> Self {
        let parties = || entities.iter().filter(|entity| entity.is_party());
        let mut pointed_to = HashMap::new();
        for party in parties() {
            for (_, id) in party.values_of(PropertyKind::Entity) {
                pointed_to.entry(id).or_insert(party.id.as_str());
            }
        }
        Self { parties: parties().map(|party| (party.id.as_str(), party.id.as_str())).collect(), pointed_to }
    }

    /// By its id; else the party that it starts from or is of; else a party that points to it.
    fn owner(&self, part: &Entity) -> Option<&'a str> {
        let shorter = part.id.rmatch_indices('-').take(4).filter_map(|(at, _)| part.id.get(..at));
        let party = |id: &str| self.parties.get(id).copied();
        shorter
            .filter_map(party)
            .next()
            .or_else(|| {
                part.schema.edge.and_then(|edge| part.get(edge.source).iter().find_map(|id| party(id)))
            })
            .or_else(|| part.values_of(PropertyKind::Entity).find_map(|(_, id)| party(id)))
            .or_else(|| self.pointed_to.get(part.id.as_str()).copied())
    }
}
