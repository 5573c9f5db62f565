//! The archive: every version of every list as it came, the account of its reading, and what happened to it since.
//!
//! ```text
//! <home>/archive/objects/<digest>                the bytes of one file
//! <home>/archive/versions/<list>/<version>.json  a manifest: which files, from when, how the reading went
//! <home>/archive/journal.jsonl                   what happened, in order
//! ```
//!
//! A program that changes the archive holds a lock on its folder. Objects are written first, then the journal, and the manifest last: an import that is cut off leaves no version behind. What is
//! damaged is mended by importing the same files again.

mod force;
mod holdings;
mod journal;
mod manifest;
mod retention;
mod verify;
mod written;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use interdict_core::digest::Digest;
use interdict_core::issue::Parsed;
use interdict_core::list::{ListId, ListVersion};
use interdict_core::mapped::MappedFile;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, ListContent, SourceFile};

use crate::failure::Failure;
use crate::intake::FileCopy;

pub(crate) use force::{Rulings, Standing, end_of, precedence};
pub(crate) use holdings::Holdings;
pub(crate) use journal::{Event, EventKind, Events};
pub(crate) use manifest::{ArchivedFile, IssueCounts, Manifest, PublishedFrom};
pub(crate) use retention::Pruned;
pub(crate) use verify::Verified;
pub(crate) use written::{Lock, sync_folder, temporary_file, write_private, write_whole};

use journal::Journal;

/// The archive in a home folder.
#[derive(Debug)]
pub(crate) struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// The archive of a home folder; the folder need not be there yet.
    pub fn at(home: &Path) -> Self {
        Self { folder: home.join("archive") }
    }

    /// Waits until no other program changes the archive.
    pub fn lock(&self) -> Result<Lock, Failure> {
        Lock::take(&self.folder)
    }

    /// Keeps the files and the mapping of a version, unless they are there undamaged.
    pub fn keep_files(
        &self,
        manifest: &Manifest,
        files: &[FileCopy],
        mapping: Option<&[u8]>,
    ) -> Result<(), Failure> {
        for file in files {
            self.write_object(file.digest, &file.bytes)?;
        }
        if let (Some(digest), Some(bytes)) = (manifest.mapping, mapping) {
            self.write_object(digest, bytes)?;
        }
        Ok(())
    }

    /// Keeps a version whose files are kept already: from here on it is there.
    pub fn keep(&self, manifest: &Manifest) -> Result<(), Failure> {
        let path = self.manifest_path(&manifest.version);
        let text = manifest
            .sealed()
            .map_err(|error| Failure::Unwritable { path: path.clone(), error: error.into() })?;
        write_whole(&path, &text)
    }

    /// Everything that is there.
    pub fn holdings(&self) -> Result<Holdings, Failure> {
        let mut lists: BTreeMap<ListId, Vec<Manifest>> = BTreeMap::new();
        for folder in entries(&self.folder.join("versions"))? {
            for manifest in manifests_in(&folder)? {
                lists.entry(manifest.version.id.clone()).or_default().push(manifest);
            }
        }
        let events = self.events()?.events;
        let rulings = Rulings::of(&events, None);
        for versions in lists.values_mut() {
            versions.sort_by_key(|manifest| rulings.precedence(manifest));
        }
        Ok(Holdings { lists, rulings, events })
    }

    /// Everything that happened.
    pub fn events(&self) -> Result<Events, Failure> {
        Journal::in_folder(&self.folder).read()
    }

    /// What people and checks decided until now.
    pub fn rulings(&self) -> Result<Rulings, Failure> {
        Ok(Rulings::of(&self.events()?.events, None))
    }

    /// Writes down what happened now to one version of a list, or to the list. The caller holds the lock.
    pub fn happened(
        &self,
        kinds: &[EventKind],
        version: &ListVersion,
        reasons: &[String],
    ) -> Result<(), Failure> {
        let event = |kind: &EventKind| Event {
            at: Timestamp::now(),
            event: *kind,
            list: version.id.clone(),
            version: Some(version.version.clone()),
            reasons: reasons.to_vec(),
        };
        Journal::in_folder(&self.folder).add(&kinds.iter().map(event).collect::<Vec<_>>())
    }

    /// The versions of one list besides this one. When a manifest besides that of this
    /// version is damaged, whatever its list, this is an error, so that nothing is changed then.
    pub fn besides(&self, version: &ListVersion) -> Result<Vec<Manifest>, Failure> {
        let own = self.manifest_path(version);
        let mut others = Vec::new();
        for folder in entries(&self.folder.join("versions"))? {
            let paths = entries(&folder)?.into_iter().filter(|path| is_manifest(path) && *path != own);
            others.extend(paths.map(|path| Manifest::read(&path)).collect::<Result<Vec<_>, _>>()?);
        }
        others.retain(|other| other.version.id == version.id);
        Ok(others)
    }

    /// The version in force of every list.
    pub fn in_force(&self) -> Result<Vec<Manifest>, Failure> {
        Ok(self.holdings()?.in_force())
    }

    /// The manifest of a version that is kept already, when it can be read.
    pub fn find(&self, version: &ListVersion) -> Option<Manifest> {
        Manifest::read(&self.manifest_path(version)).ok()
    }

    /// Reads a kept version again, after comparing its bytes with their digests.
    pub fn read(&self, manifest: &Manifest) -> Result<Parsed<ListContent>, Failure> {
        let manifest_path = self.manifest_path(&manifest.version);
        let damaged = |reason: String| Failure::DamagedArchive { path: manifest_path.clone(), reason };
        let format = Format::from_name(&manifest.format)
            .ok_or_else(|| damaged(format!("the format {:?} is not known", manifest.format)))?;
        let files =
            manifest.files.iter().map(|file| self.object(file.digest)).collect::<Result<Vec<_>, _>>()?;
        let sources: Vec<SourceFile<'_>> = manifest
            .files
            .iter()
            .zip(&files)
            .map(|(file, bytes)| SourceFile { name: &file.name, bytes })
            .collect();
        let mapping = manifest.mapping.map(|digest| self.mapping(digest)).transpose()?;
        Ok(interdict_lists::read(format, &manifest.version.id, &sources, mapping.as_ref())?)
    }

    /// The files of a version, to be part of another one.
    pub fn file_copies(&self, manifest: &Manifest) -> Result<Vec<FileCopy>, Failure> {
        let copy = |file: &ArchivedFile| {
            Ok(FileCopy { name: file.name.clone(), bytes: self.object(file.digest)?, digest: file.digest })
        };
        manifest.files.iter().map(copy).collect()
    }

    fn mapping(&self, digest: Digest) -> Result<Mapping, Failure> {
        let bytes = self.object(digest)?;
        let path = self.object_path(digest);
        let text = std::str::from_utf8(&bytes).map_err(|_| Failure::DamagedArchive {
            path: path.clone(),
            reason: "the mapping is not UTF-8".to_owned(),
        })?;
        Mapping::parse(text).map_err(|error| Failure::Mapping { path, error })
    }

    fn object(&self, digest: Digest) -> Result<MappedFile, Failure> {
        let path = self.object_path(digest);
        let bytes = match MappedFile::open(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Failure::DamagedArchive { path, reason: "the file is not there".to_owned() });
            }
            Err(error) => return Err(Failure::Unreadable { path, error }),
        };
        if Digest::of(&bytes) != digest {
            let reason = "the bytes do not have the digest they are kept under".to_owned();
            return Err(Failure::DamagedArchive { path, reason });
        }
        Ok(bytes)
    }

    fn write_object(&self, digest: Digest, bytes: &[u8]) -> Result<(), Failure> {
        if self.object(digest).is_ok() { Ok(()) } else { write_whole(&self.object_path(digest), bytes) }
    }

    fn object_path(&self, digest: Digest) -> PathBuf {
        self.objects().join(digest.to_hex())
    }

    fn objects(&self) -> PathBuf {
        self.folder.join("objects")
    }

    fn manifest_path(&self, version: &ListVersion) -> PathBuf {
        self.path_of_version(&version.id, &version.version)
    }

    fn path_of_version(&self, list: &ListId, version: &str) -> PathBuf {
        self.folder.join("versions").join(list.as_str()).join(format!("{version}.json"))
    }
}

fn manifests_in(folder: &Path) -> Result<Vec<Manifest>, Failure> {
    entries(folder)?.iter().filter(|path| is_manifest(path)).map(|path| Manifest::read(path)).collect()
}

fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "json")
}

/// What is in a folder, in the order of names; nothing when it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::Unreadable { path: folder.to_owned(), error };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}
