//! The records of one file of the set: which have the right shape, which are lost, and whether the file is whole.

use interdict_core::issue::Severity;
use interdict_core::limits;
use interdict_core::list::RecordCount;

use super::files::{Role, is_number};
use super::log::{Log, Place};
use super::{FORMAT, draft};
use crate::delimited::{Record, RecordFault, Records};
use crate::source::{ReadError, SourceFile};

/// What a record of a file looks like: how many fields, and how many of the first are numbers.
#[derive(Debug)]
pub(super) struct Shape {
    fields: usize,
    numbers: usize,
}

pub(super) const PARTY: Shape = Shape { fields: 12, numbers: 1 };
pub(super) const ADDRESS: Shape = Shape { fields: 6, numbers: 2 };
pub(super) const ALIAS: Shape = Shape { fields: 5, numbers: 2 };
pub(super) const COMMENT: Shape = Shape { fields: 2, numbers: 1 };

/// One record of the right shape.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    record: Record,
}

/// The records of the right shape of one file, and how many were read in all.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) records: Vec<Row>,
    read: u64,
}

/// The byte that DOS programs write at the end of a text file.
const END_MARK: u8 = 0x1a;

impl Row {
    /// The source's number of the party.
    pub(super) fn id(&self) -> &str {
        self.record.get(0).unwrap_or_default().trim()
    }

    /// A field with its blanks folded; `None` for the source's null.
    pub(super) fn value(&self, idx: usize) -> Option<String> {
        self.text(idx).map(draft::folded)
    }

    /// A field as it stands; `None` for the source's null.
    pub(super) fn text(&self, idx: usize) -> Option<&str> {
        self.record.get(idx).filter(|field| !is_null(field))
    }
}

impl Rows {
    /// The row of the reconciliation, when this many records were taken.
    pub(super) fn count(&self, file: &str, role: Role, taken: usize) -> RecordCount {
        let taken = taken as u64;
        let lost = self.read - taken;
        RecordCount { file: file.to_owned(), record: role.record().to_owned(), read: self.read, taken, lost }
    }
}

/// `-0- ` is null.
fn is_null(field: &str) -> bool {
    matches!(field.trim(), "" | "-0-")
}

impl Shape {
    fn fits(&self, record: &Record) -> bool {
        record.len() == self.fields
            && (0..self.numbers).all(|idx| record.get(idx).is_some_and(is_number))
            && !has_swallowed(record)
    }

    /// Whether a record can be the beginning of one of this shape.
    fn begins(&self, record: &Record) -> bool {
        record.len() < self.fields && record.get(0).is_some_and(is_number)
    }
}

/// Whether a field holds the beginning of another record: a quote was left open. No field of the source has line breaks.
fn has_swallowed(record: &Record) -> bool {
    record.iter().any(|field| {
        field.split('\n').skip(1).any(|line| line.split_once(',').is_some_and(|(first, _)| is_number(first)))
    })
}

/// Reads the records of a file.
///
/// # Errors
/// When the file is empty, most of its records have another shape, or it ends in the middle of a record.
pub(super) fn read(file: &SourceFile<'_>, shape: &Shape, log: &mut Log) -> Result<Rows, ReadError> {
    let bytes = without_end_mark(file.bytes);
    let is_marked = bytes.len() < file.bytes.len();
    let mut records = Records::new(bytes, b',');
    let (mut rows, mut cut, mut read) = (Vec::new(), None, 0);
    while let Some(next) = records.next() {
        read += 1;
        if read > limits::RECORDS_MAX {
            return Err(ReadError::TooMany {
                file: file.name.into(),
                what: "records",
                max: limits::RECORDS_MAX,
            });
        }
        let is_last = !is_marked && bytes.get(records.offset()..).unwrap_or_default().trim_ascii().is_empty();
        let (line, kind, reason) = match next {
            Ok(record) if shape.fits(&record) => {
                if is_last && !has_whole_end(bytes, &record) {
                    cut = Some("the last field of the last record is cut");
                }
                rows.push(Row { line: record.line, record });
                continue;
            }
            Ok(record) if has_swallowed(&record) => {
                records.resume_behind_first_line();
                (record.line, "unclosed_quote", "a quote is opened and never closed".to_owned())
            }
            Ok(record) if is_last && shape.begins(&record) => {
                cut = Some("the last record has too few fields");
                continue;
            }
            Ok(record) => (record.line, "wrong_shape", wrong_shape(shape, &record)),
            Err(error) if is_last && error.reason == RecordFault::UnclosedQuote => {
                cut = Some("the last record has an open quote");
                continue;
            }
            Err(error) => (error.line, error.reason.kind(), error.to_string()),
        };
        let place = Place { file: file.name, line, record: String::new() };
        log.issue(Severity::RecordLost, kind, &place, reason);
    }
    check_whole(file, cut, rows.len() as u64, read)?;
    Ok(Rows { records: rows, read })
}

fn without_end_mark(bytes: &[u8]) -> &[u8] {
    let mut bytes = bytes;
    while let [rest @ .., END_MARK] = bytes {
        bytes = rest;
    }
    bytes
}

/// Whether the last field of the last record is whole. Without a line end behind it, only a null or a quoted text with its
/// full stop is surely so.
fn has_whole_end(bytes: &[u8], record: &Record) -> bool {
    let last = record.len().checked_sub(1).and_then(|idx| record.get(idx)).unwrap_or_default();
    bytes.ends_with(b"\n")
        || bytes.ends_with(b"\r")
        || last.trim() == "-0-"
        || (bytes.ends_with(b"\"") && last.ends_with('.'))
}

fn wrong_shape(shape: &Shape, record: &Record) -> String {
    if record.len() == shape.fields {
        return "the record does not begin with its number".to_owned();
    }
    format!("the record has {} fields, not {}", record.len(), shape.fields)
}

fn check_whole(
    file: &SourceFile<'_>,
    cut: Option<&'static str>,
    taken: u64,
    read: u64,
) -> Result<(), ReadError> {
    let name = || file.name.to_owned();
    let lost = read - taken - u64::from(cut.is_some()).min(read - taken);
    if read == 0 {
        return Err(ReadError::Empty { file: name() });
    }
    if lost > taken {
        let reason = format!("{lost} of its {read} records do not have the right columns");
        return Err(ReadError::WrongForm { file: name(), format: FORMAT, reason });
    }
    match cut {
        Some(reason) => Err(ReadError::Truncated { file: name(), reason: reason.to_owned() }),
        None => Ok(()),
    }
}
