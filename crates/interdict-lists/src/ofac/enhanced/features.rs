//! What do the features of a party say? Each is the clause that the delimited set has in its remarks, or a column of ships.

use super::dates as four_days;
use super::values::Values;
use crate::ofac::draft::Draft;
use crate::ofac::party::{self, VesselColumn};
use crate::ofac::{apply, dates, labels, unknown};
use crate::reading::Log;
use crate::xml::Element;

const KNOWN: &[&str] =
    &["type", "versionId", "value", "valueRefId", "valueDate", "isPrimary", "reliability", "comments"];
/// The reliability that needs no word.
const CONFIRMED: &str = "Confirmed";

/// One feature in the words of the remarks.
pub(super) struct Feature {
    /// `DOB 04 Sep 1957`.
    pub(super) clause: String,
    /// The column of ships that it is, with its value.
    column: Option<(VesselColumn, String)>,
    /// What is said of it beyond that.
    remarks: Vec<String>,
}

/// The features of an entity, the primary ones first.
pub(super) fn features(entity: &Element<'_>, values: &Values) -> Vec<Feature> {
    let sections = entity.children.iter().filter(|section| section.name == "features");
    let features = sections.flat_map(|section| &section.children).filter(|child| child.name == "feature");
    let mut features: Vec<&Element<'_>> = features.collect();
    features.sort_by_key(|feature| feature.line_of("isPrimary").as_deref() != Some("true"));
    features
        .into_iter()
        .map(|element| feature(element, values))
        .filter(|feature| !feature.clause.is_empty() || !feature.remarks.is_empty())
        .collect()
}

fn feature(element: &Element<'_>, values: &Values) -> Feature {
    let kind = element.children.iter().find(|child| child.name == "type");
    let label = kind.map(|kind| values.label(kind)).unwrap_or_default();
    let mut value = labels::with_plain_apostrophes(element.line_of("value").unwrap_or_default());
    let days = element.children.iter().find(|child| child.name == "valueDate");
    if let Some(days) = days.filter(|_| dates::parse(&value).is_none()) {
        value = four_days::of(days).map(dates::in_words).map_or(value, Into::into);
    }
    let reliability = element.line_of("reliability").filter(|word| word != CONFIRMED);
    let remarks = [reliability, element.line_of("comments")].into_iter().flatten();
    let column = labels::vessel_column(&label);
    Feature {
        clause: format!("{label} {value}").trim().to_owned(),
        column: column.filter(|_| !value.is_empty()).map(|column| (column, value.to_string())),
        remarks: remarks.map(|text| text.into_owned()).collect(),
    }
}

/// Puts a feature in its place.
pub(super) fn put(draft: &mut Draft, feature: &Feature, log: &mut Log) {
    match &feature.column {
        Some((column, value)) => party::add_vessel_column(draft, *column, value, log),
        None => apply::clause(draft, &feature.clause, log),
    }
    for remark in &feature.remarks {
        draft.note(&format!("{}: {remark}", feature.clause), log);
    }
}

/// Notes what a section holds besides the features that are known.
pub(super) fn note_unknown(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    unknown::note(log, &mut draft.party, section, &["feature"], &[]);
    for feature in section.children.iter().filter(|child| child.name == "feature") {
        unknown::note(log, &mut draft.party, feature, KNOWN, &["id"]);
        for date in feature.children.iter().filter(|child| child.name == "valueDate") {
            unknown::note(log, &mut draft.party, date, four_days::KNOWN, &["id"]);
        }
    }
}
