//! Where does a party live, and where was a person born?

use interdict_core::entity::Entity;
use interdict_core::model;

use super::party::note_unknown;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const KNOWN: &[&str] = &["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"];

/// The entity of an address, and what it says on the party. `None` when there is only a note, which the party keeps.
pub(super) fn address(
    log: &mut Log,
    party: &mut Entity,
    element: &Element<'_>,
    id: String,
) -> Option<Entity> {
    note_unknown(log, party, element, KNOWN);
    let note = element.text_of("NOTE");
    let full = one_line(element);
    if full.is_empty() {
        if let Some(note) = note {
            keep_as_note(party, "address", &note);
        }
        return None;
    }
    let mut address = Entity::new(id, model::schema("Address")?);
    let fields =
        [("STREET", "street"), ("CITY", "city"), ("STATE_PROVINCE", "state"), ("ZIP_CODE", "postalCode")];
    for (name, property) in fields {
        for text in element.texts_of(name) {
            log.put(&mut address, property, text);
        }
    }
    for country in element.texts_of("COUNTRY") {
        log.put_country(party, "country", &country);
        // Whatever is wrong with it was said of the party.
        if let Some(code) = interdict_core::country::code(&country) {
            log.put(&mut address, "country", code);
        }
    }
    log.put(&mut address, "remarks", note.unwrap_or_default());
    log.put(party, "address", full.as_str());
    log.put(&mut address, "full", full);
    log.put(party, "addressEntity", address.id.as_str());
    Some(address)
}

/// Adds a place of birth.
pub(super) fn put_birth(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    note_unknown(log, party, element, KNOWN);
    log.put(party, "birthPlace", one_line(element));
    for country in element.texts_of("COUNTRY") {
        log.put_country(party, "birthCountry", &country);
    }
    if let Some(note) = element.text_of("NOTE") {
        keep_as_note(party, "birthPlace", &note);
    }
}

/// Street, city, postal code with state, country.
fn one_line(element: &Element<'_>) -> String {
    let region: Vec<String> =
        element.texts_of("STATE_PROVINCE").chain(element.texts_of("ZIP_CODE")).collect();
    let mut parts: Vec<String> = element.texts_of("STREET").chain(element.texts_of("CITY")).collect();
    parts.push(region.join(" "));
    parts.extend(element.texts_of("COUNTRY"));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
