//! What does a file of FollowTheMoney entities say, one JSON object a line?
//!
//! ```json
//! {"id": "Q1", "schema": "Person", "properties": {"name": ["Jane Doe"]}, "referents": ["NK-1"], "datasets": ["peps"]}
//! ```
//!
//! - The id becomes `<list>-<id>` unless it begins so already; so do the ids that a property of type entity points to, so
//!   that links hold.
//! - `topics` stay as the source gives them: a file of politicians is no file of sanctioned people.
//! - A country may be given by its name. A date, country or topic that the model does not know is an issue, and its text
//!   goes to `notes` where the schema has notes.
//! - A second line with the id of an earlier one adds what it says to that entity (`merged_fragments`). When it says nothing
//!   new it is lost as `duplicate_record`, and as `conflicting_schema` when nothing can be both: a person and a company.
//! - An entity may stand in place of its id, as in `targets.nested.json`: it becomes an entity of its own, and the two point to
//!   each other as they do in a flat export (`ftm/nested.rs`).
//! - `caption`, `datasets`, `target`, `first_seen`, `last_seen` and `last_change` are bookkeeping of the exporter and are
//!   left out. A field beside the properties that has the name of one is taken as one (`misplaced_property`); the texts
//!   of any other go to `notes`, and its name is noted once.
//!
//! A delta file is no list: [`delta`] reads it and applies it to the entities it was made for.

pub mod delta;
mod fragments;
mod nested;
mod values;

use std::collections::{BTreeSet, HashSet};

use interdict_core::entity::Entity;
use interdict_core::issue::Parsed;
use interdict_core::list::ListId;
use interdict_core::model;

use crate::json::{self, Json, Object, first_object};
use crate::reading::{Ids, Log, Lost, Reading, Taker, collected, keep_as_note};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::text::clip;

const FORMAT: &str = "FollowTheMoney JSON lines";
const BOOKKEEPING: &[&str] = &[
    "id",
    "schema",
    "properties",
    "referents",
    "caption",
    "datasets",
    "target",
    "first_seen",
    "last_seen",
    "last_change",
];
const KIND: &str = "entity";
const NESTED: &str = "nested entity";
/// Most names of unknown fields that are remembered, to be noted once each.
const UNKNOWN_FIELDS_MAX: usize = 100;

/// Whether the first line is a FollowTheMoney entity.
pub fn is_ftm(file: &SourceFile<'_>) -> bool {
    first_object(file.bytes).is_some_and(|object| is_entity(&object) && other_form_of(&object).is_none())
}

/// Reads FollowTheMoney entities; their ids become ids of the list.
///
/// # Errors
/// When the file is of another form than this: a delta file, Senzing JSON; or when not one line is an entity.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_as(Ids::OfList(list), file, out))
}

/// Reads FollowTheMoney entities and applies delta files to them, in their order.
///
/// # Errors
/// As [`read`] and [`delta::read`].
pub fn read_with_deltas(
    list: &ListId,
    base: &SourceFile<'_>,
    deltas: &[SourceFile<'_>],
) -> Result<Parsed<ListContent>, ReadError> {
    let mut read = read(list, base)?;
    for file in deltas {
        let delta = delta::read(list, file)?;
        let applied = delta::apply(delta.value.operations, std::mem::take(&mut read.value.entities));
        read.value.entities = applied.value;
        read.value.reconciliation.records.extend(delta.value.reconciliation.records);
        for issue in applied.issues.kept() {
            read.issues.push(issue.clone().in_file(file.name));
        }
        read.issues.append(delta.issues);
    }
    let entities = &read.value.entities;
    read.value.reconciliation.entities = entities.len() as u64;
    read.value.reconciliation.parties = entities.iter().filter(|entity| entity.is_party()).count() as u64;
    Ok(read)
}

/// Reads FollowTheMoney entities whose ids are those of several lists already, and leaves them as they are.
///
/// # Errors
/// As [`read`].
pub fn read_with_own_ids(file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_as(Ids::AsWritten, file, out))
}

/// Hands out the entities after the deltas, if there are any.
pub(crate) fn read_each(
    list: &ListId,
    base: &SourceFile<'_>,
    deltas: &[SourceFile<'_>],
    out: Taker<'_>,
) -> Result<Account, ReadError> {
    if deltas.is_empty() {
        return read_as(Ids::OfList(list), base, out);
    }
    let Parsed { value, issues } = read_with_deltas(list, base, deltas)?;
    value.entities.into_iter().for_each(out);
    Ok(Account { published: value.published, reconciliation: value.reconciliation, issues })
}

fn read_as(ids: Ids<'_>, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    if let Some(form) = other_form(file) {
        let reason = format!("it is {form}, which is read in another way");
        return Err(ReadError::WrongForm { file: file.name.to_owned(), format: FORMAT, reason });
    }
    let mut reading = Reading::holding(ids, *file, out);
    let mut names = Names::default();
    json::each_line(&mut reading, KIND, |reading, object, log| match object {
        Ok(object) => line(reading, object, log, &mut names),
        Err(lost) => {
            reading.lose(KIND, log, lost);
            Ok(())
        }
    })?;
    json::refuse_without_entity(&reading, KIND, FORMAT)?;
    Ok(reading.finish(None))
}

/// What is remembered from line to line.
#[derive(Default)]
struct Names {
    unknown_fields: BTreeSet<String>,
    /// The ids of entities that were met within another one.
    nested: HashSet<String>,
}

/// Takes the entity of one line, and those that are nested in it.
fn line(reading: &mut Reading<'_>, object: Object, log: Log, names: &mut Names) -> Result<(), ReadError> {
    let mut waiting = vec![(KIND, object, log)];
    while let Some((kind, mut object, mut log)) = waiting.pop() {
        let inner = nested::detach(&mut object);
        let begun = waiting.len();
        for object in inner {
            reading.count(NESTED)?;
            waiting.push((NESTED, object, log.beside()));
        }
        if let Some(of_this) = waiting.get_mut(begun..) {
            of_this.reverse(); // the first is taken first
        }
        let outcome = entity(reading.ids_of, &object, &mut log, &mut names.unknown_fields)
            .and_then(|entity| put_together(reading, kind, entity, &mut log, names));
        reading.settle(kind, log, outcome);
    }
    Ok(())
}

/// The entity, or nothing when it was put to an earlier one of the same id.
fn put_together(
    reading: &mut Reading<'_>,
    kind: &'static str,
    entity: Entity,
    log: &mut Log,
    names: &mut Names,
) -> Result<Option<Entity>, Lost> {
    if kind == NESTED {
        names.nested.insert(entity.id.clone());
    }
    match reading.earlier(&entity.id) {
        None => Ok(Some(entity)),
        Some(earlier) if names.nested.contains(&entity.id) => {
            fragments::join(earlier, &entity, log).map(|()| None)
        }
        Some(earlier) => fragments::merge(earlier, &entity, log).map(|()| None),
    }
}

fn entity(
    ids: Ids<'_>,
    object: &Object<'_>,
    log: &mut Log,
    unknown_fields: &mut BTreeSet<String>,
) -> Result<Entity, Lost> {
    let id = object.text("id").map(str::trim).filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| Lost::new("no_id", "the entity has no id"))?;
    log.of_record(id);
    let name =
        object.text("schema").ok_or_else(|| Lost::new("unknown_schema", "the entity has no schema"))?;
    let unknown = || Lost::new("unknown_schema", format!("{:?} is no schema of the model", clip(name, 60)));
    let schema = model::schema(name).ok_or_else(unknown)?;
    if schema.is_abstract {
        let reason = format!("no entity is a plain {name}; a more special schema is needed");
        return Err(Lost::new("abstract_schema", reason));
    }
    let mut entity = Entity::new(ids.of(id), schema);
    values::put_referents(log, &mut entity, object.get("referents"));
    values::put_properties(log, &mut entity, object.get("properties"), ids);
    if schema.is_a("Thing") && schema.caption.iter().all(|property| entity.first(property).is_none()) {
        log.note("no_name", "nothing names the entity");
    }
    for (field, value) in object.fields().filter(|(field, _)| !BOOKKEEPING.contains(field)) {
        put_other_field(log, &mut entity, (field, value), ids, unknown_fields);
    }
    Ok(entity)
}

/// Takes a field that no entity has beside its properties.
fn put_other_field(
    log: &mut Log,
    entity: &mut Entity,
    (field, value): (&str, &Json<'_>),
    ids: Ids<'_>,
    unknown_fields: &mut BTreeSet<String>,
) {
    let property = entity.schema.property(field).filter(|property| !property.is_stub);
    if let Some(property) = property {
        log.note("misplaced_property", format!("{field} stands beside the properties; it is taken as one"));
        return values::put_values(log, entity, property, value, ids);
    }
    let field = clip(field, 60);
    values::texts(value).for_each(|text| keep_as_note(entity, field, &text));
    if unknown_fields.len() < UNKNOWN_FIELDS_MAX && unknown_fields.insert(field.to_owned()) {
        let reason =
            format!("the field {field:?} is not known; its texts are kept as notes, here and further on");
        log.note("unknown_field", reason);
    }
}

fn is_entity(object: &Object<'_>) -> bool {
    object.text("id").is_some()
        && object.text("schema").is_some()
        && matches!(object.get("properties"), Some(Json::Object(_)))
}

/// The name of another form of lists in JSON lines, where the first line is of one.
fn other_form(file: &SourceFile<'_>) -> Option<&'static str> {
    other_form_of(&first_object(file.bytes)?)
}

fn other_form_of(object: &Object<'_>) -> Option<&'static str> {
    if delta::is_operation(object) {
        return Some(delta::FORMAT);
    }
    (object.get("DATA_SOURCE").is_some() && object.get("RECORD_ID").is_some()).then_some("Senzing JSON")
}
