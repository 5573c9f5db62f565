//! What does OFAC's advanced XML say (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`)? The same list as the delimited set, in the data model
//! that OFAC took over from the United Nations, with the parts of names, other scripts and typed relationships.
//!
//! The same party gives the same entity from both forms: names are printed as the delimited files print them (`names`), and
//! what a feature or a document says is put into the words of their remarks (`features`, `documents`), so that it goes the
//! same way. What only this form has is added: names in other scripts, dates of listing and legal bases on the sanction,
//! links with a type (`relations`), issuing authorities.
//!
//! | in the file | in the entity |
//! |---|---|
//! | `FixedRef` | the id, `<list>-<FixedRef>` |
//! | primary name; other documented names, `A.K.A.`, `N.K.A.`; low quality; `F.K.A.` | `name`; `alias`; `weakAlias`; `previousName` |
//! | `Feature` | as the clause of the remarks that begins with its type; `Location` is an `Address` |
//! | `IDRegDocument` | the number on the party, `Passport` or `Identification` |
//! | `ProfileRelationship` | `Ownership`, `Directorship`, `Membership`, `Representation`, `Family`, `Associate`, or `UnknownLink` |
//! | `SanctionsEntry` | `Sanction`: program, list, date of listing, legal basis, measures; a second entry is a second sanction |
//! | `SanctionsEntryLink` | `description` of both sanctions |
//! | `DateOfIssue` | the date of the list |
//!
//! The file refers forward and backward between sections, and is larger than 100 MB. It is read once, one record at a time:
//! reference sets, locations and documents stand first and are kept in short, as slices of the file; each party becomes its
//! entities at once; relationships and entries stand last and go straight into the entities of their parties. So memory
//! holds the entities, which the reading hands out anyway, and little more. The order is fixed by the schema; a record
//! whose party is not there is lost with an issue, wherever it stands.
//!
//! Numbers that lead nowhere are issues, words of reference sets that are not known are kept as notes. References that the
//! format says twice (from a document, location or profile back to what refers to it) are read in one direction only.

mod dates;
mod documents;
mod entries;
mod features;
mod locations;
mod names;
mod parties;
mod party;
mod references;
mod relations;
mod shape;

use std::borrow::Cow;

use interdict_core::date::PartialDate;
use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;
use memchr::memmem;

use super::listing::PARTY;
use crate::reading::{Ids, Log, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::text::{clip, fold};
use crate::xml::{self, Element, Record, Records};
use documents::Document;
use locations::Location;
use parties::Parties;
use party::Before;

const ROOT: &str = "Sanctions";
const FORMAT: &str = "OFAC's advanced XML";
const CONTAINERS: &[&str] = &[
    "ReferenceValueSets",
    "Locations",
    "IDRegDocuments",
    "DistinctParties",
    "ProfileRelationships",
    "SanctionsEntries",
    "SanctionsEntryLinks",
];
/// Most lists that one file is looked at for; OFAC has fewer than ten.
const LISTS_MAX: usize = 64;

const LOCATION: &str = "location";
const DOCUMENT: &str = "document";

/// Whether the root element is that of the advanced form.
pub fn is_advanced(file: &SourceFile<'_>) -> bool {
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
}

/// Whether a file holds OFAC's consolidated list: most of its sanctions entries are not on the SDN list. Without entries the
/// name of the file says it.
pub fn is_consolidated(file: &SourceFile<'_>) -> bool {
    let quoted = |at: usize| {
        let rest = file.bytes.get(at..).unwrap_or_default();
        rest.get(..rest.len().min(40)).unwrap_or_default().split(|byte| *byte == b'"').next()
    };
    let mut counts: Vec<(&[u8], u64)> = Vec::new();
    for at in memmem::find_iter(file.bytes, b"ListID=\"") {
        let number = quoted(at + b"ListID=\"".len()).unwrap_or_default();
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == number) {
            *count += 1;
        } else if counts.len() < LISTS_MAX {
            counts.push((number, 1));
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| *count).map(|(number, _)| *number);
    match most {
        Some(number) => !is_sdn_list(file, number),
        None => file.name.to_ascii_lowercase().starts_with("cons"),
    }
}

/// Whether the file calls the list of a number the SDN list; `1550` is its number where the file does not say.
fn is_sdn_list(file: &SourceFile<'_>, number: &[u8]) -> bool {
    let opening = [&b"<List ID=\""[..], number, b"\""].concat();
    let Some(at) = memmem::find(file.bytes, &opening) else { return number == b"1550" };
    let rest = file.bytes.get(at..).unwrap_or_default();
    let rest = rest.get(..rest.len().min(200)).unwrap_or_default();
    let words = rest.split(|byte| *byte == b'>').nth(1).unwrap_or_default();
    words.trim_ascii_start().starts_with(b"SDN")
}

/// Reads a file.
///
/// # Errors
/// When the file is not of this form, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, CONTAINERS)?;
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let mut sections = Sections::default();
    for record in records {
        sections.take(&mut reading, record?)?;
    }
    if sections.published.is_none() {
        reading.issue(Severity::Note, "no_date", "the file does not say when it was issued");
    }
    let published = sections.published;
    sections.settle(&mut reading);
    Ok(reading.finish(published))
}

/// What is read so far.
#[derive(Default)]
struct Sections<'a> {
    published: Option<PartialDate>,
    before: Before<'a>,
    parties: Parties<'a>,
}

impl<'a> Sections<'a> {
    fn take(&mut self, reading: &mut Reading<'_>, record: Record<'a>) -> Result<(), ReadError> {
        let mut log = reading.log(Position::Byte(record.offset));
        let kind = record.element.as_ref().map_or("unreadable", |element| kind(&element.name));
        reading.count(kind)?;
        log.faults(&record.faults);
        let element = match record.element {
            Ok(element) => element,
            Err(fault) => {
                reading.lose(kind, log, Lost::new(fault.kind, fault.in_words()));
                return Ok(());
            }
        };
        if kind != PARTY
            && let Some(id) = attribute(&element, "ID")
        {
            log.of_record(&id);
        }
        self.take_element(reading, &element, log, kind);
        Ok(())
    }

    fn take_element(&mut self, reading: &mut Reading<'_>, element: &Element<'a>, mut log: Log, kind: &str) {
        let Before { references, locations, documents } = &mut self.before;
        let outcome = match kind {
            PARTY => return self.parties.take(reading, element, &mut self.before, log),
            LOCATION => {
                // The number becomes a part of ids, which must be told from those of other parties.
                let is_number = |id: &Cow<'_, str>| id.bytes().all(|byte| byte.is_ascii_digit());
                let Some(id) = attribute(element, "ID").filter(is_number) else {
                    return reading.lose(kind, log, Lost::new("no_id", "the location has no number"));
                };
                if locations.has(&id) {
                    let reason = "an earlier location has the same number";
                    return reading.lose(kind, log, Lost::new("duplicate_record", reason));
                }
                let location = Location::read(element, references, &mut log);
                return locations.add(id, location, log);
            }
            DOCUMENT => {
                let identity = attribute(element, "IdentityID").unwrap_or_default();
                let document = Document::read(element, references, &mut log);
                return documents.add(identity, document, log);
            }
            "reference set" => {
                references.take(element, &mut log);
                Ok(())
            }
            "date of issue" => {
                self.published = dates::point(element);
                for text in shape::unknown(element, &shape::DATE_OF_ISSUE, &mut log) {
                    log.note("left_out", clip(&text, 200));
                }
                Ok(())
            }
            "relationship" => relations::take(element, references, &mut self.parties, &mut log),
            "sanctions entry" => entries::take(element, references, &mut self.parties, &mut log),
            "entry link" => entries::take_link(element, references, &mut self.parties, &mut log),
            _ => {
                let name = clip(&element.name, 60);
                Err(Lost::new(
                    "unknown_record",
                    format!("<{name}> is no record that this format is known to have"),
                ))
            }
        };
        reading.settle(kind, log, outcome.map(|()| None));
    }

    /// Hands everything to the account of the file: what no party refers to is lost.
    fn settle(self, reading: &mut Reading<'_>) {
        for (log, is_used) in self.before.locations.into_logs() {
            settle_one(reading, LOCATION, log, is_used);
        }
        for (log, is_used) in self.before.documents.into_logs() {
            settle_one(reading, DOCUMENT, log, is_used);
        }
        self.parties.settle(reading);
    }
}

fn settle_one(reading: &mut Reading<'_>, kind: &str, log: Log, is_used: bool) {
    let lost = || Lost::new("unknown_party", format!("no party that was taken refers to this {kind}"));
    reading.settle(kind, log, if is_used { Ok(None) } else { Err(lost()) });
}

/// What a record is, in the reconciliation.
fn kind(name: &str) -> &'static str {
    match name {
        "DateOfIssue" => "date of issue",
        "Location" => LOCATION,
        "IDRegDocument" => DOCUMENT,
        "DistinctParty" => PARTY,
        "ProfileRelationship" => "relationship",
        "SanctionsEntry" => "sanctions entry",
        "SanctionsEntryLink" => "entry link",
        name if name.ends_with("Values") => "reference set",
        _ => "unknown",
    }
}

/// The value of an attribute, when it is not empty.
fn attribute<'a>(element: &Element<'a>, name: &str) -> Option<Cow<'a, str>> {
    let (_, value) = element.attributes.iter().find(|(known, _)| *known == name)?;
    (!value.trim().is_empty()).then(|| value.clone())
}

/// The text of an element on one line.
fn text<'a>(element: &Element<'a>) -> Cow<'a, str> {
    match &element.text {
        Cow::Borrowed(text) => fold(text),
        Cow::Owned(text) => Cow::Owned(fold(text).into_owned()),
    }
}

/// The text of the first child of that name that has one.
fn child_text<'a>(element: &Element<'a>, name: &str) -> Option<Cow<'a, str>> {
    element.children.iter().filter(|child| child.name == name).map(text).find(|text| !text.is_empty())
}
