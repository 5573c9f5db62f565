//! Which entities are the rows of a party?

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::identifier::IdentifierKind;
use interdict_core::model::{self, Schema};

use super::dates::{date_of_number, put_dates};
use super::{Row, information};
use crate::numbered::items;
use crate::ofac::has_legal_form;
use crate::parts::Parts;
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::text::{clip, fold};
use crate::{table, uk, written_dates};

const AUTHORITY: &str = "Department of Foreign Affairs and Trade";
/// The columns of which it is known what they hold.
pub(super) const KNOWN: &[&str] = &[
    "reference",
    "nameofindividualorentity",
    "type",
    "nametype",
    "aliasstrength",
    "dateofbirth",
    "placeofbirth",
    "citizenship",
    "address",
    "additionalinformation",
    "listinginformation",
    "imonumber",
    "committees",
    "controldate",
    "instrumentofdesignation",
    "targetedfinancialsanction",
    "travelban",
    "armsembargo",
    "maritimerestriction",
];
/// The columns that say which measures apply, with their words.
const MEASURES: &[(&str, &str)] = &[
    ("targetedfinancialsanction", "Targeted financial sanction"),
    ("travelban", "Travel ban"),
    ("armsembargo", "Arms embargo"),
    ("maritimerestriction", "Maritime restriction"),
];

/// The property of a type of name.
pub(super) fn name_property(kind: &str) -> Option<&'static str> {
    Some(match table::key(kind).as_str() {
        "primaryname" | "primary" => "name",
        "aka" | "originalscript" | "alias" | "alsoknownas" => "alias",
        "formerlyknownas" | "previouslylistedas" | "fka" | "formername" => "previousName",
        _ => return None,
    })
}

/// The entities of a party, it first.
pub(super) fn entities(
    reading: &mut Reading<'_>,
    number: &str,
    rows: &[Row],
    log: &mut Log,
) -> Result<Vec<Entity>, Lost> {
    let names = names(rows, log);
    let Some((_, name)) = names.first() else {
        return Err(Lost::new("no_name", "the record has no name"));
    };
    let unknown_schema = || Lost::new("unknown_schema", "the model has no schema for it");
    let schema = schema(rows, name, log).ok_or_else(unknown_schema)?;
    let id = reading.unique(reading.ids_of.of_party(number), log);
    let mut party = Entity::new(id, schema);
    for (property, name) in &names {
        put_name(log, &mut party, property, name);
    }
    log.put(&mut party, "topics", "sanction");
    let mut sanction = sanction(log, &party, number).ok_or_else(unknown_schema)?;
    let mut parts = Parts::default();
    for (key, written, text) in distinct(rows) {
        put(log, &mut party, &mut sanction, &mut parts, (key, written, text));
    }
    Ok([party, sanction].into_iter().chain(parts).collect())
}

/// What the rows say, each once.
fn distinct(rows: &[Row]) -> Vec<(&str, &str, &str)> {
    let mut seen = std::collections::HashSet::new();
    let fields = rows.iter().flatten().map(|(key, name, text)| (key.as_str(), name.as_str(), text.as_str()));
    fields.filter(|(key, _, text)| seen.insert((*key, *text))).collect()
}

fn text_of<'r>(row: &'r Row, key: &str) -> &'r str {
    row.iter().find(|(known, ..)| known == key).map_or("", |(_, _, text)| text)
}

/// The names with their properties, the primary one first.
fn names(rows: &[Row], log: &mut Log) -> Vec<(&'static str, String)> {
    let mut names = Vec::new();
    for row in rows {
        let name = fold(text_of(row, "nameofindividualorentity")).into_owned();
        let kind = text_of(row, "nametype");
        let mut property = name_property(kind).unwrap_or_else(|| {
            let kind = clip(kind, 40);
            log.note(
                "unknown_type",
                format!("the type {kind:?} of a name is not known; it is taken as an alias"),
            );
            "alias"
        });
        let former = ["(previously listed as)", "(formerly listed as)"]
            .iter()
            .find_map(|words| name.strip_suffix(words));
        if former.is_some() {
            property = "previousName";
        } else if property == "alias" && text_of(row, "aliasstrength").eq_ignore_ascii_case("weak") {
            property = "weakAlias";
        }
        let name = former.unwrap_or(&name).trim();
        if name.contains(char::is_alphanumeric) {
            names.push((property, name.to_owned()));
        }
    }
    names.sort_by_key(|(property, _)| *property != "name"); // stable: the others stay in order
    if let Some((property, _)) = names.first_mut()
        && *property != "name"
    {
        log.note("no_primary_name", "no name is the primary one; another stands in for it");
        *property = "name";
    }
    names
}

/// Adds a name as published; a comma in a person's stands behind the family name.
fn put_name(log: &mut Log, party: &mut Entity, property: &str, name: &str) {
    log.put(party, property, name);
    if let Some((last, first)) = name.split_once(',').filter(|(_, first)| !first.contains(','))
        && party.schema.is_a("Person")
    {
        log.put(party, "lastName", last);
        log.put(party, "firstName", first);
    }
}

fn schema(rows: &[Row], name: &str, log: &mut Log) -> Option<&'static Schema> {
    let kinds: Vec<String> = rows.iter().map(|row| table::key(text_of(row, "type"))).collect();
    let is = |wanted: &[&str]| kinds.iter().any(|kind| wanted.contains(&kind.as_str()));
    model::schema(if is(&["individual", "person"]) {
        "Person"
    } else if is(&["vessel", "ship"]) {
        "Vessel"
    } else {
        if !is(&["entity"]) {
            log.note("unknown_type", "the type of the party is not known; it is taken as an entity");
        }
        if has_legal_form(name) { "Company" } else { "Organization" }
    })
}

fn sanction(log: &mut Log, party: &Entity, number: &str) -> Option<Entity> {
    let mut sanction = Entity::new(format!("{}-sanction-1", party.id), model::schema("Sanction")?);
    log.put(&mut sanction, "entity", party.id.as_str());
    log.put(&mut sanction, "authority", AUTHORITY);
    log.put(&mut sanction, "country", "au");
    log.put(&mut sanction, "authorityId", number);
    Some(sanction)
}

/// Puts one field in its place.
fn put(
    log: &mut Log,
    party: &mut Entity,
    sanction: &mut Entity,
    parts: &mut Parts,
    (key, written, text): (&str, &str, &str),
) {
    let text = text.replace("_x000D_", " ");
    let text = text.trim();
    let is_nothing = ["na", "n/a", "none", "unknown"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_nothing || !text.contains(char::is_alphanumeric) {
        return;
    }
    match key {
        "reference" | "nameofindividualorentity" | "type" | "nametype" | "aliasstrength" => {}
        "dateofbirth" if party.schema.is_a("Person") => put_dates(log, party, "birthDate", text),
        "placeofbirth" if party.schema.is_a("Person") => put_birth_places(log, party, text),
        "citizenship" => {
            for text in items(text).into_iter().flat_map(|item| item.split([';', '\n'])).map(str::trim) {
                uk::put_countries(log, party, "citizenship", text);
            }
        }
        "address" => put_addresses(log, party, parts, text),
        "additionalinformation" => {
            log.put(party, "notes", fold(text));
            information::put(log, party, parts, text);
        }
        "listinginformation" | "instrumentofdesignation" => put_listing(log, sanction, text),
        "imonumber" => log.put_identifier(party, IdentifierKind::Imo, text),
        "committees" => {
            for entity in [party, sanction] {
                log.put(entity, "program", text);
                log.put(entity, "programId", text);
            }
        }
        "controldate" => {
            for entity in [party, sanction] {
                put_dates(log, entity, "modifiedAt", text);
            }
        }
        _ => match MEASURES.iter().find(|(known, _)| *known == key) {
            Some((_, words)) => put_measure(log, sanction, words, text),
            None => keep_as_note(party, clip(written, 60), text),
        },
    }
}

fn put_measure(log: &mut Log, sanction: &mut Entity, words: &str, text: &str) {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => log.put(sanction, "provisions", words),
        "false" | "no" | "n" | "0" => {}
        _ => log.put(sanction, "provisions", format!("{words}: {text}")),
    }
}

fn put_birth_places(log: &mut Log, party: &mut Entity, text: &str) {
    for place in items(text).into_iter().flat_map(|item| item.split(';')) {
        let place = fold(place);
        log.put(party, "birthPlace", place.as_ref());
        if let Some(code) = country_at_end(&place) {
            log.put(party, "birthCountry", code);
        }
    }
}

/// The country that the last part of a place names: all of it, or what stands behind one of its commas.
fn country_at_end(place: &str) -> Option<&'static str> {
    let place = place.split('(').next().unwrap_or(place);
    let place = place.trim_matches(|char: char| char.is_whitespace() || matches!(char, ',' | '.'));
    let ends = std::iter::once(0).chain(place.match_indices(',').map(|(at, _)| at + 1));
    ends.filter_map(|start| place.get(start..).map(str::trim))
        .filter(|end| end.len() > 3)
        .find_map(country::code)
}

fn put_addresses(log: &mut Log, party: &mut Entity, parts: &mut Parts, text: &str) {
    let text = text.strip_prefix("Address:").unwrap_or(text);
    for piece in items(text).into_iter().flat_map(|item| item.split(';')) {
        let full = fold(piece);
        let full = full.trim_matches(|char: char| char.is_whitespace() || matches!(char, ',' | '.'));
        let full = full.strip_prefix("Branch Address:").unwrap_or(full).trim();
        if !full.contains(char::is_alphanumeric) {
            continue;
        }
        let main = full.split('(').next().unwrap_or(full).trim();
        if !uk::country_codes(main).is_empty() {
            uk::put_countries(log, party, "country", main);
            if main != full {
                keep_as_note(party, "country", full);
            }
            continue;
        }
        put_address(log, party, parts, full);
    }
}

fn put_address(log: &mut Log, party: &mut Entity, parts: &mut Parts, full: &str) {
    let Some(schema) = model::schema("Address") else { return };
    let mut address = Entity::new(parts.next_id(party, "address"), schema);
    log.put(&mut address, "full", full);
    if let Some(code) = country_at_end(full) {
        log.put(&mut address, "country", code);
        log.put(party, "country", code);
    }
    log.put(party, "address", full);
    log.put(party, "addressEntity", address.id.as_str());
    parts.push("address", address);
}

/// The text, and the date when it begins with one: `Listed on 16 May 2014 (amended …)`.
fn put_listing(log: &mut Log, sanction: &mut Entity, text: &str) {
    if let Some(date) = date_of_number(text).or_else(|| written_dates::date(text)) {
        return log.put(sanction, "listingDate", date.to_string());
    }
    log.put(sanction, "description", fold(text));
    let rest = ["First listed on", "Listed on"].iter().find_map(|words| text.strip_prefix(words));
    let words = rest.map(|rest| {
        rest.trim_start_matches([':', ' ']).split_whitespace().take(3).collect::<Vec<_>>().join(" ")
    });
    if let Some(date) = words.and_then(|words| written_dates::date(&words)) {
        log.put(sanction, "listingDate", date.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_at_the_end() {
        for (place, code) in [
            ("Moscow, Russia", Some("ru")),
            ("Somalia", Some("so")),
            ("Pyongyang, Democratic People's Republic of Korea.", Some("kp")),
            ("Cairo, Egypt (location as at 2015)", Some("eg")),
            ("Moscow", None),
            ("", None),
        ] {
            assert_eq!(country_at_end(place), code, "{place}");
        }
    }
}
