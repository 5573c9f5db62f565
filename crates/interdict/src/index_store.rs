//! The index of the lists in force. Its file is named after the digest of its inputs, so that it can never be the index of
//! other lists; when the file is not there, it is built from the archive.
//!
//! ```text
//! <home>/index/<digest>.idx
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_lists::READERS_VERSION;
use interdict_match::index::{self, Index, ListInput, OpenError};

use crate::archive::{Archive, Manifest, write_whole};
use crate::config::{Config, StarterUse};
use crate::failure::Failure;
use crate::{progress, starter};

/// An index and what it took to have it.
pub(crate) struct Opened {
    /// The index.
    pub index: Index,
    /// How long it was built, when it was not there.
    pub built_in: Option<Duration>,
    /// Whether only the embedded starter list is in it.
    pub is_starter_only: bool,
}

/// Opens the index of the lists in force, and builds it first when need be.
pub(crate) fn open(config: &Config) -> Result<Opened, Failure> {
    open_by(config, Index::open)
}

/// The same, and checks all of the file however large it is; a damaged one is built again.
pub(crate) fn open_verified(config: &Config) -> Result<Opened, Failure> {
    open_by(config, |path| {
        let index = Index::open(path)?;
        index.verify()?;
        Ok(index)
    })
}

fn open_by(config: &Config, open: impl Fn(&Path) -> Result<Index, OpenError>) -> Result<Opened, Failure> {
    let archive = Archive::at(&config.home);
    let in_force = archive.in_force()?;
    let with_starter = match config.starter {
        StarterUse::Always => true,
        StarterUse::Auto => in_force.is_empty(),
        StarterUse::Never => false,
    };
    if in_force.is_empty() {
        return if with_starter { starter_only() } else { Err(Failure::NoList) };
    }
    let starter = with_starter.then(starter::load).transpose()?;
    let versions: Vec<ListVersion> = in_force
        .iter()
        .map(|manifest| manifest.version.clone())
        .chain(starter.iter().map(|(version, _)| version.clone()))
        .collect();
    let digest = index::digest_of(&versions, READERS_VERSION);
    let path = path_of(&config.home, digest);
    if path.exists() {
        match open(&path) {
            Ok(index) if index.digest() == digest => {
                return Ok(Opened { index, built_in: None, is_starter_only: false });
            }
            Ok(_) => anstream::eprintln!("note: the index is one of other lists; it is built again"),
            // A damaged file is only a cache gone bad: it is built again, and the person hears why it takes longer.
            Err(error) => anstream::eprintln!("note: {error}"),
        }
    }
    let start = Instant::now();
    let index = build(&archive, &in_force, starter, &path)?;
    Ok(Opened { index, built_in: Some(start.elapsed()), is_starter_only: false })
}

fn starter_only() -> Result<Opened, Failure> {
    let (version, entities) = starter::load()?;
    let bytes = index::build(&[ListInput { version: &version, entities: &entities }], READERS_VERSION)?;
    let index = Index::from_bytes(bytes)
        .map_err(|error| Failure::Open { path: PathBuf::from("the starter list"), error })?;
    Ok(Opened { index, built_in: None, is_starter_only: true })
}

fn build(
    archive: &Archive,
    in_force: &[Manifest],
    starter: Option<(ListVersion, Vec<Entity>)>,
    path: &Path,
) -> Result<Index, Failure> {
    let bar = progress::spinner("building the index");
    let mut lists: Vec<(ListVersion, Vec<Entity>)> = Vec::new();
    for manifest in in_force {
        let content = archive.read(manifest)?.value;
        lists.push((manifest.version.clone(), content.entities));
    }
    lists.extend(starter);
    let inputs: Vec<ListInput<'_>> =
        lists.iter().map(|(version, entities)| ListInput { version, entities }).collect();
    let bytes = index::build(&inputs, READERS_VERSION)?;
    write_whole(path, &bytes)?;
    remove_others(path);
    bar.finish_and_clear();
    // Another import may have removed the file by now, so the bytes at hand are used.
    Index::from_bytes(bytes).map_err(|error| Failure::Open { path: path.to_owned(), error })
}

fn path_of(home: &Path, digest: Digest) -> PathBuf {
    home.join("index").join(format!("{}.idx", digest.to_hex()))
}

/// How long the index of a former version stays, for programs that were about to open it.
const KEPT_FOR: Duration = Duration::from_secs(3_600);

/// Removes the indexes of former versions; they can be built again. One that is in use stays on disk until it is closed, and
/// one that cannot be removed does no harm.
fn remove_others(path: &Path) {
    let Some(folder) = path.parent() else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let other = entry.path();
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        let is_old = age.is_some_and(|age| age > KEPT_FOR);
        if is_old && other != path && other.extension().is_some_and(|end| end == "idx") {
            // Best effort by design: see above.
            let _ = fs::remove_file(other);
        }
    }
}
