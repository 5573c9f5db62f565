//! What became of each record of a source? The account in the making.

use std::collections::BTreeMap;

use interdict_core::issue::{Issue, Issues, Position, Severity};
use interdict_core::limits;
use interdict_core::list::{Reconciliation, RecordCount};

use super::{Account, Origin, SourceError, clip};

/// Most different names of what has no place that are told apart.
const UNUSED_NAMES_MAX: usize = 500;

/// Where something was noticed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place<'a> {
    pub position: Option<Position>,
    pub record: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub fn record(record: &'a str) -> Self {
        Self { position: None, record: Some(record) }
    }

    pub fn line(line: u64) -> Self {
        Self { position: Some(Position::Line(line)), record: None }
    }
}

/// An account in the making.
#[derive(Debug)]
pub(super) struct Tally {
    file: String,
    rows: Vec<RecordCount>,
    described: u64,
    interests: u64,
    issues: Issues,
    /// What is read and has no place in the graph, and how often.
    unused: BTreeMap<String, u64>,
}

impl Tally {
    pub fn new(origin: Origin<'_>) -> Self {
        let (rows, issues, unused) = (Vec::new(), Issues::new(), BTreeMap::new());
        Self { file: origin.file.to_owned(), rows, described: 0, interests: 0, issues, unused }
    }

    /// Counts a record as read.
    ///
    /// # Errors
    /// When there are more than the bound.
    pub fn read(&mut self, kind: &str) -> Result<(), SourceError> {
        self.row(kind).read += 1;
        self.check(self.rows.iter().map(|row| row.read).sum())
    }

    /// Says that so many records are within the bound.
    ///
    /// # Errors
    /// When they are not.
    pub fn check(&self, records: u64) -> Result<(), SourceError> {
        if records > limits::RECORDS_MAX {
            let (file, max) = (self.file.clone(), limits::RECORDS_MAX);
            return Err(SourceError::TooMany { file, what: "records", max });
        }
        Ok(())
    }

    /// A record that was counted is in the network.
    pub fn take(&mut self, kind: &str) {
        self.row(kind).taken += 1;
    }

    /// A record that was counted is not.
    pub fn lose(&mut self, kind: &str, place: Place<'_>, issue: &str, reason: impl Into<String>) {
        self.row(kind).lost += 1;
        self.issue(Severity::RecordLost, place, issue, reason);
    }

    pub fn note(&mut self, place: Place<'_>, kind: &str, reason: impl Into<String>) {
        self.issue(Severity::Note, place, kind, reason);
    }

    /// Values that were said of a party and fit what was said of it before in no way.
    pub fn unfit(&mut self, n: u64) {
        if n > 0 {
            let reason = format!(
                "{n} values fit no property of what another record says the party is; they are left out"
            );
            self.value_lost(Place::default(), "other_schema", reason);
        }
    }

    pub fn value_lost(&mut self, place: Place<'_>, kind: &str, reason: impl Into<String>) {
        self.issue(Severity::ValueLost, place, kind, reason);
    }

    fn issue(&mut self, severity: Severity, place: Place<'_>, kind: &str, reason: impl Into<String>) {
        let mut issue = Issue::new(severity, kind, reason).in_file(self.file.as_str());
        issue.position = place.position;
        issue.record = place.record.map(clip);
        self.issues.push(issue);
    }

    pub fn described(&mut self) {
        self.described += 1;
    }

    pub fn interests(&mut self, n: u64) {
        self.interests += n;
    }

    /// Counts something that has no place in the graph.
    pub fn unused(&mut self, what: &str) {
        if let Some(n) = self.unused.get_mut(what) {
            *n += 1;
            return;
        }
        let has_room = self.unused.len() < UNUSED_NAMES_MAX;
        let name = if has_room { clip(what) } else { "others".to_owned() };
        *self.unused.entry(name).or_default() += 1;
    }

    /// The row of a kind of record; counting many at once goes through it.
    pub fn row(&mut self, kind: &str) -> &mut RecordCount {
        let at = self.rows.iter().position(|row| row.record == kind).unwrap_or_else(|| {
            let (file, record) = (self.file.clone(), kind.to_owned());
            self.rows.push(RecordCount { file, record, read: 0, taken: 0, lost: 0 });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }

    /// Says how many parties interests name that nothing describes.
    pub fn undescribed(&mut self, parties: usize) {
        if parties > 0 {
            let reason = format!(
                "parties that interests name and no description is of: {parties}; they stay with their id alone"
            );
            self.note(Place::default(), "not_described", reason);
        }
    }

    pub fn finish(mut self) -> Account {
        for (what, n) in std::mem::take(&mut self.unused) {
            self.note(Place::default(), "no_place", format!("{what}: {n} without a place in the graph"));
        }
        let (records, parties) = (self.rows, self.described);
        let reconciliation = Reconciliation { records, entities: parties + self.interests, parties };
        Account { reconciliation, issues: self.issues }
    }
}
