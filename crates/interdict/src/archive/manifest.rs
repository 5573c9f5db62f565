//! One version of one list as the archive keeps it: what was imported, and how its reading went.
//!
//! A manifest ends with the digest of all that it says before, so that damage to it is noticed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::issue::{Issue, Issues, Severity};
use interdict_core::list::{ListVersion, Reconciliation};
use interdict_lists::inventory::Inventory;

use crate::failure::Failure;

/// One version of one list: what was imported, and how its reading went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version as answers name it.
    #[serde(flatten)]
    pub version: ListVersion,
    /// The name of the format it was read as.
    pub format: String,
    /// Its files, the main one first.
    pub files: Vec<ArchivedFile>,
    /// The mapping it was read through: the digest of an object.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mapping: Option<Digest>,
    /// When it was imported first.
    pub imported_at: Timestamp,
    /// Whether the date of publication is from the files, from their path, or from the operator.
    pub published_from: PublishedFrom,
    /// The account of its reading.
    pub reconciliation: Reconciliation,
    /// What is in it, counted.
    #[serde(default)]
    pub inventory: Inventory,
    /// What was noticed, counted.
    pub issues: IssueCounts,
    /// What was noticed, in full as far as it was kept.
    pub issues_kept: Vec<Issue>,
}

/// One file of a version.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ArchivedFile {
    /// Its name.
    pub name: String,
    /// Its digest, which is also the name of its object.
    pub digest: Digest,
    /// Its length.
    pub bytes: u64,
}

/// Where a date of publication comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PublishedFrom {
    /// The files say it.
    Files,
    /// A date in the name of the file or folder.
    Path,
    /// The operator said it.
    Operator,
    /// Not known.
    Nowhere,
}

/// How many issues there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IssueCounts {
    /// Records that are there, with something worth knowing.
    pub notes: u64,
    /// Values that are not there.
    pub values_lost: u64,
    /// Records that are not there.
    pub records_lost: u64,
    /// All of them by kind.
    #[serde(default)]
    pub by_kind: BTreeMap<String, u64>,
}

impl IssueCounts {
    /// Counts issues.
    pub fn of(issues: &Issues) -> Self {
        Self {
            notes: issues.count(Severity::Note),
            values_lost: issues.count(Severity::ValueLost),
            records_lost: issues.count(Severity::RecordLost),
            by_kind: issues.by_kind().clone(),
        }
    }

    /// How many in all.
    pub fn total(&self) -> u64 {
        self.notes + self.values_lost + self.records_lost
    }
}

impl Manifest {
    /// `LIST@VERSION`, as commands name it.
    pub fn name(&self) -> String {
        format!("{}@{}", self.version.id, self.version.version)
    }

    /// The same with when it was published, for people who have to choose.
    pub fn in_words(&self) -> String {
        let published = self.version.published.map(|date| format!("{date}, ")).unwrap_or_default();
        format!("{} ({published}{} parties)", self.name(), self.version.entities)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// When it is not there, or was changed after it was written.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
        let damaged = |reason: String| Failure::DamagedArchive { path: path.to_owned(), reason };
        let (text, seal) = bytes.split_at(bytes.len().saturating_sub(seal_of(b"").len()));
        if seal != seal_of(text) {
            return Err(damaged("it is cut off or was changed after it was written".to_owned()));
        }
        serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))
    }

    /// The manifest as it is kept: JSON for people and machines, with the digest of the text before it as its last key.
    pub fn sealed(&self) -> serde_json::Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.truncate(text.len().saturating_sub("\n}".len()));
        let seal = seal_of(&text);
        text.extend(seal);
        Ok(text)
    }
}

/// The last key of a manifest that begins with this text, and its end. It has always the same length.
fn seal_of(text: &[u8]) -> Vec<u8> {
    format!(",\n  \"seal\": \"{}\"\n}}\n", Digest::of(text)).into_bytes()
}
