//! Who is the party of a record, and what is said of it?

use std::borrow::Cow;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::model::{self, Schema};

use super::countries::Country;
use super::{births, documents, names, places, regulations};
use crate::leftover;
use crate::ofac::has_legal_form;
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::text::{clip, fold};
use crate::xml::Element;

/// Attributes of parts that say nothing of the party.
pub(super) const BOOKKEEPING: &[&str] = &["logicalId", "regulationLanguage", "nameLanguage"];
const ATTRIBUTES: &[&str] =
    &["logicalId", "euReferenceNumber", "unitedNationId", "designationDate", "designationDetails"];
/// Words that tell a ship where a record has an IMO number.
const SHIP_WORDS: &[&str] =
    &["vessel", "ship type", "flag:", "flag state", "tanker", "cargo ship", "deadweight", "gross tonnage"];

/// A party and the parts of its record.
pub(super) struct Draft {
    pub(super) party: Entity,
    pub(super) sanctions: Vec<Entity>,
    pub(super) addresses: Vec<Entity>,
    pub(super) documents: Vec<Entity>,
}

/// The entities of one record, the party first.
pub(super) fn draft(
    reading: &mut Reading<'_>,
    record: &Element<'_>,
    log: &mut Log,
) -> Result<Vec<Entity>, Lost> {
    let names = names::Names::of(record);
    let name = names.primary().ok_or_else(|| Lost::new("no_name", "the record has no name"))?;
    let id = record_id(record, name, log);
    log.of_record(&id);
    let id = reading.unique(reading.ids_of.of_party(&id), log);
    let party = Entity::new(id, schema(record, &names, log));
    let mut draft = Draft { party, sanctions: Vec::new(), addresses: Vec::new(), documents: Vec::new() };
    names.put(log, &mut draft.party);
    if draft.party.first("name").is_none() {
        return Err(Lost::new("no_name", "the name of the record cannot be kept"));
    }
    log.put(&mut draft.party, "topics", "sanction");
    regulations::put_all(log, &mut draft, record);
    for child in &record.children {
        put_child(log, &mut draft, child);
    }
    put_attributes(log, &mut draft, record);
    Ok(draft.into_entities())
}

fn put_child(log: &mut Log, draft: &mut Draft, child: &Element<'_>) {
    match child.name.as_ref() {
        "birthdate" => births::put(log, &mut draft.party, child),
        "citizenship" => put_citizenship(log, &mut draft.party, child),
        "address" => places::put_address(log, draft, child),
        "identification" => documents::put(log, draft, child),
        "remark" => log.put(&mut draft.party, "notes", child.text().unwrap_or_default()),
        "subjectType" => {
            leftover::note(log, &mut draft.party, child, &[], &["code", "classificationCode", "logicalId"]);
        }
        "nameAlias" | "regulation" => {}
        _ => leftover::note_element(log, &mut draft.party, child),
    }
}

fn put_attributes(log: &mut Log, draft: &mut Draft, record: &Element<'_>) {
    if let Some(details) = value(record, "designationDetails") {
        keep_as_note(&mut draft.party, "designation", &details);
    }
    leftover::note_text(log, &mut draft.party, record);
    leftover::note_attributes(log, &mut draft.party, record, ATTRIBUTES);
}

fn put_citizenship(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    const ATTRIBUTES: &[&str] =
        &["region", "countryIso2Code", "countryDescription", "logicalId", "regulationLanguage"];
    Country::of(element).put(log, party, "nationality");
    if let Some(region) = value(element, "region") {
        keep_as_note(party, "nationality", &region);
    }
    put_remarks(log, party, "notes", element);
    leftover::note(log, party, element, &["remark", "regulationSummary"], ATTRIBUTES);
}

/// Adds the remarks of an element to a property.
pub(super) fn put_remarks(log: &mut Log, entity: &mut Entity, property: &str, element: &Element<'_>) {
    for remark in element.texts_of("remark") {
        log.put(entity, property, remark);
    }
}

/// The value of an attribute on one line; `None` when it says nothing.
pub(super) fn value<'e>(element: &'e Element<'_>, name: &str) -> Option<Cow<'e, str>> {
    let text = fold(element.attribute(name)?);
    (!matches!(text.as_ref(), "" | "-" | "null")).then_some(text)
}

/// Whether an attribute says yes.
pub(super) fn is_yes(element: &Element<'_>, name: &str) -> bool {
    value(element, name).is_some_and(|text| text.eq_ignore_ascii_case("true") || text == "1")
}

/// The reference number; the number of the record, or a digest of the name, where there is none.
fn record_id(record: &Element<'_>, name: &str, log: &mut Log) -> String {
    if let Some(reference) = value(record, "euReferenceNumber") {
        return reference.into_owned();
    }
    log.note("no_id", "the record has no EU reference number; its id is made of its number or its name");
    value(record, "logicalId")
        .map_or_else(|| Digest::of(name.as_bytes()).to_hex().chars().take(12).collect(), Cow::into_owned)
}

fn schema(record: &Element<'_>, names: &names::Names<'_>, log: &mut Log) -> &'static Schema {
    let subject = record.children("subjectType").next();
    let of = |name: &str| subject.and_then(|subject| value(subject, name)).unwrap_or_default();
    let (code, class) = (of("code"), of("classificationCode"));
    let is = |word: &str, letter: &str| {
        [&code, &class]
            .iter()
            .any(|given| given.eq_ignore_ascii_case(word) || given.eq_ignore_ascii_case(letter))
    };
    let name = if is("person", "P") {
        "Person"
    } else {
        if !is("enterprise", "E") {
            let given = clip(&code, 40);
            let reason = format!("the type of party {given:?} is not known; it was read as an organization");
            log.note("unknown_type", reason);
        }
        organization(record, names)
    };
    #[expect(clippy::expect_used, reason = "the names are written here and the model is part of the program")]
    model::schema(name).expect("the schema is in the model")
}

/// What a party that is no person is. Only what the record says makes it a ship or a company.
fn organization(record: &Element<'_>, names: &names::Names<'_>) -> &'static str {
    let is_company = names.strong().any(has_legal_form);
    if !is_company && is_ship(record) {
        "Vessel"
    } else if is_company {
        "Company"
    } else {
        "Organization"
    }
}

fn is_ship(record: &Element<'_>) -> bool {
    let mut texts: Vec<String> = record.texts_of("remark").collect();
    texts.extend(value(record, "designationDetails").map(Cow::into_owned));
    for name in record.children("nameAlias") {
        texts.extend(value(name, "function").map(Cow::into_owned));
        texts.extend(name.texts_of("remark"));
    }
    let text = texts.join(" ").to_lowercase();
    let has_number = text.contains("imo ")
        || text.contains("imo:")
        || record
            .children("identification")
            .any(|paper| value(paper, "identificationTypeCode").is_some_and(|code| code == "imo"));
    has_number && SHIP_WORDS.iter().any(|word| text.contains(word))
}

impl Draft {
    /// A part of the record with a number behind the id of the party.
    pub(super) fn part(&self, schema: &'static str, word: &str, n_before: usize) -> Entity {
        #[expect(
            clippy::expect_used,
            reason = "the names are written here and the model is part of the program"
        )]
        let schema = model::schema(schema).expect("the schema is in the model");
        Entity::new(format!("{}-{word}-{}", self.party.id, n_before + 1), schema)
    }

    fn into_entities(self) -> Vec<Entity> {
        let mut entities =
            Vec::with_capacity(1 + self.sanctions.len() + self.addresses.len() + self.documents.len());
        entities.push(self.party);
        entities.extend(self.sanctions);
        entities.extend(self.addresses);
        entities.extend(self.documents);
        entities
    }
}
