//! Who is the party of a record, and what is said of it?

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::model::{self, Schema};

use super::aliases::{names_in, put_alias};
use super::dates::{put_birth, put_day};
use super::{documents, places};
use crate::reading::{Log, Reading, keep_as_note};
use crate::text::{clip, fold};
use crate::xml::Element;

const AUTHORITY: &str = "United Nations Security Council";
const NAME_PARTS: [(&str, &str); 4] = [
    ("FIRST_NAME", "firstName"),
    ("SECOND_NAME", "secondName"),
    ("THIRD_NAME", "middleName"),
    ("FOURTH_NAME", "lastName"),
];
/// Bookkeeping of the publisher, which says nothing of the party.
const BOOKKEEPING: &[&str] = &["DATAID", "VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD"];
/// Words that make an organization a company wherever they stand in its name.
const COMPANY_WORDS: &[&str] = &["company", "limited", "ltd", "corporation", "llc", "gmbh"];
/// Legal forms, which stand at the end of a name; elsewhere such short words may mean anything.
const LEGAL_FORMS: &[&str] = &[
    "co",
    "corp",
    "inc",
    "incorporated",
    "plc",
    "sarl",
    "sprl",
    "sa",
    "ag",
    "bv",
    "nv",
    "jsc",
    "pjsc",
    "ojsc",
    "fze",
    "fzco",
    "pte",
    "pty",
    "bhd",
];

/// The entities of one record, the party first. `None` when it has no name at all.
pub(super) fn draft(reading: &mut Reading<'_>, record: &Element<'_>, log: &mut Log) -> Option<Vec<Entity>> {
    let names = names(record);
    let name = names.first()?;
    let id = record_id(reading, record, name, log);
    let id = reading.unique(id, log);
    let mut party = Entity::new(id, schema(record, name)?);
    log.put(&mut party, "name", name.as_str());
    for name in names.iter().skip(1) {
        log.put(&mut party, "alias", name.as_str());
    }
    put_original_script(log, &mut party, record);
    log.put(&mut party, "topics", "sanction");
    let mut sanction = sanction(&party)?;
    let mut parts = Vec::new();
    for element in &record.children {
        put_element(log, &mut party, &mut sanction, &mut parts, element);
    }
    note_loose(log, &mut party, record);
    put_gender_of_comments(log, &mut party);
    Some([party, sanction].into_iter().chain(parts).collect())
}

/// One element of the record, by its name.
fn put_element(
    log: &mut Log,
    party: &mut Entity,
    sanction: &mut Entity,
    parts: &mut Vec<Entity>,
    element: &Element<'_>,
) {
    let text = element.text().unwrap_or_default();
    let n_of = |schema: &str| 1 + parts.iter().filter(|part| part.schema.is_a(schema)).count();
    match element.name.as_ref() {
        name if name.ends_with("_ALIAS") => put_alias(log, party, element),
        name if name.ends_with("_ADDRESS") => {
            let id = format!("{}-address-{}", party.id, n_of("Address"));
            parts.extend(places::address(log, party, element, id));
        }
        name if name.ends_with("_DOCUMENT") => {
            let id = format!("{}-document-{}", party.id, n_of("Identification"));
            parts.extend(documents::document(log, party, element, id));
        }
        name if name.ends_with("_DATE_OF_BIRTH") => put_birth(log, party, element),
        name if name.ends_with("_PLACE_OF_BIRTH") => places::put_birth(log, party, element),
        "NATIONALITY" | "NATIONALITY2" => {
            values(log, party, element).iter().for_each(|value| log.put_country(party, "nationality", value));
        }
        "TITLE" => put_all(log, party, "title", element),
        "DESIGNATION" => put_all(log, party, "position", element),
        "GENDER" => put_gender(log, party, &text),
        "UN_LIST_TYPE" => {
            for entity in [&mut *party, &mut *sanction] {
                log.put(entity, "program", text.as_str());
                log.put(entity, "programId", text.as_str());
            }
        }
        "REFERENCE_NUMBER" => {
            log.put(sanction, "unscId", text.as_str());
            log.put(sanction, "authorityId", text);
        }
        "LISTED_ON" => put_day(log, sanction, "listingDate", &text),
        "DELISTED_ON" => put_day(log, sanction, "endDate", &text),
        "LAST_DAY_UPDATED" => {
            for value in values(log, party, element) {
                put_day(log, party, "modifiedAt", &value);
                put_day(log, sanction, "modifiedAt", &value);
            }
        }
        "SUBMITTED_BY" if !text.is_empty() => {
            log.put(sanction, "description", format!("Submitted by {text}"))
        }
        "SUBMITTED_ON" if !text.is_empty() => {
            log.put(sanction, "description", format!("Submitted on {text}"))
        }
        "COMMENTS1" => log.put(party, "notes", text),
        "NAME_ORIGINAL_SCRIPT" | "SUBMITTED_BY" | "SUBMITTED_ON" => {}
        name if NAME_PARTS.iter().any(|(part, _)| *part == name) => put_name_part(log, party, element),
        name if BOOKKEEPING.contains(&name) => {}
        _ => unknown(log, party, element),
    }
}

/// The name and, of an organization, the further names in the same field. A name in its own script or an alias stands in
/// where there is none.
fn names(record: &Element<'_>) -> Vec<String> {
    let parts: Vec<String> = NAME_PARTS.iter().flat_map(|(name, _)| record.texts_of(name)).collect();
    let joined = parts.join(" ");
    let names = match (joined.is_empty(), record.name == "ENTITY") {
        (true, _) => Vec::new(),
        (false, true) if joined.contains(';') => names_in(&joined),
        (false, _) => vec![joined],
    };
    if !names.is_empty() {
        return names;
    }
    let aliases = record.children.iter().filter(|child| child.name.ends_with("_ALIAS"));
    let stand_in = record.text_of("NAME_ORIGINAL_SCRIPT");
    let stand_in = stand_in.or_else(|| aliases.filter_map(|alias| alias.text_of("ALIAS_NAME")).next());
    stand_in.map(|name| names_in(&name)).unwrap_or_default()
}

/// `<list>-<DATAID>`; the reference number, or a digest of the name, where there is none.
fn record_id(reading: &Reading<'_>, record: &Element<'_>, name: &str, log: &mut Log) -> String {
    let id = record.text_of("DATAID").unwrap_or_else(|| {
        log.note("no_id", "the record has no DATAID; its id is made of its reference number or its name");
        let digest = || Digest::of(name.as_bytes()).to_hex();
        record.text_of("REFERENCE_NUMBER").unwrap_or_else(|| digest().chars().take(12).collect())
    });
    reading.ids_of.of_party(&id)
}

fn schema(record: &Element<'_>, name: &str) -> Option<&'static Schema> {
    let is_company = || {
        let name = name.replace('.', "").to_lowercase();
        let words =
            name.split(|char: char| !char.is_alphanumeric() && char != '(').filter(|word| !word.is_empty());
        let words: Vec<&str> = words.filter(|word| !word.starts_with('(')).collect();
        words.iter().any(|word| COMPANY_WORDS.contains(word))
            || words.last().is_some_and(|last| words.len() > 1 && LEGAL_FORMS.contains(last))
    };
    model::schema(match record.name.as_ref() {
        "INDIVIDUAL" => "Person",
        _ if is_company() => "Company",
        _ => "Organization",
    })
}

/// Names in their own script; a bracket behind one says which script it is.
fn put_original_script(log: &mut Log, party: &mut Entity, record: &Element<'_>) {
    for text in record.texts_of("NAME_ORIGINAL_SCRIPT") {
        let (name, remark) = text.split_once('(').unwrap_or((&text, ""));
        if party.first("name") != Some(name.trim()) {
            log.put(party, "alias", name.trim());
        }
        if !remark.is_empty() {
            keep_as_note(party, "alias", &text);
        }
    }
}

fn put_name_part(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    if !party.schema.is_a("Person") {
        return; // the name of an organization is one text, in `name`
    }
    let property = NAME_PARTS.iter().find(|(part, _)| element.name == *part).map(|(_, property)| *property);
    if let (Some(property), Some(text)) = (property, element.text()) {
        log.put(party, property, text);
    }
}

fn sanction(party: &Entity) -> Option<Entity> {
    let mut sanction = Entity::new(format!("{}-sanction-1", party.id), model::schema("Sanction")?);
    sanction.add("entity", party.id.as_str()).ok()?;
    sanction.add("authority", AUTHORITY).ok()?;
    Some(sanction)
}

/// The texts of an element that holds several: those of its `VALUE` elements, and its own.
fn values(log: &mut Log, party: &mut Entity, element: &Element<'_>) -> Vec<String> {
    for child in element.children.iter().filter(|child| child.name != "VALUE") {
        unknown(log, party, child);
    }
    element.text().into_iter().chain(element.texts_of("VALUE")).collect()
}

fn put_all(log: &mut Log, party: &mut Entity, property: &str, element: &Element<'_>) {
    for value in values(log, party, element) {
        log.put(party, property, value);
    }
}

fn put_gender(log: &mut Log, party: &mut Entity, text: &str) {
    let gender = text.to_lowercase();
    if gender != "unknown" {
        log.put(party, "gender", gender);
    }
}

/// Many records say the gender only among the comments: `Gender: male.`
fn put_gender_of_comments(log: &mut Log, party: &mut Entity) {
    if !party.schema.is_a("Person") || party.first("gender").is_some() {
        return;
    }
    let notes = party.get("notes").join(" ").to_lowercase();
    let word = notes.split("gender:").nth(1).and_then(|rest| rest.split_whitespace().next());
    let word = word.map(|word| word.trim_matches(|char: char| !char.is_alphabetic()));
    if let Some(gender) = word.filter(|word| matches!(*word, "male" | "female")) {
        log.put(party, "gender", gender);
    }
}

/// Notes what an element holds besides the children that are known, and keeps its text.
pub(super) fn note_unknown(log: &mut Log, party: &mut Entity, element: &Element<'_>, known: &[&str]) {
    for child in element.children.iter().filter(|child| !known.contains(&child.name.as_ref())) {
        unknown(log, party, child);
    }
    note_loose(log, party, element);
}

/// Notes text and attributes of an element that should have neither.
fn note_loose(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    if let Some(text) = element.text() {
        log.note("unknown_text", format!("{} holds text of its own; it is kept as a note", name_of(element)));
        keep_as_note(party, &element.name, &text);
    }
    for (key, value) in
        element.attributes.iter().filter(|(key, _)| !key.starts_with("xsi:") && !key.starts_with("xmlns"))
    {
        let key = clip(key, 60);
        log.note(
            "unknown_attribute",
            format!("{} has the attribute {key}; it is kept as a note", name_of(element)),
        );
        keep_as_note(party, key, &fold(value));
    }
}

fn unknown(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    if element.is_blank() {
        return;
    }
    log.note("unknown_element", format!("<{}> is not known; its text is kept as a note", name_of(element)));
    keep_as_note(party, "unknown", &element.in_words());
}

fn name_of<'e>(element: &'e Element<'_>) -> &'e str {
    clip(&element.name, 60)
}
