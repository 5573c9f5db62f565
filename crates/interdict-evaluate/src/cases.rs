//! A case: a subject of which it is known whether, and whom, a screening should find.

use interdict_core::subject::Subject;

use crate::generate::Severity;

/// One subject with the right answer.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its own id.
    pub id: String,
    /// How it was made, or of which kind it is.
    pub class: String,
    /// How much was done to the name, where that is known.
    pub severity: Option<Severity>,
    /// Whether the subject is the party.
    pub label: Label,
    /// What is screened.
    pub subject: Subject,
    /// The party that the subject is, or that it resembles. A match always has one.
    pub expected_id: Option<String>,
    /// The list of the party; any list when not given.
    pub expected_list: Option<String>,
    /// The listed name it was made of; empty when not known.
    pub source_name: String,
}

/// Whether a subject is the party that it resembles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It is, and a screening should find it.
    Match,
    /// It is not, and a screening should stay silent.
    NoMatch,
}
