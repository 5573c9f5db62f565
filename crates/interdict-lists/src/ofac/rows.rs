//! The records of one file of the set: which have the right shape, which are lost, and whether the file is whole.

use std::borrow::Cow;

use interdict_core::issue::Position;

use super::FORMAT;
use super::files::{Role, is_number};
use crate::delimited::{Record, RecordFault, Records};
use crate::reading::{Lost, Reading};
use crate::source::{ReadError, SourceFile};
use crate::text::fold;

/// What a record of a file is and looks like: how many fields, and how many of the first are numbers.
#[derive(Debug)]
pub(super) struct Shape {
    role: Role,
    fields: usize,
    numbers: usize,
}

pub(super) const PARTY: Shape = Shape { role: Role::Party, fields: 12, numbers: 1 };
pub(super) const ADDRESS: Shape = Shape { role: Role::Address, fields: 6, numbers: 2 };
pub(super) const ALIAS: Shape = Shape { role: Role::Alias, fields: 5, numbers: 2 };
pub(super) const COMMENT: Shape = Shape { role: Role::Comment, fields: 2, numbers: 1 };

/// One record of the right shape.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    record: Record,
}

/// The byte that DOS programs write at the end of a text file.
const END_MARK: u8 = 0x1a;

impl Row {
    /// The source's number of the party.
    pub(super) fn id(&self) -> &str {
        self.record.get(0).unwrap_or_default().trim()
    }

    /// A field with its blanks folded; `None` for the source's null.
    pub(super) fn value(&self, idx: usize) -> Option<Cow<'_, str>> {
        self.text(idx).map(fold)
    }

    /// A field as it stands; `None` for the source's null.
    pub(super) fn text(&self, idx: usize) -> Option<&str> {
        self.record.get(idx).filter(|field| !is_null(field))
    }

    /// Whether both say the same, wherever they stand.
    pub(super) fn says_what(&self, other: &Self) -> bool {
        self.record.iter().eq(other.record.iter())
    }
}

/// `-0- ` is null.
fn is_null(field: &str) -> bool {
    matches!(field.trim(), "" | "-0-")
}

impl Shape {
    /// What a record is, in the reconciliation.
    pub(super) fn kind(&self) -> &'static str {
        self.role.record()
    }

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

/// Reads and counts the records of a file. Those of another shape are lost; the others are for the caller to settle.
///
/// # Errors
/// When the file is empty, most of its records have another shape, or it ends in the middle of a record.
pub(super) fn read(reading: &mut Reading<'_>, shape: &Shape) -> Result<Vec<Row>, ReadError> {
    let file = reading.file;
    let bytes = without_end_mark(file.bytes);
    let is_marked = bytes.len() < file.bytes.len();
    let mut records = Records::new(bytes, b',');
    let (mut rows, mut cut, mut n_read) = (Vec::new(), None, 0);
    while let Some(next) = records.next() {
        reading.count(shape.kind())?;
        n_read += 1;
        let is_last = !is_marked && bytes.get(records.offset()..).unwrap_or_default().trim_ascii().is_empty();
        let (line, lost) = match next {
            Ok(record) if shape.fits(&record) => {
                if is_last && !has_whole_end(bytes, &record) {
                    cut = Some("the last field of the last record is cut");
                }
                rows.push(Row { line: record.line, record });
                continue;
            }
            Ok(record) if has_swallowed(&record) => {
                records.resume_behind_first_line();
                (record.line, Lost::new("unclosed_quote", "a quote is opened and never closed"))
            }
            Ok(record) if is_last && shape.begins(&record) => {
                cut = Some("the last record has too few fields");
                continue;
            }
            Ok(record) => (record.line, Lost::new("wrong_shape", wrong_shape(shape, &record))),
            Err(error) if is_last && error.reason == RecordFault::UnclosedQuote => {
                cut = Some("the last record has an open quote");
                continue;
            }
            Err(error) => (error.line, Lost::from(error)),
        };
        let log = reading.log(Position::Line(line));
        reading.lose(shape.kind(), log, lost);
    }
    check_whole(&file, cut, rows.len() as u64, n_read)?;
    Ok(rows)
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
