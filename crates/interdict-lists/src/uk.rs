//! What do the British lists say? The UK Sanctions List (XML, CSV, ODS), which is the only one since 28 January 2026, and the
//! consolidated list of the Treasury's OFSI before it (CSV).
//!
//! All forms say the same things under nearly the same names. A row of a table, and each group of elements of the XML, is
//! taken into the facts of its party by the names of its columns (`columns`, `facts`), so that a party is the same entity
//! in every form and whatever the order of the rows: names, addresses and documents are sorted, not numbered as they come.
//!
//! | in the file | in the entity |
//! |---|---|
//! | Unique ID, or Group ID of OFSI | the id, `<list>-<Unique ID>`; the id on the other list is a referent |
//! | Individual, Entity, Ship | `Person`; `Company` by legal form or type, else `Organization`; `Vessel` |
//! | Name 1 … Name 6 | joined: `name`. Of persons also `firstName` (1), `secondName` (2), `middleName` (3), `lastName` (6) |
//! | Primary Name, Alias (AKA), FKA; low quality | `name`, `alias`, `previousName`; `weakAlias` |
//! | name in non-Latin script | `alias`; script and language are a note |
//! | address lines, postal code, country | `Address`; `address` and `country` of the party |
//! | passport, national identifier | `Passport`, `Identification`, and the number on the party |
//! | Regime, Sanctions Imposed, source, statement of reasons, dates | `Sanction` |
//! | Other Information | `notes`; what it labels, `(UN Ref):` or `(Website):`, is taken as if it had a column |
//! | owners, parent and subsidiary companies | `Ownership` where the list has exactly one party of that name, else a note |
//!
//! `SanctionsImposedIndicators` of the XML says `SanctionsImposed` once more and is left out when that is there. A column or
//! element that is not known is noted, and what it holds is kept in `notes`.

mod columns;
mod facts;
mod gathered;
mod labels;
mod links;
mod papers;
mod party;
mod places;
mod ships;
mod tree;

use interdict_core::date::PartialDate;
use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::delimited::{Record, Records};
use crate::reading::{Ids, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::table;
use crate::{encoding, numbered, workbook, written_dates, xml};
use gathered::Gathered;
pub(crate) use papers::put_papers;
pub(crate) use places::{country_codes, put_countries};

/// The root element of the UK Sanctions List.
const ROOT: &str = "Designations";

/// One of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// The UK Sanctions List of the Foreign, Commonwealth & Development Office.
    SanctionsList,
    /// The consolidated list of OFSI, in the CSV that was published until January 2026.
    Consolidated,
}

impl Edition {
    /// The columns that one of its tables has at least: the full table, or the short one of the spreadsheet.
    fn needed(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::SanctionsList => &[&["uniqueid", "name6"], &["uniqueid", "name", "regimename"]],
            Self::Consolidated => &[&["groupid", "grouptype", "name6"]],
        }
    }

    fn id_column(self) -> &'static str {
        match self {
            Self::SanctionsList => "uniqueid",
            Self::Consolidated => "groupid",
        }
    }

    fn format(self) -> &'static str {
        match self {
            Self::SanctionsList => "the UK Sanctions List",
            Self::Consolidated => "OFSI's consolidated list",
        }
    }
}

/// Whether a file is of an edition, in any of its forms.
pub fn is_uk(file: &SourceFile<'_>, edition: Edition) -> bool {
    if xml::root_name(file.bytes).is_some() {
        return edition == Edition::SanctionsList
            && xml::root_name(file.bytes).is_some_and(|root| root == ROOT);
    }
    if workbook::kind(file).is_some() {
        return workbook::sheets(file, 10).is_ok_and(|sheets| {
            sheets.into_iter().any(|sheet| {
                table::find_header(&mut sheet.rows.into_iter().flatten(), edition.needed()).is_some()
            })
        });
    }
    table::is_csv_with(file.bytes, edition.needed())
}

/// Reads a list of an edition from any of its forms.
///
/// # Errors
/// When the file has none of the forms, is cut off, or goes over a bound.
pub fn read(
    list: &ListId,
    file: &SourceFile<'_>,
    edition: Edition,
) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, edition, out))
}

pub(crate) fn read_each(
    list: &ListId,
    file: &SourceFile<'_>,
    edition: Edition,
    out: Taker<'_>,
) -> Result<Account, ReadError> {
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let mut gathered = Gathered::new(edition);
    let published = if edition == Edition::SanctionsList && xml::root_name(file.bytes).is_some() {
        tree::gather(&mut reading, file, &mut gathered)?
    } else if workbook::kind(file).is_some() {
        gather_sheets(&mut reading, file, &mut gathered)?
    } else {
        gather_csv(&mut reading, file, &mut gathered)?
    };
    if published.is_none() {
        reading.issue(Severity::Note, "no_date", "the file does not say of when it is");
    }
    gathered.settle(&mut reading);
    Ok(reading.finish(published))
}

/// The kind of record of tables.
const ROW: &str = "row";

fn gather_csv(
    reading: &mut Reading<'_>,
    file: &SourceFile<'_>,
    gathered: &mut Gathered,
) -> Result<Option<PartialDate>, ReadError> {
    let bytes = encoding::to_utf8(file.bytes);
    if matches!(bytes, std::borrow::Cow::Owned(_)) {
        reading.issue(Severity::Note, "encoding", "the file is not UTF-8; it was read as Windows-1252");
    }
    let mut records = Records::new(&bytes, b',');
    let mut good = records.by_ref().filter_map(Result::ok);
    let (above, header) = table::find_header(&mut good, gathered.edition.needed()).ok_or_else(|| {
        wrong_form(file, gathered.edition, "no row of its beginning has the names of the columns")
    })?;
    let mut end = table::End::default();
    for record in records {
        reading.count(ROW)?;
        end.is_now(&record);
        match record {
            Ok(record) => gathered.take_row(reading, &header, &record),
            Err(error) => {
                let log = reading.log(Position::Line(error.line));
                reading.lose(ROW, log, error.into());
            }
        }
    }
    end.refuse_cut(file, &header)?;
    Ok(date_above(&above))
}

fn gather_sheets(
    reading: &mut Reading<'_>,
    file: &SourceFile<'_>,
    gathered: &mut Gathered,
) -> Result<Option<PartialDate>, ReadError> {
    let mut published = None;
    let mut n_tables = 0;
    for sheet in workbook::sheets(file, usize::MAX)? {
        let n_rows = sheet.rows.len();
        let mut rows = sheet.rows.into_iter();
        let found = table::find_header(&mut rows.by_ref().filter_map(Result::ok), gathered.edition.needed());
        let Some((above, header)) = found else {
            reading.issue(
                Severity::Note,
                "other_sheet",
                format!(
                    "the sheet {:?} with {n_rows} rows is no table of this list",
                    crate::text::clip(&sheet.name, 60)
                ),
            );
            continue;
        };
        n_tables += 1;
        published = published.or(date_above(&above));
        for row in rows {
            reading.count(ROW)?;
            match row {
                Ok(record) => gathered.take_row(reading, &header, &record),
                Err(bad) => {
                    let log = reading.log(Position::Line(bad.line));
                    reading.lose(ROW, log, bad.lost);
                }
            }
        }
    }
    if n_tables == 0 {
        return Err(wrong_form(file, gathered.edition, "no sheet has the names of the columns"));
    }
    Ok(published)
}

/// The date in the rows above the header: `Last Updated,27/04/2020`, `Report Date: 28-Jan-2026`.
fn date_above(above: &[Record]) -> Option<PartialDate> {
    let cells = above.iter().flat_map(Record::iter);
    cells.filter_map(|cell| written_dates::date(cell.rsplit(": ").next().unwrap_or(cell))).next()
}

fn wrong_form(file: &SourceFile<'_>, edition: Edition, reason: &str) -> ReadError {
    ReadError::WrongForm { file: file.name.to_owned(), format: edition.format(), reason: reason.to_owned() }
}

/// The values of a field that may number or separate them.
fn values(text: &str) -> Vec<&str> {
    numbered::items(text)
        .into_iter()
        .flat_map(|item| item.split(['|', '\n']))
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .collect()
}
