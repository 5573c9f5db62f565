//! Which columns does a CSV file have?

use std::collections::BTreeMap;

use crate::delimited::{Records, delimiter};
use crate::text::clip;

use super::KNOWN_COLUMNS;
use super::mapping::Mapping;

/// A longer first line is no header.
const HEADER_BYTES_MAX: usize = 64 << 10;
/// A longer field is no name of a column.
const COLUMN_CHARS_MAX: usize = 100;
/// Most columns that an error names.
const COLUMNS_SHOWN_MAX: usize = 40;

/// The names of the columns.
pub(super) struct Header {
    /// The line it is on, counted from 1.
    pub(super) line: u64,
    /// The names in order, blanks around them cut off.
    pub(super) names: Vec<String>,
    /// Where each name is; `None` for a name that comes twice. In lower case.
    positions: BTreeMap<String, Option<usize>>,
}

impl Header {
    /// Reads the first record.
    pub(super) fn read(records: &mut Records<'_>) -> Result<Self, String> {
        let record = match records.next() {
            Some(Ok(record)) => record,
            Some(Err(error)) => return Err(format!("the header cannot be read: {error}")),
            None => return Err("there is no header".to_owned()),
        };
        let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
        let mut positions = BTreeMap::new();
        for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            positions.entry(name.to_lowercase()).and_modify(|known| *known = None).or_insert(Some(at));
        }
        Ok(Self { line: record.line, names, positions })
    }

    /// The position of a column; case does not matter.
    pub(super) fn position(&self, name: &str) -> Result<usize, String> {
        match self.positions.get(&name.trim().to_lowercase()) {
            Some(Some(at)) => Ok(*at),
            Some(None) => Err(format!("the header has the column {name:?} twice; rename one")),
            None => Err(format!(
                "the mapping names the column {name:?}, which the header does not have; {}",
                self.found()
            )),
        }
    }

    /// The mapping of a file whose header has the names of [`KNOWN_COLUMNS`].
    pub(super) fn known_columns(&self) -> Result<Mapping, String> {
        if !self.positions.contains_key("name") {
            let known: Vec<&str> = KNOWN_COLUMNS.iter().map(|(column, _)| *column).collect();
            return Err(format!(
                "the header has no column \"name\"; {}. Rename the columns (id, schema, {}) or hand in a mapping, \
                 as docs/csv-mapping.md describes",
                self.found(),
                known.join(", ")
            ));
        }
        Ok(Mapping::of_known_columns(|column| self.positions.contains_key(column)))
    }

    fn found(&self) -> String {
        let names: Vec<&str> = self.names.iter().take(COLUMNS_SHOWN_MAX).map(|name| clip(name, 60)).collect();
        let more = if self.names.len() > COLUMNS_SHOWN_MAX { " and more" } else { "" };
        format!("found are: {}{more}", names.join(", "))
    }
}

/// Whether the first line can be a header.
pub(super) fn looks_like_one(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(HEADER_BYTES_MAX)).unwrap_or_default();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if start.starts_with(b"<") || start.starts_with(b"{") || start.starts_with(b"[") {
        return false;
    }
    let Some(end) = memchr::memchr(b'\n', start).or((start.len() < HEADER_BYTES_MAX).then_some(start.len()))
    else {
        return false;
    };
    let line = start.get(..end).unwrap_or_default();
    let Some(Ok(record)) = Records::new(line, delimiter(line)).next() else { return false };
    let fields: Vec<&str> = record.iter().map(str::trim).collect();
    let is_column = |field: &&str| {
        field.chars().count() <= COLUMN_CHARS_MAX && (field.is_empty() || field.contains(char::is_alphabetic))
    };
    fields.iter().any(|field| field.eq_ignore_ascii_case("name"))
        || (fields.len() > 1 && fields.iter().all(is_column))
}

/// The bytes behind the first lines, and how many lines there were to leave out.
pub(super) fn behind_lines(bytes: &[u8], n_lines: usize) -> (&[u8], u64) {
    let mut rest = bytes;
    let mut n_skipped = 0;
    for _ in 0..n_lines {
        let Some(end) = memchr::memchr(b'\n', rest) else { break };
        rest = rest.get(end + 1..).unwrap_or_default();
        n_skipped += 1;
    }
    (rest, n_skipped)
}
