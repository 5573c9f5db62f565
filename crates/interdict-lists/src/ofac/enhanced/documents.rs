//! Which documents does a party hold? Each is the clause that the delimited set has in its remarks, and more.

use interdict_core::entity::Entity;

use super::dates as four_days;
use super::values::Values;
use crate::ofac::draft::Draft;
use crate::ofac::{apply, dates, unknown};
use crate::reading::Log;
use crate::xml::Element;

const KNOWN: &[&str] = &[
    "type",
    "name",
    "documentNumber",
    "isValid",
    "issuingCountry",
    "issuingAuthority",
    "issuingLocation",
    "issueDate",
    "expirationDate",
    "idFeatures",
    "comments",
];

/// Adds all documents of a section.
pub(super) fn put_all(draft: &mut Draft, section: &Element<'_>, values: &Values, log: &mut Log) {
    unknown::note(log, &mut draft.party, section, &["identityDocument"], &[]);
    for document in section.children.iter().filter(|child| child.name == "identityDocument") {
        unknown::note(log, &mut draft.party, document, KNOWN, &["id"]);
        let clause = clause(document, values);
        if clause.is_empty() {
            unknown::keep(log, &mut draft.party, document);
            continue;
        }
        let n_before = draft.documents.len();
        apply::clause(draft, &clause, log);
        let more = more(draft, document, values, log);
        match draft.documents.get_mut(n_before) {
            Some(entity) => put_more(entity, &more, log),
            None => more.iter().for_each(|(_, text)| draft.note(&format!("{clause}: {text}"), log)),
        }
    }
}

/// `Passport C 50905 (Malta) issued 08 May 2009 expires 07 May 2010`.
fn clause(document: &Element<'_>, values: &Values) -> String {
    let words = ["type", "documentNumber"].into_iter().filter_map(|name| document.line_of(name));
    let mut clause = words.collect::<Vec<_>>().join(" ");
    if let Some(country) = document.children.iter().find(|child| child.name == "issuingCountry") {
        clause.push_str(&format!(" ({})", values.country(country)));
    }
    for (element, word) in dates_of(document) {
        if let Some(date) = four_days::of(element) {
            clause.push_str(&format!(" {word} {}", dates::in_words(date)));
        }
    }
    clause
}

/// The dates of a document with the words for them.
fn dates_of<'e, 'a>(document: &'e Element<'a>) -> impl Iterator<Item = (&'e Element<'a>, &'static str)> {
    let words = [("issueDate", "issued"), ("expirationDate", "expires")];
    words.into_iter().flat_map(move |(name, word)| {
        document.children.iter().filter(move |child| child.name == name).map(move |child| (child, word))
    })
}

/// What the delimited set does not say of a document, by property.
fn more(
    draft: &Draft,
    document: &Element<'_>,
    values: &Values,
    log: &mut Log,
) -> Vec<(&'static str, String)> {
    let text = |name: &str| document.line_of(name).map(|text| text.into_owned());
    let country = text("issuingCountry");
    let place = text("issuingLocation").filter(|place| Some(place) != country.as_ref());
    let holder = text("name").filter(|name| draft.party.first("name") != Some(name));
    let is_invalid = text("isValid").as_deref() == Some("false");
    let mut descriptions = vec![
        place.map(|place| format!("Issued in {place}")),
        text("comments"),
        is_invalid.then(|| "Not valid".to_owned()),
        holder.map(|name| format!("In the name of {name}")),
    ];
    let features = document.children.iter().filter(|child| child.name == "idFeatures");
    let features =
        features.flat_map(|features| &features.children).filter(|feature| !feature.line().is_empty());
    descriptions.extend(features.map(|feature| Some(feature.line().into_owned())));
    let countries = document.children.iter().filter(|child| child.name == "issuingCountry");
    descriptions.extend(countries.map(|country| values.unknown_name(country)));
    for (element, _) in dates_of(document).filter(|(element, _)| four_days::of(element).is_none()) {
        log.value_lost(
            "bad_date",
            format!("the {} of a document is no date; it is kept as a note", element.name),
        );
        descriptions.push(Some(element.in_words()));
    }
    let descriptions = descriptions.into_iter().flatten().map(|text| ("description", text));
    text("issuingAuthority").map(|text| ("authority", text)).into_iter().chain(descriptions).collect()
}

fn put_more(entity: &mut Entity, more: &[(&'static str, String)], log: &mut Log) {
    more.iter().for_each(|(property, text)| log.put(entity, property, text));
}
