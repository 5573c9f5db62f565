//! What does OFAC's classic XML say? `SDN.XML` or `CONSOLIDATED.XML`: one `sdnList` with an `sdnEntry` for every party.
//!
//! It says what the delimited set says, in elements instead of columns and clauses, and the same party becomes the same entity
//! under the same id. Where the delimited set has a clause in the remarks, the element is read by the rules for that clause,
//! so that a label means the same in both.
//!
//! | in the file | becomes |
//! |---|---|
//! | `uid` | id of the party, `authorityId` of its `Sanction` |
//! | `lastName`, `firstName` | `name`: `LAST, First`; of a person also the parts |
//! | `sdnType` | the schema: `Individual`, `Vessel`, `Aircraft`; `Entity` is an `Organization`, `Company` or `PublicBody` |
//! | `title`, `programList` | `position`; `program` and `programId` |
//! | `idList`: type, number, country, dates | as the clause `type number (country) issued … expires …`: a document, a wallet, a date, a contact, what the sanctions cover … |
//! | `akaList`, `category` strong | `alias`; `previousName` for `f.k.a.` |
//! | `akaList`, `category` weak | `weakAlias`; `previousName` for `f.k.a.` |
//! | `addressList` | `Address`, with city, state and postal code as given; `country` and `address` of the party |
//! | `dateOfBirthList`, `placeOfBirthList`, `nationalityList`, `citizenshipList` | `birthDate`, `birthPlace`, `nationality`, `citizenship`, the main one first |
//! | `vesselInfo` | `callSign`, `type`, `flag`, `owner`, `tonnage`, `grossRegisteredTonnage` |
//! | `remarks` | as the clauses of the delimited set; `(Linked To: NAME)` is a link |
//! | `Publish_Date`, `Record_Count` | the date of the list; whether the entries are all there |
//!
//! The `uid` of an alias, a document, a date or a place is a number of the publisher's data base and is left out. What is not known
//! is noted, and its text kept in `notes`.

mod entry;
mod parts;

use interdict_core::date::PartialDate;
use interdict_core::issue::{Parsed, Severity};
use interdict_core::list::ListId;

use super::dates;
use super::listing::{self, Listing, PARTY};
use crate::reading::{Ids, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::text::clip;
use crate::xml::{self, Element, Record, Records};

const ROOT: &str = "sdnList";
const FORMAT: &str = "OFAC's classic XML";

/// Whether the root element is that of the classic XML.
pub fn is_classic(file: &SourceFile<'_>) -> bool {
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
}

/// Reads the classic XML.
///
/// # Errors
/// When the file is not this form, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, &[])?;
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let (mut listing, mut head, mut n_entries) = (Listing::default(), Head::default(), 0);
    for record in records {
        let record = record?;
        match record.element.as_ref().map(|element| element.name.as_ref()) {
            Ok("publshInformation" | "publishInformation") => head.take(&mut reading, &record),
            Ok("sdnEntry") => {
                n_entries += 1;
                reading.count(PARTY)?;
                entry::take(&mut reading, &mut listing, &record);
            }
            _ => listing::lose_unknown(&mut reading, &record)?,
        }
    }
    head.check(&mut reading, n_entries);
    listing.settle(&mut reading);
    Ok(reading.finish(head.published))
}

/// What the file says of itself.
#[derive(Default)]
struct Head {
    published: Option<PartialDate>,
    n_entries: Option<u64>,
}

impl Head {
    fn take(&mut self, reading: &mut Reading<'_>, record: &Record<'_>) {
        let mut log = listing::log_of(reading, record);
        for child in record.element.iter().flat_map(|element: &Element<'_>| &element.children) {
            match child.name.as_ref() {
                "Publish_Date" => self.published = dates::any(&child.line()),
                "Record_Count" => self.n_entries = child.line().parse().ok(),
                name => {
                    let name = clip(name, 60);
                    log.note("unknown_element", format!("<{name}> in the head of the file is not known"));
                }
            }
        }
        reading.push(log);
    }

    fn check(&self, reading: &mut Reading<'_>, n_entries: u64) {
        if self.published.is_none() {
            reading.issue(Severity::Note, "no_date", "the file does not say when it was published");
        }
        if let Some(expected) = self.n_entries.filter(|expected| *expected != n_entries) {
            let reason = format!("the file says that it has {expected} entries, and it has {n_entries}");
            reading.issue(Severity::ValueLost, "record_count", reason);
        }
    }
}
