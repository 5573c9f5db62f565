//! Where does a party live? Addresses with their translations.

use std::borrow::Cow;

use super::values::Values;
use crate::ofac::addresses::{self, Parts, Place};
use crate::ofac::draft::Draft;
use crate::ofac::unknown;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const KNOWN: &[&str] = &["country", "translations"];
const TRANSLATION: &[&str] = &["isPrimary", "script", "addressParts"];
const STREETS: [&str; 3] = ["ADDRESS1", "ADDRESS2", "ADDRESS3"];
const CITY: &str = "CITY";
const STATE: &str = "STATE/PROVINCE";
const CODE: &str = "POSTAL CODE";
const REGION: &str = "REGION";

/// Adds all addresses of a section.
pub(super) fn put_all(draft: &mut Draft, section: &Element<'_>, values: &Values, log: &mut Log) {
    unknown::note(log, &mut draft.party, section, &["address"], &[]);
    for address in section.children.iter().filter(|child| child.name == "address") {
        unknown::note(log, &mut draft.party, address, KNOWN, &["id"]);
        put(draft, address, values, log);
    }
}

/// The parts of one translation by their types.
type Typed<'e> = Vec<(Cow<'e, str>, Cow<'e, str>)>;

fn put(draft: &mut Draft, address: &Element<'_>, values: &Values, log: &mut Log) {
    let country = address.children.iter().find(|child| child.name == "country");
    if let Some(name) = country.and_then(|country| values.unknown_name(country)) {
        draft.note(&name, log);
    }
    let country = country.map(|country| values.country(country)).filter(|name| !name.is_empty());
    let sections = address.children.iter().filter(|child| child.name == "translations");
    let mut translations: Vec<&Element<'_>> = sections.flat_map(|section| &section.children).collect();
    translations.sort_by_key(|translation| translation.line_of("isPrimary").as_deref() != Some("true"));
    let number = address.attribute("id").unwrap_or_default();
    let n_before = draft.addresses.len();
    let mut is_first = true;
    for translation in translations {
        if translation.name != "translation" {
            unknown::keep(log, &mut draft.party, translation);
            continue;
        }
        unknown::note(log, &mut draft.party, translation, TRANSLATION, &["id"]);
        let parts = parts(draft, translation, log);
        with_place(number, &parts, country.as_deref(), |place| {
            if std::mem::take(&mut is_first) {
                addresses::add_numbered(draft, place, log);
            } else if draft.addresses.len() > n_before {
                addresses::add_translation(draft, &place, log);
            }
        });
    }
    if is_first {
        with_place(number, &Typed::new(), country.as_deref(), |place| {
            addresses::add_numbered(draft, place, log)
        });
    }
}

fn parts<'e>(draft: &mut Draft, translation: &'e Element<'_>, log: &mut Log) -> Typed<'e> {
    let mut found = Typed::new();
    let sections = translation.children.iter().filter(|child| child.name == "addressParts");
    for part in sections.flat_map(|section| &section.children) {
        if part.name != "addressPart" {
            unknown::keep(log, &mut draft.party, part);
            continue;
        }
        unknown::note(log, &mut draft.party, part, &["type", "value"], &["id"]);
        let (kind, value) =
            (part.line_of("type").unwrap_or_default(), part.line_of("value").unwrap_or_default());
        let is_known =
            STREETS.contains(&kind.as_ref()) || [CITY, STATE, CODE, REGION].contains(&kind.as_ref());
        if !is_known {
            log.note("unknown_type", "a part of an address has no type that is known; it is kept as a note");
            keep_as_note(&mut draft.party, "address", &format!("{kind}: {value}"));
        } else if !value.is_empty() {
            found.push((kind, value));
        }
    }
    found
}

/// Hands over the place that the parts tell.
fn with_place(number: &str, parts: &Typed<'_>, country: Option<&str>, take: impl FnOnce(Place<'_>)) {
    let of = |kind: &str| parts.iter().find(|(known, _)| known == kind).map(|(_, value)| value.as_ref());
    let street = STREETS.into_iter().filter_map(of).collect::<Vec<_>>().join(", ");
    let parts = Parts {
        street: Some(street.as_str()).filter(|street| !street.is_empty()),
        city: of(CITY),
        state: of(STATE),
        code: of(CODE),
        region: of(REGION),
        country,
        ..Parts::default()
    };
    addresses::with_place(number, &parts, take);
}
