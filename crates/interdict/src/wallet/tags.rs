//! The packs of tags and actors that are kept in the home folder.
//!
//! ```text
//! <home>/wallets/tags/files.json        which packs are kept, by name
//! <home>/wallets/tags/objects/<digest>  the packs as they came
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use interdict_core::digest::Digest;
use interdict_core::issue::Parsed;
use interdict_core::mapped::MappedFile;
use interdict_wallets::Class;
use interdict_wallets::tagpack::{self, TagPack};

use crate::archive::{Lock, write_private};
use crate::failure::Failure;

/// One kept pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptPack {
    /// The name under which it is kept.
    pub name: String,
    /// The title that it gives itself.
    pub title: Option<String>,
    /// Its digest.
    pub digest: Digest,
    /// What the operator says that its tags are; else each tag says it itself.
    pub class: Option<Class>,
    /// How many tags it holds.
    pub tags: u64,
    /// How many actors it holds.
    pub actors: u64,
    /// Tags whose text is no address and is found as a text only.
    pub texts: u64,
    /// Tags and actors that could not be taken.
    pub lost: u64,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// The kept packs of a home folder.
#[derive(Debug)]
pub(crate) struct KeptTags {
    folder: PathBuf,
}

impl KeptTags {
    /// Those of a home folder; nothing need be there yet.
    pub fn at(home: &Path) -> Self {
        Self { folder: home.join("wallets").join("tags") }
    }

    /// Waits until no other program changes them.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.folder)
    }

    /// All of them, by name.
    pub fn packs(&self) -> Result<Vec<KeptPack>, Failure> {
        let path = self.register();
        match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|error| Failure::DamagedTags { path, reason: error.to_string() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Failure::Unreadable { path, error }),
        }
    }

    /// All of them with what they say, in the order of their names.
    pub fn read(&self) -> Result<Vec<(KeptPack, TagPack)>, Failure> {
        let packs = self.packs()?;
        let read = |pack: &KeptPack| {
            let path = self.object(pack.digest);
            let damaged = |reason: String| Failure::DamagedTags { path: path.clone(), reason };
            let bytes = MappedFile::open(&path).map_err(|error| damaged(error.to_string()))?;
            if Digest::of(&bytes) != pack.digest {
                return Err(damaged("it is not what was imported".to_owned()));
            }
            Ok((pack.clone(), parsed(&bytes).map_err(damaged)?.value))
        };
        packs.par_iter().map(read).collect()
    }

    /// Keeps packs in the place of those of their names.
    pub fn keep(&self, packs: Vec<(KeptPack, MappedFile)>) -> Result<(), Failure> {
        let mut kept = self.packs()?;
        for (pack, bytes) in packs {
            write_private(&self.object(pack.digest), &bytes)?;
            kept.retain(|known| known.name != pack.name);
            kept.push(pack);
        }
        kept.sort_by(|a, b| a.name.cmp(&b.name));
        self.write(&kept)
    }

    /// Keeps a pack no more.
    pub fn remove(&self, name: &str) -> Result<KeptPack, Failure> {
        let mut packs = self.packs()?;
        let Some(at) = packs.iter().position(|pack| pack.name == name) else {
            let known: Vec<&str> = packs.iter().map(|pack| pack.name.as_str()).take(20).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let name: String = name.chars().take(60).collect();
            return Err(Failure::Usage(format!("no tags are kept as {name:?}; kept are: {known}")));
        };
        let removed = packs.remove(at);
        self.write(&packs)?;
        Ok(removed)
    }

    fn write(&self, packs: &[KeptPack]) -> Result<(), Failure> {
        let bytes = serde_json::to_vec_pretty(packs).map_err(|error| Failure::Output(error.into()))?;
        write_private(&self.register(), &bytes)?;
        self.remove_unused(packs)
    }

    /// Removes the bytes that no pack needs any more.
    fn remove_unused(&self, packs: &[KeptPack]) -> Result<(), Failure> {
        let folder = self.folder.join("objects");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Failure::Unreadable { path: folder, error }),
        };
        for entry in entries {
            let path = entry.map_err(|error| Failure::Unreadable { path: folder.clone(), error })?.path();
            if packs.iter().all(|pack| self.object(pack.digest) != path) {
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

/// What the bytes of a pack say, or why they are none.
pub(crate) fn parsed(bytes: &[u8]) -> Result<Parsed<TagPack>, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("the file is not UTF-8 at byte {}", error.valid_up_to()))?;
    tagpack::read(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| error.to_string())
}
