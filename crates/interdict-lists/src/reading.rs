//! What became of each record of a file? The account of one reading ([`Reading`]) and the log of one record ([`Log`]),
//! through which every value goes into an entity or into an issue.
//!
//! Every reader goes the same way: count a record, open its log, put its values through the log, settle what came of it.
//! A list of several files has a reading for each, joined at the end.

mod log;

use std::collections::HashMap;

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::issue::{Issues, Parsed, Position, Severity};
use interdict_core::limits;
use interdict_core::list::{ListId, Reconciliation, RecordCount};

use crate::delimited::RecordError;
use crate::lines::LineError;
use crate::source::{ListContent, ReadError, SourceFile};
pub(crate) use log::{Log, country_property, identifier_property, keep_as_note};

/// The account of one file.
pub(crate) struct Reading<'a> {
    pub(crate) ids_of: Ids<'a>,
    pub(crate) file: SourceFile<'a>,
    entities: Vec<Entity>,
    ids: HashMap<String, Taken>,
    issues: Issues,
    rows: Vec<RecordCount>,
}

/// An id that is given.
#[derive(Default)]
struct Taken {
    /// Where its entity is; none while the record is still being read.
    place: Option<usize>,
    /// How many more records had the id.
    n_more: u64,
}

/// Why a record gave nothing: the kind of issue, and what is wrong.
#[derive(Debug)]
pub(crate) struct Lost {
    kind: &'static str,
    reason: String,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(ids_of: Ids<'a>, file: SourceFile<'a>) -> Self {
        let (entities, ids, issues, rows) = (Vec::new(), HashMap::new(), Issues::new(), Vec::new());
        Self { ids_of, file, entities, ids, issues, rows }
    }

    /// A log for the record at a place.
    pub(crate) fn log(&self, position: Position) -> Log {
        Log::at(position)
    }

    /// Counts one record of a kind as read. What comes of it is told with [`Reading::settle`].
    ///
    /// # Errors
    /// When the file has more records than the bound.
    pub(crate) fn count(&mut self, kind: &str) -> Result<(), ReadError> {
        self.row(kind).read += 1;
        if self.rows.iter().map(|row| row.read).sum::<u64>() > limits::RECORDS_MAX {
            let file = self.file.name.to_owned();
            return Err(ReadError::TooMany { file, what: "records", max: limits::RECORDS_MAX });
        }
        Ok(())
    }

    /// Says what came of a record that was counted: its entities, or why there are none.
    pub(crate) fn settle<E>(&mut self, kind: &str, log: Log, outcome: Result<E, Lost>)
    where
        E: IntoIterator<Item = Entity>,
    {
        match outcome {
            Ok(entities) => {
                self.row(kind).taken += 1;
                self.add(entities);
                self.push(log);
            }
            Err(lost) => self.lose(kind, log, lost),
        }
    }

    /// Gives up a record. What was said of its values no longer matters.
    pub(crate) fn lose(&mut self, kind: &str, mut log: Log, lost: Lost) {
        self.row(kind).lost += 1;
        log.issues.clear();
        log.issue(Severity::RecordLost, lost.kind, lost.reason);
        self.push(log);
    }

    /// Adds the entities of a record that is counted already, the party first. Only its id is remembered: those of the others
    /// are made of it.
    pub(crate) fn add(&mut self, entities: impl IntoIterator<Item = Entity>) {
        let place = self.entities.len();
        self.entities.extend(entities);
        if let Some(first) = self.entities.get(place) {
            match self.ids.get_mut(&first.id) {
                Some(taken) => taken.place = Some(place),
                None => {
                    self.ids.insert(first.id.clone(), Taken { place: Some(place), n_more: 0 });
                }
            }
        }
    }

    /// Adds what a log says, for one that is not of a single record.
    pub(crate) fn push(&mut self, log: Log) {
        for issue in log.issues {
            self.issues.push(issue.in_file(self.file.name));
        }
    }

    /// Says something of the file as a whole.
    pub(crate) fn issue(&mut self, severity: Severity, kind: &'static str, reason: impl Into<String>) {
        let mut log = Log::default();
        log.issue(severity, kind, reason);
        self.push(log);
    }

    /// The entity of that id, of an earlier record.
    pub(crate) fn earlier(&mut self, id: &str) -> Option<&mut Entity> {
        self.entities.get_mut(self.ids.get(id)?.place?)
    }

    /// Gives the id to one record: with a number behind it when another record has it already, which is noted.
    pub(crate) fn unique(&mut self, id: String, log: &mut Log) -> String {
        let Some(taken) = self.ids.get_mut(&id) else {
            self.ids.insert(id.clone(), Taken::default());
            return id;
        };
        log.note(
            "id_reused",
            "another record has the same id; both are kept, this one with a number behind it",
        );
        taken.n_more += 1;
        let mut n = taken.n_more + 1;
        while self.ids.contains_key(&numbered(&id, n)) {
            n += 1;
        }
        let id = numbered(&id, n);
        self.ids.insert(id.clone(), Taken::default());
        id
    }

    /// Whether there is no entity yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// The first issue in words.
    pub(crate) fn first_issue(&self) -> Option<String> {
        self.issues.kept().first().map(ToString::to_string)
    }

    /// Takes over the account of another file of the list.
    pub(crate) fn join(&mut self, other: Reading<'_>) {
        self.issues.append(other.issues);
        self.rows.extend(other.rows);
        self.add(other.entities);
    }

    /// The content of the list.
    pub(crate) fn finish(self, published: Option<PartialDate>) -> Parsed<ListContent> {
        let parties = self.entities.iter().filter(|entity| entity.is_party()).count() as u64;
        let entities = self.entities.len() as u64;
        let reconciliation = Reconciliation { records: self.rows, entities, parties };
        let value = ListContent { published, entities: self.entities, reconciliation };
        Parsed { value, issues: self.issues }
    }

    fn row(&mut self, kind: &str) -> &mut RecordCount {
        let at = self.rows.iter().position(|row| row.record == kind).unwrap_or_else(|| {
            let (file, record) = (self.file.name.to_owned(), kind.to_owned());
            self.rows.push(RecordCount { file, record, read: 0, taken: 0, lost: 0 });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }
}

impl Lost {
    pub(crate) fn new(kind: &'static str, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into() }
    }

    /// The same, for another record that is lost with this one.
    pub(crate) fn again(&self) -> Self {
        Self { kind: self.kind, reason: self.reason.clone() }
    }
}

impl From<LineError> for Lost {
    fn from(error: LineError) -> Self {
        Self::new(error.kind(), error.to_string())
    }
}

impl From<RecordError> for Lost {
    fn from(error: RecordError) -> Self {
        Self::new(error.reason.kind(), error.to_string())
    }
}

/// How the id of a record becomes the id of an entity.
#[derive(Clone, Copy)]
pub(crate) enum Ids<'a> {
    /// As `<list>-<record>`, and the record alone where it begins so already.
    OfList(&'a ListId),
    /// As it is written: the file holds entities of several lists.
    AsWritten,
}

impl Ids<'_> {
    /// The id of the entity.
    pub(crate) fn of(self, record: &str) -> String {
        match self {
            Self::OfList(list) => {
                let begins = record
                    .strip_prefix(list.as_str())
                    .is_some_and(|rest| rest.starts_with('-') && rest.len() > 1);
                if begins { record.to_owned() } else { format!("{list}-{record}") }
            }
            Self::AsWritten => record.to_owned(),
        }
    }

    /// The id of a party whose parts get ids made of it. A record that is numbered like a part of another
    /// (`7-address-1`) gets a word behind its id, so that the two stay apart.
    pub(crate) fn of_party(self, record: &str) -> String {
        let mut number = record;
        while let Some(rest) = number.strip_suffix(NO_PART) {
            number = rest;
        }
        let id = self.of(record);
        if is_like_a_part(number) { id + NO_PART } else { id }
    }
}

const NO_PART: &str = "-record";

/// The id with a number behind it, and a word more where that makes it look like a part: `own-7-link` twice is no link.
fn numbered(id: &str, n: u64) -> String {
    let numbered = format!("{id}-{n}");
    if is_like_a_part(&numbered) { numbered + NO_PART } else { numbered }
}

fn is_like_a_part(record: &str) -> bool {
    let Some((rest, number)) = record.rsplit_once('-') else { return false };
    let Some((_, word)) = rest.rsplit_once('-') else { return false };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && matches!(word, "sanction" | "address" | "wallet" | "document" | "link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_record_has_the_id_of_a_part() {
        let list: ListId = "own".parse().unwrap();
        let id = |record: &str| Ids::OfList(&list).of_party(record);
        assert_eq!(id("7"), "own-7");
        assert_eq!(id("7-address-x"), "own-7-address-x");
        assert_eq!(id("7-address-1"), "own-7-address-1-record");
        assert_eq!(id("7-address-1-record"), "own-7-address-1-record-record");
        assert_eq!(id("7-record"), "own-7-record");
    }
}
