//! Where is it? The locations stand before the parties and are kept in short, until the features that refer to them come.

use std::borrow::Cow;
use std::collections::HashMap;

use super::dates::is_true;
use super::references::{References, Set};
use super::{attribute, child_text, shape};
use crate::ofac::addresses::{self, Parts};
use crate::ofac::draft::Draft;
use crate::reading::Log;
use crate::xml::Element;

/// One location.
#[derive(Debug, Default)]
pub(super) struct Location<'a> {
    parts: Vec<(Part, Cow<'a, str>)>,
    countries: Vec<Cow<'a, str>>,
    remarks: Vec<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Street,
    City,
    State,
    PostalCode,
    Region,
    /// A place that OFAC has not taken apart; often a country.
    Whole,
}

impl<'a> Location<'a> {
    /// A location as the file gives it.
    pub(super) fn read(element: &Element<'a>, references: &References<'a>, log: &mut Log) -> Self {
        let mut location = Self::default();
        let unknown = shape::unknown(element, &shape::LOCATION, log).into_iter().map(Cow::Owned);
        location.remarks.extend(unknown.chain(child_text(element, "Comment")));
        for country in element.children("LocationCountry") {
            location.countries.extend(references.country(country, "CountryID", log));
        }
        if location.countries.is_empty() {
            for area in element.children("LocationAreaCode") {
                location.countries.extend(area_name(area, references, log));
            }
        }
        for part in element.children("LocationPart") {
            location.add_part(part, references, log);
        }
        location
    }

    fn add_part(&mut self, element: &Element<'a>, references: &References<'a>, log: &mut Log) {
        let words = references.of(Set::LocPartType, element, "LocPartTypeID", log).unwrap_or_default();
        let part = match words.to_ascii_uppercase().as_str() {
            "ADDRESS1" | "ADDRESS2" | "ADDRESS3" => Part::Street,
            "CITY" => Part::City,
            "STATE/PROVINCE" => Part::State,
            "POSTAL CODE" => Part::PostalCode,
            "REGION" => Part::Region,
            _ => Part::Whole,
        };
        let mut values: Vec<_> = element.children("LocationPartValue").collect();
        values.sort_by_key(|value| !is_true(value, "Primary"));
        for (idx, value) in values.into_iter().enumerate() {
            self.remarks.extend(child_text(value, "Comment"));
            let Some(text) = child_text(value, "Value") else { continue };
            if idx == 0 {
                self.parts.push((part, text));
            } else {
                self.remarks.push(Cow::Owned(format!("{words}: {text}"))); // another spelling of the same part
            }
        }
    }

    fn joined(&self, part: Part) -> Cow<'_, str> {
        let mut texts = self.parts.iter().filter(|(known, _)| *known == part).map(|(_, text)| text.as_ref());
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(one), None) => Cow::Borrowed(one),
            (Some(one), Some(two)) => {
                Cow::Owned([one, two].into_iter().chain(texts).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// All of it on one line; for a place of birth or the country of a nationality.
    pub(super) fn in_words(&self) -> String {
        let [street, city, state, code, region, whole] =
            [Part::Street, Part::City, Part::State, Part::PostalCode, Part::Region, Part::Whole]
                .map(|part| self.joined(part));
        let town = addresses::town(said(&city), said(&state), said(&code));
        let country = self.countries.iter().map(AsRef::as_ref).filter(|country| *country != whole);
        let texts = [&*street, &*town, &*whole, &*region].into_iter().chain(country);
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Adds it as an address of a party.
    pub(super) fn add_address(&self, draft: &mut Draft, number: &str, log: &mut Log) {
        if addresses::has(draft, number) {
            return log
                .note("duplicate_address", "two features of the party name one location; it is taken once");
        }
        let [street, city, state, code, region, whole] =
            [Part::Street, Part::City, Part::State, Part::PostalCode, Part::Region, Part::Whole]
                .map(|part| self.joined(part));
        let first = self.countries.first().map(AsRef::as_ref);
        let country = first.or(said(&whole));
        let mut remarks = self.remarks.iter().map(AsRef::as_ref).collect::<Vec<_>>();
        remarks.extend(self.countries.iter().skip(1).map(AsRef::as_ref));
        let remarks = remarks.join("; ");
        let parts = Parts {
            street: said(&street),
            city: said(&city),
            state: said(&state),
            code: said(&code),
            region: said(&region),
            whole: said(&whole).filter(|whole| country != Some(*whole)),
            country,
            remarks: said(&remarks),
        };
        addresses::with_place(number, &parts, |place| addresses::add_numbered(draft, place, log));
    }
}

fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The country of an area, by the name that OFAC gives the area.
fn area_name<'a>(area: &Element<'a>, references: &References<'a>, log: &mut Log) -> Option<Cow<'a, str>> {
    let id = attribute(area, "AreaCodeID")?;
    let country = references.parent(Set::AreaCode, &id);
    let country = country.and_then(|country| references.text(Set::Country, &country));
    country.or_else(|| references.of(Set::AreaCode, area, "AreaCodeID", log))
}

/// Records that stand before the parties, each with what is to be said of it, and whether a party has referred to it.
#[derive(Debug)]
pub(super) struct Waiting<'a, T> {
    all: Vec<(T, Log, IsUsed)>,
    by_key: HashMap<Cow<'a, str>, Vec<usize>>,
}

type IsUsed = bool;

impl<T> Default for Waiting<'_, T> {
    fn default() -> Self {
        Self { all: Vec::new(), by_key: HashMap::new() }
    }
}

impl<'a, T> Waiting<'a, T> {
    /// Keeps a record under the number that parties refer to it by.
    pub(super) fn add(&mut self, key: Cow<'a, str>, record: T, log: Log) {
        self.by_key.entry(key).or_default().push(self.all.len());
        self.all.push((record, log, false));
    }

    /// Whether there is a record of that number.
    pub(super) fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// The records of a number, which are used now.
    pub(super) fn take(&mut self, key: &str) -> Vec<&T> {
        let places = self.by_key.get(key).map_or(&[][..], Vec::as_slice);
        for place in places {
            if let Some((_, _, is_used)) = self.all.get_mut(*place) {
                *is_used = true;
            }
        }
        places.iter().filter_map(|place| self.all.get(*place)).map(|(record, ..)| record).collect()
    }

    /// The records of a number, without using them.
    pub(super) fn look(&self, key: &str) -> impl Iterator<Item = &T> {
        let places = self.by_key.get(key).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.all.get(*place)).map(|(record, ..)| record)
    }

    /// Every record's log, and whether the record was used.
    pub(super) fn into_logs(self) -> impl Iterator<Item = (Log, bool)> {
        self.all.into_iter().map(|(_, log, is_used)| (log, is_used))
    }
}
