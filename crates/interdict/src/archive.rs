//! The archive: every version of every list as it came, and the account of its reading.
//!
//! ```text
//! <home>/archive/objects/<digest>                the bytes of one file
//! <home>/archive/versions/<list>/<version>.json  a manifest: which files, from when, how the reading went
//! ```
//!
//! Objects are written first and the manifest last, each under a temporary name and then renamed: an import that is cut off
//! leaves no version behind. A manifest ends with the digest of all that it says before, so that damage to it is noticed; what is
//! damaged is mended by importing the same files again.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::issue::{Issue, Issues, Parsed, Severity};
use interdict_core::list::{ListId, ListVersion, Reconciliation};
use interdict_core::mapped::MappedFile;
use interdict_lists::mapped_csv::Mapping;
use interdict_lists::{Format, ListContent, SourceFile};

use crate::failure::Failure;
use crate::intake::FileCopy;

/// The archive in a home folder.
#[derive(Debug)]
pub(crate) struct Archive {
    folder: PathBuf,
}

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
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Whether the date of publication is from the files, from their path, or from the operator.
    pub published_from: PublishedFrom,
    /// The account of its reading.
    pub reconciliation: Reconciliation,
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

/// How many issues there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IssueCounts {
    /// Records that are there, with something worth knowing.
    pub notes: u64,
    /// Values that are not there.
    pub values_lost: u64,
    /// Records that are not there.
    pub records_lost: u64,
}

impl IssueCounts {
    /// Counts issues.
    pub fn of(issues: &Issues) -> Self {
        Self {
            notes: issues.count(Severity::Note),
            values_lost: issues.count(Severity::ValueLost),
            records_lost: issues.count(Severity::RecordLost),
        }
    }
}

impl Manifest {
    /// What decides which version of a list is in force: the later publication, then the later import. A version without a
    /// date of publication counts from its import.
    fn precedence(&self) -> (u32, Timestamp) {
        let imported_on = || {
            let text = self.imported_at.to_string();
            text.get(..10).and_then(|day| day.parse::<PartialDate>().ok())
        };
        let on = self.version.published.or_else(imported_on).map_or(0, |date| date.bounds().1);
        (on, self.imported_at)
    }
}

impl Archive {
    /// The archive of a home folder; the folder need not be there yet.
    pub fn at(home: &Path) -> Self {
        Self { folder: home.join("archive") }
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
        let text = sealed(manifest)
            .map_err(|error| Failure::Unwritable { path: path.clone(), error: error.into() })?;
        write_whole(&path, &text)
    }

    /// Every version, by list and then in the order of precedence, the version in force last.
    pub fn versions(&self) -> Result<BTreeMap<ListId, Vec<Manifest>>, Failure> {
        let mut versions: BTreeMap<ListId, Vec<Manifest>> = BTreeMap::new();
        for path in self.manifest_paths()? {
            let manifest = read_manifest(&path)?;
            versions.entry(manifest.version.id.clone()).or_default().push(manifest);
        }
        for list in versions.values_mut() {
            list.sort_by_key(Manifest::precedence);
        }
        Ok(versions)
    }

    fn manifest_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut paths = Vec::new();
        for folder in entries(&self.folder.join("versions"))? {
            let is_manifest = |path: &PathBuf| path.extension().is_some_and(|end| end == "json");
            paths.extend(entries(&folder)?.into_iter().filter(is_manifest));
        }
        Ok(paths)
    }

    /// The other versions of the list of this one, the one that takes precedence last. When a manifest besides that of this
    /// version is damaged, this is an error, so that nothing is changed then.
    pub fn besides(&self, version: &ListVersion) -> Result<Vec<Manifest>, Failure> {
        let own = self.manifest_path(version);
        let paths = self.manifest_paths()?.into_iter().filter(|path| *path != own);
        let others = paths.map(|path| read_manifest(&path)).collect::<Result<Vec<_>, _>>()?;
        let mut others: Vec<Manifest> =
            others.into_iter().filter(|other| other.version.id == version.id).collect();
        others.sort_by_key(Manifest::precedence);
        Ok(others)
    }

    /// The version in force of every list.
    pub fn in_force(&self) -> Result<Vec<Manifest>, Failure> {
        Ok(self.versions()?.into_values().filter_map(|mut list| list.pop()).collect())
    }

    /// The manifest of a version that is kept already, when it can be read.
    pub fn find(&self, version: &ListVersion) -> Option<Manifest> {
        read_manifest(&self.manifest_path(version)).ok()
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
        self.folder.join("objects").join(digest.to_hex())
    }

    fn manifest_path(&self, version: &ListVersion) -> PathBuf {
        self.folder.join("versions").join(version.id.as_str()).join(format!("{}.json", version.version))
    }
}

fn read_manifest(path: &Path) -> Result<Manifest, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
    let damaged = |reason: String| Failure::DamagedArchive { path: path.to_owned(), reason };
    let (text, seal) = bytes.split_at(bytes.len().saturating_sub(seal_of(b"").len()));
    if seal != seal_of(text) {
        return Err(damaged("it is cut off or was changed after it was written".to_owned()));
    }
    serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))
}

/// A manifest as it is kept: JSON for people and machines, with the digest of the text before it as its last key.
fn sealed(manifest: &Manifest) -> serde_json::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(manifest)?;
    text.truncate(text.len().saturating_sub("\n}".len()));
    let seal = seal_of(&text);
    text.extend(seal);
    Ok(text)
}

/// The last key of a manifest that begins with this text, and its end. It has always the same length.
fn seal_of(text: &[u8]) -> Vec<u8> {
    format!(",\n  \"seal\": \"{}\"\n}}\n", Digest::of(text)).into_bytes()
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

/// Temporary files are private by default; archive and index are for everybody whom the umask lets read, such as replicas
/// of a service under another account.
fn temporary_file() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "permissions are a matter of Unix"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Writes a file as a whole or not at all: under a temporary name in the same folder, then renamed.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let unwritable = |error| Failure::Unwritable { path: path.to_owned(), error };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(unwritable)?;
    let mut file = temporary_file().tempfile_in(folder).map_err(unwritable)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(unwritable)?;
    file.persist(path).map_err(|error| unwritable(error.error))?;
    Ok(())
}
