//! The files of holdings that are kept in the home folder.
//!
//! ```text
//! <home>/network/files.json        which files are kept, by name
//! <home>/network/objects/<digest>  the files as they came
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::mapped::MappedFile;

use crate::archive::{Lock, write_private};
use crate::failure::Failure;

/// One kept file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptFile {
    /// The name under which it is kept.
    pub name: String,
    /// The name that the file had.
    pub file: String,
    /// Its digest.
    pub digest: Digest,
    /// Its form: `ftm`, `bods`, `table`.
    pub kind: String,
    /// How many parties it describes and how many interests it holds.
    pub parties: u64,
    /// How many interests it holds.
    pub interests: u64,
    /// Records of it that could not be taken.
    pub lost: u64,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// The kept files of a home folder.
#[derive(Debug)]
pub(crate) struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// Those of a home folder; nothing need be there yet.
    pub fn at(home: &Path) -> Self {
        Self { folder: home.join("network") }
    }

    /// Waits until no other program changes them.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.folder)
    }

    /// All of them, by name.
    pub fn files(&self) -> Result<Vec<KeptFile>, Failure> {
        let path = self.register();
        match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|error| Failure::DamagedNetwork { path, reason: error.to_string() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Failure::Unreadable { path, error }),
        }
    }

    /// The bytes of a file, which are those that were imported.
    pub fn open(&self, file: &KeptFile) -> Result<MappedFile, Failure> {
        let path = self.object(file.digest);
        let bytes = MappedFile::open(&path).map_err(|error| Failure::DamagedNetwork {
            path: path.clone(),
            reason: format!("the file that is kept as {} cannot be read: {error}", file.name),
        })?;
        if Digest::of(&bytes) == file.digest {
            Ok(bytes)
        } else {
            Err(Failure::DamagedNetwork { path, reason: "it is not what was imported".to_owned() })
        }
    }

    /// Keeps a file in the place of the one of its name.
    pub fn keep(&self, file: KeptFile, bytes: &[u8]) -> Result<(), Failure> {
        let mut files = self.files()?;
        write_private(&self.object(file.digest), bytes)?;
        files.retain(|known| known.name != file.name);
        files.push(file);
        files.sort_by(|a, b| a.name.cmp(&b.name));
        self.write(&files)
    }

    /// Renames the register of what is kept when it cannot be read, so that files can be kept anew; where it is then.
    pub fn put_damaged_aside(&self) -> Result<Option<PathBuf>, Failure> {
        let path = self.register();
        match self.files() {
            Err(Failure::DamagedNetwork { .. }) => {
                let aside = path.with_extension("damaged.json");
                fs::rename(&path, &aside).map_err(|error| Failure::Unwritable { path, error })?;
                Ok(Some(aside))
            }
            Err(failure) => Err(failure),
            Ok(_) => Ok(None),
        }
    }

    /// Keeps a file no more.
    pub fn remove(&self, name: &str) -> Result<KeptFile, Failure> {
        let mut files = self.files()?;
        let Some(at) = files.iter().position(|file| file.name == name) else {
            let known: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let name: String = name.chars().take(60).collect();
            return Err(Failure::Usage(format!("no holdings are kept as {name:?}; kept are: {known}")));
        };
        let removed = files.remove(at);
        self.write(&files)?;
        Ok(removed)
    }

    fn write(&self, files: &[KeptFile]) -> Result<(), Failure> {
        let bytes = serde_json::to_vec_pretty(files).map_err(|error| Failure::Output(error.into()))?;
        write_private(&self.register(), &bytes)?;
        self.remove_unused(files)
    }

    /// Removes the bytes that no file needs any more.
    fn remove_unused(&self, files: &[KeptFile]) -> Result<(), Failure> {
        let folder = self.folder.join("objects");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Failure::Unreadable { path: folder, error }),
        };
        for entry in entries {
            let path = entry.map_err(|error| Failure::Unreadable { path: folder.clone(), error })?.path();
            if files.iter().all(|file| self.object(file.digest) != path) {
                fs::remove_file(&path).map_err(|error| Failure::Unwritable { path, error })?;
            }
        }
        Ok(())
    }

    fn register(&self) -> PathBuf {
        self.folder.join("files.json")
    }

    fn object(&self, digest: Digest) -> PathBuf {
        self.folder.join("objects").join(digest.to_hex())
    }
}
