//! What does a CSV file with a header say, given what its columns mean?
//!
//! What the columns mean is told in a mapping, a small TOML text ([`Mapping::parse`]); `docs/csv-mapping.md` describes it
//! with examples. In short:
//!
//! ```toml
//! id = "Group ID"                                  # rows with the same id are one party
//! schema = { column = "Type", values = { Individual = "Person", Ship = "Vessel" }, otherwise = "Organization" }
//!
//! [properties]                                     # FollowTheMoney property = where its values are
//! name = { join = ["First", "Last"] }
//! alias = { column = "AKA", split = ";" }
//! birthDate = { column = "DOB", dates = ["%d/%m/%Y", "%Y"] }
//!
//! [sanction]                                       # properties of the Sanction that every party gets
//! authority = { constant = "HM Treasury" }
//! listingDate = { column = "Listed On", dates = ["%d/%m/%Y"] }
//! ```
//!
//! Without a mapping the header must have a column `name`, and may have those of [`KNOWN_COLUMNS`].
//!
//! A row without an id gets one made of the digest of its fields: it stays when rows move, and changes with the row.

mod dates;
mod header;
mod mapping;
mod rows;
mod sources;

use interdict_core::issue::{Parsed, Position};
use interdict_core::list::ListId;

use crate::delimited::{Records, delimiter as delimiter_of};
use crate::reading::{Ids, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use header::Header;
pub use mapping::{Mapping, MappingError};
use rows::Rows;

/// The columns that are understood without a mapping, and the property that each fills. Several values of one field are
/// separated by `|`.
pub const KNOWN_COLUMNS: &[(&str, &str)] = &[
    ("name", "name"),
    ("alias", "alias"),
    ("weak_alias", "weakAlias"),
    ("previous_name", "previousName"),
    ("birth_date", "birthDate"),
    ("country", "country"),
    ("nationality", "nationality"),
    ("identifier", mapping::IDENTIFIER),
    ("address", "address"),
    ("program", "program"),
    ("notes", "notes"),
];

const KIND: &str = "row";

/// Whether the first line looks like the header of a CSV file: a column `name`, or several columns with words for names.
pub fn is_csv(file: &SourceFile<'_>) -> bool {
    header::looks_like_one(file.bytes)
}

/// Reads a CSV file through a mapping, or by [`KNOWN_COLUMNS`] when there is none.
///
/// # Errors
/// When the file has no header, ends in the middle of a record, the header lacks a column of the mapping, or there is no mapping and no column `name`.
pub fn read(
    list: &ListId,
    file: &SourceFile<'_>,
    mapping: Option<&Mapping>,
) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, mapping, out))
}

pub(crate) fn read_each(
    list: &ListId,
    file: &SourceFile<'_>,
    mapping: Option<&Mapping>,
    out: Taker<'_>,
) -> Result<Account, ReadError> {
    let fault = |reason: String| ReadError::Mapping { file: file.name.to_owned(), reason };
    let (bytes, n_skipped) =
        header::behind_lines(file.bytes, mapping.map_or(0, |mapping| mapping.skip_lines));
    let delimiter = mapping.and_then(|mapping| mapping.delimiter).unwrap_or_else(|| delimiter_of(bytes));
    let mut records = Records::new(bytes, delimiter);
    let header = Header::read(&mut records).map_err(fault)?;
    let by_header;
    let mapping = match mapping {
        Some(mapping) => mapping,
        None => {
            by_header = header.known_columns().map_err(fault)?;
            &by_header
        }
    };
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let mut rows = Rows::new(list, mapping, &header).map_err(fault)?;
    for column in rows.unmapped() {
        let mut log = reading.log(Position::Line(n_skipped + header.line));
        let reason = format!(
            "the column {column:?} is in no mapping; its values are not taken (name it in `ignore` if so meant)"
        );
        log.note("unmapped_column", reason);
        reading.push(log);
    }
    let mut are_all_whole = true;
    while let Some(record) = records.next() {
        let is_whole = record.as_ref().is_ok_and(|record| record.len() >= header.names.len());
        let is_last = records.offset() == bytes.len() && !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r");
        // A last row without its line end may be whole; a row that is shorter than all others is not.
        if is_last && !is_whole && are_all_whole {
            let reason = "the last row is cut off".to_owned();
            return Err(ReadError::Truncated { file: file.name.to_owned(), reason });
        }
        are_all_whole &= is_whole;
        reading.count(KIND)?;
        let line = record.as_ref().map_or_else(|error| error.line, |record| record.line);
        let mut log = reading.log(Position::Line(n_skipped + line));
        let taken = record.map_err(Lost::from).and_then(|record| rows.add(&record, &mut log));
        reading.settle(KIND, log, taken);
    }
    reading.add(rows.into_entities());
    Ok(reading.finish(mapping.published))
}
