//! What stands in the cells of a spreadsheet (XLSX, ODS)? Rows of texts, as a CSV has them.
//!
//! Both are XML in a ZIP, and go through the readers of this crate with their bounds: no row is larger than
//! [`limits::LINE_BYTES_MAX`], no field beyond [`limits::FIELDS_PER_RECORD_MAX`] is read, a cell or a row that says to be
//! repeated a million times is so only as far as [`limits::WORKBOOK_BYTES_MAX`] goes, and what is not written in the
//! file takes no memory. A number is the text in the file: dates of XLSX are days since the end of 1899.

mod ods;
mod xlsx;

use interdict_core::limits;

use crate::delimited::{Record, RecordFault};
use crate::packed::Archive;
use crate::reading::Lost;
use crate::source::{ReadError, SourceFile};
use crate::xml::{Element, Fault};

/// The rows of a sheet that hold something.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<Result<Record, BadRow>>,
}

/// A row that cannot be read.
#[derive(Debug)]
pub(crate) struct BadRow {
    /// Its number, counted from 1.
    pub(crate) line: u64,
    pub(crate) lost: Lost,
}

/// The kinds of spreadsheets that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Xlsx,
    Ods,
}

/// Which kind of spreadsheet a file is.
pub(crate) fn kind(file: &SourceFile<'_>) -> Option<Kind> {
    if !file.bytes.starts_with(b"PK") {
        return None;
    }
    let archive = Archive::open(*file).ok()?;
    if archive.has(xlsx::WORKBOOK) {
        return Some(Kind::Xlsx);
    }
    archive.has(ods::CONTENT).then_some(Kind::Ods)
}

/// The sheets of a spreadsheet, each with at most so many rows.
///
/// # Errors
/// When it is no spreadsheet, is damaged, or goes over a bound.
pub(crate) fn sheets(file: &SourceFile<'_>, rows_max: usize) -> Result<Vec<Sheet>, ReadError> {
    match kind(file) {
        Some(Kind::Xlsx) => xlsx::sheets(file, rows_max),
        Some(Kind::Ods) => ods::sheets(file, rows_max),
        None => Err(wrong_form(file, "it has none of the parts of one")),
    }
}

/// The text that all cells may hold together.
struct Room {
    bytes: u64,
}

/// What a cell costs besides its text.
const CELL_BYTES: u64 = 16;

impl Room {
    fn new() -> Self {
        Self { bytes: limits::WORKBOOK_BYTES_MAX }
    }

    /// Takes the room of a row.
    fn take(&mut self, file: &SourceFile<'_>, cells: &[String]) -> Result<(), ReadError> {
        let needed: u64 = cells.iter().map(|cell| cell.len() as u64 + CELL_BYTES).sum();
        let rest = self.bytes.checked_sub(needed).ok_or_else(|| ReadError::TooMany {
            file: file.name.to_owned(),
            what: "bytes in its cells",
            max: limits::WORKBOOK_BYTES_MAX,
        })?;
        self.bytes = rest;
        Ok(())
    }
}

/// The cells of one row, as far as they are filled.
#[derive(Default)]
struct Cells {
    texts: Vec<String>,
    overflow: bool,
}

impl Cells {
    /// Puts a text into a column. An empty one takes no place.
    fn put(&mut self, column: usize, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if column >= limits::FIELDS_PER_RECORD_MAX {
            self.overflow = true;
            return;
        }
        if self.texts.len() <= column {
            self.texts.resize(column + 1, String::new());
        }
        if let Some(cell) = self.texts.get_mut(column) {
            text.clone_into(cell);
        }
    }

    /// The row; `None` when it is empty.
    fn into_row(self, line: u64) -> Option<Result<Record, BadRow>> {
        if self.overflow {
            let fault = RecordFault::TooManyFields;
            return Some(Err(BadRow { line, lost: Lost::new(fault.kind(), fault.to_string()) }));
        }
        (!self.texts.is_empty()).then(|| Ok(Record::of(line, self.texts.iter().map(String::as_str))))
    }
}

fn bad_row(line: u64, fault: &Fault) -> BadRow {
    BadRow { line, lost: Lost::new(fault.kind, fault.in_words()) }
}

/// A part of the spreadsheet, unpacked; empty when there is none of that name.
fn part(archive: &Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    archive.member(name).map(|member| archive.unpack(member, limits::WORKBOOK_BYTES_MAX)).transpose()
}

/// The name of an element without its prefix.
fn local<'e>(element: &'e Element<'_>) -> &'e str {
    element.name.rsplit(':').next().unwrap_or_default()
}

fn wrong_form(file: &SourceFile<'_>, reason: &str) -> ReadError {
    ReadError::WrongForm {
        file: file.name.to_owned(),
        format: "a spreadsheet (XLSX or ODS)",
        reason: reason.to_owned(),
    }
}
