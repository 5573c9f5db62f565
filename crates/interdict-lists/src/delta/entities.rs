//! The exact changes of single entities: how they are found, and how the later entities are built from them.

use std::collections::HashMap;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::model::Schema;

use super::places::{TextsChange, put_in, staying};
use super::{DeltaError, by_id};

/// One change of one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityChange {
    /// It comes.
    Added {
        /// The place it gets.
        at: usize,
        /// All of it.
        entity: Entity,
    },
    /// It goes.
    Removed {
        /// The place it had.
        at: usize,
        /// All of it.
        entity: Entity,
    },
    /// It stays, in part.
    Changed(Box<Changed>),
}

/// What changes of an entity that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// The places it had and gets, when it moves against what stays.
    pub moved: Option<(usize, usize)>,
    /// What it was and is, when that changes.
    pub schema: Option<(&'static Schema, &'static Schema)>,
    /// How its referents change.
    pub referents: TextsChange,
    /// How its values change, by property in name order; only properties that change.
    pub properties: Vec<(String, TextsChange)>,
}

impl EntityChange {
    /// The id of the entity.
    pub fn id(&self) -> &str {
        match self {
            Self::Added { entity, .. } | Self::Removed { entity, .. } => &entity.id,
            Self::Changed(changed) => &changed.id,
        }
    }

    pub(super) fn inverse(&self) -> Self {
        match self.clone() {
            Self::Added { at, entity } => Self::Removed { at, entity },
            Self::Removed { at, entity } => Self::Added { at, entity },
            Self::Changed(changed) => Self::Changed(Box::new(Changed {
                moved: changed.moved.map(|(from, to)| (to, from)),
                schema: changed.schema.map(|(from, to)| (to, from)),
                referents: changed.referents.inverse(),
                properties: changed
                    .properties
                    .iter()
                    .map(|(name, values)| (name.clone(), values.inverse()))
                    .collect(),
                id: changed.id,
            })),
        }
    }
}

/// The digest of entities in their order: SHA-256 over the SHA-256 of each. An entity counts as its id, the name of its
/// schema, its referents, and its properties in name order with their values; in front of every text stands its length in bytes,
/// in front of every run of texts or properties their number, both as eight bytes, the lowest first.
pub fn digest(entities: &[Entity]) -> Digest {
    let mut bytes = Vec::new();
    let mut all = Vec::with_capacity(entities.len());
    for entity in entities {
        bytes.clear();
        put_text(&mut bytes, &entity.id);
        put_text(&mut bytes, entity.schema.name);
        put_texts(&mut bytes, &entity.referents);
        bytes.extend((entity.properties().count() as u64).to_le_bytes());
        for (property, values) in entity.properties() {
            put_text(&mut bytes, property.name);
            put_texts(&mut bytes, values);
        }
        all.extend(*Digest::of(&bytes).as_bytes());
    }
    Digest::of(&all)
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

fn put_texts(bytes: &mut Vec<u8>, texts: &[String]) {
    bytes.extend((texts.len() as u64).to_le_bytes());
    texts.iter().for_each(|text| put_text(bytes, text));
}

/// The exact changes: those that go in the order of `a`, then those that change or come in the order of `b`.
pub(super) fn changes<'a>(a: &'a [Entity], b: &'a [Entity]) -> Result<Vec<EntityChange>, DeltaError> {
    let (in_a, in_b) = (by_id(a)?, by_id(b)?);
    let ids = |entities: &'a [Entity]| entities.iter().map(|entity| entity.id.as_str());
    let mut stay = staying(ids(a), ids(b)).into_iter().peekable();
    let removed = a.iter().enumerate().filter(|(_, entity)| !in_b.contains_key(entity.id.as_str()));
    let mut changes: Vec<EntityChange> =
        removed.map(|(at, entity)| EntityChange::Removed { at, entity: entity.clone() }).collect();
    for (at, entity) in b.iter().enumerate() {
        let earlier = in_a.get(entity.id.as_str()).and_then(|was_at| Some((*was_at, a.get(*was_at)?)));
        let Some((was_at, earlier)) = earlier else {
            changes.push(EntityChange::Added { at, entity: entity.clone() });
            continue;
        };
        let stays = stay.next_if(|(_, place)| *place == at).is_some();
        let moved = (!stays).then_some((was_at, at));
        if moved.is_some() || earlier != entity {
            changes.push(EntityChange::Changed(Box::new(compare(earlier, entity, moved))));
        }
    }
    Ok(changes)
}

fn compare(old: &Entity, new: &Entity, moved: Option<(usize, usize)>) -> Changed {
    let mut names: Vec<&'static str> =
        old.properties().chain(new.properties()).map(|(property, _)| property.name).collect();
    names.sort_unstable();
    names.dedup();
    let properties = names
        .into_iter()
        .map(|name| (name.to_owned(), TextsChange::between(old.get(name), new.get(name))))
        .filter(|(_, change)| !change.is_empty());
    Changed {
        id: new.id.clone(),
        moved,
        schema: (old.schema != new.schema).then_some((old.schema, new.schema)),
        referents: TextsChange::between(&old.referents, &new.referents),
        properties: properties.collect(),
    }
}

/// Makes the changes. They may stand in any order.
pub(super) fn replay<'a>(
    a: &[Entity],
    changes: impl Iterator<Item = &'a EntityChange>,
) -> Result<Vec<Entity>, DeltaError> {
    let places = by_id(a)?;
    let mut by_place: HashMap<usize, &EntityChange> = HashMap::new();
    let mut placed: Vec<(usize, Entity)> = Vec::new();
    for change in changes {
        let missing = || DeltaError::Missing { what: change.id().to_owned() };
        if let EntityChange::Added { at, entity } = change {
            placed.push((*at, entity.clone()));
            continue;
        }
        let at = *places.get(change.id()).ok_or_else(missing)?;
        let told = match change {
            EntityChange::Removed { at, .. } => Some(*at),
            EntityChange::Changed(changed) => changed.moved.map(|(from, _)| from),
            EntityChange::Added { .. } => None,
        };
        if told.is_some_and(|told| told != at) || by_place.insert(at, change).is_some() {
            return Err(missing());
        }
    }
    let mut kept = Vec::with_capacity(a.len());
    for (at, entity) in a.iter().enumerate() {
        match by_place.get(&at) {
            None | Some(EntityChange::Added { .. }) => kept.push(entity.clone()),
            Some(EntityChange::Removed { .. }) => {}
            Some(EntityChange::Changed(changed)) => match (rebuild(entity, changed)?, changed.moved) {
                (entity, Some((_, to))) => placed.push((to, entity)),
                (entity, None) => kept.push(entity),
            },
        }
    }
    put_in(kept, placed).map_err(|entity| DeltaError::Place { what: entity.id })
}

fn rebuild(old: &Entity, changed: &Changed) -> Result<Entity, DeltaError> {
    let schema = match changed.schema {
        Some((from, _)) if from != old.schema => {
            return Err(DeltaError::Missing { what: from.name.to_owned() });
        }
        Some((_, to)) => to,
        None => old.schema,
    };
    let mut entity = Entity::new(old.id.clone(), schema);
    entity.referents = changed.referents.replay(&old.referents)?;
    let is_changed = |name: &str| changed.properties.iter().any(|(changed, _)| changed == name);
    for (property, values) in old.properties().filter(|(property, _)| !is_changed(property.name)) {
        values.iter().try_for_each(|value| entity.add(property.name, value.as_str()))?;
    }
    for (name, change) in &changed.properties {
        change.replay(old.get(name))?.into_iter().try_for_each(|value| entity.add(name, value))?;
    }
    Ok(entity)
}
