//! How is a delta written as JSON lines, and read back?
//!
//! A delta is one line of the kind `delta`, which says from which version to which and how many lines follow, and one line for
//! each party. Deltas may follow one another: that is the history of a list. `docs/lists.md` describes every key. What a person
//! wants to know stands in `fields`, what a machine needs to make the later version of the earlier one in `entities`.

use std::collections::BTreeMap;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::{ListId, ListVersion};
use interdict_core::model::{self, Schema};
use serde::{Deserialize, Serialize};

use super::{ChangeKind, Changed, Delta, EntityChange, FieldChange, PartyChange, PartyLabel, TextsChange};
use crate::lines as text_lines;

/// A delta together with the versions that it runs between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionDelta {
    /// The earlier version.
    pub from: ListVersion,
    /// The later version.
    pub to: ListVersion,
    /// What changed.
    pub delta: Delta,
    /// Files of the set that one of the versions comes without.
    pub lacking: Lacking,
}

/// Files that one version has and the other comes without, where a list is a set of files: what they hold is told as changed, and
/// need not have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The names of files that the earlier version comes without.
    #[serde(rename = "from_lacks", default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// The names of files that the later version comes without.
    #[serde(rename = "to_lacks", default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
}

/// A line that is no line of a delta, or not the one that must come here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct LinesError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// The lines of a delta without line ends, the head first.
///
/// # Errors
/// When a line cannot be written as JSON, which does not happen with what [`super::delta`] gives.
pub fn write(version_delta: &VersionDelta) -> impl Iterator<Item = serde_json::Result<String>> {
    let head = serde_json::to_string(&Head::of(version_delta));
    let parties = version_delta.delta.parties.iter();
    std::iter::once(head)
        .chain(parties.map(|party| serde_json::to_string(&PartyLine::of(version_delta, party))))
}

/// The deltas of a file of such lines. Blank lines are passed over.
///
/// # Errors
/// When a line is not readable, or lines are missing or too many.
pub fn read(bytes: &[u8]) -> Result<Vec<VersionDelta>, LinesError> {
    let mut deltas: Vec<(VersionDelta, usize)> = Vec::new();
    let mut last = 0;
    for line in text_lines::lines(bytes) {
        last = line.number;
        let error = |reason: String| LinesError { line: line.number, reason };
        let text = line.text.map_err(|wrong| error(wrong.to_string()))?;
        if text.trim().is_empty() {
            continue;
        }
        let open = deltas.last_mut().filter(|(told, n_lines)| told.delta.parties.len() < *n_lines);
        match open {
            Some((told, _)) => {
                let party: PartyLine = parse(text).map_err(error)?;
                told.delta.parties.push(party.into_change().map_err(error)?);
            }
            None => deltas.push(parse::<Head>(text).map_err(error)?.into_delta()),
        }
    }
    match deltas.last().filter(|(told, n_lines)| told.delta.parties.len() < *n_lines) {
        Some((told, n_lines)) => {
            let reason = format!("{} of {n_lines} lines follow; the file is cut", told.delta.parties.len());
            Err(LinesError { line: last, reason })
        }
        None => Ok(deltas.into_iter().map(|(delta, _)| delta).collect()),
    }
}

/// Says where a line is wrong without quoting it.
fn parse<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("this is no such line (column {})", error.column()))
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum HeadKind {
    Delta,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    kind: HeadKind,
    list: ListId,
    date: Option<PartialDate>,
    from: ListVersion,
    to: ListVersion,
    from_entities: Digest,
    to_entities: Digest,
    n_added: usize,
    n_removed: usize,
    n_changed: usize,
    n_reordered: usize,
    n_lines: usize,
    #[serde(flatten)]
    lacking: Lacking,
}

impl Head {
    fn of(told: &VersionDelta) -> Self {
        let delta = &told.delta;
        Self {
            kind: HeadKind::Delta,
            list: told.to.id.clone(),
            date: told.to.published,
            from: told.from.clone(),
            to: told.to.clone(),
            from_entities: delta.from,
            to_entities: delta.to,
            n_added: delta.count(ChangeKind::Added),
            n_removed: delta.count(ChangeKind::Removed),
            n_changed: delta.count(ChangeKind::Changed),
            n_reordered: delta.count(ChangeKind::Reordered),
            n_lines: delta.parties.len(),
            lacking: told.lacking.clone(),
        }
    }

    fn into_delta(self) -> (VersionDelta, usize) {
        let delta = Delta { from: self.from_entities, to: self.to_entities, parties: Vec::new() };
        (VersionDelta { from: self.from, to: self.to, delta, lacking: self.lacking }, self.n_lines)
    }
}

/// A line of one party.
#[derive(Serialize, Deserialize)]
struct PartyLine {
    kind: ChangeKind,
    list: ListId,
    date: Option<PartialDate>,
    from: String,
    to: String,
    #[serde(flatten)]
    party: PartyLabel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<PartyLabel>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldChange>,
    entities: Vec<EntityLine>,
}

impl PartyLine {
    fn of(told: &VersionDelta, change: &PartyChange) -> Self {
        Self {
            kind: change.kind,
            list: told.to.id.clone(),
            date: told.to.published,
            from: told.from.version.clone(),
            to: told.to.version.clone(),
            party: change.party.clone(),
            before: change.before.clone(),
            fields: change.fields.clone(),
            entities: change.entities.iter().map(EntityLine::of).collect(),
        }
    }

    fn into_change(self) -> Result<PartyChange, String> {
        let entities = self.entities.into_iter().map(EntityLine::into_change).collect::<Result<_, _>>()?;
        let Self { kind, party, before, fields, .. } = self;
        Ok(PartyChange { kind, party, before, fields, entities })
    }
}

/// The exact change of one entity.
#[derive(Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
enum EntityLine {
    Added {
        at: usize,
        entity: EntityText,
    },
    Removed {
        at: usize,
        entity: EntityText,
    },
    Changed {
        id: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        moved: Option<(usize, usize)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        schema: Option<(String, String)>,
        #[serde(default, skip_serializing_if = "TextsChange::is_empty")]
        referents: TextsChange,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        properties: BTreeMap<String, TextsChange>,
    },
}

impl EntityLine {
    fn of(change: &EntityChange) -> Self {
        match change {
            EntityChange::Added { at, entity } => Self::Added { at: *at, entity: EntityText::of(entity) },
            EntityChange::Removed { at, entity } => Self::Removed { at: *at, entity: EntityText::of(entity) },
            EntityChange::Changed(changed) => Self::Changed {
                id: changed.id.clone(),
                moved: changed.moved,
                schema: changed.schema.map(|(from, to)| (from.name.to_owned(), to.name.to_owned())),
                referents: changed.referents.clone(),
                properties: changed.properties.iter().cloned().collect(),
            },
        }
    }

    fn into_change(self) -> Result<EntityChange, String> {
        Ok(match self {
            Self::Added { at, entity } => EntityChange::Added { at, entity: entity.into_entity()? },
            Self::Removed { at, entity } => EntityChange::Removed { at, entity: entity.into_entity()? },
            Self::Changed { id, moved, schema: schemata, referents, properties } => {
                let schemata = schemata.map(|(from, to)| Ok::<_, String>((schema(&from)?, schema(&to)?)));
                EntityChange::Changed(Box::new(Changed {
                    id,
                    moved,
                    schema: schemata.transpose()?,
                    referents,
                    properties: properties.into_iter().collect(),
                }))
            }
        })
    }
}

/// An entity with its values as they are kept: unlike in FollowTheMoney, a date may be circa or a span.
#[derive(Serialize, Deserialize)]
struct EntityText {
    id: String,
    schema: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    referents: Vec<String>,
    properties: BTreeMap<String, Vec<String>>,
}

impl EntityText {
    fn of(entity: &Entity) -> Self {
        let properties =
            entity.properties().map(|(property, values)| (property.name.to_owned(), values.to_vec()));
        Self {
            id: entity.id.clone(),
            schema: entity.schema.name.to_owned(),
            referents: entity.referents.clone(),
            properties: properties.collect(),
        }
    }

    fn into_entity(self) -> Result<Entity, String> {
        let mut entity = Entity::new(self.id, schema(&self.schema)?);
        entity.referents = self.referents;
        for (property, values) in self.properties {
            for value in values {
                entity.add(&property, value).map_err(|error| error.to_string())?;
            }
        }
        Ok(entity)
    }
}

fn schema(name: &str) -> Result<&'static Schema, String> {
    model::schema(name).ok_or_else(|| "a schema is not in the FollowTheMoney model".to_owned())
}
