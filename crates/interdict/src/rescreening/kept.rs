//! A file of customers with all that is kept of it, on disk.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::list::ListVersion;
use interdict_core::mapped::MappedFile;
use interdict_core::score::Threshold;
use interdict_match::index::Index;
use interdict_match::rescreen::Customers;

use super::{Answers, Known};
use crate::archive::{Lock, write_private};
use crate::config;
use crate::failure::Failure;

/// One kept file of customers.
#[derive(Debug)]
pub(crate) struct Kept {
    folder: PathBuf,
    name: String,
}

/// What the answers that are kept are of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The path that the file had.
    pub file: String,
    /// Its digest.
    pub digest: Digest,
    /// How many rows it has.
    pub rows: u32,
    /// The threshold of its hits.
    pub threshold: f64,
    /// The digest of the index that the answers are of.
    pub index: Digest,
    /// The program's way of reading and matching: answers of another are screened in full.
    pub engine: Digest,
    /// The lists of that index.
    pub lists: Vec<ListVersion>,
    /// When they were given.
    pub screened_at: Timestamp,
}

impl State {
    /// The threshold of the hits.
    pub fn threshold(&self) -> Result<Threshold, Failure> {
        config::threshold(self.threshold).map_err(Failure::Usage)
    }
}

/// The names of all that is kept in a home folder.
pub(crate) fn names(home: &Path) -> Result<Vec<String>, Failure> {
    let folder = home.join("customers");
    let unreadable = |error| Failure::Unreadable { path: folder.clone(), error };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

impl Kept {
    /// The place of a file of customers by its name; nothing need be there yet.
    pub fn at(home: &Path, name: &str) -> Result<Self, Failure> {
        let fits = (1..=64).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !fits {
            let name: String = name.chars().take(80).collect();
            return Err(Failure::Usage(format!(
                "a name for customers is 1 to 64 letters, digits, hyphens and underscores, not {name:?}"
            )));
        }
        Ok(Self { folder: home.join("customers").join(name), name: name.to_owned() })
    }

    /// Waits until no other program screens these customers.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.folder)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is anything.
    pub fn is_there(&self) -> bool {
        self.folder.join("state.json").is_file()
    }

    /// What the answers are of.
    pub fn state(&self) -> Result<State, Failure> {
        let path = self.folder.join("state.json");
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let name = &self.name;
                return Err(Failure::Usage(format!(
                    "no customers are kept as {name:?}; start with: interdict rescreen start {name} --file FILE"
                )));
            }
            Err(error) => return Err(Failure::Unreadable { path, error }),
        };
        serde_json::from_slice(&text).map_err(|error| self.damaged(path, error.to_string()))
    }

    fn damaged(&self, path: PathBuf, reason: String) -> Failure {
        Failure::DamagedCustomers { path, reason, name: self.name.clone() }
    }

    /// Keeps the file, its rows and its index.
    pub fn keep_customers(&self, bytes: &[u8], rows: &[(u64, u64)], index: &[u8]) -> Result<(), Failure> {
        write_private(&self.folder.join("customers"), bytes)?;
        let places: Vec<u8> = rows
            .iter()
            .flat_map(|(offset, line)| [offset.to_le_bytes(), line.to_le_bytes()].concat())
            .collect();
        write_private(&self.folder.join("rows"), &places)?;
        write_private(&self.folder.join("customers.idx"), index)
    }

    /// The file as it came.
    pub fn customers(&self) -> Result<MappedFile, Failure> {
        self.map("customers")
    }

    /// Where each row begins: offset and line.
    pub fn rows(&self) -> Result<Vec<(u64, u64)>, Failure> {
        let bytes = self.map("rows")?;
        let (places, rest) = bytes.as_chunks::<8>();
        if !rest.is_empty() || places.len() % 2 != 0 {
            return Err(self.damaged(self.folder.join("rows"), "it is cut off".to_owned()));
        }
        let number = |place: &[u8; 8]| u64::from_le_bytes(*place);
        Ok(places.chunks_exact(2).map(|pair| (number(&pair[0]), number(&pair[1]))).collect())
    }

    fn map(&self, name: &str) -> Result<MappedFile, Failure> {
        let path = self.folder.join(name);
        MappedFile::open(&path).map_err(|error| self.damaged(path, error.to_string()))
    }

    /// The customers as an index.
    pub fn index(&self) -> Result<Customers, Failure> {
        let path = self.folder.join("customers.idx");
        Customers::open(&path).map_err(|error| Failure::Open { path, error })
    }

    /// The index of the lists that the answers are of; none when a program of another format wrote it.
    pub fn lists(&self, state: &State) -> Option<Index> {
        Index::open(&self.lists_path(state)).ok()
    }

    fn lists_path(&self, state: &State) -> PathBuf {
        self.folder.join(format!("lists-{}.idx", state.index.short()))
    }

    fn answers_path(&self, state: &State) -> PathBuf {
        self.folder.join(format!("answers-{}-{}", state.index.short(), state.engine.short()))
    }

    /// The answers that are kept.
    pub fn answers(&self, state: &State) -> Result<Answers, Failure> {
        let path = self.answers_path(state);
        let file = fs::File::open(&path).map_err(|error| self.damaged(path.clone(), error.to_string()))?;
        let mut answers = Answers::new();
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|error| self.damaged(path.clone(), error.to_string()))?;
            let known: Known =
                serde_json::from_str(&line).map_err(|error| self.damaged(path.clone(), error.to_string()))?;
            answers.insert(known.row, known);
        }
        Ok(answers)
    }

    /// Keeps answers, the index they are of (at `lists`), and the state; what was kept before of these goes.
    pub fn keep_answers(&self, state: &State, answers: &Answers, lists: &[u8]) -> Result<(), Failure> {
        let mut text = Vec::new();
        for known in answers.values() {
            serde_json::to_writer(&mut text, known).map_err(|error| Failure::Output(error.into()))?;
            text.push(b'\n');
        }
        write_private(&self.answers_path(state), &text)?;
        if !self.lists_path(state).is_file() {
            write_private(&self.lists_path(state), lists)?;
        }
        let mut text = serde_json::to_vec_pretty(state).map_err(|error| Failure::Output(error.into()))?;
        text.write_all(b"\n").map_err(Failure::Output)?;
        write_private(&self.folder.join("state.json"), &text)?;
        self.remove_former(state);
        Ok(())
    }

    /// Removes what former states named. What cannot be removed does no harm.
    fn remove_former(&self, state: &State) {
        let kept = [self.lists_path(state), self.answers_path(state)];
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if (name.starts_with("lists-") || name.starts_with("answers-")) && !kept.contains(&path) {
                // Best effort by design: see above.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Deletes everything.
    pub fn delete(&self) -> Result<(), Failure> {
        if !self.folder.is_dir() {
            self.state()?;
        }
        fs::remove_dir_all(&self.folder)
            .map_err(|error| Failure::Unwritable { path: self.folder.clone(), error })
    }
}
