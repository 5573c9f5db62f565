//! Which entities does a record give? The party, its addresses and its documents.

use std::collections::HashSet;

use interdict_core::entity::Entity;
use interdict_core::identifier::{Identifier, IdentifierKind};
use interdict_core::limits;
use interdict_core::model::{self, Schema};

use super::attributes::{Family, Single};
use super::features::{Feature, Record, single};
use super::numbers;
use crate::reading::{Log, keep_as_note};
use crate::text::clip;

/// A party and the entities of its record.
pub(super) struct Draft {
    pub(super) party: Entity,
    pub(super) parts: Vec<Entity>,
    n_addresses: usize,
    /// Type, number and country of the documents.
    pub(super) documents: HashSet<[String; 3]>,
}

impl Draft {
    /// A new entity of the record; none when the model has no such schema.
    pub(super) fn part(&self, schema: &str, suffix: &str) -> Option<Entity> {
        Some(Entity::new(format!("{}-{suffix}", self.party.id), model::schema(schema)?))
    }
}

/// The entities of a record, the party first.
pub(super) fn entities(id: String, record_id: &str, record: &Record<'_>, log: &mut Log) -> Vec<Entity> {
    let Some(schema) = schema(record, log) else { return Vec::new() };
    let mut draft = Draft {
        party: Entity::new(id, schema),
        parts: Vec::new(),
        n_addresses: 0,
        documents: HashSet::new(),
    };
    for feature in &record.features {
        match feature.family {
            Family::Name => name(&mut draft.party, feature, log),
            Family::Address => address(&mut draft, feature, log),
            Family::Phone => phone(&mut draft.party, feature, log),
            Family::Number => numbers::put(&mut draft, record_id, feature, log),
            Family::Single(_) => put_single(&mut draft.party, feature, log),
            Family::Relation | Family::Bookkeeping => {}
        }
    }
    for (name, text) in &record.unknown {
        keep_as_note(&mut draft.party, name, text);
    }
    if schema.caption.iter().all(|property| draft.party.first(property).is_none()) {
        log.note("no_name", "nothing names the party");
    }
    let Draft { party, parts, .. } = draft;
    std::iter::once(party).chain(parts).collect()
}

fn schema(record: &Record<'_>, log: &mut Log) -> Option<&'static Schema> {
    let given = record.texts("RECORD_TYPE").chain(record.texts("ENTITY_TYPE")).next();
    if let Some(schema) = given.and_then(schema_of_type) {
        return Some(schema);
    }
    let has = |attributes: &[&'static str]| {
        attributes.iter().any(|attribute| record.texts(attribute).next().is_some())
    };
    let is_wallet = record.texts("OTHER_ID_TYPE").any(|kind| kind == "publicKey");
    let guess = if is_wallet {
        "CryptoWallet"
    } else if has(&["DATE_OF_BIRTH", "GENDER", "NAME_FIRST", "NAME_LAST", "PLACE_OF_BIRTH", "DATE_OF_DEATH"])
    {
        "Person"
    } else if has(&["NAME_ORG"]) {
        "Organization"
    } else {
        "LegalEntity"
    };
    let (kind, what) = match given {
        Some(kind) => ("unknown_kind", format!("the RECORD_TYPE {:?} is not known", clip(kind, 60))),
        None => ("no_kind", "the record does not say its type".to_owned()),
    };
    log.note(kind, format!("{what}; it is taken as {guess}"));
    model::schema(guess)
}

/// The usual types, and else the schema of that name in capital letters, as FollowTheMoney tools write it.
fn schema_of_type(kind: &str) -> Option<&'static Schema> {
    let name = match kind.to_ascii_uppercase().as_str() {
        "PERSON" | "INDIVIDUAL" => "Person",
        "ORGANIZATION" | "ORGANISATION" => "Organization",
        "BUSINESS" | "COMPANY" => "Company",
        "AIRCRAFT" => "Airplane",
        "VESSEL" | "SHIP" => "Vessel",
        _ => {
            let is_named = |schema: &&Schema| schema.name.eq_ignore_ascii_case(kind);
            return model::schemata()
                .find(is_named)
                .filter(|schema| !schema.is_abstract && schema.is_a("Thing"));
        }
    };
    model::schema(name)
}

fn name(party: &mut Entity, feature: &Feature<'_>, log: &mut Log) {
    let kind = feature.get("NAME_TYPE").unwrap_or(&feature.usage).to_ascii_uppercase();
    let property = match kind.as_str() {
        "" | "PRIMARY" | "LEGAL" | "REGISTERED" => "name",
        "WEAK" | "LOW" => "weakAlias",
        "MAIDEN" | "FORMER" | "PREVIOUS" | "FKA" | "BIRTH" => "previousName",
        _ => "alias",
    };
    const USUAL: &[&str] = &["", "PRIMARY", "ALIAS", "AKA", "A.K.A."];
    let parts: Vec<&str> = ["NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX"]
        .into_iter()
        .filter_map(|part| feature.get(part))
        .collect();
    for attribute in ["NAME_FULL", "NAME_ORG"] {
        log.put(party, property, feature.get(attribute).unwrap_or_default());
    }
    log.put(party, property, parts.join(" "));
    if !USUAL.contains(&kind.as_str()) {
        let text =
            feature.get("NAME_FULL").or(feature.get("NAME_ORG")).map_or(parts.join(" "), str::to_owned);
        keep_as_note(party, "NAME_TYPE", &format!("{kind}: {text}"));
    }
    for (attribute, property) in [
        ("NAME_FIRST", "firstName"),
        ("NAME_MIDDLE", "middleName"),
        ("NAME_LAST", "lastName"),
        ("NAME_SUFFIX", "nameSuffix"),
        ("NAME_PREFIX", "title"),
    ] {
        let text = feature.get(attribute).unwrap_or_default();
        if !text.is_empty() && !log.offer(party, property, text) && attribute == "NAME_PREFIX" {
            keep_as_note(party, attribute, text); // the others are in the name
        }
    }
}

fn phone(party: &mut Entity, feature: &Feature<'_>, log: &mut Log) {
    let Some(number) = feature.get("PHONE_NUMBER") else { return };
    if !log.offer(party, "phone", number) {
        keep_as_note(party, "PHONE_NUMBER", number);
        log.note(
            "no_property",
            format!("a {} has no phone; the number is kept as a note", party.schema.name),
        );
    }
    let kind = feature.get("PHONE_TYPE").unwrap_or(&feature.usage);
    if !kind.is_empty() {
        keep_as_note(party, "PHONE_TYPE", &format!("{kind}: {number}"));
    }
}

fn address(draft: &mut Draft, feature: &Feature<'_>, log: &mut Log) {
    let get = |attribute: &str| feature.get(attribute).unwrap_or_default();
    let joined = |attributes: &[&str]| {
        let texts = attributes.iter().map(|attribute| get(attribute)).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(", ")
    };
    const MORE_LINES: &[&str] = &["ADDR_LINE2", "ADDR_LINE3", "ADDR_LINE4", "ADDR_LINE5", "ADDR_LINE6"];
    let lines = joined(&[&["ADDR_LINE1"], MORE_LINES].concat());
    let place = joined(&["ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE"]);
    let parts = [lines.as_str(), place.as_str(), get("ADDR_COUNTRY")];
    let parsed = parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let full = if get("ADDR_FULL").is_empty() { parsed } else { get("ADDR_FULL").to_owned() };
    let Some(mut address) = draft.part("Address", &format!("address-{}", draft.n_addresses + 1)) else {
        return;
    };
    if full.is_empty() {
        return log.note("empty_address", "an address says nothing but its use");
    }
    draft.n_addresses += 1;
    log.put(&mut address, "full", full.as_str());
    log.put(&mut address, "street", get("ADDR_LINE1"));
    log.put(&mut address, "street2", joined(MORE_LINES));
    log.put(&mut address, "city", get("ADDR_CITY"));
    log.put(&mut address, "state", get("ADDR_STATE"));
    log.put(&mut address, "postalCode", get("ADDR_POSTAL_CODE"));
    log.put_country(&mut address, "country", get("ADDR_COUNTRY"));
    log.put(&mut address, "remarks", feature.get("ADDR_TYPE").unwrap_or(&feature.usage));
    if full != get("ADDR_COUNTRY") {
        log.put(&mut draft.party, "address", full);
    }
    if let Some(country) = address.first("country") {
        log.put(&mut draft.party, "country", country);
    }
    log.put(&mut draft.party, "addressEntity", address.id.as_str());
    draft.parts.push(address);
}

fn put_single(party: &mut Entity, feature: &Feature<'_>, log: &mut Log) {
    let Some((rule, name, text)) = single(feature) else { return };
    let text = text.as_str();
    match rule {
        Single::Property(properties) => {
            let known = properties.iter().find(|property| party.schema.property(property).is_some());
            match known {
                Some(property) => {
                    note_validity(property, text, log);
                    log.put(party, property, text);
                }
                None => keep_without_property(party, name, text, log),
            }
        }
        Single::Country(property) => log.put_country(party, property, text),
        Single::Gender => {
            let gender = match text.to_ascii_uppercase().as_str() {
                "M" | "MALE" => "male",
                "F" | "FEMALE" => "female",
                _ => text,
            };
            log.put(party, "gender", gender);
        }
        Single::RecordType => {
            if schema_of_type(text).is_none() {
                keep_as_note(party, name, text);
            }
        }
        Single::Referent(prefix) => {
            let referent = format!("{prefix}{text}");
            if party.referents.len() >= limits::VALUES_PER_PROPERTY_MAX {
                let max = limits::VALUES_PER_PROPERTY_MAX;
                log.value_lost("too_many_values", format!("there are more than {max} referents"));
            } else if !party.referents.contains(&referent) {
                party.referents.push(referent);
            }
        }
        Single::Note => keep_without_property(party, name, text, log),
    }
}

/// Keeps a text that the schema has no property for, and says so.
pub(super) fn keep_without_property(party: &mut Entity, name: &str, text: &str, log: &mut Log) {
    keep_as_note(party, name, text);
    log.note(
        "no_property",
        format!("{name} fits no property of a {}; it is kept as a note", party.schema.name),
    );
}

/// Notes a number whose form or check digits are wrong.
pub(super) fn note_validity(property: &str, text: &str, log: &mut Log) {
    if let Some(kind) = IdentifierKind::of_property(property) {
        log.note_validity(&Identifier::new(kind, text));
    }
}
