//! Which papers does a party have?

use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::model;

use super::information;
use super::places::Country;
use crate::leftover;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const CHILDREN: &[&str] =
    &["number", "issuer", "date-of-issue", "expiry-date", "place-of-issue", "remark", "remarks"];

/// A paper, and the number of the place where it was issued.
pub(super) struct Paper {
    pub(super) entity: Entity,
    pub(super) place: Option<String>,
}

/// The paper of an element, and its number on the party. `None` when it has no number or the party holds no papers.
pub(super) fn paper(
    log: &mut Log,
    party: &mut Entity,
    element: &Element<'_>,
    n_before: usize,
) -> Option<Paper> {
    leftover::note(log, party, element, CHILDREN, &["ssid", "document-type"]);
    let kind = element.attribute("document-type").unwrap_or_default();
    let Some(number) = element.text_of("number") else {
        let words = element.in_words();
        log.note("document_without_number", "a paper has no number; it is kept as a note");
        keep_as_note(party, "document", &words);
        return None;
    };
    let is_passport = kind.contains("passport");
    let register = if is_passport { IdentifierKind::Passport } else { register(kind) };
    log.put_identifier(party, register, &number);
    if !party.schema.is_a("LegalEntity") {
        keep_as_note(party, "document", &element.in_words());
        return None;
    }
    let schema = model::schema(if is_passport { "Passport" } else { "Identification" })?;
    let mut entity = Entity::new(format!("{}-document-{}", party.id, n_before + 1), schema);
    log.put(&mut entity, "holder", &party.id);
    log.put(&mut entity, "number", &number);
    if is_passport {
        log.put(&mut entity, "passportNumber", &number);
    }
    log.put(&mut entity, "type", kind.replace('-', " "));
    for issuer in element.children("issuer").filter_map(Country::of) {
        issuer.put(log, &mut entity, "country");
    }
    put_dates(log, &mut entity, element);
    for remark in element.texts_of("remark").chain(element.texts_of("remarks")) {
        log.put(&mut entity, "description", remark);
    }
    let place = element.children("place-of-issue").find_map(|place| place.attribute("place-id"));
    Some(Paper { entity, place: place.map(str::to_owned) })
}

fn register(kind: &str) -> IdentifierKind {
    if kind.contains("tax") || kind.contains("fiscal") {
        IdentifierKind::TaxNumber
    } else if kind.contains("registration") {
        IdentifierKind::Registration
    } else {
        IdentifierKind::NationalId
    }
}

fn put_dates(log: &mut Log, paper: &mut Entity, element: &Element<'_>) {
    for (name, property) in [("date-of-issue", "startDate"), ("expiry-date", "endDate")] {
        for text in element.texts_of(name) {
            match information::day(&text) {
                Some(date) => log.put(paper, property, date.to_string()),
                None => {
                    log.value_lost(
                        "bad_date",
                        format!("the {name} of a paper cannot be read; it is kept as a note"),
                    );
                    keep_as_note(paper, name, &text);
                }
            }
        }
    }
}
