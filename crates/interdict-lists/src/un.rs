//! What does the consolidated list of the United Nations Security Council say?
//!
//! Each `INDIVIDUAL` becomes a `Person`, each `ENTITY` an `Organization`, or a `Company` where its name has a legal form.
//! The party is followed by its `Sanction`, its addresses and its documents.
//!
//! | in the file | in the entity |
//! |---|---|
//! | `DATAID` | the id, `<list>-<DATAID>` |
//! | `FIRST_NAME` … `FOURTH_NAME` | joined: `name`. Of persons also `firstName`, `secondName`, `middleName`, `lastName`, in this order. They are positions, not roles: in `KIM / CHOL NAM` the first is the family name |
//! | `NAME_ORIGINAL_SCRIPT` | `alias` |
//! | alias, `QUALITY` `Good`, `a.k.a.` | `alias` |
//! | alias, `QUALITY` `Low` | `weakAlias` |
//! | alias, `QUALITY` `f.k.a.`, or noted as "previously listed as" | `previousName` |
//! | `TITLE`, `DESIGNATION`, `NATIONALITY`, `GENDER` | `title`, `position`, `nationality`, `gender` |
//! | date of birth | `birthDate`; `APPROXIMATELY` is circa, `BETWEEN` a span |
//! | place of birth | `birthPlace`, `birthCountry` |
//! | document | `Passport` or `Identification`, and the number on the party |
//! | address | `Address`; `country` and `address` of the party |
//! | `UN_LIST_TYPE` | `program`, `programId` |
//! | `REFERENCE_NUMBER` | `unscId` and `authorityId` of the `Sanction` |
//! | `LISTED_ON`, `LAST_DAY_UPDATED` | `listingDate`, `modifiedAt` |
//! | `COMMENTS1` and every note | `notes` |
//! | `dateGenerated` | the date of the list |
//!
//! `VERSIONNUM`, `LIST_TYPE`, `SORT_KEY` and `SORT_KEY_LAST_MOD` are bookkeeping of the publisher and are left out. An
//! element that is not known is noted and its text kept in `notes`.

mod aliases;
mod dates;
mod documents;
mod party;
mod places;

use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

pub(crate) use documents::number_in;

use crate::reading::{Ids, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::xml::{self, Record, Records};

const ROOT: &str = "CONSOLIDATED_LIST";
const CONTAINERS: &[&str] = &["INDIVIDUALS", "ENTITIES"];
const FORMAT: &str = "a UN consolidated list";

/// Whether the root element is that of the consolidated list.
pub fn is_un(file: &SourceFile<'_>) -> bool {
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
}

/// Reads the consolidated list.
///
/// # Errors
/// When the file is not this list, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, CONTAINERS)?;
    let published = records.root().attribute("dateGenerated").and_then(dates::day);
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
        Ok(element) if element.name == "INDIVIDUAL" => "individual",
        Ok(element) if element.name == "ENTITY" => "entity",
        Ok(_) => "unknown",
        Err(_) => "unreadable",
    };
    reading.count(kind)?;
    if let Some(id) = record.element.as_ref().ok().and_then(|element| element.text_of("DATAID")) {
        log.of_record(&id);
    }
    log.faults(&record.faults);
    let entities = match record.element {
        Ok(element) if kind == "unknown" => Err(Lost::unknown_record(&element.name)),
        Ok(element) => party::draft(reading, &element, &mut log)
            .ok_or_else(|| Lost::new("no_name", "the record has no name")),
        Err(fault) => Err(Lost::new(fault.kind, fault.in_words())),
    };
    reading.settle(kind, log, entities);
    Ok(())
}
