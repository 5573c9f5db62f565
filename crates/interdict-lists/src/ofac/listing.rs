//! Which parties has an XML form given so far, and what becomes of a number that comes twice?
//!
//! As with the delimited form: a second record that says the same is lost as `duplicate_record`, one that says something else
//! is a party of its own with `-2` behind its id.

use std::collections::HashMap;

use interdict_core::issue::Position;

use super::draft::{Draft, Listed};
use super::links;
use crate::reading::{Log, Lost, Reading};
use crate::source::ReadError;
use crate::text::clip;
use crate::xml::Record;

/// What a record is, in the reconciliation.
pub(super) const PARTY: &str = "party";

/// The parties of one file, held until the last is read: a link may point to a later one.
#[derive(Default)]
pub(super) struct Listing {
    all: Vec<Listed>,
    /// The place of the first party of each number.
    by_number: HashMap<String, usize>,
}

impl Listing {
    /// Takes the party of a counted record, which `draft` makes for an id.
    pub(super) fn take(
        &mut self,
        reading: &mut Reading<'_>,
        number: &str,
        mut log: Log,
        draft: impl Fn(String, &mut Log) -> Result<Draft, Lost>,
    ) {
        let id = reading.ids_of.of_party(number);
        let first = self.by_number.get(number).and_then(|first| self.all.get(*first));
        if first.is_some_and(|first| {
            draft(id.clone(), &mut Log::default()).is_ok_and(|again| again == first.draft)
        }) {
            let lost = Lost::new("duplicate_record", "an earlier record of this file says the same");
            return reading.lose(PARTY, log, lost);
        }
        let id = reading.unique(id, &mut log);
        match draft(id, &mut log) {
            Ok(draft) => {
                self.by_number.entry(number.to_owned()).or_insert(self.all.len());
                self.all.push(Listed { draft, log });
            }
            Err(lost) => reading.lose(PARTY, log, lost),
        }
    }

    /// Ties the parties together and hands them to the account of the file.
    pub(super) fn settle(mut self, reading: &mut Reading<'_>) {
        links::resolve(&mut self.all, |number| self.by_number.get(number).copied());
        for Listed { draft, log } in self.all {
            reading.settle(PARTY, log, Ok(draft.into_entities()));
        }
    }
}

/// A log for a record, with the faults of its XML.
pub(super) fn log_of(reading: &Reading<'_>, record: &Record<'_>) -> Log {
    let mut log = reading.log(Position::Byte(record.offset));
    for fault in &record.faults {
        log.issue(fault.severity, fault.kind, fault.in_words());
    }
    log
}

/// Counts a record that is none of the form's and gives it up.
///
/// # Errors
/// When the file has more records than the bound.
pub(super) fn lose_unknown(reading: &mut Reading<'_>, record: &Record<'_>) -> Result<(), ReadError> {
    let log = log_of(reading, record);
    let (kind, lost) = match &record.element {
        Ok(element) => {
            let name = clip(&element.name, 60);
            let reason = format!("<{name}> is no record that this list is known to have");
            ("unknown", Lost::new("unknown_record", reason))
        }
        Err(fault) => ("unreadable", Lost::new(fault.kind, fault.in_words())),
    };
    reading.count(kind)?;
    reading.lose(kind, log, lost);
    Ok(())
}
