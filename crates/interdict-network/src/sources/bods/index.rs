//! Which statement counts for each record? The latest by its date, then by its place in the file, unless another replaces it. Of
//! relationships the states before are kept too: one for each day.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use interdict_core::date::PartialDate;
use interdict_core::issue::Position;

use super::Chain;
use super::given::Given;
use super::statements::{self, Cut};
use crate::interner::Interner;
use crate::sources::account::{Place, Tally};
use crate::sources::raw::Raw;
use crate::sources::{Origin, SourceError, composed, forms};

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordKind {
    Entity,
    Person,
    Relationship,
}

impl RecordKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Person => "person",
            Self::Relationship => "relationship",
        }
    }

    pub fn of(text: &str) -> Option<Self> {
        match text {
            "entity" | "entityStatement" => Some(Self::Entity),
            "person" | "personStatement" => Some(Self::Person),
            // `beneficialOwnershipStatement` in 0.1.
            "relationship" | "ownershipOrControlStatement" | "beneficialOwnershipStatement" => {
                Some(Self::Relationship)
            }
            _ => None,
        }
    }

    /// What a key of this kind begins with: an entity and a person may have the same id.
    fn letter(self) -> &'static str {
        match self {
            Self::Entity => "e",
            Self::Person => "p",
            Self::Relationship => "r",
        }
    }
}

/// Records whose kind cannot be told.
const UNKNOWN: &str = "statement";

/// The statement that counts for a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub kind: RecordKind,
    pub offset: usize,
    pub len: usize,
    pub date: Option<PartialDate>,
    pub is_closed: bool,
    /// Day and time of day.
    when: (u32, u32),
}

impl Entry {
    /// Where the statement stands, for issues about its record.
    pub fn place<'p>(&self, id: &'p str) -> Place<'p> {
        Place { position: Some(Position::Byte(self.offset as u64)), record: Some(id) }
    }
}

/// The records of a file.
#[derive(Debug, Default)]
pub(super) struct Index {
    keys: Interner,
    entries: Vec<Option<Entry>>,
    /// By number of key: the states before the one that counts, of relationships only.
    earlier: BTreeMap<u32, Vec<Entry>>,
    /// By number of key: the number of the key that replaces it.
    replaced: HashMap<u32, u32>,
}

enum Stop {
    Cut,
    Error(SourceError),
}

impl From<Cut> for Stop {
    fn from(_: Cut) -> Self {
        Self::Cut
    }
}

impl From<SourceError> for Stop {
    fn from(error: SourceError) -> Self {
        Self::Error(error)
    }
}

impl Index {
    pub fn new(tally: &mut Tally, origin: Origin<'_>, bytes: &[u8]) -> Result<Self, SourceError> {
        let mut index = Self::default();
        let mut superseded = 0_u64;
        let file = || origin.file.to_owned();
        let outcome = statements::each(bytes, |statement| {
            let place = Place { position: Some(Position::Byte(statement.at.start as u64)), record: None };
            let fields = match statement.text {
                Ok(text) => Raw::new(text)
                    .map_err(|error| ("bad_json", error.reason()))
                    .and_then(|raw| raw.object().ok_or(("no_object", "a statement is no object".to_owned()))),
                Err(fault) => Err((fault.kind(), fault.reason())),
            };
            let given = fields.and_then(|fields| Given::new(&fields));
            let given = match given {
                Ok(given) => given,
                Err((kind, reason)) => {
                    tally.read(UNKNOWN)?;
                    tally.lose(UNKNOWN, place, kind, reason);
                    return Ok::<(), Stop>(());
                }
            };
            tally.read(given.kind.name())?;
            let (offset, len) = (statement.at.start, statement.at.len());
            if let Some(error) = given.bad_date.as_deref() {
                tally.value_lost(Place { record: Some(&given.id), ..place }, "bad_date", error);
            }
            if let Some(loser) = index.put(given, offset, len).map_err(|()| too_many(origin))? {
                superseded += 1;
                tally.take(loser.name());
            }
            Ok(())
        });
        match outcome {
            Ok(()) => {}
            Err(Stop::Cut) => {
                return Err(SourceError::Truncated { file: file(), what: "a JSON array or statement" });
            }
            Err(Stop::Error(error)) => return Err(error),
        }
        if index.entries.iter().all(Option::is_none) {
            let reason = forms::no_statement(bytes);
            return Err(SourceError::WrongForm { file: file(), reason });
        }
        superseded += index.leave_out_replaced(tally) + index.settle(tally);
        if superseded > 0 {
            let reason = format!(
                "{superseded} statements do not count: later ones say the same parties, or relationships on the same day, again"
            );
            tally.note(Place::default(), "superseded", reason);
        }
        Ok(index)
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)?.as_ref()
    }

    /// The states of a relationship in order of time.
    pub fn states(&self, number: u32) -> Vec<Entry> {
        let earlier = self.earlier.get(&number).map(Vec::as_slice).unwrap_or_default();
        earlier.iter().chain(self.entry(number)).copied().collect()
    }

    /// The id of a record.
    pub fn id(&self, number: u32) -> &str {
        self.keys.get(number).get(1..).unwrap_or_default()
    }

    /// The numbers of the records of a kind, in the order of the statements that count.
    pub fn counting(&self, kind: RecordKind) -> Vec<u32> {
        let numbers = (0..).zip(&self.entries).filter_map(|(number, entry)| Some((number, entry.as_ref()?)));
        let mut all: Vec<(usize, u32)> = numbers
            .filter(|(_, entry)| entry.kind == kind)
            .map(|(number, entry)| (entry.offset, number))
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, number)| number).collect()
    }

    /// The id of the party that an id means: that of the statement which replaces it, where one does.
    pub fn party_id<'i>(&'i self, id: &'i str) -> Cow<'i, str> {
        for kind in [RecordKind::Entity, RecordKind::Person] {
            let Some(number) = self.keys.find(&key(kind, id)) else { continue };
            return Cow::Borrowed(self.id(self.latest(number)));
        }
        composed(id.trim())
    }

    /// Whether all relationships among these components are direct holdings with a known share.
    pub fn chain(&self, components: &[Cow<'_, str>], direct: &[bool]) -> Chain {
        let mut relationships = 0;
        for id in components {
            let find = |kind| self.keys.find(&key(kind, id));
            if let Some(number) = find(RecordKind::Relationship).map(|number| self.latest(number)) {
                relationships += 1;
                if !direct.get(number as usize).copied().unwrap_or(false) {
                    return Chain::NotTold;
                }
            } else if [RecordKind::Entity, RecordKind::Person].into_iter().all(|kind| find(kind).is_none()) {
                return Chain::NotTold;
            }
        }
        // One link is no chain.
        if relationships > 1 { Chain::Told } else { Chain::NotTold }
    }

    /// The record that replaces a record in the end.
    fn latest(&self, number: u32) -> u32 {
        self.replaced.get(&number).copied().unwrap_or(number)
    }

    /// Puts a statement in its record's place; what is left out by that is a statement of this kind.
    fn put(&mut self, given: Given<'_>, offset: usize, len: usize) -> Result<Option<RecordKind>, ()> {
        let Given { kind, id, date, when, is_closed, replaces, .. } = given;
        let number = self.number(kind, &id)?;
        for old in replaces {
            let old = self.number(kind, &old)?;
            if old != number {
                self.replaced.insert(old, number);
            }
        }
        let Some(place) = self.entries.get_mut(number as usize) else { return Err(()) };
        let entry = Entry { kind, offset, len, date, is_closed, when };
        let is_later = place.is_none_or(|known| known.when <= when);
        let Some(left_out) = (if is_later { place.replace(entry) } else { Some(entry) }) else {
            return Ok(None);
        };
        if kind == RecordKind::Relationship {
            self.earlier.entry(number).or_default().push(left_out);
            return Ok(None);
        }
        Ok(Some(kind))
    }

    /// Brings the states of each relationship in order, and leaves out those that a later one of the same day replaces.
    fn settle(&mut self, tally: &mut Tally) -> u64 {
        let mut left_out = 0;
        for (number, states) in &mut self.earlier {
            let Some(latest) = self.entries.get(*number as usize).copied().flatten() else { continue };
            let before = states.len();
            states.sort_by_key(|state| (state.when, state.offset));
            states.retain(|state| state.when.0 < latest.when.0);
            // The last of each day stays: seen from behind, it is the first.
            states.reverse();
            states.dedup_by_key(|state| state.when.0);
            states.reverse();
            left_out += (before - states.len()) as u64;
        }
        tally.row(RecordKind::Relationship.name()).taken += left_out;
        left_out
    }

    fn number(&mut self, kind: RecordKind, id: &str) -> Result<u32, ()> {
        let number = self.keys.intern(&key(kind, id)).ok_or(())?;
        if self.entries.len() <= number as usize {
            self.entries.resize(number as usize + 1, None);
        }
        Ok(number)
    }

    /// Records that others replace do not count. Those that replace each other in a circle all do, which is said.
    fn leave_out_replaced(&mut self, tally: &mut Tally) -> u64 {
        let mut left_out = 0;
        let ends = self.ends();
        for &(number, end) in &ends {
            if end.is_none() {
                self.replaced.remove(&number);
                let reason = "statements replace each other in a circle; all are kept";
                tally.note(Place::record(self.id(number)), "replaced_in_a_circle", reason);
            } else if let Some(entry) = self.entries.get_mut(number as usize).and_then(Option::take) {
                match end.filter(|_| entry.kind == RecordKind::Relationship) {
                    Some(end) => {
                        let mut states = self.earlier.remove(&number).unwrap_or_default();
                        states.push(entry);
                        self.earlier.entry(end).or_default().append(&mut states);
                    }
                    None => {
                        left_out += 1;
                        tally.take(entry.kind.name());
                    }
                }
            }
        }
        self.replaced.extend(ends.into_iter().filter_map(|(number, end)| Some((number, end?))));
        left_out
    }

    /// What each record that is replaced is replaced by in the end, in order of number; nothing when it goes round in a circle.
    fn ends(&self) -> Vec<(u32, Option<u32>)> {
        let mut starts: Vec<u32> = self.replaced.keys().copied().collect();
        starts.sort_unstable();
        let mut ends: HashMap<u32, Option<u32>> = HashMap::with_capacity(starts.len());
        for &start in &starts {
            let (mut path, mut at) = (Vec::new(), start);
            let end = loop {
                if let Some(&end) = ends.get(&at) {
                    break end;
                }
                let Some(&next) = self.replaced.get(&at) else { break Some(at) };
                // Known from here on, so that a circle ends where it began.
                ends.insert(at, None);
                path.push(at);
                at = next;
            };
            for number in path {
                ends.insert(number, end);
            }
        }
        starts.into_iter().map(|start| (start, ends.get(&start).copied().flatten())).collect()
    }
}

/// The key of a record.
fn key(kind: RecordKind, id: &str) -> String {
    format!("{}{}", kind.letter(), composed(id.trim()))
}

fn too_many(origin: Origin<'_>) -> SourceError {
    SourceError::TooMany { file: origin.file.to_owned(), what: "records", max: u32::MAX.into() }
}
