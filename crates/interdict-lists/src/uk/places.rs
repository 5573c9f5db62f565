//! Where does a party live, where was a person born, of which countries is it?

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::model;

use super::columns::{COUNTRY, POSTAL_CODE};
use super::facts::{Address, Facts};
use super::party::Draft;
use super::values;
use crate::reading::{Log, keep_as_note};

pub(super) fn put(log: &mut Log, draft: &mut Draft, facts: &Facts) {
    for (town, country) in &facts.births {
        put_birth(log, &mut draft.party, town, country);
    }
    for address in &facts.addresses {
        put_address(log, draft, address);
    }
}

fn put_birth(log: &mut Log, party: &mut Entity, town: &str, country: &str) {
    let is_person = party.schema.is_a("Person");
    if !is_person {
        keep_as_note(party, "birthPlace", &format!("{town} {country}"));
        return;
    }
    let (towns, countries) = (values(town), values(country));
    match (&towns[..], &countries[..]) {
        ([town], [country]) => log.put(party, "birthPlace", format!("{town}, {country}")),
        ([], countries) => countries.iter().for_each(|country| log.put(party, "birthPlace", country)),
        (towns, _) => towns.iter().for_each(|town| log.put(party, "birthPlace", town)),
    }
    for country in countries {
        put_countries(log, party, "birthCountry", country);
    }
}

/// Adds the address as an entity; one that names only a country is that country.
fn put_address(log: &mut Log, draft: &mut Draft, lines: &Address) {
    let party = &mut draft.party;
    let [one, two, three, four, five, six, code, country] = lines;
    let mut codes = Vec::new();
    for country in values(country) {
        put_countries(log, party, "country", country);
        codes.extend(country_codes(country));
    }
    let is_place = lines.iter().take(COUNTRY).any(|line| !line.is_empty());
    let Some(schema) = model::schema("Address").filter(|_| is_place) else { return };
    let full: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let full = full.join(", ");
    let mut address = Entity::new(draft.parts.next_id(party, "address"), schema);
    let rest: Vec<&str> =
        [two, three, four].into_iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let rest = rest.join(", ");
    for (property, text) in
        [("street", one), ("street2", &rest), ("state", five), ("city", six), ("full", &full)]
    {
        log.put(&mut address, property, text);
    }
    let is_box = lines.get(POSTAL_CODE).is_some_and(|code| code.to_lowercase().contains("box"));
    log.put(&mut address, if is_box { "postOfficeBox" } else { "postalCode" }, code);
    codes.iter().for_each(|code| log.put(&mut address, "country", *code));
    log.put(party, "address", &full);
    log.put(party, "addressEntity", address.id.as_str());
    draft.parts.push("address", address);
}

/// Adds the countries that a text names: `Syrian, Turkish`, `Russian and German`, `Lebanon citizenship`.
pub(crate) fn put_countries(log: &mut Log, party: &mut Entity, property: &str, text: &str) {
    let codes = country_codes(text);
    if codes.is_empty() {
        return log.put_country(party, property, text.trim_end_matches('.'));
    }
    let property = crate::reading::country_property(party.schema, property);
    for code in codes {
        log.put(party, property, code);
    }
}

/// The codes of a text that names nothing but countries.
pub(crate) fn country_codes(text: &str) -> Vec<&'static str> {
    let text = text.trim().trim_end_matches('.');
    if let Some((_, now)) = text.split_once("(now ")
        && let Some(code) = country::code(now.trim_end_matches([')', '.', ' ']))
    {
        return vec![code]; // `Zaire (now Democratic Republic of the Congo)`
    }
    let text = without_kind(text);
    country::code(text)
        .map_or_else(|| codes_between(text, &[", ", " and ", ";", "/", ","]), |code| vec![code])
}

/// The codes of a text whose parts between these separators are all countries; none when one is not.
fn codes_between(text: &str, separators: &[&str]) -> Vec<&'static str> {
    let text = without_kind(text.trim());
    if let Some(code) = country::code(text).filter(|_| text.len() > 2) {
        return vec![code];
    }
    let Some((separator, rest)) = separators.split_first() else { return Vec::new() };
    let mut codes = Vec::new();
    for part in text.split(separator) {
        let found = codes_between(part, rest);
        if found.is_empty() {
            return if text.contains(separator) { codes_between(text, rest) } else { found };
        }
        codes.extend(found);
    }
    codes
}

/// The text without the word for what it is.
fn without_kind(text: &str) -> &str {
    let kinds = [" citizenship", " nationality", " nationalities", " national", " citizen"];
    kinds.iter().find_map(|kind| text.strip_suffix(kind)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_that_name_nothing_but_countries() {
        for (text, codes) in [
            ("Moldovan, Russian and Ukrainian", &["md", "ru", "ua"][..]),
            ("DRC and Belgian nationalities", &["cd", "be"]),
            ("Iranian national and US national/citizen", &[]),
            ("Iranian national and American citizen", &["ir", "us"]),
            ("Trinidad and Tobago", &["tt"]),
            ("Zaire (now Democratic Republic of the Congo).", &["cd"]),
            ("Russian, or so", &[]),
            ("", &[]),
        ] {
            assert_eq!(super::country_codes(text), codes, "{text}");
        }
    }
}
