//! Which place does a number of the file stand for?

use std::borrow::Cow;
use std::collections::HashMap;

use interdict_core::country;
use interdict_core::entity::Entity;

use crate::reading::{Log, Lost};
use crate::xml::Element;

/// The places by their number.
#[derive(Default)]
pub(super) struct Places(HashMap<String, Place>);

/// One place.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) location: Vec<String>,
    pub(super) area: Vec<String>,
    country: Vec<Country>,
    not_known: Vec<String>,
}

/// A country as the list gives it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Country {
    code: Option<&'static str>,
    name: String,
}

impl Country {
    /// The country of an element with an `iso-code` (or a `code`) and a name.
    pub(super) fn of(element: &Element<'_>) -> Option<Self> {
        let given = element.attribute("iso-code").or_else(|| element.attribute("code")).map(str::trim);
        let name = element.text();
        let code = given.and_then(country::code).or_else(|| name.as_deref().and_then(country::code));
        let name = name.or_else(|| given.filter(|given| !given.is_empty()).map(str::to_owned))?;
        Some(Self { code, name })
    }

    /// Adds it to a property; one that is not known is noted and kept.
    pub(super) fn put(&self, log: &mut Log, entity: &mut Entity, property: &str) {
        log.put_country(entity, property, self.code.unwrap_or(&self.name));
    }
}

impl Places {
    /// Takes a place.
    pub(super) fn add(&mut self, element: &Element<'_>, log: &mut Log) -> Result<(), Lost> {
        let ssid = element.attribute("ssid").map(str::trim).unwrap_or_default();
        if ssid.is_empty() {
            return Err(Lost::new("no_id", "the place has no number"));
        }
        log.of_record(ssid);
        let mut place = Place::default();
        for child in &element.children {
            match child.name.as_ref() {
                "location" | "location-variant" => place.location.extend(child.text()),
                "area" | "area-variant" => place.area.extend(child.text()),
                "country" => place.country.extend(Country::of(child)),
                _ if child.is_blank() => {}
                _ => {
                    log.note(
                        "unknown_element",
                        "a place has an element that is not known; it is kept with the addresses there",
                    );
                    place.not_known.push(child.in_words());
                }
            }
        }
        if self.0.contains_key(ssid) {
            return Err(Lost::new("id_reused", "another place has the same number; the first one is taken"));
        }
        self.0.insert(ssid.to_owned(), place);
        Ok(())
    }

    /// The place of that number; one that is not in the file is noted.
    pub(super) fn find(&self, log: &mut Log, id: Option<&str>) -> Cow<'_, Place> {
        let found = id.and_then(|id| self.0.get(id.trim()));
        if found.is_none() && id.is_some() {
            log.value_lost("unknown_place", "a place is named by a number that the file does not have");
        }
        found.map_or_else(|| Cow::Owned(Place::default()), Cow::Borrowed)
    }
}

impl Place {
    /// Location, area and country on one line, by their first names.
    pub(super) fn one_line(&self) -> String {
        let country =
            self.country.first().map(|country| country.code.map_or(country.name.as_str(), country::label));
        let parts =
            [self.location.first().map(String::as_str), self.area.first().map(String::as_str), country];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Whether it is more than a country.
    pub(super) fn is_named(&self) -> bool {
        !self.location.is_empty() || !self.area.is_empty()
    }

    /// Adds its countries to a property.
    pub(super) fn put_country(&self, log: &mut Log, entity: &mut Entity, property: &str) {
        for country in &self.country {
            country.put(log, entity, property);
        }
    }

    /// Adds its names and country to an address, and other spellings of its names to the remarks.
    pub(super) fn put(&self, log: &mut Log, address: &mut Entity) {
        for (property, names) in [("city", &self.location), ("region", &self.area)] {
            for name in names {
                log.put(address, property, name);
            }
        }
        for country in &self.country {
            // What is wrong with it was said of the party.
            log.put(address, "country", country.code.unwrap_or_default());
        }
        for words in &self.not_known {
            log.put(address, "remarks", words);
        }
    }
}
