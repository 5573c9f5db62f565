//! What does OFAC's delimited set say? `SDN.CSV` or `CONS_PRIM.CSV`, with the addresses, the aliases and the rest of the
//! remarks in files beside it.
//!
//! The columns are those of OFAC's data specification (`dat_spec.txt`): no header, `-0- ` for nothing, and in old DOS
//! manner perhaps a byte 0x1A at the end. Most of what identifies a party stands in one free-text column, the remarks,
//! as clauses between semicolons: birth dates, documents, wallets, links, weak aliases. Every clause ends in exactly
//! one place: a property, a part of the record (document, wallet, link, sanction), or `notes`.
//!
//! The way through the modules: `files` says which file is what, `rows` reads their records, `party` makes one party of a
//! row, `remarks` splits its remarks, `rules` and `numbers` say what a clause means, `apply` puts it in its place, and
//! `links` ties the parties together at the end.

use std::collections::{BTreeMap, HashMap};

use interdict_core::issue::{Issue, Parsed, Position, Severity};
use interdict_core::list::{ListId, Reconciliation};

use crate::source::{ListContent, ReadError, SourceFile};

mod files;
mod rows;

mod draft;
mod party;

mod apply;
mod dates;
mod free_text;
mod numbers;
mod remarks;
mod rules;

mod addresses;
mod aliases;
mod links;

mod log;

use draft::Draft;
use files::{FileSet, Role};
use log::{Log, Place};

/// The form as an error names it.
const FORMAT: &str = "an OFAC delimited file";

/// Whether these files are OFAC's set: one of them is a primary file, by its name or by the shape of its first record.
pub fn is_ofac(files: &[SourceFile<'_>]) -> bool {
    files.iter().any(|file| files::role(file) == Some(Role::Party))
}

/// Reads a set. The primary file is needed; what is missing because another file is not there is said in an issue.
///
/// # Errors
/// When there is no primary file, two files have one role, a file is empty or of another form, or a file ends in the
/// middle of a record.
pub fn read(list: &ListId, files: &[SourceFile<'_>]) -> Result<Parsed<ListContent>, ReadError> {
    let (content, log) = read_logged(list, files)?;
    Ok(Parsed { value: content, issues: log.issues })
}

/// How many clauses the remarks of a set have, by kind. `note` counts those kept as notes only, `cut` those that the
/// file's limit on remarks cut off; all other kinds were recognized.
///
/// # Errors
/// As [`read`].
pub fn clause_counts(
    list: &ListId,
    files: &[SourceFile<'_>],
) -> Result<BTreeMap<&'static str, u64>, ReadError> {
    read_logged(list, files).map(|(_, log)| log.clauses)
}

fn read_logged(list: &ListId, files: &[SourceFile<'_>]) -> Result<(ListContent, Log), ReadError> {
    let set = FileSet::of(files)?;
    let mut log = Log::default();
    let mut account = Reconciliation::default();
    let rows = rows::read(&set.party, &rows::PARTY, &mut log)?;
    let mut comments = Comments::read(&set, &mut log)?;
    let mut drafts = Drafts::default();
    for row in &rows.records {
        drafts.take(list, set.party.name, row, &mut comments, &mut log);
    }
    account.records.push(rows.count(set.party.name, Role::Party, drafts.all.len()));
    read_addresses(&set, &mut drafts, &mut account, &mut log)?;
    read_aliases(&set, &mut drafts, &mut account, &mut log)?;
    comments.account(&set, &mut account, &mut log);
    links::resolve(&mut drafts.all, &mut log);
    log.note_what_is_missing(&set);
    let entities: Vec<_> = drafts.all.into_iter().flat_map(Draft::into_entities).collect();
    account.entities = entities.len() as u64;
    account.parties = entities.iter().filter(|entity| entity.is_party()).count() as u64;
    Ok((ListContent { published: None, entities, reconciliation: account }, log))
}

/// The parties read so far, and where each is.
#[derive(Default)]
struct Drafts<'a> {
    all: Vec<Draft<'a>>,
    by_record: HashMap<String, usize>,
}

impl<'a> Drafts<'a> {
    fn take(
        &mut self,
        list: &ListId,
        file: &'a str,
        row: &rows::Row,
        comments: &mut Comments,
        log: &mut Log,
    ) {
        let place = Place { file, line: row.line, record: row.id().to_owned() };
        if self.by_record.contains_key(row.id()) {
            let reason = "an earlier record of this file has the same number; the earlier one was taken";
            log.issue(Severity::RecordLost, "duplicate_record", &place, reason);
            return;
        }
        let comment = comments.take(row.id());
        if let Some(draft) = party::read(list, row, place, comment.as_deref(), log) {
            self.by_record.insert(row.id().to_owned(), self.all.len());
            self.all.push(draft);
        }
    }

    /// The party that a row of another file is of; without one the row is lost.
    fn of(&mut self, row: &rows::Row, file: &str, log: &mut Log) -> Option<&mut Draft<'a>> {
        let Some(&idx) = self.by_record.get(row.id()) else {
            let reason = "the primary file has no record of this number that was taken";
            let place = Place { file, line: row.line, record: row.id().to_owned() };
            log.issue(Severity::RecordLost, "unknown_record", &place, reason);
            return None;
        };
        self.all.get_mut(idx)
    }
}

fn read_addresses(
    set: &FileSet<'_>,
    drafts: &mut Drafts<'_>,
    account: &mut Reconciliation,
    log: &mut Log,
) -> Result<(), ReadError> {
    let Some(file) = &set.address else { return Ok(()) };
    let rows = rows::read(file, &rows::ADDRESS, log)?;
    let mut taken = 0;
    for row in &rows.records {
        let Some(draft) = drafts.of(row, file.name, log) else { continue };
        taken += usize::from(addresses::take(draft, row, file.name, log));
    }
    account.records.push(rows.count(file.name, Role::Address, taken));
    Ok(())
}

fn read_aliases(
    set: &FileSet<'_>,
    drafts: &mut Drafts<'_>,
    account: &mut Reconciliation,
    log: &mut Log,
) -> Result<(), ReadError> {
    let Some(file) = &set.alias else { return Ok(()) };
    let rows = rows::read(file, &rows::ALIAS, log)?;
    let mut taken = 0;
    for row in &rows.records {
        let Some(draft) = drafts.of(row, file.name, log) else { continue };
        taken += usize::from(aliases::take(draft, row, file.name, log));
    }
    account.records.push(rows.count(file.name, Role::Alias, taken));
    Ok(())
}

/// The rest of remarks that are longer than the primary file can hold.
struct Comments {
    rows: Option<rows::Rows>,
    by_record: HashMap<String, Vec<usize>>,
    taken: Vec<bool>,
}

impl Comments {
    fn read(set: &FileSet<'_>, log: &mut Log) -> Result<Self, ReadError> {
        let rows = set.comment.as_ref().map(|file| rows::read(file, &rows::COMMENT, log)).transpose()?;
        let mut by_record: HashMap<String, Vec<usize>> = HashMap::new();
        let records = rows.as_ref().map_or(&[][..], |rows| &rows.records);
        for (idx, row) in records.iter().enumerate() {
            by_record.entry(row.id().to_owned()).or_default().push(idx);
        }
        let taken = vec![false; records.len()];
        Ok(Self { rows, by_record, taken })
    }

    /// What continues the remarks of a record. It goes on in the middle of a word, so it is joined with nothing between.
    fn take(&mut self, record: &str) -> Option<String> {
        let indexes = self.by_record.get(record)?;
        let rows = self.rows.as_ref()?;
        let mut text = String::new();
        for &idx in indexes {
            if let (Some(row), Some(taken)) = (rows.records.get(idx), self.taken.get_mut(idx)) {
                text.push_str(row.text(1).unwrap_or_default());
                *taken = true;
            }
        }
        Some(text)
    }

    fn account(self, set: &FileSet<'_>, account: &mut Reconciliation, log: &mut Log) {
        let (Some(rows), Some(file)) = (self.rows, &set.comment) else { return };
        for (row, _) in rows.records.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            let reason = "it continues the remarks of a record that the primary file does not have";
            let place = Place { file: file.name, line: row.line, record: row.id().to_owned() };
            log.issue(Severity::RecordLost, "unknown_record", &place, reason);
        }
        let taken = self.taken.iter().filter(|taken| **taken).count();
        account.records.push(rows.count(file.name, Role::Comment, taken));
    }
}

impl Log {
    fn note_what_is_missing(&mut self, set: &FileSet<'_>) {
        let missing = [
            (set.address.is_none(), "the addresses (ADD file)"),
            (set.alias.is_none(), "the strong aliases and former names (ALT file)"),
            (set.comment.is_none(), "the rest of remarks longer than 1000 characters (COMMENTS file)"),
        ];
        for (_, what) in missing.into_iter().filter(|(is_missing, _)| *is_missing) {
            let reason = format!("the set was read without {what}");
            let issue = Issue::new(Severity::Note, "companion_missing", reason).in_file(set.party.name);
            self.issues.push(issue);
        }
    }

    fn issue(&mut self, severity: Severity, kind: &str, place: &Place<'_>, reason: impl Into<String>) {
        let issue = Issue::new(severity, kind, reason).in_file(place.file).at(Position::Line(place.line));
        let issue = if place.record.is_empty() { issue } else { issue.of_record(place.record.as_str()) };
        self.issues.push(issue);
    }
}
