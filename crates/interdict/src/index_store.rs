//! The index of the lists in force. Its file is named after the digest of its inputs, so that it can never be the index of
//! other lists; when the file is not there, it is built from the archive.
//!
//! ```text
//! <home>/index/<digest>.idx
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::list::{ListId, ListVersion};
use interdict_lists::READERS_VERSION;
use interdict_match::index::{self, Index, ListInput, OpenError};

use crate::archive::{Archive, Manifest, Rulings, end_of, write_whole};
use crate::config::{Config, StarterUse};
use crate::failure::Failure;
use crate::freshness::Age;
use crate::{cluster_store, progress, starter};

/// An index and what it took to have it.
pub(crate) struct Opened {
    /// The index.
    pub index: Index,
    /// How long it was built, when it was not there.
    pub built_in: Option<Duration>,
    /// Whether only the embedded starter list is in it.
    pub is_starter_only: bool,
    /// Its file, when it has one.
    pub path: Option<PathBuf>,
    /// Lists that are older than they may be.
    pub stale: Vec<(ListId, Age)>,
    /// Lists of the archive that had no version yet on the day that was asked for.
    pub without_version: Vec<ListId>,
}

/// Which versions of the lists an index is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Those in force.
    Now,
    /// Those that the authorities had published last on a day.
    PublishedBy(PartialDate),
}

/// Opens the index of the lists in force, and builds it first when need be.
pub(crate) fn open(config: &Config) -> Result<Opened, Failure> {
    open_by(config, When::Now, Index::open)
}

/// The same for the versions of a time.
pub(crate) fn open_at(config: &Config, when: When) -> Result<Opened, Failure> {
    open_by(config, when, Index::open)
}

/// The same for the lists in force, and checks all of the file however large it is; a damaged one is built again.
pub(crate) fn open_verified(config: &Config) -> Result<Opened, Failure> {
    open_by(config, When::Now, |path| {
        let index = Index::open(path)?;
        index.verify()?;
        Ok(index)
    })
}

/// The versions that an index is made of.
pub(crate) struct Chosen {
    /// One of each list of the archive that counts.
    pub manifests: Vec<Manifest>,
    /// Whether the embedded starter list counts, too.
    pub with_starter: bool,
    /// Lists that are older than they may be.
    pub stale: Vec<(ListId, Age)>,
    /// Lists that had no version yet.
    pub without_version: Vec<ListId>,
}

/// The versions that count at a time.
pub(crate) fn chosen(config: &Config, archive: &Archive, when: When) -> Result<Chosen, Failure> {
    let holdings = archive.holdings()?;
    match when {
        When::Now => {
            let manifests = holdings.in_force();
            let with_starter = match config.starter {
                StarterUse::Always => true,
                // Lists that are out of force or in quarantine are no reason to screen against something else.
                StarterUse::Auto => holdings.lists.is_empty(),
                StarterUse::Never => false,
            };
            if manifests.is_empty() && !with_starter {
                return Err(Failure::NoList);
            }
            let now = Timestamp::now();
            let age = |manifest: &Manifest| {
                let age = Age::of(manifest, &holdings.rulings, &config.ages, now);
                age.is_stale().then(|| (manifest.version.id.clone(), age))
            };
            let stale = manifests.iter().filter_map(age).collect();
            Ok(Chosen { manifests, with_starter, stale, without_version: Vec::new() })
        }
        When::PublishedBy(day) => {
            let manifests: Vec<Manifest> = holdings.published_by(day).into_iter().cloned().collect();
            if manifests.is_empty() {
                return Err(Failure::NothingPublished { day: day.to_string() });
            }
            let has_version = |list: &ListId| manifests.iter().any(|manifest| manifest.version.id == *list);
            let without_version = holdings.lists.keys().filter(|list| !has_version(list)).cloned().collect();
            // How old a version was on that day: where the archive has a hole, nobody knows what was published in it.
            let then = end_of(day).ok_or(Failure::Bug)?;
            let age = |manifest: &Manifest| {
                let age = Age::of(manifest, &Rulings::default(), &config.ages, then);
                age.is_stale().then(|| (manifest.version.id.clone(), age))
            };
            let stale = manifests.iter().filter_map(age).collect();
            // The starter list is of today.
            Ok(Chosen { manifests, with_starter: false, stale, without_version })
        }
    }
}

/// The lists that count at a time, with all their entities; the starter list where it is used.
pub(crate) fn entities(config: &Config, when: When) -> Result<Vec<(ListVersion, Vec<Entity>)>, Failure> {
    let archive = Archive::at(&config.home);
    let Chosen { manifests, with_starter, .. } = chosen(config, &archive, when)?;
    let mut lists = Vec::new();
    for manifest in &manifests {
        lists.push((manifest.version.clone(), archive.read(manifest)?.value.entities));
    }
    lists.extend(with_starter.then(starter::load).transpose()?);
    Ok(lists)
}

fn open_by(
    config: &Config,
    when: When,
    open: impl Fn(&Path) -> Result<Index, OpenError>,
) -> Result<Opened, Failure> {
    let archive = Archive::at(&config.home);
    let Chosen { manifests, with_starter, stale, without_version } = chosen(config, &archive, when)?;
    if manifests.is_empty() {
        return starter_only();
    }
    let starter = with_starter.then(starter::load).transpose()?;
    let versions: Vec<ListVersion> = manifests
        .iter()
        .map(|manifest| manifest.version.clone())
        .chain(starter.iter().map(|(version, _)| version.clone()))
        .collect();
    let digest = index::digest_of(&versions, READERS_VERSION);
    let path = path_of(&config.home, digest);
    let opened = |index: Index, built_in: Option<Duration>| Opened {
        index,
        built_in,
        is_starter_only: false,
        path: Some(path.clone()),
        stale,
        without_version,
    };
    if path.exists() {
        match open(&path) {
            Ok(index) if index.digest() == digest => return Ok(opened(index, None)),
            Ok(_) => anstream::eprintln!("note: the index is one of other lists; it is built again"),
            // A damaged file is only a cache gone bad: it is built again, and the person hears why it takes longer.
            Err(error) => anstream::eprintln!("note: {error}"),
        }
    }
    let start = Instant::now();
    let index = build(&archive, &manifests, starter, &path)?;
    if cluster_store::is_computed_at_once(&index) {
        cluster_store::computed(&index, Some(&path));
    }
    Ok(opened(index, Some(start.elapsed())))
}

fn starter_only() -> Result<Opened, Failure> {
    let (version, entities) = starter::load()?;
    let bytes = index::build(&[ListInput { version: &version, entities: &entities }], READERS_VERSION)?;
    let index = Index::from_bytes(bytes)
        .map_err(|error| Failure::Open { path: PathBuf::from("the starter list"), error })?;
    Ok(Opened {
        index,
        built_in: None,
        is_starter_only: true,
        path: None,
        stale: Vec::new(),
        without_version: Vec::new(),
    })
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
        let is_own = other == path || other == cluster_store::path_of(path);
        let is_kept_here = other.extension().is_some_and(|end| end == "idx" || end == "jsonl");
        if is_old && !is_own && is_kept_here {
            // Best effort by design: see above.
            let _ = fs::remove_file(other);
        }
    }
}
