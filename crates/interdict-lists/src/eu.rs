//! What does the European Union's list of financial sanctions (FSF) say?
//!
//! It is published as XML 1.1 (root `export`, one `sanctionEntity` a party) and as CSV 1.1 and 1.0 (one row for each name,
//! address, birth, paper and citizenship of a party). All become the same elements, so that a party has the same id and the
//! same entities whichever file it is read from, as far as the file says it: CSV 1.0 says less.
//!
//! | in the file | in the entity |
//! |---|---|
//! | `subjectType` `person`, `enterprise` | `Person`; `Company` where a name has a legal form, `Vessel` where the record speaks of a ship and its IMO number, otherwise `Organization` |
//! | `euReferenceNumber` (`EU.27.28`) | the id, `<list>-<reference>`, and `authorityId` of the `Sanction`; `logicalId` is the id where there is no reference |
//! | `nameAlias` that is `strong` | the first one in English or of no language: `name`; the others `alias`, or `previousName` where the remark says so |
//! | `nameAlias` that is not, or noted as of low quality | `weakAlias` |
//! | `firstName`, `middleName`, `lastName`, `title`, `function`, `gender` of a person | the same, `function` is `position` |
//! | `birthdate` | `birthDate`; `circa`, a range of years, and years of the Hijri calendars as spans of ours; `birthPlace`, `birthCountry` |
//! | `citizenship` | `nationality` |
//! | `address` | `Address`; `address` and `country` of the party; `contactInfo`: `phone`, `email`, `website` |
//! | `identification` | `Passport` or `Identification`, and the number on the party |
//! | `regulation` | one `Sanction` each: `program`, `reason` (number and title), `sourceUrl`, `listingDate` (the designation, or else the publication), `startDate` (entry into force) |
//! | `regulationSummary` of a part | `sourceUrl` and `description` of the first `Sanction` |
//! | `unitedNationId` | `unscId` of the `Sanction` |
//! | `remark` | `notes`; of an address `remarks`, of a paper `description` |
//!
//! Left out is what says nothing of the party: `logicalId` of parts and regulations, `globalFileId`, the language of a name (its
//! letters tell) and of the regulation; and what only the CSV repeats for every part: the kind of organization behind a
//! part's regulation and when that entered into force.
//!
//! A third form is read: a CSV of other makers with the columns `Name, Alias, Nationality, Designation, Sanction Type, Source`
//! (see `eu/parsed.rs`).

mod births;
mod cells;
mod columns;
mod countries;
mod dates;
mod documents;
mod names;
mod parsed;
mod party;
mod places;
mod regulations;
mod rows;

use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::delimited::{Records as CsvRecords, delimiter};
use crate::reading::{Ids, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::xml::{self, Record, Records};

const ROOT: &str = "export";
const NAMESPACE: &[u8] = b"europa.ec/fpi/fsd";
const FORMAT: &str = "the European Union's financial sanctions file";
const CSV_FORMAT: &str = "the European Union's financial sanctions as CSV";
/// How far from its beginning a file is looked at.
const START_BYTES: usize = 64 << 10;

/// Whether the root element is that of the financial sanctions file.
pub fn is_eu_xml(file: &SourceFile<'_>) -> bool {
    let start = start_of(file);
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
        && memchr::memmem::find(start, NAMESPACE).is_some()
}

/// Whether the first line has the columns of one of the forms in CSV.
pub fn is_eu_csv(file: &SourceFile<'_>) -> bool {
    let start = start_of(file);
    let header = CsvRecords::new(start, delimiter(start)).next();
    header.and_then(Result::ok).is_some_and(|header| rows::is_official(&header) || parsed::is_parsed(&header))
}

fn start_of<'a>(file: &SourceFile<'a>) -> &'a [u8] {
    file.bytes.get(..file.bytes.len().min(START_BYTES)).unwrap_or_default()
}

/// Reads the XML.
///
/// # Errors
/// When the file is not this list, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read_xml(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each_xml(list, file, out))
}

pub(crate) fn read_each_xml(
    list: &ListId,
    file: &SourceFile<'_>,
    out: Taker<'_>,
) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, &[])?;
    let published = records.root().attribute("generationDate").and_then(dates::day);
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    if published.is_none() {
        reading.issue(Severity::Note, "no_date", "the file does not say when it was generated");
    }
    for record in records {
        read_record(&mut reading, record?)?;
    }
    Ok(reading.finish(published))
}

fn read_record(reading: &mut Reading<'_>, record: Record<'_>) -> Result<(), ReadError> {
    let mut log = reading.log(Position::Byte(record.offset));
    let kind = match &record.element {
        Ok(element) if element.name == "sanctionEntity" => "party",
        Ok(_) => "unknown",
        Err(_) => "unreadable",
    };
    reading.count(kind)?;
    log.faults(&record.faults);
    let entities = match record.element {
        Ok(element) if kind == "unknown" => Err(Lost::unknown_record(&element.name)),
        Ok(element) => party::draft(reading, &element, &mut log),
        Err(fault) => Err(Lost::new(fault.kind, fault.in_words())),
    };
    reading.settle(kind, log, entities);
    Ok(())
}

/// Reads a CSV: the official one in its versions 1.1 and 1.0, or the form that other makers give it.
///
/// # Errors
/// When the header has not the columns of these, or the file ends in the middle of a record.
pub fn read_csv(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each_csv(list, file, out))
}

pub(crate) fn read_each_csv(
    list: &ListId,
    file: &SourceFile<'_>,
    out: Taker<'_>,
) -> Result<Account, ReadError> {
    let start = start_of(file);
    let mut records = CsvRecords::new(file.bytes, delimiter(start));
    let wrong =
        |reason: String| ReadError::WrongForm { file: file.name.to_owned(), format: CSV_FORMAT, reason };
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(error)) => return Err(wrong(format!("its header cannot be read: {error}"))),
        None => return Err(wrong("it has no header".to_owned())),
    };
    let reading = Reading::new(Ids::OfList(list), *file, out);
    if rows::is_official(&header) {
        rows::read(reading, &header, records)
    } else if parsed::is_parsed(&header) {
        parsed::read(reading, &header, records)
    } else {
        Err(wrong("its header has no column Entity_LogicalId with a column of names".to_owned()))
    }
}
