//! What does OFAC's delimited set say? `SDN.CSV` or `CONS_PRIM.CSV`, with the addresses, the aliases and the rest of the
//! remarks in files beside it.
//!
//! The columns are those of OFAC's data specification (`dat_spec.txt`): no header, `-0- ` for nothing, and in old DOS
//! manner perhaps a byte 0x1A at the end. Most of what identifies a party stands in one free-text column, the remarks,
//! as clauses between semicolons: birth dates, documents, wallets, links, weak aliases. Every clause ends in exactly
//! one place: a property, a part of the record (document, wallet, link, sanction), or `notes`.
//!
//! A number that comes twice is one party when both records say the same (the second is lost as `duplicate_record`), and two
//! parties when they do not: the later gets `-2` behind its id (`id_reused`), and the rows of the other files with that
//! number go to the first.
//!
//! The way through the modules: `files` says which file is what, `rows` reads their records, `party` makes one party of a
//! row, `remarks` splits its remarks, `rules` and `numbers` say what a clause means, `apply` puts it in its place, and
//! `links` ties the parties together at the end.

use std::collections::{BTreeMap, HashMap};

use interdict_core::issue::{Parsed, Position, Severity};
use interdict_core::list::ListId;

use crate::reading::{Ids, Log, Lost, Reading, Taker, collected};
use crate::source::{Account, ListContent, ReadError, SourceFile};

pub mod advanced;
pub mod classic;
pub mod enhanced;
mod labels;
mod listing;
mod unknown;

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
mod relations;

pub(crate) use apply::clause as apply_clause;
use draft::{Draft, Listed};
pub(crate) use draft::{Draft as PartyDraft, Listed as ListedParty, Reference, ReferenceUse, schema};
use files::{FileSet, Role};
pub(crate) use links::Linking;
pub(crate) use party::{add_name, has_legal_form};
pub(crate) use remarks::clauses;
use rows::{Row, Shape};
pub(crate) use rules::is_label;

/// The form as an error names it.
const FORMAT: &str = "an OFAC delimited file";

/// Whether these files are OFAC's set: one of them is a primary file, by its name or by the shape of its first record.
pub fn is_ofac(files: &[SourceFile<'_>]) -> bool {
    files.iter().any(|file| files::role(file) == Some(Role::Party))
}

/// Whether a file is a part of OFAC's set that says nothing without the primary file.
pub(crate) fn is_companion(file: &SourceFile<'_>) -> bool {
    files::role(file).is_some_and(|role| role != Role::Party) && files::begins_with_number(file)
}

/// Reads a set. The primary file is needed; what is missing because another file is not there is said in an issue.
///
/// # Errors
/// When there is no primary file, two files have one role, a file is empty or of another form, or a file ends in the
/// middle of a record.
pub fn read(list: &ListId, files: &[SourceFile<'_>]) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, files, out))
}

pub(crate) fn read_each(
    list: &ListId,
    files: &[SourceFile<'_>],
    out: Taker<'_>,
) -> Result<Account, ReadError> {
    let (reading, _) = read_set(list, files, out)?;
    Ok(reading.finish(None))
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
    read_set(list, files, &mut |_| ()).map(|(_, counts)| counts)
}

type ClauseCounts = BTreeMap<&'static str, u64>;

fn read_set<'a>(
    list: &'a ListId,
    files: &[SourceFile<'a>],
    out: Taker<'a>,
) -> Result<(Reading<'a>, ClauseCounts), ReadError> {
    let set = FileSet::of(files)?;
    let mut reading = Reading::new(Ids::OfList(list), set.party, out);
    note_what_is_missing(&mut reading, &set);
    let rows = rows::read(&mut reading, &rows::PARTY)?;
    let mut comments = Comments::read(list, set.comment)?;
    let mut parties = Parties::default();
    for row in &rows {
        parties.take(&mut reading, row, &mut comments);
    }
    let addresses = read_beside(list, set.address, &rows::ADDRESS, &mut parties, addresses::take)?;
    let aliases = read_beside(list, set.alias, &rows::ALIAS, &mut parties, aliases::take)?;
    links::resolve(&mut parties.all, |_| None);
    let mut counts = ClauseCounts::new();
    for Listed { draft, log } in parties.all {
        draft.clauses.iter().for_each(|kind| *counts.entry(*kind).or_default() += 1);
        reading.settle(rows::PARTY.kind(), log, Ok(draft.into_entities()));
    }
    for beside in [addresses, aliases, comments.map(Comments::settle)].into_iter().flatten() {
        reading.join(beside);
    }
    Ok((reading, counts))
}

fn note_what_is_missing(reading: &mut Reading<'_>, set: &FileSet<'_>) {
    let missing = [
        (set.address.is_none(), Severity::ValueLost, "the addresses (ADD file)"),
        (set.alias.is_none(), Severity::ValueLost, "the strong aliases and former names (ALT file)"),
        // Remarks that are cut without it are issues of their own.
        (
            set.comment.is_none(),
            Severity::Note,
            "the rest of remarks longer than 1000 characters (COMMENTS file)",
        ),
    ];
    for (_, severity, what) in missing.into_iter().filter(|(is_missing, ..)| *is_missing) {
        let reason = format!("the set was read without {what}");
        reading.issue(severity, "companion_missing", reason);
    }
}

/// The parties read so far, and those of each number of the source. The first of a number is the one that the rows of the
/// other files are of.
#[derive(Default)]
struct Parties<'a> {
    all: Vec<Listed>,
    /// The row of each, in the same order.
    rows: Vec<&'a Row>,
    by_number: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Parties<'a> {
    /// Takes the party of a row. A row with the number of an earlier one is lost when it says the same, and a party of its own
    /// when it does not: a listed name must not go missing because a number was given twice.
    fn take(&mut self, reading: &mut Reading<'_>, row: &'a Row, comments: &mut Option<Comments<'_>>) {
        let mut log = reading.log(Position::Line(row.line));
        log.of_record(row.id());
        let earlier = self.by_number.get(row.id()).map_or(&[][..], Vec::as_slice);
        if earlier.iter().filter_map(|idx| self.rows.get(*idx)).any(|earlier| earlier.says_what(row)) {
            let lost = Lost::new("duplicate_record", "an earlier record of this file says the same");
            return reading.lose(rows::PARTY.kind(), log, lost);
        }
        let is_first = earlier.is_empty();
        let comment = comments.as_ref().filter(|_| is_first).and_then(|comments| comments.text(row.id()));
        match party::read(reading, row, comment.as_deref(), &mut log) {
            Ok(draft) => {
                if let Some(comments) = comments.as_mut().filter(|_| is_first) {
                    comments.mark_taken(row.id());
                }
                self.by_number.entry(row.id()).or_default().push(self.all.len());
                self.all.push(Listed { draft, log });
                self.rows.push(row);
            }
            Err(lost) => reading.lose(rows::PARTY.kind(), log, lost),
        }
    }

    /// The party that a row of another file is of.
    fn of(&mut self, row: &Row) -> Result<&mut Draft, Lost> {
        let unknown =
            || Lost::new("unknown_record", "the primary file has no record of this number that was taken");
        let first = self.by_number.get(row.id()).and_then(|all| all.first()).ok_or_else(unknown)?;
        self.all.get_mut(*first).map(|party| &mut party.draft).ok_or_else(unknown)
    }
}

/// Reads a file beside the primary one, whose rows each say something of one party.
fn read_beside<'a>(
    list: &'a ListId,
    file: Option<SourceFile<'a>>,
    shape: &Shape,
    parties: &mut Parties<'_>,
    take: fn(&mut Draft, &Row, &mut Log) -> Result<(), Lost>,
) -> Result<Option<Reading<'a>>, ReadError> {
    let Some(file) = file else { return Ok(None) };
    let mut reading = Reading::beside(Ids::OfList(list), file);
    for row in &rows::read(&mut reading, shape)? {
        let mut log = reading.log(Position::Line(row.line));
        log.of_record(row.id());
        let taken = parties.of(row).and_then(|draft| take(draft, row, &mut log));
        reading.settle(shape.kind(), log, taken.map(|()| None));
    }
    Ok(Some(reading))
}

/// The rest of remarks that are longer than the primary file can hold.
struct Comments<'a> {
    reading: Reading<'a>,
    rows: Vec<Row>,
    by_number: HashMap<String, Vec<usize>>,
    taken: Vec<bool>,
}

impl<'a> Comments<'a> {
    fn read(list: &'a ListId, file: Option<SourceFile<'a>>) -> Result<Option<Self>, ReadError> {
        let Some(file) = file else { return Ok(None) };
        let mut reading = Reading::beside(Ids::OfList(list), file);
        let rows = rows::read(&mut reading, &rows::COMMENT)?;
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        for (idx, row) in rows.iter().enumerate() {
            by_number.entry(row.id().to_owned()).or_default().push(idx);
        }
        let taken = vec![false; rows.len()];
        Ok(Some(Self { reading, rows, by_number, taken }))
    }

    /// What continues the remarks of a record. It goes on in the middle of a word, so it is joined with nothing between.
    fn text(&self, number: &str) -> Option<String> {
        let rows = self.by_number.get(number)?.iter().filter_map(|idx| self.rows.get(*idx));
        Some(rows.filter_map(|row| row.text(1)).collect())
    }

    fn mark_taken(&mut self, number: &str) {
        for idx in self.by_number.get(number).map_or(&[][..], Vec::as_slice) {
            if let Some(taken) = self.taken.get_mut(*idx) {
                *taken = true;
            }
        }
    }

    /// The account of the file.
    fn settle(mut self) -> Reading<'a> {
        for (row, taken) in self.rows.iter().zip(self.taken) {
            let mut log = self.reading.log(Position::Line(row.line));
            log.of_record(row.id());
            let reason = "it continues the remarks of a record that the primary file does not have";
            let outcome = if taken { Ok(None) } else { Err(Lost::new("unknown_record", reason)) };
            self.reading.settle(rows::COMMENT.kind(), log, outcome);
        }
        self.reading
    }
}
