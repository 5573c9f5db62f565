//! How are two parties tied? The relationships behind the parties become links of the party that they begin at.

use interdict_core::model::Schema;

use super::parties::Parties;
use super::references::{References, Set};
use super::{attribute, child_text, dates, shape};
use crate::ofac::draft::Draft;
use crate::ofac::relations;
use crate::reading::{Log, Lost};
use crate::text::clip;
use crate::xml::Element;

/// Adds a relationship to the party that it begins at. One whose other end is not in the file is a note of the party that is.
pub(super) fn take<'a>(
    element: &Element<'a>,
    references: &References<'a>,
    parties: &mut Parties<'a>,
    log: &mut Log,
) -> Result<(), Lost> {
    let words = references.of(Set::RelationType, element, "RelationTypeID", log).unwrap_or_default();
    let ends = ["From-ProfileID", "To-ProfileID"].map(|name| attribute(element, name).unwrap_or_default());
    let key = ["ID", "RelationTypeID"].map(|name| attribute(element, name).unwrap_or_default());
    if !parties.relations.insert([key.clone(), ends.clone()]) {
        return Err(Lost::new(
            "duplicate_record",
            "an earlier relationship has the same number and says the same",
        ));
    }
    let [from, to] = ends.each_ref().map(|profile| parties.of_profile(profile));
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) if from != to => (from, to),
        (None, None) => {
            return Err(Lost::new("unknown_party", "neither party of the relationship is in the file"));
        }
        (Some(at), _) => {
            let [_, far] = &ends;
            let what = format!("{words}: profile {}", clip(far, 40));
            return keep_as_note(element, &what, references, parties.draft(at), log);
        }
        (None, Some(at)) => {
            let [near, _] = &ends;
            let what = format!("Profile {}: {words} this party", clip(near, 40));
            return keep_as_note(element, &what, references, parties.draft(at), log);
        }
    };
    let Some((far_id, far_schema)) =
        parties.draft(to).map(|draft| (draft.party.id.clone(), draft.party.schema))
    else {
        return Err(Lost::new("unknown_party", "the party that the relationship goes to is not in the file"));
    };
    let Some(draft) = parties.draft(from) else {
        return Err(Lost::new(
            "unknown_party",
            "the party that the relationship begins at is not in the file",
        ));
    };
    add_link(draft, (&far_id, far_schema), &words, element, references, log);
    Ok(())
}

fn add_link<'a>(
    draft: &mut Draft,
    (far_id, far_schema): (&str, &Schema),
    words: &str,
    element: &Element<'a>,
    references: &References<'a>,
    log: &mut Log,
) {
    let mut link = relations::link(draft, (far_id, far_schema), words, log);
    for text in qualifications(element, references, log) {
        log.put(&mut link, "description", text);
    }
    if dates::is_true(element, "Former") && !log.offer(&mut link, "status", "former") {
        log.put(&mut link, "description", "former");
    }
    for period in element.children("DatePeriod") {
        for (property, date) in ["startDate", "endDate"].into_iter().zip(dates::start_and_end(period)) {
            log.put(&mut link, property, date.map(|date| date.to_string()).unwrap_or_default());
        }
    }
    draft.links.push(link);
}

/// How sure OFAC is of a relationship, and what else is said of it.
fn qualifications<'a>(element: &Element<'a>, references: &References<'a>, log: &mut Log) -> Vec<String> {
    let quality = references.of(Set::RelationQuality, element, "RelationQualityID", log);
    let quality = quality.filter(|quality| quality != "Unknown").map(|quality| format!("Quality: {quality}"));
    let comment = child_text(element, "Comment").map(std::borrow::Cow::into_owned);
    let unknown = shape::unknown(element, &shape::RELATIONSHIP, log);
    quality.into_iter().chain(comment).chain(unknown).collect()
}

fn keep_as_note<'a>(
    element: &Element<'a>,
    what: &str,
    references: &References<'a>,
    draft: Option<&mut Draft>,
    log: &mut Log,
) -> Result<(), Lost> {
    let reason =
        "one party of a relationship is not another party of this file; it is a note of the one that is";
    log.value_lost("unresolved_link", reason);
    let draft = draft
        .ok_or_else(|| Lost::new("unknown_party", "neither party of the relationship is in the file"))?;
    let mut words = vec![what.to_owned()];
    words.extend(qualifications(element, references, log));
    draft.note(&words.join("; "), log);
    Ok(())
}
