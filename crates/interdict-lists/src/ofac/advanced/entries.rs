//! Under what is a party listed, and since when? The sanctions entries behind the parties fill in their sanctions; links between
//! entries are said in both.

use std::borrow::Cow;

use interdict_core::entity::Entity;

use super::parties::Parties;
use super::references::{References, Set};
use super::{attribute, child_text, dates, shape};
use crate::ofac::draft::Draft;
use crate::ofac::party;
use crate::reading::{Log, Lost};
use crate::text::clip;
use crate::xml::Element;

/// Adds an entry to its party: the first fills the sanction that the party has, each further one is a sanction of its own.
pub(super) fn take<'a>(
    element: &Element<'a>,
    references: &References<'a>,
    parties: &mut Parties<'a>,
    log: &mut Log,
) -> Result<(), Lost> {
    let profile = attribute(element, "ProfileID").unwrap_or_default();
    let unknown =
        || Lost::new("unknown_party", "the file has no party that was taken with the profile of this entry");
    let at = parties.of_profile(&profile).ok_or_else(unknown)?;
    let is_first = !parties.entries.contains(at);
    let draft = parties.draft(at).ok_or_else(unknown)?;
    let number = draft
        .sanctions
        .first()
        .and_then(|sanction| sanction.first("authorityId"))
        .unwrap_or_default()
        .to_owned();
    let mut sanction = match draft.sanctions.first_mut() {
        Some(first) if is_first => std::mem::replace(first, Entity::new(String::new(), first.schema)),
        _ => {
            let mut sanction = party::new_sanction(draft, log);
            log.put(&mut sanction, "authorityId", number);
            sanction
        }
    };
    fill(&mut sanction, draft, element, references, log);
    let place = if is_first { 0 } else { draft.sanctions.len() };
    match draft.sanctions.get_mut(place) {
        Some(first) => *first = sanction,
        None => draft.sanctions.push(sanction),
    }
    parties.entries.add(attribute(element, "ID").unwrap_or_default(), at, place);
    Ok(())
}

/// Everything that an entry says.
fn fill<'a>(
    sanction: &mut Entity,
    draft: &mut Draft,
    element: &Element<'a>,
    references: &References<'a>,
    log: &mut Log,
) {
    for event in element.children("EntryEvent") {
        add_event(sanction, event, references, log);
    }
    if let Some(list) = references.of(Set::List, element, "ListID", log) {
        let since = sanction.first("listingDate").map(|date| format!(" since {date}"));
        log.put(sanction, "description", format!("{list}{}", since.unwrap_or_default()));
    }
    for measure in element.children("SanctionsMeasure") {
        add_measure(sanction, draft, measure, references, log);
    }
    for info in element.children("SupportingInfo") {
        let kind = references.of(Set::SupInfoType, info, "SupInfoTypeID", log).unwrap_or_default();
        if let Some(text) = child_text(info, "Text") {
            log.put(sanction, "description", format!("{kind}: {text}"));
        }
        log.put(sanction, "sourceUrl", child_text(info, "DirectURL").unwrap_or_default());
    }
    if let Some(limits) = child_text(element, "LimitationsToListing") {
        log.put(sanction, "description", format!("Limitations to listing: {limits}"));
    }
    log.put(sanction, "description", child_text(element, "Comment").unwrap_or_default());
    if let Some(flag) = attribute(element, "EntryDeltaFlag") {
        log.note("entry_flag", format!("the entry is marked {:?}; the mark is its status", clip(&flag, 40)));
        log.put(sanction, "status", flag);
    }
    for text in shape::unknown(element, &shape::ENTRY, log) {
        log.put(sanction, "description", text);
    }
}

fn add_event<'a>(sanction: &mut Entity, event: &Element<'a>, references: &References<'a>, log: &mut Log) {
    let basis = references.of(Set::LegalBasis, event, "LegalBasisID", log);
    log.put(sanction, "reason", basis.filter(|basis| basis != "Unknown").unwrap_or_default());
    log.put(sanction, "description", child_text(event, "Comment").unwrap_or_default());
    let kind = references.of(Set::EntryEventType, event, "EntryEventTypeID", log).unwrap_or_default();
    for date in event.children("Date") {
        let Some(day) = dates::point(date) else {
            log.value_lost(
                "bad_date",
                format!("the date of the event {:?} is none; its words are kept", clip(&kind, 40)),
            );
            log.put(sanction, "description", date.in_words());
            continue;
        };
        match kind.to_ascii_lowercase().as_str() {
            "created" | "added" => log.put(sanction, "listingDate", day.to_string()),
            "amended" | "modified" | "updated" => log.put(sanction, "modifiedAt", day.to_string()),
            "removed" | "deleted" | "delisted" => log.put(sanction, "endDate", day.to_string()),
            _ => log.put(sanction, "description", format!("{kind}: {day}")),
        }
    }
}

/// A program, or a kind of measure such as `Block`.
fn add_measure<'a>(
    sanction: &mut Entity,
    draft: &mut Draft,
    measure: &Element<'a>,
    references: &References<'a>,
    log: &mut Log,
) {
    let kind = references.of(Set::SanctionsType, measure, "SanctionsTypeID", log).unwrap_or_default();
    let comment = child_text(measure, "Comment");
    if kind == "Program" {
        let program = comment.unwrap_or_default();
        log.put(sanction, "program", &program);
        log.put(sanction, "programId", &program);
        draft.put("programId", &program, log);
    } else {
        let words = comment.map(|comment| format!("{kind}: {comment}"));
        log.put(sanction, "provisions", words.as_deref().unwrap_or(&kind));
    }
    for period in measure.children("DatePeriod") {
        for (property, date) in ["startDate", "endDate"].into_iter().zip(dates::start_and_end(period)) {
            log.put(sanction, property, date.map(|date| date.to_string()).unwrap_or_default());
        }
    }
}

/// Says in both entries of a link that they are linked.
pub(super) fn take_link<'a>(
    element: &Element<'a>,
    references: &References<'a>,
    parties: &mut Parties<'a>,
    log: &mut Log,
) -> Result<(), Lost> {
    let kind =
        references.of(Set::EntryLinkType, element, "EntryLinkTypeID", log).unwrap_or(Cow::Borrowed("Linked"));
    let date = element.children("Date").next().and_then(dates::point).map(|date| format!(", {date}"));
    let comment = child_text(element, "Comment").map(|comment| format!(": {comment}"));
    let mut more = format!("{}{}", date.unwrap_or_default(), comment.unwrap_or_default());
    for text in shape::unknown(element, &shape::ENTRY_LINK, log) {
        more += &format!("; {text}");
    }
    let ends = ["EntryA-SanctionsEntryID", "EntryB-SanctionsEntryID"]
        .map(|name| attribute(element, name).unwrap_or_default());
    let ids = ends.each_ref().map(|end| parties.sanction(end).map(|sanction| sanction.id.clone()));
    for (own, other) in [(0, 1), (1, 0)] {
        let (Some(end), Some(far)) = (ends.get(own), ends.get(other)) else { continue };
        let far = ids
            .get(other)
            .cloned()
            .flatten()
            .unwrap_or_else(|| format!("entry {}, which is not in the file", clip(far, 40)));
        if let Some(sanction) = parties.sanction(end) {
            let words = if own == 0 {
                format!("{kind} {far}{more}")
            } else {
                format!("{far}: {kind} this one{more}")
            };
            log.put(sanction, "description", words);
        }
    }
    match ids {
        [None, None] => Err(Lost::new("unknown_entry", "neither entry of the link is in the file")),
        [Some(_), Some(_)] => Ok(()),
        _ => {
            log.value_lost("unknown_entry", "one entry of the link is not in the file; the other says so");
            Ok(())
        }
    }
}
