//! What changed in a list since an earlier version, as OpenSanctions says it in `entities.delta.json`?
//!
//! ```json
//! {"op": "ADD", "entity": {"id": "Q1", "schema": "Person", "properties": {"name": ["Jane Doe"]}}}
//! {"op": "MOD", "entity": {"id": "Q2", "schema": "Person", "properties": {"name": ["John Doe"]}}}
//! {"op": "DEL", "entity": {"id": "Q3"}}
//! ```
//!
//! - `ADD` and `MOD` carry the whole entity as it is now, so both set it. Applied to the version that the delta was made for,
//!   the operations give what the full export of the new version gives.
//! - Applied to another version the result is no version at all, and [`apply`] notes what gives it away: an entity added that
//!   is there, one changed or deleted that is not. The operation is carried out all the same, because the delta is newer.
//! - A delta is never taken for a list, not even one of additions alone: it looks the same whether the version before
//!   was empty or merely lost nothing. Who knows that it was empty applies the delta to no entities.

use std::collections::{BTreeSet, HashMap};

use interdict_core::entity::Entity;
use interdict_core::issue::{Issue, Issues, Parsed, Severity};
use interdict_core::list::{ListId, Reconciliation};

use crate::json::{self, Json, Object};
use crate::reading::{Ids, Log, Lost, Reading};
use crate::source::{self, ReadError, SourceFile};
use crate::text::clip;

pub(super) const FORMAT: &str = "an OpenSanctions delta file (`op` and `entity` in each line)";
const KIND: &str = "operation";

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// The entity is new.
    Add(Entity),
    /// The entity is now as it is here.
    Modify(Entity),
    /// The entity of that id is gone.
    Delete(String),
}

/// The changes of one delta file, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// What was read.
    pub operations: Vec<Operation>,
    /// The account: a row of the kind `operation`; entities and parties are those of the additions and changes.
    pub reconciliation: Reconciliation,
}

/// Whether the first line is an operation of a delta.
pub fn is_delta(file: &SourceFile<'_>) -> bool {
    json::first_object(file.bytes).is_some_and(|object| is_operation(&object))
}

pub(super) fn is_operation(object: &Object<'_>) -> bool {
    object.text("op").is_some() && matches!(object.get("entity"), Some(Json::Object(_)))
}

/// Reads a delta of a list; ids become ids of the list as in [`ftm::read`](super::read).
///
/// # Errors
/// When the file is no delta: not one line of it is an operation, or it is empty, cut off or too large.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<Delta>, ReadError> {
    read_as(Ids::OfList(list), file)
}

/// Reads a delta and leaves ids as they are, as [`ftm::read_with_own_ids`](super::read_with_own_ids) does.
///
/// # Errors
/// As [`read`].
pub fn read_with_own_ids(file: &SourceFile<'_>) -> Result<Parsed<Delta>, ReadError> {
    read_as(Ids::AsWritten, file)
}

fn read_as(ids: Ids<'_>, file: &SourceFile<'_>) -> Result<Parsed<Delta>, ReadError> {
    source::refuse_what_is_no_list(file, None)?;
    let mut reading = Reading::beside(ids, *file);
    let mut unknown_fields = BTreeSet::new();
    let mut operations = Vec::new();
    json::each_line(&mut reading, KIND, |reading, object, mut log| {
        let outcome =
            object.and_then(|object| operation(reading.ids_of, &object, &mut log, &mut unknown_fields));
        let outcome = outcome.map(|operation| {
            operations.push(operation);
            None // it is no entity of a list yet
        });
        reading.settle(KIND, log, outcome);
        Ok(())
    })?;
    if operations.is_empty() {
        return Err(json::no_line_of(&reading, KIND, FORMAT));
    }
    let account = reading.finish(None);
    let entities = || operations.iter().filter_map(Operation::entity);
    let reconciliation = Reconciliation {
        entities: entities().count() as u64,
        parties: entities().filter(|entity| entity.is_party()).count() as u64,
        ..account.reconciliation
    };
    Ok(Parsed { value: Delta { operations, reconciliation }, issues: account.issues })
}

fn operation(
    ids: Ids<'_>,
    object: &Object<'_>,
    log: &mut Log,
    unknown_fields: &mut BTreeSet<String>,
) -> Result<Operation, Lost> {
    let Some(Json::Object(entity)) = object.get("entity") else {
        return Err(Lost::new("bad_operation", "the operation has no entity"));
    };
    for (field, _) in object.fields().filter(|(field, _)| !matches!(*field, "op" | "entity")) {
        log.note("unknown_field", format!("the operation has an unknown field {:?}", clip(field, 60)));
    }
    match object.text("op") {
        Some("ADD") => super::entity(ids, entity, log, unknown_fields).map(Operation::Add),
        Some("MOD") => super::entity(ids, entity, log, unknown_fields).map(Operation::Modify),
        Some("DEL") => {
            let id = entity.text("id").map(str::trim).filter(|id| !id.is_empty());
            let id = id.ok_or_else(|| Lost::new("no_id", "the operation names no entity"))?;
            log.of_record(id);
            Ok(Operation::Delete(ids.of(id)))
        }
        Some(other) => {
            let reason = format!("{:?} is no operation; ADD, MOD and DEL are", clip(other, 20));
            Err(Lost::new("unknown_operation", reason))
        }
        None => Err(Lost::new("unknown_operation", "the line says no operation")),
    }
}

impl Operation {
    /// The entity as it is after the operation; none when it is deleted.
    pub fn entity(&self) -> Option<&Entity> {
        match self {
            Self::Add(entity) | Self::Modify(entity) => Some(entity),
            Self::Delete(_) => None,
        }
    }

    /// The id of the entity that it is about.
    pub fn id(&self) -> &str {
        match self {
            Self::Add(entity) | Self::Modify(entity) => &entity.id,
            Self::Delete(id) => id,
        }
    }
}

/// The entities after the operations. Those that stay keep their order, new ones come behind them in the order of the
/// delta. The issues (all notes) say which operations do not fit the entities: `add_of_present`, `mod_of_absent`,
/// `del_of_absent`. There are none when the delta is applied to the version it was made for.
///
/// # Example
/// ```
/// use interdict_core::{entity::Entity, model};
/// use interdict_lists::ftm::delta::{Operation, apply};
/// let person = |id: &str| Entity::new(id, model::schema("Person").unwrap());
/// let after = apply(vec![Operation::Delete("a".into()), Operation::Add(person("c"))], vec![person("a"), person("b")]);
/// assert_eq!(after.value, [person("b"), person("c")]);
/// assert!(after.issues.is_empty());
/// ```
pub fn apply(operations: Vec<Operation>, entities: Vec<Entity>) -> Parsed<Vec<Entity>> {
    let mut places: HashMap<String, usize> =
        entities.iter().enumerate().map(|(place, entity)| (entity.id.clone(), place)).collect();
    let mut entities: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    let mut issues = Issues::new();
    for operation in operations {
        if let Some((kind, reason)) = misfit(&operation, places.contains_key(operation.id())) {
            issues.push(Issue::new(Severity::Note, kind, reason).of_record(clip(operation.id(), 80)));
        }
        match operation {
            Operation::Add(entity) | Operation::Modify(entity) => match places.get(&entity.id) {
                Some(place) => {
                    if let Some(known) = entities.get_mut(*place) {
                        *known = Some(entity);
                    }
                }
                None => {
                    places.insert(entity.id.clone(), entities.len());
                    entities.push(Some(entity));
                }
            },
            Operation::Delete(id) => {
                let place = places.remove(&id);
                if let Some(gone) = place.and_then(|place| entities.get_mut(place)) {
                    *gone = None;
                }
            }
        }
    }
    Parsed { value: entities.into_iter().flatten().collect(), issues }
}

fn misfit(operation: &Operation, is_present: bool) -> Option<(&'static str, &'static str)> {
    match operation {
        Operation::Add(_) if is_present => {
            Some(("add_of_present", "the entity is to be added and is there already; it was replaced"))
        }
        Operation::Modify(_) if !is_present => {
            Some(("mod_of_absent", "the entity is to be changed and is not there; it was added"))
        }
        Operation::Delete(_) if !is_present => {
            Some(("del_of_absent", "the entity is to be deleted and is not there"))
        }
        _ => None,
    }
}
