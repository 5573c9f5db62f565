//! What does the Consolidated Screening List of the United States say? The CSV of trade.gov, which puts the lists of three
//! departments into one table: OFAC's, the export lists of the Bureau of Industry and Security, those of the State Department.
//!
//! A row is one party of one list. OFAC's words (identifiers, remarks) are read as those of OFAC's own files are: each becomes
//! the clause that OFAC would write (`clauses`), and goes where its rules say.
//!
//! | in the file | in the entity |
//! |---|---|
//! | source and entity_number, or `_id` where there is no number | the id: `<list>-sdn-<number>`, `<list>-<_id>` |
//! | entity_number of a list of OFAC | a referent, `ofac-<number>` or `ofac-nonsdn-<number>` |
//! | type | `Person`, `Vessel`, `Airplane`; an entity is a `Company` by legal form, else an `Organization`. Without a type: a `Company` by legal form, else a `LegalEntity` |
//! | name, alt_names | `name`, `alias` |
//! | addresses | `Address`; `address` and `country` of the party |
//! | source | `authority` and `program` of the `Sanction`; export lists have the topic `export.control` or `export.risk` |
//! | programs, notices, dates, license columns | `Sanction` |
//! | ids, remarks | identifiers, documents, wallets, links, provisions, notes |
//!
//! A row that says the same as an earlier one of its list and number, but for web pages, is lost as `duplicate_record`; one that
//! does not is a party of its own (`id_reused`). A column that is not known is noted and kept in `notes`.

mod clauses;
mod party;

use std::collections::HashSet;

use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::delimited::{Record, Records};
use crate::ofac::{Linking, ListedParty};
use crate::reading::{Ids, Key, Log, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::table::{self, Header};

const FORMAT: &str = "the US Consolidated Screening List";
const NEEDED: &[&[&str]] = &[&["source", "entitynumber", "altnames"]];
const ROW: &str = "row";

/// Whether a file is a CSV with the columns of this list.
pub fn is_us_csl(file: &SourceFile<'_>) -> bool {
    table::is_csv_with(file.bytes, NEEDED)
}

/// Reads the list.
///
/// # Errors
/// When the file does not have the columns.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    reading.issue(Severity::Note, "no_date", "the file does not say of when it is");
    let mut records = Records::new(file.bytes, b',');
    let found = table::find_header(&mut records.by_ref().filter_map(Result::ok), NEEDED);
    let (_, header) = found.ok_or_else(|| ReadError::WrongForm {
        file: file.name.to_owned(),
        format: FORMAT,
        reason: "no row of its beginning has the names of the columns".to_owned(),
    })?;
    let mut parties = Parties::default();
    let mut end = table::End::default();
    for record in records {
        reading.count(ROW)?;
        end.is_now(&record);
        match record {
            Ok(record) => parties.take(&mut reading, &header, &record),
            Err(error) => {
                let log = reading.log(Position::Line(error.line));
                reading.lose(ROW, log, error.into());
            }
        }
    }
    end.refuse_cut(file, &header)?;
    for ListedParty { draft, log } in parties.linking.resolved() {
        reading.settle(ROW, log, Ok(draft.into_entities()));
    }
    Ok(reading.finish(None))
}

/// The parties read so far, and what their rows say.
#[derive(Default)]
struct Parties {
    linking: Linking,
    said: HashSet<Key>,
    unknown: Vec<String>,
}

impl Parties {
    fn take(&mut self, reading: &mut Reading<'_>, header: &Header, record: &Record) {
        let mut log = reading.log(Position::Line(record.line));
        if header.fields(record).next().is_none() {
            return reading.settle(ROW, log, Ok(None)); // blanks between commas
        }
        let Some(id) = party::record_id(header, record) else {
            let lost = Lost::new("no_id", "the row has neither a number of its list nor an id");
            return reading.lose(ROW, log, lost);
        };
        log.of_record(&id);
        let said = said(header, record, &id);
        if self.said.contains(&said) {
            let lost = Lost::new("duplicate_record", "an earlier row of this file says the same");
            return reading.lose(ROW, log, lost);
        }
        self.note_unknown(header, record, &mut log);
        match party::draft(reading, header, record, &id, &mut log) {
            Ok(draft) => {
                if let Some(ListedParty { draft, log }) = self.linking.take(ListedParty { draft, log }) {
                    reading.settle(ROW, log, Ok(draft.into_entities()));
                }
            }
            Err(lost) => return reading.lose(ROW, log, lost),
        }
        self.said.insert(said);
    }

    fn note_unknown(&mut self, header: &Header, record: &Record, log: &mut Log) {
        for field in header.fields(record).filter(|field| !party::KNOWN.contains(&field.key)) {
            if !self.unknown.iter().any(|known| known == field.key) {
                self.unknown.push(field.key.to_owned());
                let name = crate::text::clip(field.name, 60);
                log.note("unknown_column", format!("{name:?} is not known; what it holds is kept as notes"));
            }
        }
    }
}

/// Stands for what a row says, but for the web pages that it names.
fn said(header: &Header, record: &Record, id: &str) -> Key {
    let fields = header.fields(record).filter(|field| !field.key.ends_with("url"));
    Key::of_parts(std::iter::once(id).chain(fields.flat_map(|field| [field.key, field.text])))
}
