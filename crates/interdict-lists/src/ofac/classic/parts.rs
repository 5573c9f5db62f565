//! What do the lists within an entry say: programs, aliases, addresses, documents and all that the delimited set has as a
//! clause?

use std::borrow::Cow;

use crate::ofac::addresses::{self, Place};
use crate::ofac::draft::Draft;
use crate::ofac::party::{self, AliasQuality, VesselColumn};
use crate::ofac::{dates, unknown};
use crate::reading::Log;
use crate::text::clip;
use crate::xml::Element;

/// A list whose items are clauses: its name, that of an item, that of the text, and the label of the clause.
const CLAUSES: [(&str, &str, &str, &str); 4] = [
    ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "DOB"),
    ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "POB"),
    ("nationalityList", "nationality", "country", "nationality"),
    ("citizenshipList", "citizenship", "country", "citizen"),
];

/// Everything that the delimited set has as a clause in front of the remarks.
pub(super) fn clauses(entry: &Element<'_>) -> Vec<String> {
    let mut clauses = Vec::new();
    for child in &entry.children {
        if child.name == "idList" {
            clauses.extend(child.children.iter().filter(|id| id.name == "id").map(number));
        }
        let Some((_, item, text, label)) = CLAUSES.iter().find(|(list, ..)| child.name == *list) else {
            continue;
        };
        let mut items: Vec<&Element<'_>> =
            child.children.iter().filter(|found| found.name == *item).collect();
        items.sort_by_key(|item| item.line_of("mainEntry").as_deref() != Some("true"));
        let texts = items.into_iter().filter_map(|item| item.line_of(text));
        clauses.extend(texts.map(|text| format!("{label} {text}")));
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// `Passport C 50905 (Malta) issued 08 May 2009 expires 07 May 2010`.
fn number(id: &Element<'_>) -> String {
    let mut clause = [id.line_of("idType"), id.line_of("idNumber")]
        .into_iter()
        .flatten()
        .collect::<Vec<Cow<'_, str>>>()
        .join(" ");
    if let Some(country) = id.line_of("idCountry") {
        clause.push_str(&format!(" ({country})"));
    }
    for (name, word) in [("issueDate", "issued"), ("expirationDate", "expires")] {
        if let Some(date) = id.line_of(name) {
            let date = dates::any(&date).map(dates::in_words).map_or(date, Cow::Owned);
            clause.push_str(&format!(" {word} {date}"));
        }
    }
    clause
}

/// What an item of a list may hold, by the name of the item.
const KNOWN: [(&str, &[&str]); 5] = [
    ("id", &["uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"]),
    ("dateOfBirthItem", &["uid", "dateOfBirth", "mainEntry"]),
    ("placeOfBirthItem", &["uid", "placeOfBirth", "mainEntry"]),
    ("nationality", &["uid", "country", "mainEntry"]),
    ("citizenship", &["uid", "country", "mainEntry"]),
];

/// Notes what a list of clauses holds besides them.
pub(super) fn note_unknown(draft: &mut Draft, list: &Element<'_>, log: &mut Log) {
    for item in &list.children {
        match KNOWN.iter().find(|(name, _)| item.name == *name) {
            Some((_, known)) => unknown::note(log, &mut draft.party, item, known, &[]),
            None => unknown::keep(log, &mut draft.party, item),
        }
    }
}

pub(super) fn programs(draft: &mut Draft, list: &Element<'_>, log: &mut Log) {
    unknown::note(log, &mut draft.party, list, &["program"], &[]);
    for program in list.children.iter().filter(|child| child.name == "program") {
        party::add_program(draft, &program.line(), log);
    }
}

pub(super) fn aliases(draft: &mut Draft, list: &Element<'_>, log: &mut Log) {
    unknown::note(log, &mut draft.party, list, &["aka"], &[]);
    for aka in list.children.iter().filter(|child| child.name == "aka") {
        unknown::note(log, &mut draft.party, aka, &["uid", "type", "category", "lastName", "firstName"], &[]);
        alias(draft, aka, log);
    }
}

fn alias(draft: &mut Draft, aka: &Element<'_>, log: &mut Log) {
    let name = super::entry::name(aka);
    if name.is_empty() {
        return log.note("no_name", "an alias has no name");
    }
    let kind = aka.line_of("type").unwrap_or_default();
    let category = aka.line_of("category").unwrap_or_default();
    let is_weak = category.eq_ignore_ascii_case("weak");
    if !is_weak && !matches!(category.as_ref(), "strong" | "") {
        let category = clip(&category, 40);
        log.note(
            "unknown_quality",
            format!("the category of alias {category:?} is not known; it is read as strong"),
        );
    }
    let quality = if is_weak { AliasQuality::Weak } else { AliasQuality::Strong };
    party::add_alias(draft, &kind, quality, &name, log);
}

const ADDRESS: &[&str] =
    &["uid", "address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"];

pub(super) fn addresses(draft: &mut Draft, list: &Element<'_>, log: &mut Log) {
    unknown::note(log, &mut draft.party, list, &["address"], &[]);
    for address in list.children.iter().filter(|child| child.name == "address") {
        unknown::note(log, &mut draft.party, address, ADDRESS, &[]);
        let street = ["address1", "address2", "address3"].map(|name| address.line_of(name));
        let street = street.iter().flatten().map(Cow::as_ref).collect::<Vec<_>>().join(", ");
        let [city, state, code, country, number] =
            ["city", "stateOrProvince", "postalCode", "country", "uid"].map(|name| address.line_of(name));
        let town = addresses::town(city.as_deref(), state.as_deref(), code.as_deref());
        let parts = [("city", &city), ("state", &state), ("postalCode", &code)];
        let parts: Vec<(&str, &str)> =
            parts.iter().filter_map(|(property, text)| Some((*property, text.as_deref()?))).collect();
        let place = Place {
            number: number.as_deref().unwrap_or_default(),
            street: Some(street.as_str()).filter(|street| !street.is_empty()),
            town: Some(town.as_str()).filter(|town| !town.is_empty()),
            town_parts: &parts,
            country: country.as_deref(),
            remarks: None,
        };
        addresses::add_numbered(draft, place, log);
    }
}

/// The elements of ships with their columns.
const VESSEL: [(&str, VesselColumn); 6] = [
    ("callSign", VesselColumn::CallSign),
    ("vesselType", VesselColumn::Type),
    ("vesselFlag", VesselColumn::Flag),
    ("vesselOwner", VesselColumn::Owner),
    ("tonnage", VesselColumn::Tonnage),
    ("grossRegisteredTonnage", VesselColumn::GrossTonnage),
];

pub(super) fn vessel(draft: &mut Draft, info: &Element<'_>, log: &mut Log) {
    for child in &info.children {
        let line = child.line();
        match VESSEL.iter().find(|(name, _)| child.name == *name) {
            Some((_, column)) if !line.is_empty() => party::add_vessel_column(draft, *column, &line, log),
            Some(_) => {}
            None => unknown::keep(log, &mut draft.party, child),
        }
    }
}
