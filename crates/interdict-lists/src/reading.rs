//! What became of each record of a file? The account of one reading ([`Reading`]) and the log of one record ([`Log`]),
//! through which every value goes into an entity or into an issue.
//!
//! Every reader goes the same way: count a record, open its log, put its values through the log, settle what came of it.
//! A list of several files has a reading for each, joined at the end.

mod ids;
mod log;

use std::collections::HashMap;

use interdict_core::date::PartialDate;
use interdict_core::entity::Entity;
use interdict_core::issue::{Issues, Parsed, Position, Severity};
use interdict_core::limits;
use interdict_core::list::{Reconciliation, RecordCount};

use crate::delimited::RecordError;
use crate::lines::LineError;
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::text::clip;
use ids::Given;
pub(crate) use ids::{Ids, Key};
pub(crate) use log::{Log, country_property, identifier_property, keep_as_note};

/// The account of one file.
pub(crate) struct Reading<'a> {
    pub(crate) ids_of: Ids<'a>,
    pub(crate) file: SourceFile<'a>,
    out: Out<'a>,
    given: Given,
    n_entities: u64,
    n_parties: u64,
    issues: Issues,
    rows: Vec<RecordCount>,
}

/// Who takes the entities of a list, one after the other.
pub(crate) type Taker<'a> = &'a mut dyn FnMut(Entity);

/// Where the entities of a file go.
enum Out<'a> {
    /// To the caller, with each record.
    AtOnce(Taker<'a>),
    /// To the caller when the file is read: a later record may still change them.
    AtEnd(Taker<'a>, Held),
    /// It has none of its own: what it says was put to those of another file.
    Beside,
}

/// Entities that are still to be handed out.
#[derive(Default)]
struct Held {
    entities: Vec<Entity>,
    /// The place of the first entity of each record.
    places: HashMap<Key, usize>,
}

/// What a reader hands out, put together.
///
/// # Errors
/// Those of the reader.
pub(crate) fn collected(
    read: impl FnOnce(Taker<'_>) -> Result<Account, ReadError>,
) -> Result<Parsed<ListContent>, ReadError> {
    let mut entities = Vec::new();
    let Account { published, reconciliation, issues } = read(&mut |entity| entities.push(entity))?;
    Ok(Parsed { value: ListContent { published, entities, reconciliation }, issues })
}

/// Why a record gave nothing: the kind of issue, and what is wrong.
#[derive(Debug)]
pub(crate) struct Lost {
    kind: &'static str,
    reason: String,
}

impl<'a> Reading<'a> {
    /// Of a file whose records stand on their own: `out` takes the entities of each as it is settled.
    pub(crate) fn new(ids_of: Ids<'a>, file: SourceFile<'a>, out: Taker<'a>) -> Self {
        Self::with(ids_of, file, Out::AtOnce(out))
    }

    /// Of a file whose records may add to earlier ones ([`Reading::earlier`]): `out` takes all entities at its end.
    pub(crate) fn holding(ids_of: Ids<'a>, file: SourceFile<'a>, out: Taker<'a>) -> Self {
        Self::with(ids_of, file, Out::AtEnd(out, Held::default()))
    }

    /// Of a file whose records become no entities of their own.
    pub(crate) fn beside(ids_of: Ids<'a>, file: SourceFile<'a>) -> Self {
        Self::with(ids_of, file, Out::Beside)
    }

    fn with(ids_of: Ids<'a>, file: SourceFile<'a>, out: Out<'a>) -> Self {
        let (given, issues, rows) = (Given::default(), Issues::new(), Vec::new());
        Self { ids_of, file, out, given, n_entities: 0, n_parties: 0, issues, rows }
    }

    /// From here on entities are held until the file is read.
    pub(crate) fn hold(&mut self) {
        self.out = match std::mem::replace(&mut self.out, Out::Beside) {
            Out::AtOnce(out) => Out::AtEnd(out, Held::default()),
            held => held,
        };
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

    /// Adds the entities of a record that is counted already, the party first. Only that one is found again by its id.
    pub(crate) fn add(&mut self, entities: impl IntoIterator<Item = Entity>) {
        for (idx, entity) in entities.into_iter().enumerate() {
            self.n_entities += 1;
            self.n_parties += u64::from(entity.is_party());
            match &mut self.out {
                Out::AtOnce(take) => take(entity),
                Out::AtEnd(_, held) => {
                    if idx == 0 {
                        held.places.insert(Key::of(&entity.id), held.entities.len());
                    }
                    held.entities.push(entity);
                }
                Out::Beside => debug_assert!(false, "{} gives no entities of its own", self.file.name),
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

    /// The entity of that id, of an earlier record, when it is still held.
    pub(crate) fn earlier(&mut self, id: &str) -> Option<&mut Entity> {
        let Out::AtEnd(_, held) = &mut self.out else { return None };
        held.entities.get_mut(*held.places.get(&Key::of(id))?)
    }

    /// Gives the id to one record: with a number behind it when another record has it already, which is noted.
    pub(crate) fn unique(&mut self, id: String, log: &mut Log) -> String {
        let given = self.given.give(&id);
        if given.is_some() {
            log.note(
                "id_reused",
                "another record has the same id; both are kept, this one with a number behind it",
            );
        }
        given.unwrap_or(id)
    }

    /// Whether there is no entity yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.n_entities == 0
    }

    /// The first issue in words.
    pub(crate) fn first_issue(&self) -> Option<String> {
        self.issues.kept().first().map(ToString::to_string)
    }

    /// Takes over the account of a file beside this one.
    pub(crate) fn join(&mut self, other: Reading<'_>) {
        self.issues.append(other.issues);
        self.rows.extend(other.rows);
    }

    /// Hands out what is held and gives the account of the list.
    pub(crate) fn finish(self, published: Option<PartialDate>) -> Account {
        let (entities, parties) = (self.n_entities, self.n_parties);
        if let Out::AtEnd(take, held) = self.out {
            held.entities.into_iter().for_each(take);
        }
        let reconciliation = Reconciliation { records: self.rows, entities, parties };
        Account { published, reconciliation, issues: self.issues }
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

    /// An element that stands where records do and is none.
    pub(crate) fn unknown_record(element: &str) -> Self {
        let reason = format!("<{}> is no record that this list is known to have", clip(element, 60));
        Self::new("unknown_record", reason)
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
