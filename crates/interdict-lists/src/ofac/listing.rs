//! Which parties has an XML form given so far, and what becomes of a number that comes twice?
//!
//! As with the delimited form: a record that says the same as an earlier one is lost as `duplicate_record`, one that says
//! something else is a party of its own with `-2` behind its id.

use std::collections::{HashMap, HashSet};

use interdict_core::digest::Digest;
use interdict_core::issue::Position;

use super::draft::{Draft, Listed};
use super::links;
use crate::reading::{Log, Lost, Reading};
use crate::source::ReadError;
use crate::xml::Record;

/// What a record is, in the reconciliation.
pub(super) const PARTY: &str = "party";

/// The parties of one file, held until the last is read: a link may point to a later one.
#[derive(Default)]
pub(super) struct Listing {
    all: Vec<Listed>,
    /// The place of the first party of each number.
    by_number: HashMap<String, usize>,
    /// What the records of a number say that comes more than once.
    said: HashMap<String, HashSet<Digest>>,
}

impl Listing {
    /// Takes the party of a counted record, which `draft` makes for an id, and gives its place.
    pub(super) fn take(
        &mut self,
        reading: &mut Reading<'_>,
        number: &str,
        mut log: Log,
        mut draft: impl FnMut(String, &mut Log) -> Result<Draft, Lost>,
    ) -> Option<usize> {
        let id = reading.ids_of.of_party(number);
        if let Some(first) = self.by_number.get(number).copied()
            && let Ok(again) = draft(id.clone(), &mut Log::default())
            && !self.is_new(number, first, &again)
        {
            let lost = Lost::new("duplicate_record", "an earlier record of this file says the same");
            reading.lose(PARTY, log, lost);
            return None;
        }
        let id = reading.unique(id, &mut log);
        match draft(id, &mut log) {
            Ok(draft) => {
                let place = self.all.len();
                self.by_number.entry(number.to_owned()).or_insert(place);
                self.all.push(Listed { draft, log });
                Some(place)
            }
            Err(lost) => {
                reading.lose(PARTY, log, lost);
                None
            }
        }
    }

    /// Whether no earlier record of the number says what this draft says, which has the id of the first.
    fn is_new(&mut self, number: &str, first: usize, again: &Draft) -> bool {
        let known = self.said.entry(number.to_owned()).or_default();
        if known.is_empty() {
            known.extend(self.all.get(first).map(|party| said(&party.draft)));
        }
        known.insert(said(again))
    }

    /// The party at a place.
    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Listed> {
        self.all.get_mut(place)
    }

    /// How many parties there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Ties the parties together and hands them to the account of the file.
    pub(super) fn settle(mut self, reading: &mut Reading<'_>) {
        links::resolve(&mut self.all, |number| self.by_number.get(number).copied());
        for Listed { draft, log } in self.all {
            reading.settle(PARTY, log, Ok(draft.into_entities()));
        }
    }
}

/// A digest of everything that a draft says.
fn said(draft: &Draft) -> Digest {
    let mut text = format!("{:?}", draft.references);
    for entity in draft.entities() {
        text += &serde_json::to_string(entity).unwrap_or_default();
    }
    Digest::of(text.as_bytes())
}

/// A log for a record, with the faults of its XML.
pub(super) fn log_of(reading: &Reading<'_>, record: &Record<'_>) -> Log {
    let mut log = reading.log(Position::Byte(record.offset));
    log.faults(&record.faults);
    log
}

/// Counts a record that is none of the form's and gives it up.
///
/// # Errors
/// When the file has more records than the bound.
pub(super) fn lose_unknown(reading: &mut Reading<'_>, record: &Record<'_>) -> Result<(), ReadError> {
    let log = log_of(reading, record);
    let (kind, lost) = match &record.element {
        Ok(element) => ("unknown", Lost::unknown_record(&element.name)),
        Err(fault) => ("unreadable", Lost::new(fault.kind, fault.in_words())),
    };
    reading.count(kind)?;
    reading.lose(kind, log, lost);
    Ok(())
}
