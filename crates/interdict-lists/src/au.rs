//! What does Australia's consolidated list say? One spreadsheet (XLSX) of the Department of Foreign Affairs and Trade, or the
//! same table as CSV.
//!
//! A row is one name. The number of its Reference is the party, the letters behind it (`12a`, `12b1`) count its other names;
//! every row repeats what is said of the party. Rows of one number that stand apart are one party, unless both groups have
//! a primary name: then the number was given twice.
//!
//! | in the file | in the entity |
//! |---|---|
//! | Reference, without its letters | the id, `<list>-<number>` |
//! | Type | `Person`, `Vessel`; `Company` by legal form, else `Organization` |
//! | Primary Name; aka, Original Script; weak; Formerly known as | `name`; `alias`; `weakAlias`; `previousName` |
//! | Date of Birth, Place of Birth, Citizenship | `birthDate`, `birthPlace` and `birthCountry`, `citizenship` |
//! | Address | `Address`; `address` and `country` of the party |
//! | Additional Information | `notes`; what it labels (`Passport no.:`, `Website:`, IMO numbers …) also in its place |
//! | Committees, Listing Information, instrument, measures | `Sanction` |
//! | Control Date | `modifiedAt` of the party and its `Sanction`: it is the date of the last amendment, not of the listing |
//!
//! A number in a column of dates is a year up to 2200, and above that a day as spreadsheets count them. A column that is not
//! known is noted and kept in `notes`.

mod dates;
mod information;
mod party;

use std::collections::HashMap;

use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::delimited::{Record, Records};
use crate::reading::{Ids, Log, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::table::{self, Header};
use crate::workbook::{self, BadRow};

const FORMAT: &str = "Australia's consolidated list";
const NEEDED: &[&[&str]] = &[&["reference", "nameofindividualorentity", "nametype"]];
const ROW: &str = "row";

/// Whether a file is a table with the columns of this list.
pub fn is_au(file: &SourceFile<'_>) -> bool {
    if workbook::kind(file).is_none() {
        return table::is_csv_with(file.bytes, NEEDED);
    }
    workbook::sheets(file, 10).is_ok_and(|sheets| {
        sheets
            .into_iter()
            .any(|sheet| table::find_header(&mut sheet.rows.into_iter().flatten(), NEEDED).is_some())
    })
}

/// Reads the list.
///
/// # Errors
/// When the file is no such table, is damaged, or goes over a bound.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    reading.issue(Severity::Note, "no_date", "the file does not say of when it is");
    let mut gathered = Gathered::default();
    let mut n_tables = 0;
    for (name, rows) in tables(file)? {
        let n_rows = rows.len();
        let mut rows = rows.into_iter();
        match table::find_header(&mut rows.by_ref().filter_map(Result::ok), NEEDED) {
            Some((_, header)) => {
                n_tables += 1;
                gathered.take_table(&mut reading, &header, rows)?;
            }
            None => {
                let name = crate::text::clip(&name, 60);
                let reason = format!("the sheet {name:?} with {n_rows} rows is no table of this list");
                reading.issue(Severity::Note, "other_sheet", reason);
            }
        }
    }
    if n_tables == 0 {
        let reason = "no row of its beginning has the names of the columns".to_owned();
        return Err(ReadError::WrongForm { file: file.name.to_owned(), format: FORMAT, reason });
    }
    gathered.settle(&mut reading);
    Ok(reading.finish(None))
}

type Rows = Vec<Result<Record, BadRow>>;

/// The tables of a file: its sheets, or the one of a CSV.
fn tables(file: &SourceFile<'_>) -> Result<Vec<(String, Rows)>, ReadError> {
    if workbook::kind(file).is_some() {
        let sheets = workbook::sheets(file, usize::MAX)?;
        return Ok(sheets.into_iter().map(|sheet| (sheet.name, sheet.rows)).collect());
    }
    let bytes = crate::encoding::to_utf8(file.bytes);
    let rows = Records::new(&bytes, b',')
        .map(|row| row.map_err(|error| BadRow { line: error.line, lost: error.into() }));
    Ok(vec![(String::new(), rows.collect())])
}

/// All parties, in the order in which they first come.
#[derive(Default)]
struct Gathered {
    parties: Vec<Party>,
    by_number: HashMap<String, usize>,
    last: Option<String>,
    unknown: Vec<String>,
}

/// The rows of one party.
#[derive(Default)]
struct Party {
    number: String,
    rows: Vec<Row>,
    has_primary: bool,
    logs: Vec<Log>,
}

/// What a row says: the column's key, its name in the file, the text.
type Row = Vec<(String, String, String)>;

impl Gathered {
    fn take_table(
        &mut self,
        reading: &mut Reading<'_>,
        header: &Header,
        rows: impl Iterator<Item = Result<Record, BadRow>>,
    ) -> Result<(), ReadError> {
        for row in rows {
            reading.count(ROW)?;
            match row {
                Ok(record) => self.take(reading, header, &record),
                Err(bad) => {
                    let log = reading.log(Position::Line(bad.line));
                    reading.lose(ROW, log, bad.lost);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, reading: &mut Reading<'_>, header: &Header, record: &Record) {
        let mut log = reading.log(Position::Line(record.line));
        let row: Row = header
            .fields(record)
            .map(|field| (field.key.to_owned(), field.name.to_owned(), field.text.to_owned()))
            .collect();
        if row.is_empty() {
            return reading.settle(ROW, log, Ok(None)); // blanks between commas
        }
        let reference = header.text(record, "reference").unwrap_or_default();
        let number: String = reference.chars().take_while(char::is_ascii_digit).collect();
        if number.is_empty() {
            let lost = Lost::new("no_id", "the row has no reference number");
            return reading.lose(ROW, log, lost);
        }
        log.of_record(reference);
        self.note_unknown(&row, &mut log);
        let is_primary =
            header.text(record, "nametype").is_some_and(|kind| party::name_property(kind) == Some("name"));
        let at = self.place(&number, is_primary);
        if let Some(party) = self.parties.get_mut(at) {
            party.has_primary |= is_primary;
            party.rows.push(row);
            party.logs.push(log);
        }
        self.last = Some(number);
    }

    /// The party of a row. A second group of rows of a number with a primary name of its own is another party.
    fn place(&mut self, number: &str, is_primary: bool) -> usize {
        let is_new_group = self.last.as_deref() != Some(number);
        let known = self.by_number.get(number).copied();
        let is_other = |at: usize| {
            is_new_group && is_primary && self.parties.get(at).is_some_and(|party| party.has_primary)
        };
        match known {
            Some(at) if !is_other(at) => at,
            _ => {
                self.parties.push(Party { number: number.to_owned(), ..Party::default() });
                let at = self.parties.len() - 1;
                self.by_number.insert(number.to_owned(), at);
                at
            }
        }
    }

    fn note_unknown(&mut self, row: &Row, log: &mut Log) {
        for (key, name, _) in row.iter().filter(|(key, ..)| !party::KNOWN.contains(&key.as_str())) {
            if !self.unknown.contains(key) {
                self.unknown.push(key.clone());
                let name = crate::text::clip(name, 60);
                log.note("unknown_column", format!("{name:?} is not known; what it holds is kept as notes"));
            }
        }
    }

    fn settle(self, reading: &mut Reading<'_>) {
        for party in self.parties {
            let mut logs = party.logs.into_iter();
            let Some(mut log) = logs.next() else { continue };
            let entities = party::entities(reading, &party.number, &party.rows, &mut log);
            let reason = entities.as_ref().err().map(Lost::again);
            reading.settle(ROW, log, entities);
            for log in logs {
                match &reason {
                    Some(lost) => reading.lose(ROW, log, lost.again()),
                    None => reading.settle(ROW, log, Ok(None)),
                }
            }
        }
    }
}
