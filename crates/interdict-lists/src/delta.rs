//! What changed between two versions of a list?
//!
//! A [`Delta`] has two layers. The exact one is a list of changes to single entities: with it [`apply`] makes of the earlier
//! entities exactly the later ones, values and order included, and [`Delta::inverse`] the other way round. The shown one says for
//! each party what a person wants to know. Numbers in ids (`ofac-36-address-2`) only count the parts of a record, so the shown
//! layer pairs parts by what they say: an address that went is one address that went, though those behind it moved up.
//!
//! **Order.** Every entity, value and referent has a place, counted from 0. What stays keeps its order among what stays; what
//! goes is named with the place it had, what comes with the place it gets, and what moves with both. As few as possible move.
//!
//! The way through the modules: `places` finds what stays in place and puts back together, `entities` compares one entity and
//! builds it again, `records` says which party an entity belongs to, `fields` says what changed for people, `lines` writes a
//! delta as JSON lines and reads it back.

use std::collections::HashMap;

use interdict_core::digest::Digest;
use interdict_core::entity::{Entity, ValueError};

mod entities;
mod fields;
pub mod lines;
mod places;
mod records;

pub use entities::{Changed, EntityChange, digest};
pub use fields::FieldChange;
pub use places::TextsChange;

use records::Record;

/// What changed between two versions of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// The [`digest`] of the earlier entities.
    pub from: Digest,
    /// The [`digest`] of the later entities.
    pub to: Digest,
    /// What changed, by party: first those added, then removed, changed and reordered, each in the order of their list.
    pub parties: Vec<PartyChange>,
}

/// What became of one party and the entities of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyChange {
    /// What became of it.
    pub kind: ChangeKind,
    /// The party as it is now, or as it was last.
    pub party: PartyLabel,
    /// The party as it was, where this differs.
    pub before: Option<PartyLabel>,
    /// What changed for people; empty for a party that was added or removed.
    pub fields: Vec<FieldChange>,
    /// The exact changes.
    pub entities: Vec<EntityChange>,
}

/// What became of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new on the list.
    Added,
    /// It is no longer on the list.
    Removed,
    /// Something else is said of it.
    Changed,
    /// The same is said of it in another order, or at another place of the list.
    Reordered,
}

/// How a party is named in a delta.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PartyLabel {
    /// The id. Where an entity belongs to no party, it is its own.
    pub id: String,
    /// What to call it.
    pub caption: String,
    /// The name of its schema.
    pub schema: String,
    /// The programs it is listed under, in the order of the list.
    pub programs: Vec<String>,
}

/// Entities of which no delta can be made, or a delta that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeltaError {
    /// Two entities of one version have one id.
    #[error("two entities have the id {id:?}")]
    RepeatedId {
        /// The id.
        id: String,
    },
    /// The delta is of other entities.
    #[error("the delta starts from entities with the digest {expected}, and these have {found}")]
    OtherStart {
        /// What the delta names.
        expected: Digest,
        /// What the entities have.
        found: Digest,
    },
    /// The result is not what the delta says it leads to.
    #[error("the delta leads to entities with the digest {expected}, and gave {found}")]
    OtherEnd {
        /// What the delta names.
        expected: Digest,
        /// What came out.
        found: Digest,
    },
    /// A place is not there, or two things are to stand in it.
    #[error("the delta does not fit: the place of {what:?} is not there or is taken")]
    Place {
        /// An id or a value.
        what: String,
    },
    /// What is to be changed is not there.
    #[error("the delta does not fit: {what:?} is not where the delta has it")]
    Missing {
        /// An id or a value.
        what: String,
    },
    /// A value that its entity cannot take.
    #[error("the delta does not fit: {0}")]
    Value(#[from] ValueError),
}

/// What changed from the entities `a` to the entities `b`.
///
/// # Errors
/// When two entities of one version have the same id.
///
/// # Example
/// ```
/// use interdict_core::{entity::Entity, model};
/// use interdict_lists::delta::{self, ChangeKind};
///
/// let mut before = Entity::new("own-1", model::schema("Person").expect("in the model"));
/// before.add("name", "Aron Example")?;
/// let mut after = before.clone();
/// after.add("alias", "Ron Example")?;
/// let (a, b) = (vec![before], vec![after]);
/// let delta = delta::delta(&a, &b)?;
/// assert_eq!((delta.parties[0].kind, delta.parties[0].fields[0].after.as_slice()), (ChangeKind::Changed, &["Ron Example".to_owned()][..]));
/// assert_eq!(delta::apply(&delta, &a)?, b);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn delta(a: &[Entity], b: &[Entity]) -> Result<Delta, DeltaError> {
    let exact = entities::changes(a, b)?;
    let mut parties: Vec<PartyChange> = Vec::new();
    for record in records::touched(a, b, exact) {
        parties.extend(party_change(a, b, record));
    }
    parties.sort_by_key(|party| party.kind); // stable: the order of the lists stays
    Ok(Delta { from: digest(a), to: digest(b), parties })
}

fn party_change(a: &[Entity], b: &[Entity], record: Record) -> Option<PartyChange> {
    let old: Vec<&Entity> = record.old.iter().filter_map(|at| a.get(*at)).collect();
    let new: Vec<&Entity> = record.new.iter().filter_map(|at| b.get(*at)).collect();
    let root = |entities: &[&Entity]| {
        entities.iter().find(|entity| entity.id == record.root).map(|&root| label(root))
    };
    let (kind, party, before, fields) = match (root(&old), root(&new)) {
        (None, Some(party)) => (ChangeKind::Added, party, None, Vec::new()),
        (Some(party), None) => (ChangeKind::Removed, party, None, Vec::new()),
        (Some(before), Some(party)) => {
            let fields = fields::between(&record.root, &old, &new);
            let kind = if fields.is_empty() { ChangeKind::Reordered } else { ChangeKind::Changed };
            let before = (before != party).then_some(before);
            (kind, party, before, fields)
        }
        (None, None) => return None,
    };
    Some(PartyChange { kind, party, before, fields, entities: record.changes })
}

fn label(entity: &Entity) -> PartyLabel {
    let programs = ["programId", "program"].map(|property| entity.get(property));
    PartyLabel {
        id: entity.id.clone(),
        caption: entity.caption().to_owned(),
        schema: entity.schema.name.to_owned(),
        programs: programs.into_iter().find(|programs| !programs.is_empty()).unwrap_or_default().to_vec(),
    }
}

/// Makes of the earlier entities the later ones, exactly and in their order.
///
/// # Errors
/// When the delta is not one of these entities, or does not lead to what it says; a delta from outside may hold anything.
pub fn apply(delta: &Delta, a: &[Entity]) -> Result<Vec<Entity>, DeltaError> {
    let found = digest(a);
    if found != delta.from {
        return Err(DeltaError::OtherStart { expected: delta.from, found });
    }
    let b = entities::replay(a, delta.parties.iter().flat_map(|party| &party.entities))?;
    let found = digest(&b);
    if found != delta.to {
        return Err(DeltaError::OtherEnd { expected: delta.to, found });
    }
    Ok(b)
}

impl Delta {
    /// The delta that leads back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let mut parties: Vec<PartyChange> = self.parties.iter().map(PartyChange::inverse).collect();
        parties.sort_by_key(|party| party.kind);
        Self { from: self.to, to: self.from, parties }
    }

    /// How many parties there are of a kind of change.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.parties.iter().filter(|party| party.kind == kind).count()
    }
}

impl PartyChange {
    fn inverse(&self) -> Self {
        let kind = match self.kind {
            ChangeKind::Added => ChangeKind::Removed,
            ChangeKind::Removed => ChangeKind::Added,
            same => same,
        };
        let (party, before) = match &self.before {
            Some(before) => (before.clone(), Some(self.party.clone())),
            None => (self.party.clone(), None),
        };
        let fields = self.fields.iter().map(FieldChange::inverse).collect();
        Self {
            kind,
            party,
            before,
            fields,
            entities: self.entities.iter().map(EntityChange::inverse).collect(),
        }
    }
}

/// The place of each id.
fn by_id(entities: &[Entity]) -> Result<HashMap<&str, usize>, DeltaError> {
    let mut places = HashMap::with_capacity(entities.len());
    for (at, entity) in entities.iter().enumerate() {
        if places.insert(entity.id.as_str(), at).is_some() {
            return Err(DeltaError::RepeatedId { id: entity.id.clone() });
        }
    }
    Ok(places)
}
