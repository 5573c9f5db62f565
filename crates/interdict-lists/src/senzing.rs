//! What does a file of Senzing JSON say, one record a line?
//!
//! ```json
//! {"DATA_SOURCE": "LIST", "RECORD_ID": "1", "FEATURES": [
//!   {"RECORD_TYPE": "PERSON"}, {"NAME_TYPE": "PRIMARY", "NAME_FULL": "Jane Doe"}, {"DATE_OF_BIRTH": "1970-01-02"},
//!   {"REL_POINTER_DOMAIN": "LIST", "REL_POINTER_KEY": "2", "REL_POINTER_ROLE": "OWNER_OF"}]}
//! ```
//!
//! The attributes are those of the Senzing Entity Specification and those that OpenSanctions adds. They may stand in
//! `FEATURES`, in arrays of any other name (`NAMES`, `ADDRESSES`, `IDENTIFIERS`) or flat in the record, there also with a
//! word for their use before them (`HOME_ADDR_CITY`).
//!
//! - The id becomes `<list>-<RECORD_ID>`. A record without one gets hex digits of the digest of what it says.
//! - `RECORD_TYPE` is the schema; without it a record with a birth date, a gender or parts of a name of people is a person,
//!   one with `NAME_ORG` an organization, any other a legal entity (`no_kind`).
//! - An address becomes an entity of its own, and so does a document: a passport, and any number of a general
//!   kind or with a country.
//! - A pointer becomes a link from the record that points to the one that has the anchor of that domain and key, or else the
//!   record of that id. Where one object has both, the link goes from the anchor to the pointer; told by both records it is one
//!   link. A pointer to what is not in the file is kept as a note (`unresolved_link`).
//! - What has no property, known attribute or not, goes to the notes under its name. `LAST_CHANGE` and the like are bookkeeping
//!   and are left out.

mod attributes;
mod features;
mod links;
mod numbers;
mod party;

use std::collections::BTreeSet;

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::issue::Parsed;
use interdict_core::list::ListId;

use crate::json::{self, Object, first_object};
use crate::reading::{Ids, Log, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use features::Record;
use links::Links;

const FORMAT: &str = "Senzing JSON";
const KIND: &str = "record";
/// Hex digits of the digest that stands for a missing id.
const DIGEST_DIGITS: usize = 16;
/// Most names of unknown attributes that are remembered, to be noted once each.
const UNKNOWN_MAX: usize = 1_000;

/// Whether the first line is a Senzing record.
pub fn is_senzing(file: &SourceFile<'_>) -> bool {
    first_object(file.bytes).is_some_and(|object| {
        object.text("DATA_SOURCE").is_some()
            && (object.get("RECORD_ID").is_some() || object.get("FEATURES").is_some())
    })
}

/// Reads Senzing records.
///
/// # Errors
/// When not one line is a record.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let mut links = Links::new(reading.ids_of);
    let mut unknown = BTreeSet::new();
    json::read_lines(&mut reading, KIND, FORMAT, |reading, object, log| {
        record(reading, object, log, &mut links, &mut unknown)
    })?;
    links.resolve(&mut reading);
    Ok(reading.finish(None))
}

fn record(
    reading: &mut Reading<'_>,
    object: &Object<'_>,
    log: &mut Log,
    links: &mut Links<'_>,
    unknown: &mut BTreeSet<String>,
) -> Result<Vec<Entity>, Lost> {
    let source = object.text("DATA_SOURCE").map(str::trim).filter(|source| !source.is_empty());
    let source = source.ok_or_else(|| Lost::new("no_data_source", "the record has no DATA_SOURCE"))?;
    let given = object.text("RECORD_ID").map(str::trim).filter(|id| !id.is_empty());
    let record_id = given.map_or_else(|| id_of_content(object), str::to_owned);
    log.of_record(&record_id);
    if given.is_none() {
        log.note("no_id", "the record has no RECORD_ID; its id is a digest of what it says");
    }
    let record = Record::of(object, log);
    let id = reading.unique(reading.ids_of.of_party(&record_id), log);
    for (name, _) in &record.unknown {
        if unknown.len() < UNKNOWN_MAX && unknown.insert(name.clone()) {
            let reason =
                format!("the attribute {name:?} is not known; it is kept as a note, here and further on");
            log.note("unknown_field", reason);
        }
    }
    links.take(source, &record_id, &id, &record, log);
    if links.has_pointers() {
        reading.hold(); // a pointer that leads nowhere becomes a note of its party
    }
    Ok(party::entities(id, &record_id, &record, log))
}

fn id_of_content(object: &Object<'_>) -> String {
    Digest::of(format!("{object:?}").as_bytes()).to_hex().chars().take(DIGEST_DIGITS).collect()
}
