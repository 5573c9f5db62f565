//! What does OFAC's enhanced XML say? `SDN_ENHANCED.XML`, `CONS_ENHANCED.XML`, or what the list service gives for a filter: one
//! `sanctionsData` with tables of values and an `entity` for every party.
//!
//! The same party becomes the same entity under the same id as from the delimited set. What that set has as a clause in the
//! remarks is here a feature or a document; it is read by the rules for that clause, so that a label means the same in both.
//!
//! | in the file | becomes |
//! |---|---|
//! | `entity id` | id of the party, `authorityId` of its `Sanction` |
//! | `entityType` | the schema: `Individual`, `Vessel`, `Aircraft`; `Entity` is an `Organization`, `Company` or `PublicBody` |
//! | the primary name, its primary translation | `name`: `LAST, First`; of a person also the parts |
//! | all other names and translations, in every script | `alias`; `previousName` for `F.K.A.`; `weakAlias` where `isLowQuality` |
//! | `namePart` of a person | `middleName`, `fatherName` (patronymic), `motherName` (matronymic) |
//! | `title` | `position` |
//! | `sanctionsProgram` | `program`, `programId` |
//! | `sanctionsList datePublished` | `listingDate`, and a description: which list since when |
//! | `sanctionsType`, `legalAuthority` | `provisions`, `reason` of the `Sanction` |
//! | `address` | `Address`; its other translations in `full`, too |
//! | `feature` | as the clause `type value`: a birth date, a wallet, a contact, what the sanctions cover …, the primary one first |
//! | `reliability` other than `Confirmed`, `comments` | `notes` |
//! | `identityDocument` | as the clause `type number (country) issued … expires …`; `authority` and `description` of the document |
//! | `relationship` | `Ownership`, `Directorship`, `Membership`, `Representation`, `Family`, `Associate` or `UnknownLink` by its type, to the party of that id; a note when the file does not have it |
//! | `remarks` | as the clauses of the delimited set |
//! | `dataAsOf` | the date of the list |
//!
//! Dates are read as they are written in words (`circa 1957`, `1951 to 1953`), and from the four days of `valueDate` where they are
//! not. Countries go by name, and by the ISO code in the table of values where the name is not known.
//!
//! The ids of names, features, documents and dates, `versionId` and `identityId` are numbers of the publisher's data base and are left
//! out, and so is the name of a script, which the letters tell. What is not known is noted, and its text kept in `notes`.

mod dates;
mod designation;
mod documents;
mod entity;
mod features;
mod names;
mod places;
mod values;

use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;
use memchr::memmem;

use super::listing::{self, Listing, PARTY};
use crate::reading::{Ids, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::xml::{self, Records};
use values::Values;

const ROOT: &str = "sanctionsData";
const CONTAINERS: &[&str] = &["referenceValues", "featureTypes", "entities"];
/// How far from its beginning the file says what it holds.
const HEAD_BYTES: usize = 64 << 10;
const FORMAT: &str = "OFAC's enhanced XML";

/// Whether the root element is that of the enhanced XML.
pub fn is_enhanced(file: &SourceFile<'_>) -> bool {
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
}

/// Whether a file says that it holds OFAC's consolidated list, and not the SDN list or some parties of both.
pub fn is_consolidated(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or_default();
    let head = memmem::find(start, b"</filters>").and_then(|end| start.get(..end)).unwrap_or_default();
    let names = |list: &[u8]| memmem::find(head, list).is_some();
    names(b">Consolidated List<") && !names(b">SDN List<")
}

/// Reads the enhanced XML.
///
/// # Errors
/// When the file is not this form, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, CONTAINERS)?;
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let (mut listing, mut values) = (Listing::default(), Values::default());
    for record in records {
        let record = record?;
        match record.element.as_ref().map(|element| element.name.as_ref()) {
            Ok("entity") => {
                reading.count(PARTY)?;
                entity::take(&mut reading, &mut listing, &values, &record);
            }
            Ok("publicationInfo" | "referenceValue" | "featureType") => values.take(&mut reading, &record),
            _ => listing::lose_unknown(&mut reading, &record)?,
        }
    }
    if values.published.is_none() {
        reading.issue(Severity::Note, "no_date", "the file does not say of when its data is");
    }
    listing.settle(&mut reading);
    Ok(reading.finish(values.published))
}
