//! An official list, one dated state of it, and the account of what was read from it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::digest::Digest;

/// The short name of a list: `ofac`, `un`, `kr`. It is the first part of the ids of the list's entities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ListId(String);

/// The text is no list id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a list id is 1 to 32 lower-case letters, digits and hyphens, starting with a letter, not {0:?}")]
pub struct ListIdError(String);

impl ListId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ListId {
    type Err = ListIdError;

    fn from_str(text: &str) -> Result<Self, ListIdError> {
        let fits = (1..=32).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(ListIdError(text.chars().take(80).collect())) }
    }
}

impl fmt::Display for ListId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ListId> for String {
    fn from(id: ListId) -> Self {
        id.0
    }
}

impl TryFrom<String> for ListId {
    type Error = ListIdError;

    fn try_from(text: String) -> Result<Self, ListIdError> {
        text.parse()
    }
}

/// One state of a list, as an answer names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListVersion {
    /// The list.
    pub id: ListId,
    /// The first hex digits of the digest of the bytes it was read from.
    pub version: String,
    /// When the authority published it, as far as the files or the operator say.
    pub published: Option<PartialDate>,
    /// How many listed parties it holds (sanctions, addresses and links are not counted).
    pub entities: u64,
    /// The digest of all bytes it was read from.
    pub digest: Digest,
}

/// The account of one kind of record in one file: every record read was taken or is an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCount {
    /// The file.
    pub file: String,
    /// What one record of it is: `party`, `alias`, `address`, `comment`.
    pub record: String,
    /// Records read from the file.
    pub read: u64,
    /// Records that became an entity or a part of one.
    pub taken: u64,
    /// Records that did not, each with an issue.
    pub lost: u64,
}

/// The reconciliation of one reading. A supervisor asks for exactly this: did anything go missing?
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// One row for each kind of record in each file.
    pub records: Vec<RecordCount>,
    /// Entities that came out, those besides the parties included (sanctions, addresses, wallets, links).
    pub entities: u64,
    /// Listed parties among them.
    pub parties: u64,
}

impl Reconciliation {
    /// Whether in every row the records read are those taken and those lost.
    pub fn is_closed(&self) -> bool {
        self.records.iter().all(|row| row.read == row.taken + row.lost)
    }

    /// Records read and neither taken nor lost with an issue: 0 when closed.
    pub fn unexplained(&self) -> u64 {
        self.records.iter().map(|row| row.read.abs_diff(row.taken + row.lost)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_ids() {
        for good in ["ofac", "un", "kr", "eu-fsf2"] {
            assert!(good.parse::<ListId>().is_ok(), "{good}");
        }
        for bad in ["", "OFAC", "2un", "../x", "a b", "abcdefghijklmnopqrstuvwxyzabcdefg"] {
            assert!(bad.parse::<ListId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_reconciliation_names_what_is_unexplained() {
        let row =
            |read, taken, lost| RecordCount { file: "a".into(), record: "party".into(), read, taken, lost };
        let mut account = Reconciliation { records: vec![row(5, 4, 1)], ..Reconciliation::default() };
        assert!(account.is_closed());
        account.records.push(row(5, 4, 0));
        assert_eq!((account.is_closed(), account.unexplained()), (false, 1));
    }
}
