//! How are the files of a chain kept in a folder, so that a crash or a second reader never sees half of anything?
//!
//! ```text
//! <folder>/manifest.json              which files are the chain
//! <folder>/manifests/<number>.json    that and those before it
//! <folder>/files/<digest>.segment     never changed
//! <folder>/files/<digest>.names
//! ```
//!
//! A file is written under another name, brought to the disk and renamed; the manifest last. Files of no manifest are what an import left that
//! did not end, or what a reorganization put away; they stay until [`Folder::prune`]. That two do not write at once is for the caller to see to.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use interdict_core::digest::Digest;
use sha2::{Digest as _, Sha256};

use super::{Keep, KeepError, MANIFEST_FORMAT, Manifest, Part, PartRecord, Parts};
use crate::outputs::names::{Names, NamesWriter};
use crate::outputs::segment::{Segment, SegmentWriter};

/// Largest manifest that is read: hundreds of thousands of parts.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;

/// Why a kept chain cannot be opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Reading or writing failed.
    #[error("{file}: {error}")]
    Io {
        /// Which file.
        file: String,
        /// What happened.
        error: io::Error,
    },
    /// The manifest is none, or of another version.
    #[error("{file}: is no manifest of this version ({reason}); import the chain again")]
    Manifest {
        /// Which file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A file is not what the manifest says.
    #[error("{file}: {reason}")]
    Damaged {
        /// Which file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

/// A folder with a chain.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> FolderError + '_ {
    |error| FolderError::Io { file: path.display().to_string(), error }
}

/// A rename is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

impl Folder {
    /// The folder at a path; it is made when something is kept.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    fn file(&self, digest: Digest, kind: &str) -> PathBuf {
        self.files().join(format!("{}.{kind}", digest.to_hex()))
    }

    /// What the folder says is the chain; `None` for an empty one.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn manifest(&self) -> Result<Option<Manifest>, FolderError> {
        let path = self.path.join("manifest.json");
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_error(&path)(error)),
        };
        let mut bytes = Vec::new();
        file.take(MANIFEST_BYTES_MAX).read_to_end(&mut bytes).map_err(io_error(&path))?;
        let wrong = |reason: String| FolderError::Manifest { file: path.display().to_string(), reason };
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if manifest.format == MANIFEST_FORMAT {
            Ok(Some(manifest))
        } else {
            Err(wrong(format!("its format is {}", manifest.format)))
        }
    }

    /// Opens the files of a manifest.
    ///
    /// # Errors
    /// When one is missing or damaged, or they do not follow one another.
    pub fn open(&self, manifest: &Manifest) -> Result<Parts, FolderError> {
        let parts: Result<Vec<Part>, FolderError> =
            manifest.parts.iter().map(|record| self.part(record.segment, record.names)).collect();
        let wrong = |reason: String| FolderError::Damaged { file: self.path.display().to_string(), reason };
        let parts = Parts::new(parts?).map_err(|error| wrong(error.to_string()))?;
        if parts.records() == manifest.parts {
            Ok(parts)
        } else {
            Err(wrong("its files are not what its manifest says; import the chain again".to_owned()))
        }
    }

    fn part(&self, segment: Digest, names: Digest) -> Result<Part, FolderError> {
        let (segment_path, names_path) = (self.file(segment, "segment"), self.file(names, "names"));
        let damaged =
            |path: &Path, reason: String| FolderError::Damaged { file: path.display().to_string(), reason };
        let digests = [segment, names];
        let segment =
            Segment::open(&segment_path).map_err(|error| damaged(&segment_path, error.to_string()))?;
        let names = Names::open(&names_path).map_err(|error| damaged(&names_path, error.to_string()))?;
        Ok(Part { record: PartRecord::of(&segment, &names, digests), segment, names })
    }

    /// Makes these parts the chain. The number counts up from the manifest that is there.
    ///
    /// # Errors
    /// When it cannot be written; then the manifest that was there stays.
    pub fn commit(&self, mut manifest: Manifest) -> Result<Manifest, FolderError> {
        manifest.number = self.manifest()?.map_or(1, |last| last.number + 1);
        let bytes = serde_json::to_vec_pretty(&manifest).map_err(|error| FolderError::Manifest {
            file: self.path.display().to_string(),
            reason: error.to_string(),
        })?;
        let history = self.path.join("manifests");
        fs::create_dir_all(&history).map_err(io_error(&history))?;
        for path in [history.join(format!("{:08}.json", manifest.number)), self.path.join("manifest.json")] {
            let written = || {
                let new = path.with_extension("new");
                let mut file = File::create(&new)?;
                file.write_all(&bytes)?;
                file.sync_all()?;
                fs::rename(&new, &path)?;
                sync_folder(path.parent().unwrap_or(Path::new(".")))
            };
            written().map_err(io_error(&path))?;
        }
        Ok(manifest)
    }

    /// Reads every file of a manifest and compares it with its digest. Gives those that are not what they were, and why.
    pub fn verify(&self, manifest: &Manifest) -> Vec<FolderError> {
        let files = manifest.parts.iter().flat_map(|part| {
            [(part.segment, "segment", part.segment_bytes), (part.names, "names", part.names_bytes)]
        });
        let checked = files.filter_map(|(digest, kind, length)| {
            let path = self.file(digest, kind);
            match digest_of(&path) {
                Ok(found) if found == (digest, length) => None,
                Ok(_) => Some(FolderError::Damaged {
                    file: path.display().to_string(),
                    reason: "is damaged: its digest is another; import the chain again".to_owned(),
                }),
                Err(error) => Some(io_error(&path)(error)),
            }
        });
        checked.collect()
    }

    /// Removes files that are not of a manifest. Gives how many, and their bytes.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn prune(&self, manifest: &Manifest) -> Result<(u64, u64), FolderError> {
        let folder = self.files();
        let is_of = |path: &Path| {
            manifest.parts.iter().any(|part| {
                path == self.file(part.segment, "segment") || path == self.file(part.names, "names")
            })
        };
        let (mut count, mut bytes) = (0, 0);
        for entry in fs::read_dir(&folder).map_err(io_error(&folder))? {
            let path = entry.map_err(io_error(&folder))?.path();
            if !is_of(&path) {
                bytes += fs::metadata(&path).map_err(io_error(&path))?.len();
                fs::remove_file(&path).map_err(io_error(&path))?;
                count += 1;
            }
        }
        Ok((count, bytes))
    }
}

fn digest_of(path: &Path) -> io::Result<(Digest, u64)> {
    let (mut file, mut digest, mut length) = (File::open(path)?, Sha256::new(), 0);
    let mut stretch = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut stretch)?;
        if read == 0 {
            return Ok((Digest::from_bytes(digest.finalize().into()), length));
        }
        digest.update(stretch.get(..read).unwrap_or_default());
        length += read as u64;
    }
}

impl Keep for Folder {
    fn keep(&mut self, segment: SegmentWriter, names: NamesWriter) -> Result<Part, KeepError> {
        let folder = self.files();
        fs::create_dir_all(&folder)?;
        let new = |kind: &str| folder.join(format!("new.{kind}"));
        let mut to = BufWriter::new(File::create(new("segment"))?);
        let segment = Digest::from_bytes(segment.finish(&mut to)?.digest);
        to.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        let mut to = BufWriter::new(File::create(new("names"))?);
        let names = Digest::from_bytes(names.finish(&mut to)?.0);
        to.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(new("segment"), self.file(segment, "segment"))?;
        fs::rename(new("names"), self.file(names, "names"))?;
        sync_folder(&folder)?;
        self.part(segment, names).map_err(|error| KeepError::Unreadable(error.to_string()))
    }
}
