//! Who is the party of a target, and what is said of it?

use std::borrow::Cow;
use std::collections::HashMap;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::model;

use super::births;
use super::documents::{self, Paper};
use super::information;
use super::listing::Listing;
use super::names::Name;
use super::places::Country;
use crate::leftover;
use crate::ofac::has_legal_form;
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::text::clip;
use crate::xml::Element;

const BODIES: &[&str] = &["individual", "entity", "object"];

/// What is known of a target before the places are.
pub(super) struct Target {
    /// Its number in the file.
    pub(super) ssid: String,
    pub(super) party: Entity,
    pub(super) listing: Listing,
    pub(super) sets: Vec<String>,
    pub(super) foreign: Vec<String>,
    pub(super) reasons: Vec<String>,
    pub(super) births: Vec<String>,
    pub(super) addresses: Vec<Address>,
    pub(super) papers: Vec<Paper>,
    pub(super) relations: Vec<Relation>,
}

/// An address, and the number of its place.
pub(super) struct Address {
    pub(super) entity: Entity,
    pub(super) place: Option<String>,
}

/// Another target that this one has to do with.
pub(super) struct Relation {
    pub(super) target: String,
    pub(super) kind: String,
    pub(super) remarks: Vec<String>,
}

/// The ids of the parties by the numbers of their targets.
pub(super) fn ids<'t>(targets: impl Iterator<Item = &'t Target>) -> HashMap<String, String> {
    targets.map(|target| (target.ssid.clone(), target.party.id.clone())).collect()
}

/// Reads a target as far as it can be without the places.
pub(super) fn draft(
    reading: &mut Reading<'_>,
    element: &Element<'_>,
    listing: Listing,
    log: &mut Log,
) -> Result<Target, Lost> {
    let body = element.children.iter().find(|child| BODIES.contains(&child.name.as_ref()));
    let body =
        body.ok_or_else(|| Lost::new("unknown_target", "the target is no individual, entity or object"))?;
    let names = Name::all(body);
    let best = names.iter().filter(|name| name.whole().is_some()).min_by_key(|name| name.rank());
    let name = best.and_then(Name::whole).ok_or_else(|| Lost::new("no_name", "the target has no name"))?;
    let ssid = element.attribute("ssid").map(str::trim).unwrap_or_default().to_owned();
    let record = if ssid.is_empty() {
        log.note("no_id", "the target has no ssid; its id is made of its name");
        Cow::Owned(Digest::of(name.as_bytes()).to_hex().chars().take(12).collect())
    } else {
        Cow::Borrowed(ssid.as_str())
    };
    log.of_record(&record);
    let id = reading.unique(reading.ids_of.of_party(&record), log);
    let mut party = new(id, schema(body, &name, log));
    log.put(&mut party, "name", &name);
    if party.first("name").is_none() {
        return Err(Lost::new("no_name", "the name of the target cannot be kept"));
    }
    names.iter().for_each(|name| name.put(log, &mut party));
    log.put(&mut party, "topics", "sanction");
    let mut target = Target::new(ssid, party, listing);
    target.put_target(log, element);
    target.put_body(log, body);
    Ok(target)
}

/// An entity of a schema of the model.
pub(super) fn new(id: String, schema: &'static str) -> Entity {
    #[expect(clippy::expect_used, reason = "the names are written here and the model is part of the program")]
    Entity::new(id, model::schema(schema).expect("the schema is in the model"))
}

fn schema(body: &Element<'_>, name: &str, log: &mut Log) -> &'static str {
    match body.name.as_ref() {
        "individual" => "Person",
        "object" => match body.attribute("object-type").unwrap_or_default() {
            "vessel" | "ship" => "Vessel",
            "aircraft" | "airplane" => "Airplane",
            other => {
                let kind = clip(other, 40);
                log.note(
                    "unknown_type",
                    format!("the type of object {kind:?} is not known; it was read as a ship"),
                );
                "Vessel"
            }
        },
        _ if has_legal_form(name) => "Company",
        _ => "Organization",
    }
}

impl Target {
    fn new(ssid: String, party: Entity, listing: Listing) -> Self {
        Self {
            ssid,
            party,
            listing,
            sets: Vec::new(),
            foreign: Vec::new(),
            reasons: Vec::new(),
            births: Vec::new(),
            addresses: Vec::new(),
            papers: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// What stands beside the individual, entity or object.
    fn put_target(&mut self, log: &mut Log, element: &Element<'_>) {
        self.sets.extend(element.attribute("sanctions-set-id").map(|set| set.trim().to_owned()));
        let mut has_body = false;
        for child in &element.children {
            match child.name.as_ref() {
                "sanctions-set-id" => self.sets.extend(child.text()),
                "foreign-identifier" => self.foreign.extend(child.text()),
                "generic-attribute" => {
                    let name = child.attribute("name").unwrap_or("generic-attribute");
                    keep_as_note(&mut self.party, clip(name, 60), &child.text().unwrap_or_default());
                }
                "modification" => {}
                name if BODIES.contains(&name) && !has_body => has_body = true,
                _ => leftover::note_element(log, &mut self.party, child),
            }
        }
        self.sets.dedup();
        leftover::note_text(log, &mut self.party, element);
        leftover::note_attributes(log, &mut self.party, element, &["ssid", "sanctions-set-id"]);
        for text in &self.listing.not_known {
            log.note(
                "unknown_modification",
                "a modification has a kind or a date that is not known; it is kept as a note",
            );
            keep_as_note(&mut self.party, "modification", text);
        }
    }

    fn put_body(&mut self, log: &mut Log, body: &Element<'_>) {
        for child in &body.children {
            match child.name.as_ref() {
                "identity" => self.put_identity(log, child),
                "justification" => self.reasons.extend(child.text()),
                "other-information" => {
                    information::put(log, &mut self.party, &child.text().unwrap_or_default());
                }
                "relation" => self.put_relation(log, child),
                _ => leftover::note_element(log, &mut self.party, child),
            }
        }
        if let Some(sex) = body.attribute("sex").map(str::trim).filter(|sex| !sex.is_empty()) {
            match sex.to_lowercase().as_str() {
                gender @ ("male" | "female") => log.put(&mut self.party, "gender", gender),
                _ => keep_as_note(&mut self.party, "sex", sex),
            }
        }
        leftover::note_text(log, &mut self.party, body);
        leftover::note_attributes(log, &mut self.party, body, &["sex", "object-type", "ssid"]);
    }

    fn put_identity(&mut self, log: &mut Log, identity: &Element<'_>) {
        for child in &identity.children {
            match child.name.as_ref() {
                "name" => {}
                "nationality" => self.put_nationality(log, child),
                "day-month-year" => births::put(log, &mut self.party, child),
                "place-of-birth" => self.put_birth_place(log, child),
                "address" => self.put_address(log, child),
                "identification-document" => {
                    let paper = documents::paper(log, &mut self.party, child, self.papers.len());
                    self.papers.extend(paper);
                }
                _ => leftover::note_element(log, &mut self.party, child),
            }
        }
        leftover::note_text(log, &mut self.party, identity);
        leftover::note_attributes(log, &mut self.party, identity, &["ssid", "main"]);
    }

    fn put_nationality(&mut self, log: &mut Log, element: &Element<'_>) {
        for country in element.children("country").filter_map(Country::of) {
            country.put(log, &mut self.party, "nationality");
        }
        leftover::note(log, &mut self.party, element, &["country"], &["ssid"]);
    }

    fn put_birth_place(&mut self, log: &mut Log, element: &Element<'_>) {
        self.births.extend(element.attribute("place-id").map(str::to_owned));
        leftover::note(log, &mut self.party, element, &[], &["ssid", "place-id", "quality"]);
    }

    fn put_address(&mut self, log: &mut Log, element: &Element<'_>) {
        const CHILDREN: &[&str] = &["address-details", "c-o", "p-o-box", "zip-code", "remark", "remarks"];
        let mut address = new(format!("{}-address-{}", self.party.id, self.addresses.len() + 1), "Address");
        for (name, property) in [
            ("address-details", "street"),
            ("p-o-box", "postOfficeBox"),
            ("zip-code", "postalCode"),
            ("c-o", "summary"),
        ] {
            for text in element.texts_of(name) {
                log.put(&mut address, property, text);
            }
        }
        for remark in element.texts_of("remark").chain(element.texts_of("remarks")) {
            log.put(&mut address, "remarks", remark);
        }
        if element.attribute("current") == Some("false") {
            log.put(&mut address, "remarks", "Not the current address");
        }
        leftover::note(
            log,
            &mut self.party,
            element,
            CHILDREN,
            &["ssid", "place-id", "quality", "current", "main"],
        );
        let place = element.attribute("place-id").map(str::to_owned);
        self.addresses.push(Address { entity: address, place });
    }

    fn put_relation(&mut self, log: &mut Log, element: &Element<'_>) {
        let of = |name: &str| element.attribute(name).map(str::trim).unwrap_or_default().to_owned();
        let remarks = element.texts_of("remark").chain(element.texts_of("remarks")).collect();
        self.relations.push(Relation { target: of("target-id"), kind: of("relation-type"), remarks });
        leftover::note(
            log,
            &mut self.party,
            element,
            &["remark", "remarks"],
            &["ssid", "target-id", "relation-type"],
        );
    }
}
