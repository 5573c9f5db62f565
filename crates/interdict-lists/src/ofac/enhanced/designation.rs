//! On which lists, since when, by which authority and with what effect is a party listed, and to whom is it related?

use std::borrow::Cow;

use crate::ofac::draft::{Draft, Reference, ReferenceUse, Target};
use crate::ofac::{dates, party, unknown};
use crate::reading::Log;
use crate::xml::Element;

/// The ids of an item, which are the publisher's own.
const IDS: &[&str] = &["id", "refId"];

/// The items of a section with their texts; whatever else it holds is noted.
fn items<'e, 'a>(
    draft: &mut Draft,
    section: &'e Element<'a>,
    name: &'static str,
    attributes: &[&str],
    log: &mut Log,
) -> Vec<(&'e Element<'a>, String)> {
    unknown::note(log, &mut draft.party, section, &[name], &[]);
    let items: Vec<_> = section.children.iter().filter(|child| child.name == name).collect();
    for item in &items {
        unknown::note_attributes(log, &mut draft.party, item, attributes);
        item.children.iter().for_each(|child| unknown::keep(log, &mut draft.party, child));
    }
    items.into_iter().map(|item| (item, item.line().into_owned())).collect()
}

/// Adds a value to the designation, which is the first sanction.
fn put(draft: &mut Draft, property: &str, value: &str, log: &mut Log) {
    if let Some(sanction) = draft.sanctions.first_mut() {
        log.put(sanction, property, value);
    }
}

pub(super) fn lists(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    let known = ["id", "refId", "datePublished"];
    for (item, list) in items(draft, section, "sanctionsList", &known, log) {
        let published = item.attribute("datePublished").unwrap_or_default();
        match dates::iso(published) {
            Some(date) => {
                put(draft, "listingDate", &date.to_string(), log);
                put(draft, "description", &format!("{list} since {date}"), log);
            }
            None => put(draft, "description", format!("{list} {published}").trim(), log),
        }
    }
}

pub(super) fn programs(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    for (_, program) in items(draft, section, "sanctionsProgram", IDS, log) {
        party::add_program(draft, &program, log);
    }
}

pub(super) fn types(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    for (_, kind) in items(draft, section, "sanctionsType", IDS, log) {
        put(draft, "provisions", &kind, log);
    }
}

pub(super) fn authorities(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    for (_, authority) in items(draft, section, "legalAuthority", IDS, log) {
        put(draft, "reason", &authority, log);
    }
}

/// Keeps the relationships, to be tied when all parties are read.
pub(super) fn relationships(draft: &mut Draft, section: &Element<'_>, log: &mut Log) {
    unknown::note(log, &mut draft.party, section, &["relationship"], &[]);
    for relationship in section.children.iter().filter(|child| child.name == "relationship") {
        let known = ["type", "relatedEntity", "quality", "comments"];
        unknown::note(log, &mut draft.party, relationship, &known, &["id"]);
        match reference(relationship) {
            Some(reference) => draft.references.push(reference),
            None => unknown::keep(log, &mut draft.party, relationship),
        }
    }
}

fn reference(relationship: &Element<'_>) -> Option<Reference> {
    let related = relationship.children.iter().find(|child| child.name == "relatedEntity")?;
    let role = relationship.line_of("type").unwrap_or_default();
    let quality = relationship.line_of("quality").map(|quality| format!("Quality: {quality}"));
    let comment = relationship.line_of("comments").map(Cow::into_owned);
    let remarks: Vec<String> = quality.into_iter().chain(comment).collect();
    let said = std::iter::once(role.as_ref()).chain(remarks.iter().map(String::as_str));
    let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
    let clause = format!("Linked To: {} ({})", related.line(), said.join("; "));
    let number = related.attribute("entityId").unwrap_or_default().to_owned();
    let (target, relation) = (Target::Number(number), role.into_owned());
    Some(Reference { clause, target, place: ReferenceUse::Link, relation, remarks })
}
