//! What does Canada's consolidated list of autonomous sanctions (SEMA, `data-set`) say?
//!
//! | in the file | in the entity |
//! |---|---|
//! | `LastName`, `GivenName` | a `Person`: `name` (given name first), `lastName`, `firstName` |
//! | `EntityOrShip` | a `Vessel` where the record has a `ShipIMONumber` or a kind of ship, otherwise a `Company` or an `Organization` |
//! | `(also known as …)` in it, its French half behind a slash | `alias`; `(formerly known as …)` is `previousName` |
//! | `Aliases` | `alias`: names between semicolons and commas, and full names between "or" and slashes; the language in front of a name is left out. A field that was taken apart at commas, "or" or slashes is also kept in `notes` |
//! | `DateOfBirthOrShipBuildDate` | `birthDate`, `buildDate` |
//! | `TitleOrShip` | `title` of a person, `type` of a ship |
//! | `ShipIMONumber` | `imoNumber` |
//! | `Country` | `program`: it names the regulations, not where a party is from |
//! | `Schedule`, `Item` | `provisions` of the `Sanction` |
//! | `DateOfListing` | `listingDate` |
//!
//! The older names of elements (`Entity`, `DateOfBirth`, `Title`) are read, too.
//!
//! The list has no ids. One is made of what identifies a record in law and in fact: the regulations, the schedule, the item and
//! a digest of the names: `ca-russia-1-part-1-27-0a1b2c3d`. It stays while none of these changes, wherever the record stands
//! and whatever is added around it; and it never passes on to another party that gets the number of a repealed one.

mod dates;
mod names;
mod party;

use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::reading::{Ids, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::xml::{self, Record, Records};

const ROOT: &str = "data-set";
const FORMAT: &str = "Canada's list (SEMA)";

/// Whether the root element is that of the list.
pub fn is_ca(file: &SourceFile<'_>) -> bool {
    xml::root_name(file.bytes).is_some_and(|name| name == ROOT)
}

/// Reads the list.
///
/// # Errors
/// When the file is not this list, is cut off, or holds what is refused (a DOCTYPE, another encoding than UTF-8).
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let records = Records::open(*file, FORMAT, ROOT, &[])?;
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    reading.issue(Severity::Note, "no_date", "the file does not say when it was published");
    for record in records {
        read_record(&mut reading, record?)?;
    }
    Ok(reading.finish(None))
}

fn read_record(reading: &mut Reading<'_>, record: Record<'_>) -> Result<(), ReadError> {
    let mut log = reading.log(Position::Byte(record.offset));
    let party = match &record.element {
        Ok(element) if element.name == "record" => Some(party::Kind::of(element)),
        _ => None,
    };
    let kind = match &record.element {
        Ok(_) => party.map_or("unknown", party::Kind::name),
        Err(_) => "unreadable",
    };
    reading.count(kind)?;
    log.faults(&record.faults);
    let entities = match record.element {
        Ok(element) => match party {
            Some(kind) => party::draft(reading, &element, kind, &mut log),
            None => Err(Lost::unknown_record(&element.name)),
        },
        Err(fault) => Err(Lost::new(fault.kind, fault.in_words())),
    };
    reading.settle(kind, log, entities);
    Ok(())
}
