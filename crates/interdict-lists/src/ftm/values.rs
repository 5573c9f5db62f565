//! Which values does an entity of the file have, and which of them fit the model?

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::limits;
use interdict_core::model::{Property, PropertyKind};

use crate::json::Json;
use crate::reading::{Ids, Log, keep_as_note};
use crate::text::clip;

/// Adds the values of all properties.
pub(super) fn put_properties(
    log: &mut Log,
    entity: &mut Entity,
    properties: Option<&Json<'_>>,
    ids: Ids<'_>,
) {
    let Some(Json::Object(properties)) = properties else {
        log.value_lost("bad_json", "the entity has no object of properties");
        return;
    };
    for (name, values) in properties.fields() {
        let schema = entity.schema;
        match schema.property(name) {
            Some(property) if property.is_stub => {
                let reason = format!("{name} is the other end of a link, which the link itself must state");
                log.value_lost("stub_property", reason);
            }
            Some(property) => put_values(log, entity, property, values, ids),
            None => {
                let name = clip(name, 60);
                log.value_lost(
                    "unknown_property",
                    format!("the schema {} has no property {name:?}", schema.name),
                );
                texts(values).for_each(|text| keep_as_note(entity, name, &text));
            }
        }
    }
}

/// Adds the ids of the same party elsewhere.
pub(super) fn put_referents(log: &mut Log, entity: &mut Entity, referents: Option<&Json<'_>>) {
    match referents {
        None | Some(Json::Null) => {}
        Some(Json::Array(ids)) => {
            for id in ids {
                match id {
                    Json::Text(id) if !id.trim().is_empty() => {
                        if entity.referents.len() >= limits::VALUES_PER_PROPERTY_MAX {
                            return too_many_referents(log);
                        }
                        entity.referents.push(id.trim().to_owned());
                    }
                    _ => log.value_lost("bad_referent", "a referent is no text"),
                }
            }
        }
        Some(_) => log.value_lost("bad_referent", "the referents are no array"),
    }
}

pub(super) fn too_many_referents(log: &mut Log) {
    let max = limits::VALUES_PER_PROPERTY_MAX;
    log.value_lost("too_many_values", format!("there are more than {max} referents"));
}

/// Adds the values of one property.
pub(super) fn put_values(
    log: &mut Log,
    entity: &mut Entity,
    property: &Property,
    values: &Json<'_>,
    ids: Ids<'_>,
) {
    match values {
        Json::Array(values) => values.iter().for_each(|value| put_value(log, entity, property, value, ids)),
        value => put_value(log, entity, property, value, ids),
    }
}

fn put_value(log: &mut Log, entity: &mut Entity, property: &Property, value: &Json<'_>, ids: Ids<'_>) {
    let name = property.name;
    let text = match value {
        Json::Text(text) | Json::Scalar(text) => text.as_ref(),
        Json::Null => return,
        Json::Object(_) => {
            return log.value_lost(
                "nested_entity",
                format!("{name} holds an object where no entity can stand, or one without an id"),
            );
        }
        Json::Array(_) => {
            return log.value_lost("nested_value", format!("{name} holds a list in its list of values"));
        }
    };
    match property.kind {
        PropertyKind::Entity if !text.trim().is_empty() => log.put(entity, name, ids.of(text.trim())),
        PropertyKind::Country => log.put(entity, name, country::code(text).unwrap_or(text)),
        PropertyKind::Gender => log.put(entity, name, text.trim().to_lowercase()),
        _ => log.put(entity, name, text),
    }
}

/// The texts of a field, numbers included; an object or a list in it is told in one line.
pub(super) fn texts(values: &Json<'_>) -> impl Iterator<Item = String> {
    let items = match values {
        Json::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    items.iter().map(told).filter(|text| !text.is_empty())
}

/// `relation: spouse, name: Jane Doe`
fn told(value: &Json<'_>) -> String {
    let parts: Vec<String> = match value {
        Json::Null => return String::new(),
        Json::Text(text) | Json::Scalar(text) => return text.clone().into_owned(),
        Json::Array(items) => items.iter().map(told).filter(|text| !text.is_empty()).collect(),
        Json::Object(object) => {
            let fields = object.fields().map(|(name, value)| (name, told(value)));
            fields
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| format!("{name}: {text}"))
                .collect()
        }
    };
    parts.join(", ")
}
