//! Who is the party of one `sdnEntry`, and what is said of it?

use std::borrow::Cow;

use interdict_core::digest::Digest;

use super::parts;
use crate::ofac::draft::Draft;
use crate::ofac::listing::{self, Listing};
use crate::ofac::party::{self, Head};
use crate::ofac::{apply, remarks, unknown};
use crate::reading::{Log, Lost, Reading};
use crate::xml::{Element, Record};

/// Elements whose one text is read as it stands.
const SINGLE: &[&str] = &["uid", "firstName", "lastName", "title", "sdnType", "remarks"];

/// Takes a counted entry into the listing, or gives it up.
pub(super) fn take(reading: &mut Reading<'_>, listing: &mut Listing, record: &Record<'_>) {
    let mut log = listing::log_of(reading, record);
    let Ok(entry) = &record.element else { return };
    let name = name(entry);
    let number = match entry.line_of("uid") {
        Some(number) => number,
        None => {
            log.note("no_id", "the entry has no uid; its id is made of its name");
            Cow::Owned(Digest::of(name.as_bytes()).to_hex().chars().take(12).collect())
        }
    };
    log.of_record(&number);
    listing.take(reading, &number, log, |id, log| draft(entry, &number, &name, id, log));
}

/// `LAST, First`.
pub(super) fn name(element: &Element<'_>) -> String {
    let parts = ["lastName", "firstName"].into_iter().filter_map(|name| element.line_of(name));
    parts.collect::<Vec<_>>().join(", ")
}

fn draft(entry: &Element<'_>, number: &str, name: &str, id: String, log: &mut Log) -> Result<Draft, Lost> {
    if name.is_empty() {
        return Err(Lost::new("no_name", "the entry has no name"));
    }
    let kind = entry.line_of("sdnType").filter(|kind| !kind.eq_ignore_ascii_case("entity"));
    let remarks = entry.children.iter().filter(|child| child.name == "remarks");
    let mut clauses = parts::clauses(entry);
    clauses.extend(remarks.flat_map(|remarks| remarks::clauses_of(&remarks.line())));
    let head = Head { number, name, kind: kind.as_deref() };
    let mut draft = party::begin(&head, id, &clauses, log)?;
    for titles in entry.children.iter().filter(|child| child.name == "title") {
        party::add_titles(&mut draft, &titles.line(), log);
    }
    for child in &entry.children {
        match child.name.as_ref() {
            "programList" => parts::programs(&mut draft, child, log),
            "akaList" => parts::aliases(&mut draft, child, log),
            "addressList" => parts::addresses(&mut draft, child, log),
            "vesselInfo" => parts::vessel(&mut draft, child, log),
            "idList" | "dateOfBirthList" | "placeOfBirthList" | "nationalityList" | "citizenshipList" => {
                parts::note_unknown(&mut draft, child, log);
            }
            name if SINGLE.contains(&name) => unknown::note_attributes(log, &mut draft.party, child, &[]),
            _ => unknown::keep(log, &mut draft.party, child),
        }
    }
    unknown::note_loose(log, &mut draft.party, entry, &[]);
    clauses.iter().for_each(|clause| apply::clause(&mut draft, clause, log));
    Ok(draft)
}
