//! What is noticed while a set is read, and where: issues with their place, and clauses counted by kind.

use std::collections::BTreeMap;

use interdict_core::entity::{Entity, ValueError};
use interdict_core::issue::{Issues, Severity};

/// The kind of a clause that is kept as a note only.
pub(super) const NOTE: &str = "note";
/// The kind of a clause that was cut off by the file's limit on remarks.
pub(super) const CUT: &str = "cut";

/// Issues and clause counts of one reading.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) issues: Issues,
    pub(super) clauses: BTreeMap<&'static str, u64>,
}

/// A record of a file.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
    /// The source's number of the party; empty where it cannot be read.
    pub(super) record: String,
}

impl Log {
    /// Counts one clause.
    pub(super) fn count(&mut self, kind: &'static str) {
        *self.clauses.entry(kind).or_default() += 1;
    }

    /// Adds a value to an entity. `false` when the schema has no such property, so that the caller finds another place;
    /// a value that does not fit otherwise is lost with an issue.
    pub(super) fn add(
        &mut self,
        entity: &mut Entity,
        property: &str,
        value: impl Into<String>,
        place: &Place<'_>,
    ) -> bool {
        let kind = match entity.add(property, value) {
            Ok(()) => return true,
            Err(ValueError::UnknownProperty { .. }) => return false,
            Err(error) => {
                let kind = match &error {
                    ValueError::TooLong { .. } => "value_too_long",
                    ValueError::TooMany { .. } => "too_many_values",
                    ValueError::Date { .. } => "bad_date",
                    ValueError::UnknownCode { .. } => "unknown_code",
                    ValueError::Empty { .. } | ValueError::UnknownProperty { .. } => "empty_value",
                };
                (kind, error)
            }
        };
        self.issue(Severity::ValueLost, kind.0, place, kind.1.to_string());
        true
    }
}
