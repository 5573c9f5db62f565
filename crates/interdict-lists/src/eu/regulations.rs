//! Under which regulations is a party listed?

use interdict_core::entity::Entity;

use super::dates;
use super::party::{Draft, put_remarks, value};
use crate::leftover;
use crate::reading::Log;
use crate::xml::Element;

const AUTHORITY: &str = "European Union";
const ATTRIBUTES: &[&str] = &[
    "regulationType",
    "organisationType",
    "publicationDate",
    "entryIntoForceDate",
    "numberTitle",
    "programme",
    "publicationUrl",
    "logicalId",
];
const SUMMARY_ATTRIBUTES: &[&str] = &[
    "regulationType",
    "organisationType",
    "publicationDate",
    "entryIntoForceDate",
    "numberTitle",
    "programme",
    "publicationUrl",
];

/// Adds a sanction for each regulation of the record, and at least one. What the parts of the record say of theirs goes to
/// the first.
pub(super) fn put_all(log: &mut Log, draft: &mut Draft, record: &Element<'_>) {
    for regulation in record.children("regulation") {
        let mut sanction = sanction(log, draft, record);
        put_regulation(log, &mut draft.party, &mut sanction, regulation);
        put_listing(log, &mut sanction, record, Some(regulation));
        draft.sanctions.push(sanction);
    }
    if draft.sanctions.is_empty() {
        log.note("no_regulation", "the record names no regulation");
        let mut sanction = sanction(log, draft, record);
        put_listing(log, &mut sanction, record, None);
        draft.sanctions.push(sanction);
    }
    let Some(first) = draft.sanctions.first_mut() else { return };
    for part in &record.children {
        for summary in part.children("regulationSummary") {
            put_summary(log, &mut draft.party, first, summary);
        }
    }
}

fn sanction(log: &mut Log, draft: &Draft, record: &Element<'_>) -> Entity {
    let mut sanction = draft.part("Sanction", "sanction", draft.sanctions.len());
    log.put(&mut sanction, "entity", &draft.party.id);
    log.put(&mut sanction, "authority", AUTHORITY);
    log.put(&mut sanction, "country", "eu");
    log.put(&mut sanction, "authorityId", value(record, "euReferenceNumber").unwrap_or_default());
    log.put(&mut sanction, "unscId", value(record, "unitedNationId").unwrap_or_default());
    sanction
}

fn put_regulation(log: &mut Log, party: &mut Entity, sanction: &mut Entity, regulation: &Element<'_>) {
    let programme = value(regulation, "programme").unwrap_or_default();
    put_program(log, party, sanction, &programme);
    log.put(sanction, "reason", value(regulation, "numberTitle").unwrap_or_default());
    for url in regulation.texts_of("publicationUrl") {
        log.put(sanction, "sourceUrl", url);
    }
    log.put(sanction, "sourceUrl", value(regulation, "publicationUrl").unwrap_or_default());
    let kind = ["regulationType", "organisationType"].iter().filter_map(|name| value(regulation, name));
    log.put(sanction, "summary", kind.collect::<Vec<_>>().join(" of the "));
    if let Some(day) = value(regulation, "entryIntoForceDate") {
        dates::put_day(log, sanction, "startDate", &day);
    }
    if let Some(day) = value(regulation, "publicationDate") {
        dates::put_day(log, sanction, "modifiedAt", &day);
    }
    put_remarks(log, sanction, "description", regulation);
    leftover::note(log, party, regulation, &["publicationUrl", "remark"], ATTRIBUTES);
}

fn put_program(log: &mut Log, party: &mut Entity, sanction: &mut Entity, programme: &str) {
    for entity in [party, sanction] {
        log.put(entity, "program", programme);
        log.put(entity, "programId", programme);
    }
}

/// The day of the designation; where it is not told, that of the publication.
fn put_listing(log: &mut Log, sanction: &mut Entity, record: &Element<'_>, regulation: Option<&Element<'_>>) {
    let published = || regulation.and_then(|regulation| value(regulation, "publicationDate"));
    if let Some(day) = value(record, "designationDate").or_else(published) {
        dates::put_day(log, sanction, "listingDate", &day);
    }
}

/// The act that a part of the record is of.
fn put_summary(log: &mut Log, party: &mut Entity, sanction: &mut Entity, summary: &Element<'_>) {
    let programme = value(summary, "programme").unwrap_or_default();
    put_program(log, party, sanction, &programme);
    log.put(sanction, "sourceUrl", value(summary, "publicationUrl").unwrap_or_default());
    let title = value(summary, "numberTitle");
    let day = value(summary, "publicationDate")
        .map(|text| dates::day(&text).map_or_else(|| text.to_string(), |day| day.to_string()));
    let words = match (title, day) {
        (Some(title), Some(day)) => format!("{title}, published {day}"),
        (Some(title), None) => title.into_owned(),
        (None, Some(day)) => format!("Published {day}"),
        (None, None) => String::new(),
    };
    log.put(sanction, "description", words);
    leftover::note(log, party, summary, &[], SUMMARY_ATTRIBUTES);
}
