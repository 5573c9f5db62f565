//! What is kept about a fetch: who was asked, what was answered, and when. With it the next fetch can ask whether anything
//! has changed, and a supervisor can see where a version comes from.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::list::{ListId, ListVersion};

use crate::archive::write_whole;
use crate::failure::Failure;

/// One fetch of one list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FetchRecord {
    /// The source, as the configuration calls it.
    pub source: String,
    /// The list.
    pub list: ListId,
    /// When its files had arrived.
    pub fetched_at: Timestamp,
    /// When the authority, or a mirror, last gave or confirmed these files: at the fetch, or at a later one that found
    /// nothing changed. Nobody confirms what is in a folder.
    pub checked_at: Option<Timestamp>,
    /// How long it took, waits included, in milliseconds.
    pub duration_ms: u64,
    /// How many requests for files it took, those that failed included.
    pub attempts: u32,
    /// Its files, the main one first.
    pub files: Vec<FileRecord>,
    /// The version of the archive that came of it.
    pub kept_as: Option<ListVersion>,
    /// How its files were read; records of former programs do not say it.
    #[serde(default)]
    pub read_as: Option<Reading>,
}

/// How files are read, as the configuration says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// The name of the format; none where it is recognized.
    pub format: Option<String>,
    /// The digest of the mapping.
    pub mapping: Option<Digest>,
}

/// One file of a fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileRecord {
    /// Its name.
    pub name: String,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its length.
    pub bytes: u64,
    /// Where it came from.
    #[serde(flatten)]
    pub from: Origin,
}

/// Where a file came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// A server.
    Http(Response),
    /// A folder that the operator filled.
    Folder(PathBuf),
}

/// What a server said about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Response {
    /// The address that was asked, without its query, which may hold a key.
    pub url: String,
    /// The digest of all of that address: by it the same is known again. Records of former programs do not have it.
    #[serde(default)]
    pub url_digest: Option<Digest>,
    /// The address that answered after redirects, without its query.
    pub final_url: String,
    /// The status of the answer.
    pub status: u16,
    /// What names this state of the file, as the server gave it.
    pub etag: Option<String>,
    /// When the file was last changed, as the server gave it.
    pub last_modified: Option<String>,
    /// Its type, as the server gave it.
    pub content_type: Option<String>,
    /// When it had arrived.
    pub fetched_at: Timestamp,
    /// How long it took, in milliseconds, without failed attempts.
    pub duration_ms: u64,
    /// How many attempts it took.
    pub attempts: u32,
}

impl FileRecord {
    /// What the server said, when it was a server.
    pub(crate) fn response(&self) -> Option<&Response> {
        match &self.from {
            Origin::Http(response) => Some(response),
            Origin::Folder(_) => None,
        }
    }
}

impl Response {
    /// Whether the server gave anything by which a change can be noticed.
    pub(crate) fn has_validator(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }
}

impl FetchRecord {
    /// The record of the last fetch of a source whose list was kept, when there is one. A record that cannot be read is no
    /// hindrance: everything is fetched again.
    pub(crate) fn last(home: &Path, source: &str) -> Option<Self> {
        let bytes = std::fs::read(path(home, source)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps this record in place of the one before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn keep(&self, home: &Path) -> Result<(), Failure> {
        let path = path(home, &self.source);
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|error| Failure::Unwritable { path: path.clone(), error: error.into() })?;
        text.push(b'\n');
        write_whole(&path, &text)
    }
}

fn path(home: &Path, source: &str) -> PathBuf {
    home.join("fetch").join(format!("{source}.json"))
}
