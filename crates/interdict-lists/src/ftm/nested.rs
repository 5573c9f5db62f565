//! Which entities stand within an entity? A nested export puts them where a flat one has their ids.
//!
//! ```json
//! {"id": "Q1", "schema": "Person", "properties": {
//!   "sanctions": [{"id": "s-1", "schema": "Sanction", "properties": {"program": ["X"]}}],
//!   "addressEntity": [{"id": "a-1", "schema": "Address", "properties": {"city": ["Riga"]}}]}}
//! ```
//!
//! - Under a property that holds ids (`addressEntity`), the id takes the place of the nested entity.
//! - Under a property that is only the other end of a link (`sanctions`), the nested entity is the one that points: it gets
//!   the id of the outer one in the property that leads back (`entity`). An exporter leaves that id out when the property
//!   has other nested values, so it is set whether or not it is there.
//! - An object anywhere else is an entity too when it has an id or a schema, but what it has to do with the outer one cannot be said; an empty object stays
//!   in its place, which the reader of values reports.
//!
//! How deep entities are nested is bounded with the depth of the JSON. An entity that comes again within itself is one more copy of it.

use std::borrow::Cow;

use interdict_core::model::{self, Property, PropertyKind};

use crate::json::{Json, Object};

/// Takes the nested entities out of an entity, which is left as in a flat export.
pub(super) fn detach<'a>(entity: &mut Object<'a>) -> Vec<Object<'a>> {
    let mut nested = Vec::new();
    let has_nested = |properties: &Object<'_>| properties.fields().any(|(_, values)| holds_object(values));
    if !matches!(entity.get("properties"), Some(Json::Object(properties)) if has_nested(properties)) {
        return nested;
    }
    let schema = entity.text("schema").and_then(model::schema);
    let outer = id(entity).map(str::to_owned);
    if let Some(Json::Object(properties)) = entity.get_mut("properties") {
        properties.retain(|name, values| {
            let property = schema.and_then(|schema| schema.property(name));
            take_from(values, property, outer.as_deref(), &mut nested);
            !is_emptied(values)
        });
    }
    nested
}

fn holds_object(values: &Json<'_>) -> bool {
    match values {
        Json::Object(_) => true,
        Json::Array(items) => items.iter().any(|item| matches!(item, Json::Object(_))),
        _ => false,
    }
}

/// Whether nothing is left but the places of entities that were taken out.
fn is_emptied(values: &Json<'_>) -> bool {
    match values {
        Json::Array(items) => !items.is_empty() && items.iter().all(|item| *item == Json::Null),
        value => *value == Json::Null,
    }
}

fn take_from<'a>(
    values: &mut Json<'a>,
    property: Option<&Property>,
    outer: Option<&str>,
    nested: &mut Vec<Object<'a>>,
) {
    let items = match values {
        Json::Array(items) => items.as_mut_slice(),
        value => std::slice::from_mut(value),
    };
    for item in items.iter_mut().filter(|item| is_entity(item, property)) {
        let instead = match property {
            Some(property) if property.is_stub => Json::Null,
            Some(Property { kind: PropertyKind::Entity, .. }) => id_of(item),
            _ => Json::Object(Object::default()),
        };
        let Json::Object(mut object) = std::mem::replace(item, instead) else { continue };
        if let (Some(Property { is_stub: true, reverse: Some(reverse), .. }), Some(outer)) = (property, outer)
        {
            point_back(&mut object, reverse, outer);
        }
        nested.push(object);
    }
}

fn is_entity(item: &Json<'_>, property: Option<&Property>) -> bool {
    let Json::Object(object) = item else { return false };
    let is_due = property.is_some_and(|property| property.kind == PropertyKind::Entity);
    is_due || object.get("id").is_some() || object.get("schema").is_some()
}

fn id<'o>(object: &'o Object<'_>) -> Option<&'o str> {
    object.text("id").map(str::trim).filter(|id| !id.is_empty())
}

fn id_of<'a>(item: &Json<'a>) -> Json<'a> {
    match item {
        Json::Object(object) => id(object)
            .map_or_else(|| Json::Object(Object::default()), |id| Json::Text(Cow::Owned(id.to_owned()))),
        _ => Json::Null,
    }
}

/// Adds the id of the outer entity to the property that leads back to it.
fn point_back(object: &mut Object<'_>, property: &'static str, outer: &str) {
    let outer = Json::Text(Cow::Owned(outer.to_owned()));
    let Some(Json::Object(properties)) = object.get_mut("properties") else { return };
    match properties.get_mut(property) {
        Some(Json::Array(values)) => values.push(outer),
        Some(value) => {
            let first = std::mem::replace(value, Json::Null);
            *value = Json::Array(vec![first, outer]);
        }
        None => properties.push(property, Json::Array(vec![outer])),
    }
}
