//! Which records are of one party? Gathers rows and elements by the id that they give, and says in the end what became of each.

use std::collections::{HashMap, HashSet};

use interdict_core::issue::Position;

use super::facts::Facts;
use super::links::Bearers;
use super::party::{self, Draft};
use super::{Edition, ROW};
use crate::delimited::Record;
use crate::reading::{Log, Lost, Reading};
use crate::table::Header;

/// The facts of all parties, in the order in which they first come.
pub(super) struct Gathered {
    pub(super) edition: Edition,
    parties: Vec<Gathering>,
    by_id: HashMap<String, usize>,
    /// Columns that are not known and were noted.
    unknown: HashSet<String>,
}

/// One party, and the records that are of it.
struct Gathering {
    facts: Facts,
    records: Vec<(&'static str, Log)>,
}

impl Gathered {
    pub(super) fn new(edition: Edition) -> Self {
        Self { edition, parties: Vec::new(), by_id: HashMap::new(), unknown: HashSet::new() }
    }

    /// Takes one row of a table.
    pub(super) fn take_row(&mut self, reading: &mut Reading<'_>, header: &Header, record: &Record) {
        let mut log = reading.log(Position::Line(record.line));
        let fields: Vec<(&str, &str, &str)> =
            header.fields(record).map(|field| (field.key, field.name, field.text)).collect();
        if fields.is_empty() {
            return reading.settle(ROW, log, Ok(None)); // blanks between commas
        }
        let id = header.text(record, self.edition.id_column());
        self.take(reading, ROW, id, &[fields], &mut log);
    }

    /// Takes one record, as one or more groups of fields (key, name as written, text).
    pub(super) fn take(
        &mut self,
        reading: &mut Reading<'_>,
        kind: &'static str,
        id: Option<&str>,
        groups: &[Vec<(&str, &str, &str)>],
        log: &mut Log,
    ) {
        let mut taken = Facts::default();
        for group in groups {
            taken.take(self.edition, group);
        }
        let id = match id {
            Some(id) => id.to_owned(),
            None => match taken.any_name() {
                Some(name) => {
                    log.note("no_id", "the record has no id; one is made of its name");
                    party::id_of_name(&name)
                }
                None => {
                    let lost = Lost::new("no_id", "the record has neither an id nor a name");
                    return reading.lose(kind, std::mem::take(log), lost);
                }
            },
        };
        log.of_record(&id);
        for (name, _) in &taken.unknown {
            if !self.unknown.contains(name) {
                self.unknown.insert(name.clone());
                let reason =
                    format!("{:?} is not known; what it holds is kept as notes", crate::text::clip(name, 60));
                log.note("unknown_column", reason);
            }
        }
        let at = *self.by_id.entry(id.clone()).or_insert_with(|| {
            self.parties.push(Gathering { facts: Facts::of(&id), records: Vec::new() });
            self.parties.len() - 1
        });
        if let Some(party) = self.parties.get_mut(at) {
            party.facts.add(taken);
            party.records.push((kind, std::mem::take(log)));
        }
    }

    /// Makes the entities of all parties and says what became of each record. Those that name others are handed out last.
    pub(super) fn settle(self, reading: &mut Reading<'_>) {
        let mut bearers = Bearers::default();
        let mut waiting = Vec::new();
        for Gathering { facts, mut records } in self.parties {
            let Some((_, log)) = records.first_mut() else { continue };
            match party::draft(reading, self.edition, &facts.sorted(), log) {
                Ok(draft) => {
                    bearers.add(&draft.party);
                    match draft.links.is_empty() {
                        true => settle(reading, draft, records),
                        false => waiting.push((draft, records)),
                    }
                }
                Err(lost) => {
                    records.into_iter().for_each(|(kind, log)| reading.lose(kind, log, lost.again()))
                }
            }
        }
        for (mut draft, records) in waiting {
            bearers.resolve(&mut draft);
            settle(reading, draft, records);
        }
    }
}

/// Hands out a party with the first of its records; the others are taken with it.
fn settle(reading: &mut Reading<'_>, draft: Draft, records: Vec<(&'static str, Log)>) {
    let mut draft = Some(draft);
    for (kind, log) in records {
        reading.settle(kind, log, Ok(draft.take().into_iter().flat_map(Draft::into_entities)));
    }
}
