//! What is said of a party besides its names? Each version of a feature becomes what OFAC's remarks say in its place, so that it
//! goes where the same words of the delimited files go.

use std::borrow::Cow;

use super::documents::unknown_location;
use super::locations::{Location, Waiting};
use super::references::{References, Set};
use super::{attribute, child_text, dates, text};
use crate::ofac::draft::{Draft, NOTE};
use crate::ofac::party::{self, VesselColumn};
use crate::ofac::{apply, dates as words, labels};
use crate::reading::Log;
use crate::text::clip;
use crate::xml::Element;

/// One statement of a feature.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// A clause as in the remarks.
    Clause(String),
    /// A column that the delimited file has for ships.
    Vessel(VesselColumn, String),
    Title(String),
    /// An address by the number of its location.
    Address(Cow<'a, str>),
    Note(String),
}

/// What the feature of a profile says.
pub(super) fn said<'a>(
    feature: &Element<'a>,
    references: &References<'a>,
    locations: &mut Waiting<'a, Location<'a>>,
    log: &mut Log,
) -> Vec<Said<'a>> {
    let label = references.of(Set::FeatureType, feature, "FeatureTypeID", log);
    let label = labels::with_plain_apostrophes(label.unwrap_or(Cow::Borrowed("Feature")));
    let label = label.trim();
    let mut said = Vec::new();
    for version in feature.children("FeatureVersion") {
        let n_before = said.len();
        if label.eq_ignore_ascii_case("location") {
            add_addresses(version, locations, &mut said, log);
        }
        let is_address = said.len() > n_before;
        let values = values(version, label, is_address, references, locations, log);
        said.extend(values.iter().map(|value| statement(label, value)));
        if said.len() == n_before && version.children("VersionLocation").next().is_none() {
            log.note("empty_feature", format!("the feature {:?} says nothing", clip(label, 60)));
        }
        add_reservations(version, label, &values, references, &mut said, log);
    }
    said
}

fn statement<'a>(label: &str, value: &str) -> Said<'a> {
    if let Some(column) = labels::vessel_column(label) {
        return Said::Vessel(column, value.to_owned());
    }
    if label.eq_ignore_ascii_case("title") {
        return Said::Title(value.to_owned());
    }
    Said::Clause(clause(label, value))
}

/// The words of the remarks.
fn clause(label: &str, value: &str) -> String {
    format!("{} {value}", labels::of_feature(label))
}

fn add_addresses<'a>(
    version: &Element<'a>,
    locations: &Waiting<'a, Location<'a>>,
    said: &mut Vec<Said<'a>>,
    log: &mut Log,
) {
    for number in version.children("VersionLocation").filter_map(|place| attribute(place, "LocationID")) {
        if locations.has(&number) {
            said.push(Said::Address(number));
        } else {
            unknown_location(&number, log);
        }
    }
}

/// The values of a version: words, else dates, else places.
fn values<'a>(
    version: &Element<'a>,
    label: &str,
    is_address: bool,
    references: &References<'a>,
    locations: &mut Waiting<'a, Location<'a>>,
    log: &mut Log,
) -> Vec<String> {
    let mut values = Vec::new();
    for detail in version.children("VersionDetail") {
        let looked_up = references.of(Set::DetailReference, detail, "DetailReferenceID", log);
        let words: Vec<_> = [looked_up.unwrap_or_default(), text(detail)]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        if !words.is_empty() {
            values.push(words.join(" "));
        }
    }
    for period in version.children("DatePeriod") {
        match dates::period(period) {
            Ok(Some(date)) => values.push(words::in_words(date)),
            Ok(None) => {}
            Err(reason) => {
                log.value_lost("bad_date", format!("{}: {reason}; its words are kept", clip(label, 60)));
                values.push(period.in_words());
            }
        }
    }
    if is_address || label.eq_ignore_ascii_case("location") {
        return values;
    }
    for number in version.children("VersionLocation").filter_map(|place| attribute(place, "LocationID")) {
        match locations.take(&number).first() {
            Some(place) => values.push(place.in_words()),
            None => unknown_location(&number, log),
        }
    }
    values
}

/// What is said of the version itself: how sure it is, and comments.
fn add_reservations<'a>(
    version: &Element<'a>,
    label: &str,
    values: &[String],
    references: &References<'a>,
    said: &mut Vec<Said<'a>>,
    log: &mut Log,
) {
    let reliability = references.of(Set::Reliability, version, "ReliabilityID", log);
    let reliability = reliability.filter(|words| !matches!(words.as_ref(), "Unknown" | "Confirmed"));
    for words in [reliability, child_text(version, "Comment")].into_iter().flatten() {
        said.push(Said::Note(format!("{}: {words}", clause(label, &values.join(", ")))));
    }
}

impl<'a> Said<'a> {
    /// Puts a statement in its place.
    pub(super) fn add(&self, draft: &mut Draft, locations: &mut Waiting<'a, Location<'a>>, log: &mut Log) {
        match self {
            Self::Vessel(column, value) => party::add_vessel_column(draft, *column, value, log),
            Self::Title(title) => party::add_titles(draft, title, log),
            Self::Note(note) => draft.note(note, log),
            Self::Address(number) => {
                if let Some(place) = locations.take(number).first() {
                    place.add_address(draft, number, log);
                }
            }
            Self::Clause(clause) => {
                let n_before = draft.clauses.len();
                apply::clause(draft, clause, log);
                if draft.clauses.get(n_before) == Some(&NOTE) {
                    let reason = format!("{:?} has no property; it is kept as a note", clip(clause, 40));
                    log.note("kept_as_note", reason);
                }
            }
        }
    }
}
