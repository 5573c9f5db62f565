//! What do the remarks of the delimited set call what the larger XML forms have as a feature?

use std::borrow::Cow;

use super::party::VesselColumn;

/// The labels of the features that the remarks call otherwise.
const LABELS: [(&str, &str); 4] = [
    ("Birthdate", "DOB"),
    ("Place of Birth", "POB"),
    ("Nationality Country", "nationality"),
    ("Citizenship Country", "citizen"),
];

/// The types that the delimited set has as columns of ships.
const VESSEL: [(&str, VesselColumn); 6] = [
    ("Vessel Call Sign", VesselColumn::CallSign),
    ("Vessel Type", VesselColumn::Type),
    ("Vessel Tonnage", VesselColumn::Tonnage),
    ("Vessel Gross Registered Tonnage", VesselColumn::GrossTonnage),
    ("Vessel Flag", VesselColumn::Flag),
    ("Vessel Owner", VesselColumn::Owner),
];

/// The label of a type of feature, which is its name in most cases.
pub(super) fn of_feature(name: &str) -> &str {
    let known = LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map_or(name, |(_, label)| label)
}

/// The column of ships that a type of feature is.
pub(super) fn vessel_column(name: &str) -> Option<VesselColumn> {
    VESSEL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, column)| *column)
}

/// `Manufacturer’s` as the other forms have it.
pub(super) fn with_plain_apostrophes(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\u{2019}') { Cow::Owned(text.replace('\u{2019}', "'")) } else { text }
}
