//! Who is the party of one `entity`, and where do its sections go?

use std::borrow::Cow;

use interdict_core::digest::Digest;

use super::values::Values;
use super::{designation, documents, features, names, places};
use crate::ofac::draft::Draft;
use crate::ofac::listing::{self, Listing};
use crate::ofac::party::{self, Head};
use crate::ofac::{apply, remarks, unknown};
use crate::reading::{Log, Lost, Reading};
use crate::xml::{Element, Record};

/// Takes a counted entity into the listing, or gives it up.
pub(super) fn take(reading: &mut Reading<'_>, listing: &mut Listing, values: &Values, record: &Record<'_>) {
    let mut log = listing::log_of(reading, record);
    let Ok(entity) = &record.element else { return };
    let name = names::primary(entity);
    let number = match entity.attribute("id").map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => Cow::Borrowed(id),
        None => {
            log.note("no_id", "the entity has no id; one is made of its name");
            Cow::Owned(Digest::of(name.as_bytes()).to_hex().chars().take(12).collect())
        }
    };
    log.of_record(&number);
    listing.take(reading, &number, log, |id, log| {
        let head = Head { number: &number, name: &name, kind: None };
        draft(entity, head, values, id, log)
    });
}

fn draft(
    entity: &Element<'_>,
    head: Head<'_>,
    values: &Values,
    id: String,
    log: &mut Log,
) -> Result<Draft, Lost> {
    if head.name.is_empty() {
        return Err(Lost::new("no_name", "the entity has no name"));
    }
    let info = |name: &'static str| lines_in(entity, "generalInfo", name);
    let kind = info("entityType").find(|kind| !kind.eq_ignore_ascii_case("entity"));
    let features = features::features(entity, values);
    let remarks: Vec<String> = info("remarks").flat_map(|text| remarks::clauses_of(&text)).collect();
    let said: Vec<&str> = features
        .iter()
        .map(|feature| feature.clause.as_str())
        .chain(remarks.iter().map(String::as_str))
        .collect();
    let head = Head { kind: kind.as_deref(), ..head };
    let mut draft = party::begin(&head, id, &said, log)?;
    info("title").for_each(|titles| party::add_titles(&mut draft, &titles, log));
    for section in &entity.children {
        put_section(&mut draft, section, values, log);
    }
    unknown::note_loose(log, &mut draft.party, entity, &["id"]);
    features.iter().for_each(|feature| features::put(&mut draft, feature, log));
    for section in entity.children.iter().filter(|section| section.name == "identityDocuments") {
        documents::put_all(&mut draft, section, values, log);
    }
    remarks.iter().for_each(|clause| apply::clause(&mut draft, clause, log));
    Ok(draft)
}

/// The texts of the elements of a name in the sections of a name.
fn lines_in<'e>(
    entity: &'e Element<'_>,
    section: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Cow<'e, str>> {
    let sections = entity.children.iter().filter(move |child| child.name == section);
    let found = sections.flat_map(|section| &section.children).filter(move |child| child.name == name);
    found.map(Element::line).filter(|line| !line.is_empty())
}

fn put_section(draft: &mut Draft, section: &Element<'_>, values: &Values, log: &mut Log) {
    match section.name.as_ref() {
        "generalInfo" => {
            let known = ["identityId", "entityType", "remarks", "title"];
            unknown::note(log, &mut draft.party, section, &known, &[]);
        }
        "sanctionsLists" => designation::lists(draft, section, log),
        "sanctionsPrograms" => designation::programs(draft, section, log),
        "sanctionsTypes" => designation::types(draft, section, log),
        "legalAuthorities" => designation::authorities(draft, section, log),
        "names" => names::put_all(draft, section, log),
        "addresses" => places::put_all(draft, section, values, log),
        "features" => features::note_unknown(draft, section, log),
        "identityDocuments" => {} // behind the features, as in the delimited set
        "relationships" => designation::relationships(draft, section, log),
        _ => unknown::keep(log, &mut draft.party, section),
    }
}
