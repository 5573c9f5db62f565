//! What a reader has to say about its input besides the value: nothing is dropped in silence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::limits;

/// A value together with what was noticed while it was read. Reading never fails on one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What could be read.
    pub value: T,
    /// What could not, or only in part.
    pub issues: Issues,
}

/// How much an issue costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The record is there; something about it is worth knowing (a failed check digit, free text kept as a note).
    Note,
    /// The record is there, but one of its values is not (an impossible date, an unknown country).
    ValueLost,
    /// The record did not become an entity.
    RecordLost,
}

/// One thing noticed about one place of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// How much it costs.
    pub severity: Severity,
    /// A stable name of the kind: `unknown_property`, `bad_date`, `line_too_long`…
    pub kind: String,
    /// The file of the list set, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// Where in the file: a line, counted from 1, or a byte offset.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<Position>,
    /// The source's id of the record, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<String>,
    /// What is wrong, in one sentence.
    pub reason: String,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// The line, counted from 1.
    Line(u64),
    /// The offset of the first byte, counted from 0.
    Byte(u64),
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}

impl Issue {
    /// An issue with no place yet.
    pub fn new(severity: Severity, kind: &str, reason: impl Into<String>) -> Self {
        Self {
            severity,
            kind: kind.to_owned(),
            file: None,
            position: None,
            record: None,
            reason: reason.into(),
        }
    }

    /// The same, at a place in its file.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// The same, of one record of the source.
    #[must_use]
    pub fn of_record(mut self, record: impl Into<String>) -> Self {
        self.record = Some(record.into());
        self
    }

    /// The same, in a file of the set.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }
}

impl std::fmt::Display for Issue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        if let Some(position) = self.position {
            write!(f, "{position}: ")?;
        }
        if let Some(record) = &self.record {
            write!(f, "record {record}: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// The issues of one reading: all are counted, the first [`limits::ISSUES_KEPT_MAX`] are kept in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issues {
    kept: Vec<Issue>,
    by_kind: BTreeMap<String, u64>,
    notes: u64,
    values_lost: u64,
    records_lost: u64,
}

impl Issues {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts one issue, and keeps it while there is room.
    pub fn push(&mut self, issue: Issue) {
        match issue.severity {
            Severity::Note => self.notes += 1,
            Severity::ValueLost => self.values_lost += 1,
            Severity::RecordLost => self.records_lost += 1,
        }
        match self.by_kind.get_mut(&issue.kind) {
            Some(n) => *n += 1,
            None => {
                self.by_kind.insert(issue.kind.clone(), 1);
            }
        }
        if self.kept.len() < limits::ISSUES_KEPT_MAX {
            self.kept.push(issue);
        }
    }

    /// Takes over the issues of another reading: all are counted, and kept while there is room.
    pub fn append(&mut self, other: Self) {
        let room = limits::ISSUES_KEPT_MAX.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
        for (kind, n) in other.by_kind {
            *self.by_kind.entry(kind).or_default() += n;
        }
        self.notes += other.notes;
        self.values_lost += other.values_lost;
        self.records_lost += other.records_lost;
    }

    /// Those kept in full, in the order met.
    pub fn kept(&self) -> &[Issue] {
        &self.kept
    }

    /// How many there are of each kind, those not kept included.
    pub fn by_kind(&self) -> &BTreeMap<String, u64> {
        &self.by_kind
    }

    /// How many there are of one severity.
    pub fn count(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Note => self.notes,
            Severity::ValueLost => self.values_lost,
            Severity::RecordLost => self.records_lost,
        }
    }

    /// How many there are in all, those not kept included.
    pub fn len(&self) -> u64 {
        self.notes + self.values_lost + self.records_lost
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_when_not_all_are_kept() {
        let mut issues = Issues::new();
        let total = limits::ISSUES_KEPT_MAX + 5;
        for _ in 0..total {
            issues.push(Issue::new(Severity::RecordLost, "bad", "no good"));
        }
        assert_eq!(issues.kept().len(), limits::ISSUES_KEPT_MAX);
        assert_eq!(issues.count(Severity::RecordLost), total as u64);
        let mut all = Issues::new();
        all.push(Issue::new(Severity::Note, "first", "kept"));
        all.append(issues);
        assert_eq!((all.kept().len(), all.len()), (limits::ISSUES_KEPT_MAX, total as u64 + 1));
        assert_eq!((all.by_kind()["bad"], all.by_kind()["first"]), (total as u64, 1));
        assert_eq!((all.kept()[0].kind.as_str(), all.kept()[1].kind.as_str()), ("first", "bad"));
    }

    #[test]
    fn an_issue_names_its_place() {
        let issue = Issue::new(Severity::Note, "bad_date", "no date: '31 Feb'")
            .in_file("SDN.CSV")
            .at(Position::Line(7))
            .of_record("36");
        assert_eq!(issue.to_string(), "SDN.CSV: line 7: record 36: no date: '31 Feb'");
    }
}
