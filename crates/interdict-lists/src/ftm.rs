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
//! - An object in place of an entity's id (a nested entity) is an issue; nested exports are another form.
//! - `caption`, `datasets`, `target`, `first_seen`, `last_seen` and `last_change` are bookkeeping of the exporter and are
//!   left out; a field that is not known is noted once.

mod fragments;
mod values;

use std::collections::BTreeSet;

use interdict_core::entity::Entity;
use interdict_core::issue::Parsed;
use interdict_core::list::ListId;
use interdict_core::model;

use crate::json::{self, Json, Object, first_object};
use crate::reading::{Ids, Log, Lost, Reading};
use crate::source::{ListContent, ReadError, SourceFile};
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
/// Most names of unknown fields that are remembered, to be noted once each.
const UNKNOWN_FIELDS_MAX: usize = 100;

/// Whether the first line is a FollowTheMoney entity without nested ones.
pub fn is_ftm(file: &SourceFile<'_>) -> bool {
    first_object(file.bytes).is_some_and(|object| is_entity(&object) && other_form_of(&object).is_none())
}

/// Reads FollowTheMoney entities; their ids become ids of the list.
///
/// # Errors
/// When the file is of another form than this: a delta file, a nested export, Senzing JSON; or when not one line is an
/// entity.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    read_as(Ids::OfList(list), file)
}

/// Reads FollowTheMoney entities whose ids are those of several lists already, and leaves them as they are.
///
/// # Errors
/// As [`read`].
pub fn read_with_own_ids(file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    read_as(Ids::AsWritten, file)
}

fn read_as(ids: Ids<'_>, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    if let Some(form) = other_form(file) {
        let reason = format!("it is {form}, which is not read yet");
        return Err(ReadError::WrongForm { file: file.name.to_owned(), format: FORMAT, reason });
    }
    let mut reading = Reading::new(ids, *file);
    let mut unknown_fields = BTreeSet::new();
    json::read_lines(&mut reading, KIND, FORMAT, |reading, object, log| {
        let entity = entity(reading.ids_of, object, log, &mut unknown_fields)?;
        match reading.earlier(&entity.id) {
            Some(earlier) => fragments::merge(earlier, &entity, log).map(|()| None),
            None => Ok(Some(entity)),
        }
    })?;
    Ok(reading.finish(None))
}

fn entity(
    ids: Ids<'_>,
    object: &Object,
    log: &mut Log,
    unknown_fields: &mut BTreeSet<String>,
) -> Result<Entity, Lost> {
    let id = object.text("id").filter(|id| !id.trim().is_empty());
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
    for (field, _) in object.fields().filter(|(field, _)| !BOOKKEEPING.contains(field)) {
        let field = clip(field, 60);
        if unknown_fields.len() < UNKNOWN_FIELDS_MAX && unknown_fields.insert(field.to_owned()) {
            log.note(
                "unknown_field",
                format!("the field {field:?} is not known and is left out, here and further on"),
            );
        }
    }
    Ok(entity)
}

fn is_entity(object: &Object) -> bool {
    object.text("id").is_some()
        && object.text("schema").is_some()
        && matches!(object.get("properties"), Some(Json::Object(_)))
}

/// The name of another form of lists in JSON lines, where the first line is of one.
pub(crate) fn other_form(file: &SourceFile<'_>) -> Option<&'static str> {
    other_form_of(&first_object(file.bytes)?)
}

fn other_form_of(object: &Object) -> Option<&'static str> {
    let has_object = |value: &Json| matches!(value, Json::Array(items) if items.iter().any(|item| matches!(item, Json::Object(_))));
    match object.get("properties") {
        _ if object.text("op").is_some() && matches!(object.get("entity"), Some(Json::Object(_))) => {
            Some("an OpenSanctions delta file (`op` and `entity` in each line)")
        }
        _ if object.get("DATA_SOURCE").is_some() && object.get("RECORD_ID").is_some() => Some("Senzing JSON"),
        Some(Json::Object(properties)) if properties.fields().any(|(_, value)| has_object(value)) => {
            Some("a nested FollowTheMoney export (targets.nested.json)")
        }
        _ => None,
    }
}
