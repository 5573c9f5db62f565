//! The answer of a screening in one word. No answer is never clear.

use std::fmt;

use serde::Serialize;

/// What a screening says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The subject was screened and no entity reached the threshold.
    Clear,
    /// At least one entity reached the threshold.
    Hits,
    /// The subject could not be screened, so nothing is known of it.
    NotScreened(NotScreened),
}

/// Why a subject was not screened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NotScreened {
    /// There is no name, or only blanks.
    #[error("the name is empty")]
    EmptyName,
    /// The name has no letter or digit, or only letters of a script that is not read.
    #[error("no part of the name can be compared: {detail}")]
    UnusableName {
        /// What the name holds instead.
        detail: String,
    },
    /// The name consists only of words that are in too many names to say anything (legal forms, "company").
    #[error("the name has only generic words: {detail}")]
    OnlyGenericWords {
        /// The words.
        detail: String,
    },
    /// The name found nothing, but is in a script of which that says nothing.
    #[error("nothing was found, but names in {script} script cannot be read aloud yet: {detail}")]
    ScriptNotRead {
        /// The script.
        script: String,
        /// The name.
        detail: String,
    },
    /// The name is longer than the bound.
    #[error("the name has {chars} characters; the bound is {max}")]
    NameTooLong {
        /// Its length in characters.
        chars: usize,
        /// The bound, [`crate::limits::NAME_CHARS_MAX`].
        max: usize,
    },
    /// There are more names than the bound.
    #[error("the subject has {names} names; the bound is {max}")]
    TooManyNames {
        /// How many it has.
        names: usize,
        /// The bound, [`crate::limits::NAMES_PER_SUBJECT_MAX`].
        max: usize,
    },
    /// The row of a customer file could not be read.
    #[error("the row cannot be read: {detail}")]
    UnreadableRow {
        /// What is wrong with it.
        detail: String,
    },
}

impl Outcome {
    /// `clear`, `hits` or `not_screened`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Hits => "hits",
            Self::NotScreened(_) => "not_screened",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
